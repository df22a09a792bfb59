import { describe, expect, it } from 'vitest';
import { aPlan } from '../../toolkit/testing/policy-input.ts';
import { planResultView } from './plan-result-view.ts';

const terminal = { width: 100, isVerbose: false, paint: (_: string, text: string) => text } as Parameters<
  typeof planResultView.human
>[1];
const finding = {
  code: 'policy/changes/blast-radius',
  severity: 'warning',
  summary: 'Many sites at once',
  detail: 'Four sites.',
  hint: 'Go site by site.',
  needsApproval: true,
} as const;

describe('the end of a plan', () => {
  it('says how to carry out what was saved', () => {
    expect(planResultView.human({ plan: aPlan([]), file: 'change.plan' }, terminal)).toMatch(
      /Saved to change\.plan\. Carry out exactly this plan with: opsctl apply change\.plan\n$/,
    );
  });

  it('says that somebody has to approve it, and how that is told', () => {
    const text = planResultView.human({ plan: { ...aPlan([]), findings: [finding] }, file: 'change.plan' }, terminal);
    expect(text).toContain('! Needs an approval: policy/changes/blast-radius.');
    expect(text).toMatch(/opsctl apply change\.plan --approved-by PERSON\n$/);
  });
});
