import { items } from 'opsctl';
import { anItem, anOrganisation, aPolicyInput, aStack, findingsOf } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { supplierContract } from './supplier-contract.ts';

const supplier = { title: { en: 'Pump works', zh: '泵厂' }, contact: 'service@pumps.example' };
const suppliers = [
  { ...supplier, id: 'ended', contractUntil: '2027-01-14' },
  { ...supplier, id: 'ends-today', contractUntil: '2027-01-15' },
  { ...supplier, id: 'open-ended' },
];
const pump = anItem({ id: 'pump-1', criticality: 'critical', supplier: 'ended' });
const terms = { reason: 'The new contract is signed on Monday.', approver: 'ops-lead', until: '2027-03-31' };
const finding = 'pump-1 is critical and supplied by ended, whose contract ended on 2027-01-14.';

it.each([
  { name: 'a contract on its last day passes', item: { ...pump, supplier: 'ends-today' }, findings: [] },
  { name: 'a contract without an end passes', item: { ...pump, supplier: 'open-ended' }, findings: [] },
  { name: 'an item without a supplier passes', item: { ...pump, supplier: null }, findings: [] },
  { name: 'an item that is not critical passes', item: { ...pump, criticality: 'high' as const }, findings: [] },
  { name: 'a retired item passes', item: { ...pump, stage: 'retired' as const }, findings: [] },
  { name: 'a contract that is over fails', item: pump, findings: [`warning pump-1: ${finding}`] },
  {
    name: 'a supplier that nobody knows fails',
    item: { ...pump, supplier: 'who' },
    findings: ['warning pump-1: pump-1 is critical and supplied by who, which is no supplier of the organisation.'],
  },
  {
    name: 'a waived item is noted',
    item: pump,
    stacks: [aStack('hq').waive(items.where({ id: 'pump-1' }), supplierContract, terms)],
    findings: [`notice pump-1: ${finding} Waived by ops-lead until 2027-03-31: The new contract is signed on Monday.`],
  },
])('$name', ({ item, stacks = [], findings }) => {
  const organisation = anOrganisation({ suppliers });
  expect(findingsOf(supplierContract, aPolicyInput({ organisation, items: [item], stacks }))).toEqual(findings);
});
