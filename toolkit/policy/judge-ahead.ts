import { freezeInput } from './freeze-input.ts';
import type { Policy, PolicyInput } from './policy.ts';
import { type PolicyOutcome, runPolicy } from './run-policy.ts';

/** Outcomes of the policies that looked neither at the plan nor at the day. */
export type JudgedAhead = ReadonlyMap<Policy, PolicyOutcome>;

/** What is known of a policy's input before there is a plan. */
export type PolicyContent = Omit<PolicyInput, 'plan' | 'today'>;

/**
 * Runs the policies before there is a plan, while nothing else is to do. Most look at content only, and a policy is pure:
 * what it found without asking for plan or day, it would find again. What one found that asks is thrown away.
 */
export function judgeAhead(policies: readonly Policy[], content: PolicyContent): JudgedAhead {
  const frozen = freezeInput({ ...content, plan: null, today: anyDay });
  return new Map(
    policies.flatMap((policy) => {
      let hasAsked = false;
      const noting = <Value>(value: Value) => ({
        enumerable: true,
        get: (): Value => {
          hasAsked = true;
          return value;
        },
      });
      const input = Object.defineProperties({ ...frozen }, { plan: noting(null), today: noting(anyDay) });
      const outcome = runPolicy(policy, Object.freeze(input));
      return hasAsked ? [] : [[policy, outcome] as const];
    }),
  );
}

const anyDay = '2000-01-01';
