import { describe, expect, it } from 'vitest';
import type { Address } from '../../toolkit/model/index.ts';
import type { Plan } from '../../toolkit/plan/index.ts';
import { plainResource } from '../../toolkit/testing/arbitraries.ts';
import { aChange, aPlan } from '../../toolkit/testing/policy-input.ts';
import { type PlanResult, planResultView } from './plan-result-view.ts';

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
const brake = { kind: 'protected', stack: 's', addresses: [], detail: 'It is protected.', lift: 'Lift it.' } as const;
const digest = `Digest sha256:${'0'.repeat(64)}`;
const approval = [
  '! Needs an approval: policy/changes/blast-radius. Whoever approves it approves this digest, and is',
  '  named with --approved-by when it is applied.',
];

const creates = (count: number) =>
  Array.from({ length: count }, (_, index) => aChange('create', plainResource(`s/rule/r${index}` as Address)));

describe('the end of a plan', () => {
  it.each<{ name: string; count: number; plan?: Partial<Plan>; result?: Partial<PlanResult>; end: readonly string[] }>([
    { name: 'with nothing to do', count: 0, end: ['No changes; 0 unchanged.', digest] },
    {
      name: 'with nothing to do, and saved',
      count: 0,
      result: { file: 'change.plan' },
      end: ['No changes; 0 unchanged.', digest, 'Saved to change.plan. There is nothing to carry out.'],
    },
    {
      name: 'with one change',
      count: 1,
      end: [
        '1 to create; 0 unchanged.',
        digest,
        'Next: opsctl plan --out FILE saves it for review; opsctl apply plans anew, asks and applies.',
      ],
    },
    {
      name: 'with many, saved',
      count: 1100,
      result: { file: 'change.plan' },
      end: [
        '1,100 to create; 0 unchanged.',
        digest,
        'Saved to change.plan. Carry out exactly this plan with: opsctl apply change.plan',
      ],
    },
    {
      name: 'that needs an approval',
      count: 1,
      plan: { findings: [finding] },
      result: { file: 'change.plan' },
      end: [
        '1 to create; 0 unchanged.',
        digest,
        ...approval,
        'Saved to change.plan. Carry out exactly this plan with: opsctl apply change.plan --approved-by PERSON',
      ],
    },
    {
      name: 'that needs an approval and was not saved',
      count: 1,
      plan: { findings: [finding] },
      end: [
        digest,
        ...approval,
        'Next: opsctl plan --out FILE saves it for review; opsctl apply --approved-by PERSON plans anew,',
        '  asks and applies.',
      ],
    },
    {
      name: 'that a brake stops',
      count: 1,
      plan: { brakes: [brake] },
      end: ['! Cannot be applied: 1 brake.', digest, 'Next: settle what stops it, and plan again.'],
    },
    {
      name: 'made offline',
      count: 1,
      plan: { offline: true },
      end: ['! Cannot be applied: it was made offline.', digest, 'To carry it out, plan again without --offline.'],
    },
    {
      name: 'that apply goes on to carry out',
      count: 1,
      result: { isCarriedOut: true },
      end: ['1 to create; 0 unchanged.', digest],
    },
  ])('$name says what is to be done next', ({ count, plan, result, end }) => {
    const text = planResultView.human({ plan: aPlan(creates(count), plan), file: null, ...result }, terminal);
    expect(text.trimEnd().split('\n').slice(-end.length)).toEqual(end);
  });
});
