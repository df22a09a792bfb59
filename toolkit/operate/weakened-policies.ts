import type { Diagnostic } from '../diagnostics/index.ts';
import type { StackState } from '../model/index.ts';
import type { WeakenedPolicy } from '../plan/index.ts';
import type { Content, Repository } from './contract.ts';
import { operateDiagnostics } from './operate-diagnostics.ts';

type Policies = Content['policies'];

/** By id, the level of each policy: what the state remembers of who judged a plan. */
export function levelsOf(policies: Policies): Readonly<Record<string, string>> {
  return Object.fromEntries(policies.map(({ id, level }) => [id, level]));
}

/** Policies that judged what was applied last to one of these stacks, and that are gone or say less now. */
export function weakenedPolicies(
  policies: Policies,
  states: readonly Pick<StackState, 'policies'>[],
): readonly WeakenedPolicy[] {
  const now: Readonly<Record<string, string>> = levelsOf(policies);
  const before = new Map<string, string>();
  for (const state of states) {
    for (const [policy, level] of Object.entries(state.policies ?? {}))
      if (rankOf(level) > rankOf(before.get(policy))) before.set(policy, level);
  }
  return [...before]
    .filter(([policy, level]) => rankOf(now[policy]) < rankOf(level))
    .map(([policy, level]) => ({ policy, before: level, after: now[policy] ?? null }))
    .sort((left, right) => (left.policy < right.policy ? -1 : 1));
}

/** The same for whoever plans nothing, of all states that can be read. */
export async function tellWeakened(
  { policies }: Pick<Content, 'policies'>,
  { recordedStates }: Pick<Repository, 'recordedStates'>,
): Promise<readonly Diagnostic[]> {
  const states = [...(await recordedStates()).values()].flatMap((result) => (result.ok ? [result.loaded.state] : []));
  const weakened = weakenedPolicies(policies, states);
  return weakened.length === 0 ? [] : [operateDiagnostics.create('policies-weakened', { weakened })];
}

const levels: readonly (string | undefined)[] = ['advisory', 'approval-needed', 'mandatory'];

/** -1 for what is not there. */
function rankOf(level: string | undefined): number {
  return levels.indexOf(level);
}
