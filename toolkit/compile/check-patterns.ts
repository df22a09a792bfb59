import { type Diagnostic, nearestName, type SourceSpan } from '../diagnostics/index.ts';
import { addressFields, type Resource, type Stack } from '../model/index.ts';
import { namePattern } from './address-pattern.ts';
import { compileDiagnostics } from './compile-diagnostics.ts';

/** Whether each statement that names objects names one: a misspelt protection protects nothing, and nobody would know. */
export function checkPatterns(stacks: readonly Stack[], resources: readonly Resource[]): readonly Diagnostic[] {
  const names = Map.groupBy(resources, ({ address }) => addressFields(address).stack);
  return stacks.flatMap((stack) => {
    const derived = (names.get(stack.name) ?? []).map(({ type, address }) => `${type}/${addressFields(address).name}`);
    return statementsOf(stack).flatMap((statement) => checkStatement(stack, statement, derived));
  });
}

interface Statement {
  readonly name: string;
  readonly pattern: string;
  readonly source: SourceSpan;
}

function statementsOf({ protections, mutes, renames }: Stack): readonly Statement[] {
  return [
    ...protections.map(({ pattern, source }) => ({ name: 'A protection', pattern, source })),
    ...mutes.map(({ pattern, source }) => ({ name: 'A mute', pattern, source })),
    ...renames.map(({ to, source }) => ({ name: 'A rename', pattern: to, source })),
  ];
}

function checkStatement(
  stack: Stack,
  { name, pattern, source }: Statement,
  derived: readonly string[],
): readonly Diagnostic[] {
  if (derived.some(namePattern(pattern))) return [];
  const nearest = pattern.startsWith(`${stack.name}/`)
    ? pattern.slice(stack.name.length + 1)
    : nearestName(pattern, derived);
  const facts = { stack: stack.name, statement: name, selection: pattern, lacks: 'derives no such object', nearest };
  const expected = 'type and name, without the stack, of an object that is derived; * stands for any text';
  return [compileDiagnostics.create('matches-nothing', facts, { position: source, expected, found: pattern })];
}
