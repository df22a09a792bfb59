import { type Diagnostic, type Severity, type SourceSpan, sortDiagnostics } from '../diagnostics/index.ts';
import type { WaiverTerms } from '../model/index.ts';
import { freezeInput } from './freeze-input.ts';
import { checkInclusions, indexInclusions } from './inclusions.ts';
import { indexPlaces } from './places.ts';
import type { Policy, PolicyInput, PolicyLevel, Violation } from './policy.ts';
import { policyDiagnostics } from './policy-diagnostics.ts';
import { checkWaivers, indexWaivers, type StatedWaiver, statedWaivers } from './waivers.ts';

/**
 * Runs every policy over content and, where there is one, a plan; applies the waivers of the stacks; and checks the
 * waivers. A policy that throws is a finding of its own, and the others still run. The input is frozen in place, so that
 * no policy can change what the next one sees.
 */
export function judgePolicies(policies: readonly Policy[], input: PolicyInput): readonly Diagnostic[] {
  const frozen = freezeInput(input);
  const waivers = statedWaivers(frozen);
  const findWaiver = indexWaivers(waivers, frozen);
  const termsOfIncluded = indexInclusions(frozen);
  const placeOf = indexPlaces(frozen);
  const items = new Map(frozen.items.map((item) => [item.id, item]));
  const used = new Set<StatedWaiver>();
  const outcomes = policies.map((policy) => ({ policy, ...runPolicy(policy, frozen) }));
  const findings = outcomes.flatMap(({ policy, violations }) =>
    violations.map((violation) => {
      const item = items.get(violation.item ?? '');
      const waiver = item && findWaiver(policy.id, item);
      if (waiver !== undefined) used.add(waiver);
      const terms = waiver?.waiver.terms ?? termsOfIncluded(violation.subject);
      return describeViolation(policy, violation, placeOf(violation), terms);
    }),
  );
  const failed = new Set(outcomes.filter(({ bugs }) => bugs.length > 0).map(({ policy }) => policy.id));
  const use = { used, failed, known: new Set(policies.map(({ id }) => id)) };
  return sortDiagnostics([
    ...checkPolicies(policies),
    ...outcomes.flatMap(({ bugs }) => bugs),
    ...checkWaivers(waivers, use, frozen),
    ...checkInclusions(frozen),
    ...findings,
  ]);
}

interface PolicyOutcome {
  readonly violations: readonly Violation[];
  readonly bugs: readonly Diagnostic[];
}

/** Content is not type-checked when it runs, so what comes back is looked at. */
function runPolicy(policy: Policy, input: PolicyInput): PolicyOutcome {
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

const severityOf: Readonly<Record<PolicyLevel, Severity>> = {
  advisory: 'warning',
  'approval-needed': 'warning',
  mandatory: 'error',
};

function describeViolation(
  policy: Policy,
  violation: Violation,
  position: SourceSpan | undefined,
  terms: WaiverTerms | undefined,
): Diagnostic {
  const { subject, message, expected, found } = violation;
  return {
    code: `policy/${policy.id}`,
    severity: terms === undefined ? severityOf[policy.level] : 'notice',
    summary: policy.title.en,
    detail:
      terms === undefined ? message : `${message} Waived by ${terms.approver} until ${terms.until}: ${terms.reason}`,
    hint: policy.remedy,
    ...(position === undefined ? {} : { position }),
    subject,
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    ...(policy.clauses.length === 0 ? {} : { clauses: policy.clauses }),
    ...(terms === undefined && policy.level === 'approval-needed' ? { needsApproval: true } : {}),
    ...(terms === undefined ? {} : { waiver: { reason: terms.reason, approver: terms.approver, until: terms.until } }),
  };
}

const idPattern = /^[a-z0-9]+(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/;

function checkPolicies(policies: readonly Policy[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return policies.flatMap(({ id, source }) => {
    const isRepeated = seen.has(id);
    seen.add(id);
    const occurrence = { position: source, subject: id };
    if (!idPattern.test(id)) return [policyDiagnostics.create('id-invalid', { policy: id }, occurrence)];
    return isRepeated ? [policyDiagnostics.create('declared-twice', { policy: id }, occurrence)] : [];
  });
}
