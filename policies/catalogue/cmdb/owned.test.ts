import { items } from 'opsctl';
import { anItem, anOrganisation, aPolicyInput, aStack, findingsOf } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { owned } from './owned.ts';

const plain = anOrganisation();
const title = { en: 'Lab', zh: '实验室' };
const silent = { id: 'lab', title, tier: 'L3', site: 'plant-east-1', channels: [] } as const;
const organisation = { ...plain, teams: [...plain.teams, silent] };
const terms = { reason: 'The lab closes in spring.', approver: 'ops-lead', until: '2027-03-31' };

it.each([
  { name: 'a team of the same site passes', item: anItem({ id: 'pump-1' }), findings: [] },
  { name: 'a team of a tier above passes', item: anItem({ id: 'pump-1', owner: 'hq-ops' }), findings: [] },
  {
    name: 'a retired item may be anybody’s',
    item: anItem({ id: 'pump-1', owner: 'gone', stage: 'retired' }),
    findings: [],
  },
  {
    name: 'a name that is no team fails',
    item: anItem({ id: 'pump-1', owner: 'gone' }),
    findings: ['error pump-1: pump-1 is owned by gone, which is no team of the organisation.'],
  },
  {
    name: 'a team of a tier below fails',
    item: anItem({ id: 'pump-1', site: 'hq' }),
    findings: ['error pump-1: pump-1 is owned by plant-east-1-ops, which works at plant-east-1, a tier below hq.'],
  },
  {
    name: 'a team without a channel fails',
    item: anItem({ id: 'pump-1', owner: 'lab' }),
    findings: ['error pump-1: pump-1 is owned by lab, which has no channel to be told by.'],
  },
  {
    name: 'a waived item is noted',
    item: anItem({ id: 'pump-1', owner: 'lab' }),
    stacks: [aStack('hq').waive(items.where({ owner: 'lab' }), owned, terms)],
    findings: [
      'notice pump-1: pump-1 is owned by lab, which has no channel to be told by. Waived by ops-lead until 2027-03-31: The lab closes in spring.',
    ],
  },
])('$name', ({ item, stacks = [], findings }) => {
  expect(findingsOf(owned, aPolicyInput({ organisation, items: [item], stacks }))).toEqual(findings);
});
