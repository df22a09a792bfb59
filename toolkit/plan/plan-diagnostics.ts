import { defineDiagnostics, printSpan, type SourceSpan } from '../diagnostics/index.ts';
import type { Address } from '../model/index.ts';
import type { HeldField } from './held-field.ts';

export const planDiagnostics = defineDiagnostics('plan', {
  'duplicate-address': {
    severity: 'error',
    summary: 'Two resources have one address',
    detail: ({ address, other }: { address: Address; other: SourceSpan }) =>
      `${address} is also declared at ${printSpan(other)}.`,
    hint: 'Give one of them another name, or drop one.',
  },
  'unknown-type': {
    severity: 'error',
    summary: 'No provider knows the resource type',
    detail: ({ address, type }: { address: Address; type: string }) =>
      `${address} is of type ${type}, which no provider serves.`,
    hint: 'Correct the type, or bind a target to the provider that serves it.',
  },
  'unknown-dependency': {
    severity: 'error',
    summary: 'Dependency on something that does not exist',
    detail: ({ address, dependency }: { address: Address; dependency: Address }) =>
      `${address} depends on ${dependency}, which is neither declared nor in a state.`,
    hint: 'Correct the address in dependsOn, or declare what it names.',
  },
  'dependency-removed': {
    severity: 'error',
    summary: 'Dependency on something that is removed',
    detail: ({ address, dependency }: { address: Address; dependency: Address }) =>
      `${address} depends on ${dependency}, which is in the state but no longer declared, so this plan removes it.`,
    hint: 'Drop it from dependsOn, or declare it again.',
  },
  'still-needed': {
    severity: 'error',
    summary: 'Removal of something that another stack needs',
    detail: ({ address, dependant }: { address: Address; dependant: Address }) =>
      `${address} would be removed while ${dependant}, in a stack outside this plan, depends on it.`,
    hint: ({ dependant }) => `Plan the stack of ${dependant} together with this one.`,
  },
  'dependency-cycle': {
    severity: 'error',
    summary: 'Dependency cycle',
    detail: ({ path }: { path: readonly Address[] }) =>
      `${path.join(' -> ')} wait for each other, so none can go first.`,
    hint: 'Drop one dependsOn, or move what both sides need into a resource of its own.',
  },
  leaving: {
    severity: 'error',
    summary: 'Declared object is being deleted',
    detail: ({ address, target, reason }: { address: Address; target: string; reason: string }) =>
      `${address} is on its way out of ${target}: ${reason}. What is written to it goes with it.`,
    hint: 'Wait until it is gone, and plan again: it is made anew then.',
  },
  'field-held': {
    severity: 'warning',
    summary: 'Field to be written belongs to somebody else',
    detail: ({ address, target, held }: { address: Address; target: string; held: readonly HeldField[] }) =>
      `${held.map(({ pointer, manager }) => `${pointer} of ${address} is held by ${manager}`).join(', ')}: ${target} will refuse the change.`,
    hint: ({ address }) =>
      `Take the fields over with \`opsctl adopt ${address}\`, or leave them out of the declaration.`,
  },
  'alias-still-declared': {
    severity: 'error',
    summary: 'Former address is still in use',
    detail: ({ address, alias }: { address: Address; alias: Address }) =>
      `${address} says that it was called ${alias}, but ${alias} is declared as well.`,
    hint: 'Drop the alias, or the declaration that still has the former address.',
  },
  'alias-claimed-twice': {
    severity: 'error',
    summary: 'Two resources claim one former address',
    detail: ({ address, alias, other }: { address: Address; alias: Address; other: Address }) =>
      `${address} and ${other} both say that they were called ${alias}.`,
    hint: 'Leave the alias with the one that it became.',
  },
  'alias-ambiguous': {
    severity: 'error',
    summary: 'Two objects are recorded for one resource',
    detail: ({ address, known }: { address: Address; known: readonly Address[] }) =>
      `The state has records of ${known.join(' and of ')}, and ${address} claims to be each of them.`,
    hint: 'Leave one `.renamed(...)` of them in the stack; the object of the other is then removed.',
  },
  'alias-unknown': {
    severity: 'warning',
    summary: 'Former address that nobody knows',
    detail: ({ address, aliases }: { address: Address; aliases: readonly Address[] }) =>
      `${address} says that it was called ${aliases.join(' and ')}, and the state knows neither: it would be made as a new object.`,
    hint: ({ aliases }) =>
      `Correct the first name in \`.renamed(...)\`: \`opsctl state list\` has all that are recorded. Where ${aliases.length === 1 ? 'it was' : 'they were'} never applied here, drop the line.`,
  },
  'alias-elsewhere': {
    severity: 'error',
    summary: 'Former address of another stack or type',
    detail: ({ address, alias }: { address: Address; alias: Address }) =>
      `${address} says that it was called ${alias}; an alias can change the name only, not the stack or the type.`,
    hint: ({ address, alias }) =>
      `Drop the alias. To move the object, forget its record (\`opsctl state rm ${alias}\`) and take it over where it is declared now (\`opsctl adopt ${address}\`).`,
  },
  'rename-without-alias': {
    severity: 'error',
    summary: 'Rename that does not name the former address',
    detail: ({ address, former }: { address: Address; former: Address }) =>
      `${address} is new and ${former} is gone, but both name the same object in the target, which would be removed.`,
    hint: ({ address, former }) =>
      `Say so in the stack: .renamed('${withoutStack(former)}', '${withoutStack(address)}'). Where the record was given that name by mistake, \`opsctl state mv ${former} ${address}\` takes it back.`,
  },
  'object-in-the-way': {
    severity: 'error',
    summary: 'Unmanaged object in the way',
    detail: ({ address, target, difference }: { address: Address; target: string; difference: string }) =>
      `${target} already has an object where ${address} is to be, and no state has a record of it. ${difference}`,
    hint: ({ address }) =>
      `Take it over with \`opsctl adopt ${address}\`, remove it from the target, or declare the resource elsewhere.`,
  },
  'place-taken': {
    severity: 'error',
    summary: 'Unmanaged object at the new place',
    detail: ({ address, target }: { address: Address; target: string }) =>
      `${address} is to move to a place in ${target} where something else already stands.`,
    hint: 'Remove what stands there, or choose another place.',
  },
  'nothing-to-adopt': {
    severity: 'warning',
    summary: 'Nothing to adopt',
    detail: ({ address, target }: { address: Address; target: string }) =>
      `${address} was to be adopted, but ${target} has no such object, so it is created.`,
    hint: 'If it should be there, check the place that the declaration names.',
  },
  'adopt-undeclared': {
    severity: 'error',
    summary: 'Adoption of something that is not declared',
    detail: ({ address }: { address: Address }) => `${address} is not declared, so nothing says what it should be.`,
    hint: 'Declare it first; `opsctl adopt` can then take over the object that is there.',
  },
  'adopt-needs-replace': {
    severity: 'error',
    summary: 'Adoption would replace the object',
    detail: ({ address, pointers }: { address: Address; pointers: readonly string[] }) =>
      `The object of ${address} differs in ${pointers.join(', ')}, which cannot be changed in place.`,
    hint: 'Declare these fields as they are in the target and adopt; change them afterwards.',
  },
  'pattern-matches-nothing': {
    severity: 'error',
    summary: 'Selection that matches nothing',
    detail: ({ pattern }: { pattern: string }) =>
      `${pattern} matches no address that is declared or in a state of this plan.`,
    hint: 'Correct the pattern; `opsctl state list` and `opsctl graph` show the addresses.',
  },
  'unknown-stack': {
    severity: 'error',
    summary: 'Selected stack does not exist',
    detail: ({ stack }: { stack: string }) => `Nothing is declared in a stack called ${stack}, and it has no state.`,
    hint: 'Correct the name of the stack.',
  },
  'not-observed': {
    severity: 'error',
    summary: 'Object was not looked at',
    detail: ({ address, target }: { address: Address; target: string }) =>
      `${target} gave no answer about ${address}, so it cannot be compared.`,
    hint: 'See what else was reported about the target; with `--offline` the last recorded state stands for it.',
  },
  unreadable: {
    severity: 'error',
    summary: 'Object cannot be looked at',
    detail: ({ address, target, reason }: { address: Address; target: string; reason: string }) =>
      `What ${target} has for ${address} cannot be compared: ${reason}`,
    hint: 'Mend what it says: the right of this user to read it, what stands in its place, or what its binding lacks. All other objects were compared.',
  },
  'file-empty': {
    severity: 'error',
    summary: 'Plan file is empty',
    detail: (_facts: Record<string, never>) => 'The file holds nothing.',
    hint: 'Write the plan again with `opsctl plan --out FILE`.',
  },
  'file-truncated': {
    severity: 'error',
    summary: 'Plan file is cut off',
    detail: ({ characters }: { characters: number }) =>
      `The file ends in the middle of the plan, after ${characters} characters.`,
    hint: 'Write the plan again with `opsctl plan --out FILE`; a full disk or a broken copy are the usual causes.',
  },
  'file-corrupted': {
    severity: 'error',
    summary: 'Plan file is damaged',
    detail: ({ reason }: { reason: string }) => `The file is no plan: ${reason}.`,
    hint: 'Write the plan again with `opsctl plan --out FILE`.',
  },
  'file-other-version': {
    severity: 'error',
    summary: 'Plan file of another version',
    detail: ({ found, known }: { found: string; known: number }) =>
      `The file has plan format ${found}; this program reads format ${known}.`,
    hint: 'Plan again with this program, or apply with the one that made the plan.',
  },
  'file-digest-mismatch': {
    severity: 'error',
    summary: 'Plan file was changed after it was made',
    detail: ({ stated, found }: { stated: string; found: string }) =>
      `The file says that its digest is ${stated}, but its content has ${found}.`,
    hint: 'A plan cannot be edited. Change the declarations and plan again.',
  },
});

function withoutStack(address: Address): string {
  return address.slice(address.indexOf('/') + 1);
}
