import { type Diagnostic, nearestName, type SourceSpan } from '../../diagnostics/index.ts';
import { bindingsDiagnostics } from './bindings-diagnostics.ts';
import type { ReadBindings } from './read-bindings.ts';

/** What a stack declares, as far as bindings are concerned. */
export interface BoundStack {
  readonly name: string;
  readonly targets: readonly string[];
  readonly source: SourceSpan;
}

/** How many objects the states still record, by `<stack>/<target>`. */
export type RecordedObjects = ReadonlyMap<string, number>;

/**
 * Holds bindings and declared stacks against each other. A binding of what is not declared (any more) is no error: it says
 * where the objects are that are still to be removed. It is one where the name looks like that of something unbound.
 */
export function checkBoundTargets(
  { bindings, positionOf }: ReadBindings,
  stacks: readonly BoundStack[],
  recorded: RecordedObjects = new Map(),
): readonly Diagnostic[] {
  if (bindings === null) return [];
  const bound = new Set(bindings.targets.map(({ stack }) => stack));
  const names = stacks.map(({ name }) => name);
  const strangers = [...bound].filter((stack) => !names.includes(stack));
  const unbound = names.filter((name) => !bound.has(name));
  return [
    ...strangers.map((stack) => {
      const position = positionOf(stack);
      const expected = `one of ${names.join(', ')}`;
      const occurrence = { position, subject: stack, expected, found: stack };
      const left = countOf(recorded, (key) => key.startsWith(`${stack}/`));
      const nearest = left === 0 ? nearestName(stack, unbound) : null;
      return nearest === null
        ? bindingsDiagnostics.create('stack-not-declared', { stack, recorded: left }, occurrence)
        : bindingsDiagnostics.create('unknown-stack', { stack, nearest }, occurrence);
    }),
    ...stacks.flatMap((stack) => checkStack(stack, bindings, positionOf, recorded)),
  ];
}

function checkStack(
  { name: stack, targets: known, source }: BoundStack,
  { environment, targets }: NonNullable<ReadBindings['bindings']>,
  positionOf: ReadBindings['positionOf'],
  recorded: RecordedObjects,
): readonly Diagnostic[] {
  const bound = targets.filter((binding) => binding.stack === stack).map(({ target }) => target);
  const missing = known.filter((target) => !bound.includes(target));
  const unknown = bound.filter((target) => !known.includes(target));
  return [
    ...unknown.map((target) => {
      const subject = `${stack}/${target}`;
      const occurrence = {
        position: positionOf(stack, target),
        subject,
        expected: `one of ${known.join(', ')}`,
        found: target,
      };
      const left = countOf(recorded, (key) => key === subject);
      const nearest = left === 0 ? nearestName(target, missing) : null;
      return nearest === null
        ? bindingsDiagnostics.create('target-not-declared', { stack, target, recorded: left }, occurrence)
        : bindingsDiagnostics.create('unknown-target', { stack, target, nearest }, occurrence);
    }),
    ...missing.map((target) =>
      bindingsDiagnostics.create(
        'target-not-bound',
        { stack, target, environment },
        { position: source, subject: `${stack}/${target}` },
      ),
    ),
  ];
}

function countOf(recorded: RecordedObjects, isMeant: (key: string) => boolean): number {
  return [...recorded].reduce((sum, [key, count]) => (isMeant(key) ? sum + count : sum), 0);
}
