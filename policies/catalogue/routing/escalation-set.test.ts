import { anOrganisation, aPolicyInput, findingsOf } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { escalationSet } from './escalation-set.ts';

const title = { en: 'Tier', zh: '层级' };
const top = { id: 'L1', title } as const;
const finding = (tier: string) =>
  `error ${tier}: The tier ${tier} has no escalateAfter, so its unresolved alerts never reach the tier above.`;

it.each([
  {
    name: 'three tiers that escalate pass',
    tiers: [top, { id: 'L2', title, escalateAfter: '1h' }, { id: 'L3', title, escalateAfter: '30m' }],
    findings: [],
  },
  { name: 'a group of two tiers passes', tiers: [top, { id: 'L2', title, escalateAfter: '1h' }], findings: [] },
  { name: 'a group of one tier has nowhere to escalate to', tiers: [top], findings: [] },
  {
    name: 'a plant tier without a time fails',
    tiers: [top, { id: 'L2', title, escalateAfter: '1h' }, { id: 'L3', title }],
    findings: [finding('L3')],
  },
  {
    name: 'the order of tiers does not matter',
    tiers: [{ id: 'L3', title }, { id: 'L2', title }, top],
    findings: [finding('L2'), finding('L3')],
  },
] as const)('$name', ({ tiers, findings }) => {
  expect(findingsOf(escalationSet, aPolicyInput({ organisation: anOrganisation({ tiers }) }))).toEqual(findings);
});
