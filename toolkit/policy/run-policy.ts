import type { Diagnostic } from '../diagnostics/index.ts';
import type { Policy, PolicyInput, Violation } from './policy.ts';
import { policyDiagnostics } from './policy-diagnostics.ts';

/** What one policy found, or how it failed. */
export interface PolicyOutcome {
  readonly violations: readonly Violation[];
  readonly bugs: readonly Diagnostic[];
}

/** Content is not type-checked when it runs, so what comes back is looked at. */
export function runPolicy(policy: Policy, input: PolicyInput): PolicyOutcome {
  try {
    const found: unknown = policy.check(input);
    if (Array.isArray(found) && found.every(isViolation)) return { violations: found, bugs: [] };
    return failedPolicy(policy, 'returned something else than a list of violations');
  } catch (error) {
    return failedPolicy(
      policy,
      `threw ${error instanceof Error ? `${error.name}: ${error.message}` : 'what is no error'}`,
    );
  }
}

function failedPolicy({ id, source }: Policy, happened: string): PolicyOutcome {
  const bug = policyDiagnostics.create('failed', { policy: id, happened }, { position: source, subject: id });
  return { violations: [], bugs: [bug] };
}

function isViolation(value: unknown): value is Violation {
  if (typeof value !== 'object' || value === null) return false;
  const { subject, item, message, expected = '', found = '' } = value as Partial<Violation>;
  const texts = [subject, message, expected, found];
  return texts.every((text) => typeof text === 'string') && (item === null || typeof item === 'string');
}
