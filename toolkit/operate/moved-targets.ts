import type { Diagnostic } from '../diagnostics/index.ts';
import { addressFields, jsonEquals, type StackState, type TargetIdentity } from '../model/index.ts';
import type { MovedTarget, Plan, PlannedTarget } from '../plan/index.ts';
import type { Repository } from './contract.ts';
import { operateDiagnostics } from './operate-diagnostics.ts';
import { targetKey } from './target-sessions.ts';

/** Targets that answer from another place than the one that was last applied to. */
export function findMoved(
  answering: readonly PlannedTarget[],
  states: readonly StackState[],
  reviewed: readonly string[],
): readonly MovedTarget[] {
  const remembered = new Map(
    states.flatMap(({ stack, identities }) =>
      Object.entries(identities).map(([target, identity]) => [targetKey(stack, target), identity] as const),
    ),
  );
  return answering.flatMap(({ stack, target, identity }) => {
    const key = targetKey(stack, target);
    const places = placesOf(remembered.get(key), identity);
    return places === null ? [] : [{ stack, target, ...places, isReviewed: reviewed.includes(key) }];
  });
}

/** Names of `--target-moved` that no binding has: one that is written wrong would lift nothing. */
export function unknownMoves(names: readonly string[], { bindings }: Repository): readonly Diagnostic[] {
  const known = bindings.targets.map(({ stack, target }) => targetKey(stack, target));
  return names
    .filter((name) => !known.includes(name))
    .map((name) => operateDiagnostics.create('unknown-target', { name, known }, { found: name }));
}

/** A warning for each move that leaves something behind, with where it stays and how that is cleared. */
export function tellMoved(
  { brakes, changes }: Plan,
  moved: readonly MovedTarget[],
  states: readonly StackState[],
  { boundAt }: Repository,
): readonly Diagnostic[] {
  return moved.flatMap(({ stack, target, from, to }) => {
    const braked = brakes.filter((brake) => brake.kind === 'target-moved' && brake.stack === stack);
    const left = changes.filter(
      ({ address, cause, applied }) =>
        applied?.target === target &&
        addressFields(address).stack === stack &&
        (cause.kind === 'target-moved' || braked.some(({ addresses }) => addresses.includes(address))),
    ).length;
    if (left === 0) return [];
    const facts = { stack, target, from, to, left, patterns: patternsOf(stack, target, states) };
    const occurrence = {
      position: boundAt(stack, target),
      subject: targetKey(stack, target),
      expected: from,
      found: to,
    };
    return [operateDiagnostics.create('target-moved', facts, occurrence)];
  });
}

/**
 * Where objects lie is what counts. Labels are changed by applying, and a server may not have answered then: they tell
 * two targets apart only where no directory does.
 */
function placesOf(
  before: TargetIdentity | undefined,
  now: TargetIdentity,
): { readonly from: string; readonly to: string } | null {
  if (before === undefined) return null;
  if (before.directory !== undefined && now.directory !== undefined)
    return before.directory === now.directory ? null : { from: before.directory, to: now.directory };
  const shared = Object.keys(before).filter((name) => now[name] !== undefined);
  const [was, is] = [before, now].map((facts) => Object.fromEntries(shared.map((name) => [name, facts[name] ?? ''])));
  return was === undefined || is === undefined || jsonEquals(was, is)
    ? null
    : { from: describe(was), to: describe(is) };
}

function describe(facts: Readonly<Record<string, string>>): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

/** `plant-1/prometheus-rules/*` and the like: no type of object is in two targets of a stack. */
function patternsOf(stack: string, target: string, states: readonly StackState[]): readonly string[] {
  const resources = states.find((state) => state.stack === stack)?.resources.values() ?? [];
  const types = [...resources].filter((record) => record.target === target).map(({ type }) => type);
  return [...new Set(types)].sort().map((type) => `${stack}/${type}/*`);
}
