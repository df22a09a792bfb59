import { type Diagnostic, nearestName, type SourceSpan } from '../../diagnostics/index.ts';
import { bindingsDiagnostics } from './bindings-diagnostics.ts';
import type { ReadBindings } from './read-bindings.ts';

/** What a stack declares, as far as bindings are concerned. */
export interface BoundStack {
  readonly name: string;
  readonly targets: readonly string[];
  readonly source: SourceSpan;
}

/** Holds bindings and declared stacks against each other: every target has one place, and no place is for nothing. */
export function checkBoundTargets(
  { bindings, positionOf }: ReadBindings,
  stacks: readonly BoundStack[],
): readonly Diagnostic[] {
  if (bindings === null) return [];
  const names = stacks.map(({ name }) => name);
  const strangers = new Set(bindings.targets.map(({ stack }) => stack).filter((stack) => !names.includes(stack)));
  return [
    ...[...strangers].map((stack) => {
      const occurrence = {
        position: positionOf(stack),
        subject: stack,
        expected: `one of ${names.join(', ')}`,
        found: stack,
      };
      return bindingsDiagnostics.create('unknown-stack', { stack, nearest: nearestName(stack, names) }, occurrence);
    }),
    ...stacks.flatMap((stack) => checkStack(stack, bindings, positionOf)),
  ];
}

function checkStack(
  { name: stack, targets: known, source }: BoundStack,
  { environment, targets }: NonNullable<ReadBindings['bindings']>,
  positionOf: ReadBindings['positionOf'],
): readonly Diagnostic[] {
  const bound = targets.filter((binding) => binding.stack === stack).map(({ target }) => target);
  const unknown = bound.filter((target) => !known.includes(target));
  const missing = known.filter((target) => !bound.includes(target));
  return [
    ...unknown.map((target) => {
      const occurrence = {
        position: positionOf(stack, target),
        subject: `${stack}/${target}`,
        expected: `one of ${known.join(', ')}`,
        found: target,
      };
      return bindingsDiagnostics.create(
        'unknown-target',
        { stack, target, nearest: nearestName(target, known), known },
        occurrence,
      );
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
