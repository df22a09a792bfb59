import { type Diagnostic, type Severity, type SourceSpan, sortDiagnostics } from '../diagnostics/index.ts';
import type { WaiverTerms } from '../model/index.ts';
import { freezeInput } from './freeze-input.ts';
import { checkInclusions, indexInclusions } from './inclusions.ts';
import type { JudgedAhead } from './judge-ahead.ts';
import { indexPlaces } from './places.ts';
import type { Policy, PolicyInput, PolicyLevel, Violation } from './policy.ts';
import { policyDiagnostics } from './policy-diagnostics.ts';
import { runPolicy } from './run-policy.ts';
import { checkWaivers, indexWaivers, type StatedWaiver, statedWaivers } from './waivers.ts';

/**
 * Runs every policy over content and, where there is one, a plan; applies the waivers of the stacks; and checks the
 * waivers. A policy that throws is a finding of its own, and the others still run. The input is frozen in place, so that
 * no policy can change what the next one sees. What was judged ahead, of the same content, is not judged again.
 */
export function judgePolicies(
  policies: readonly Policy[],
  input: PolicyInput,
  ahead?: JudgedAhead,
): readonly Diagnostic[] {
  const frozen = freezeInput(input);
  const waivers = statedWaivers(frozen);
  const findWaiver = indexWaivers(waivers, frozen);
  const termsOfIncluded = indexInclusions(frozen);
  const placeOf = indexPlaces(frozen);
  const items = new Map(frozen.items.map((item) => [item.id, item]));
  const used = new Set<StatedWaiver>();
  const outcomes = policies.map((policy) => ({ policy, ...(ahead?.get(policy) ?? runPolicy(policy, frozen)) }));
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
