import { defineRules, type Resource, rule } from 'opsctl';
import { anAlertRule, aPolicyInput, aRuleFile, aStack } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { judgePolicies } from './judge-policies.ts';
import { definePolicy } from './policy.ts';

const group = defineRules({ id: 'pump', rules: [rule({ alert: 'PumpDown', expr: 'pump_up == 0' })] });
const file: Resource = aRuleFile('plant-east-1/prometheus-rules/pump', [anAlertRule('PumpDown', {})]);
const strict = definePolicy({
  id: 'alerts/strict',
  level: 'mandatory',
  title: { en: 'No alert', zh: '无' },
  rationale: 'A test.',
  remedy: 'None.',
  clauses: [],
  check: ({ resources }) =>
    resources.map(({ address }) => ({ subject: `${address}#PumpDown`, item: null, message: 'It is one.' })),
});

const terms = (until: string) => ({ reason: 'Taken over.', approver: 'ops-lead', until });

it.each([
  {
    name: 'without terms a policy blocks',
    stack: aStack('plant-east-1').include(group),
    found: ['error policy/alerts/strict'],
  },
  {
    name: 'until the day what it finds is noted',
    stack: aStack('plant-east-1').include([group], terms('2027-12-31')),
    found: ['notice policy/alerts/strict'],
  },
  {
    name: 'the terms of another group are not its own',
    stack: aStack('plant-east-1').include({ ...group, id: 'other' }, terms('2027-12-31')),
    found: ['error policy/alerts/strict'],
  },
  {
    name: 'shortly before the day that is told too',
    stack: aStack('plant-east-1').include(group, terms('2027-01-31')),
    found: ['notice policy/alerts/strict', 'notice policy/waiver-ends-soon'],
  },
  {
    name: 'after the day it blocks, and so do the terms',
    stack: aStack('plant-east-1').include(group, terms('2027-01-14')),
    found: ['error policy/alerts/strict', 'error policy/waiver-expired'],
  },
])('$name', ({ stack, found }) => {
  const input = { ...aPolicyInput({ resources: [file], stacks: [stack] }), today: '2027-01-15' };
  const told = judgePolicies([strict], input).map(({ severity, code }) => `${severity} ${code}`);
  expect(told.sort()).toEqual(found);
});

it('a finding stands where the rule is written', () => {
  const position = { file: 'alerts/pump.ts', line: 7, column: 3 };
  const part = {
    name: 'PumpDown',
    pointer: '/group/rules/0',
    derivation: [{ kind: 'declaration', subject: 'PumpDown', text: 'It is.', source: position }],
  } as const;
  const input = aPolicyInput({
    resources: [{ ...file, parts: [part] }],
    stacks: [aStack('plant-east-1').include(group)],
  });
  expect(judgePolicies([strict], input).map((finding) => finding.position)).toEqual([position]);
});
