import { aChange, aPlan, aPolicyInput, findingsOf, manyResources } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { deleteBrake } from './delete-brake.ts';

const warning = (what: string) => `warning plant-east-1: The plan deletes ${what} of what it manages.`;

it.each([
  { name: 'no plan, no deletes', deleted: null, kept: 0, findings: [] },
  { name: 'a plan without deletes passes', deleted: 0, kept: 100, findings: [] },
  { name: 'ten of a hundred pass', deleted: 10, kept: 90, findings: [] },
  { name: 'eleven of a thousand fail', deleted: 11, kept: 989, findings: [warning('11 objects of plant-east-1, 1 %')] },
  {
    name: 'three of ten fail by their share',
    deleted: 3,
    kept: 7,
    findings: [warning('3 objects of plant-east-1, 30 %')],
  },
  { name: 'two of two pass: a small stack has small numbers', deleted: 2, kept: 0, findings: [] },
  { name: 'all of a stack fails', deleted: 4, kept: 0, findings: [warning('4 objects of plant-east-1, 100 %')] },
])('$name', ({ deleted, kept, findings }) => {
  const resources = manyResources('plant-east-1', (deleted ?? 0) + kept);
  const changes = resources.slice(0, deleted ?? 0).map((resource) => aChange('delete', resource));
  const unchanged = resources.slice(deleted ?? 0).map(({ address }) => address);
  const plan = deleted === null ? null : aPlan(changes, { unchanged });
  expect(findingsOf(deleteBrake, aPolicyInput({ plan }))).toEqual(findings);
});

it('stacks are counted one by one, and the finding asks for an approval', () => {
  const changes = ['hq', 'region-east', 'plant-east-1'].flatMap((stack) =>
    manyResources(stack, 2).map((resource) => aChange('delete', resource)),
  );
  const more = manyResources('hq', 20)
    .slice(2)
    .map((resource) => aChange('delete', resource));
  const input = aPolicyInput({ plan: aPlan([...changes, ...more]) });
  expect(deleteBrake.level).toBe('approval-needed');
  expect(deleteBrake.check(input).map(({ subject, found }) => `${subject}: ${found}`)).toEqual([
    'hq: 20 objects, 100 %',
  ]);
});
