import { type Diagnostic, printSpan } from '../diagnostics/index.ts';
import { type Organisation, parseAddress, type Stack, tierIds } from '../model/index.ts';
import { findUnknown } from './check-reference.ts';
import { compileDiagnostics } from './compile-diagnostics.ts';
import type { GroupDeclarations } from './group-declarations.ts';

/** Whether the stacks have names, tiers and parents that make one tree of control points. */
export function checkStacks({ organisation, stacks }: GroupDeclarations): readonly Diagnostic[] {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const headquarters = stacks.filter(({ tier }) => tier === 'L1').map(({ name }) => name);
  return [
    ...(headquarters.length === 1
      ? []
      : [compileDiagnostics.create('headquarters-count', { stacks: headquarters }, { position: organisation.source })]),
    ...findStacksTwice(stacks),
    ...stacks.flatMap((stack) => [
      ...checkTier(stack, organisation),
      ...checkParent(stack, byName),
      ...checkRenames(stack),
    ]),
  ];
}

/**
 * A control point and its site are the same level of the group: the tier is a label of every alert, decides who hears
 * of it and when it escalates. An unknown site is told as such.
 */
function checkTier({ name, tier, site: siteId, source }: Stack, { sites }: Organisation): readonly Diagnostic[] {
  const site = sites.find(({ id }) => id === siteId);
  if (site === undefined || site.tier === tier) return [];
  return [
    compileDiagnostics.create(
      'tier-of-site',
      { stack: name, tier, site: siteId, siteTier: site.tier },
      { position: source, subject: name, expected: site.tier, found: tier },
    ),
  ];
}

function checkParent(stack: Stack, byName: ReadonlyMap<string, Stack>): readonly Diagnostic[] {
  const at = { position: stack.source, subject: stack.name };
  if (stack.parent === undefined) {
    return stack.tier === 'L1'
      ? []
      : [compileDiagnostics.create('parent-missing', { stack: stack.name, tier: stack.tier }, at)];
  }
  const parent = byName.get(stack.parent);
  if (parent === undefined) {
    const subject = `The stack ${stack.name}`;
    const known = [...byName.keys()];
    return findUnknown([{ subject, field: 'stack', value: stack.parent, known, position: stack.source }]);
  }
  if (tierIds.indexOf(parent.tier) < tierIds.indexOf(stack.tier)) return [];
  return [
    compileDiagnostics.create(
      'tier-mismatch',
      { stack: stack.name, tier: stack.tier, parent: parent.name, parentTier: parent.tier },
      at,
    ),
  ];
}

function checkRenames(stack: Stack): readonly Diagnostic[] {
  return stack.renames
    .filter(({ from, to }) => [from, to].some((name) => parseAddress(`${stack.name}/${name}`) === null))
    .map(({ from, to, source }) =>
      compileDiagnostics.create('rename-invalid', { from, to }, { position: source, subject: stack.name }),
    );
}

function findStacksTwice(stacks: readonly Stack[]): readonly Diagnostic[] {
  return stacks.flatMap((stack, index) => {
    const first = stacks.find(({ name }) => name === stack.name);
    if (first === undefined || stacks.indexOf(first) === index) return [];
    const facts = { stack: stack.name, first: printSpan(first.source) };
    return [compileDiagnostics.create('stack-declared-twice', facts, { position: stack.source, subject: stack.name })];
  });
}
