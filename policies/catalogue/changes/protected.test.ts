import { aChange, aPlan, aPolicyInput, aResource, findingsOf } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { protectedObjects } from './protected.ts';

const plain = aResource('hq/cmdb-record/pump-1');
const kept = { ...plain, lifecycle: { ...plain.lifecycle, protect: true } };
const finding = (action: string) =>
  `error hq/cmdb-record/pump-1: The plan would ${action} hq/cmdb-record/pump-1, which is protected.`;

it.each([
  { name: 'deleting what is not protected passes', action: 'delete', resource: plain, findings: [] },
  { name: 'updating what is protected passes', action: 'update', resource: kept, findings: [] },
  { name: 'forgetting what is protected leaves it in place', action: 'forget', resource: kept, findings: [] },
  { name: 'deleting what is protected fails', action: 'delete', resource: kept, findings: [finding('delete')] },
  { name: 'replacing what is protected fails', action: 'replace', resource: kept, findings: [finding('replace')] },
] as const)('$name', ({ action, resource, findings }) => {
  expect(findingsOf(protectedObjects, aPolicyInput({ plan: aPlan([aChange(action, resource)]) }))).toEqual(findings);
});

it('nothing is found without a plan', () => {
  expect(findingsOf(protectedObjects, aPolicyInput())).toEqual([]);
});
