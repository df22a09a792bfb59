import { disable, items } from 'opsctl';
import { hostAlerts } from 'opsctl/alerts';
import { anItem, anOrganisation, aPolicyInput, aStack } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { waiverTerm } from './waiver-term.ts';

const anything = { kind: 'policy', id: 'paint/blue' } as const;

it.each([
  { name: 'a year passes', until: '2028-01-15', found: [] },
  { name: 'four hundred days pass', until: '2028-02-19', found: [] },
  { name: 'a day more fails', until: '2028-02-20', found: ['401 days'] },
  { name: 'the end of time fails', until: '9999-12-31', found: ['2912063 days'] },
  { name: 'one that has expired is another finding', until: '2020-01-01', found: [] },
])('$name', ({ until, found }) => {
  const stack = aStack('plant-east-1').waive(items.where({ id: 'pump-1' }), anything, {
    reason: 'It is sold.',
    approver: 'ops-lead',
    until,
  });
  const violations = waiverTerm.check(aPolicyInput({ stacks: [stack], items: [anItem({ id: 'pump-1' })] }));
  expect(violations.map((violation) => violation.found)).toEqual(found);
});

it('an alert that is disabled everywhere is held to the same', () => {
  const terms = { reason: 'It is sold.', approver: 'ops-lead', until: '2029-01-15' };
  const patches = [disable(hostAlerts.cpuBusy, terms)];
  const organisation = anOrganisation({ catalogue: { classes: [], alerts: [], dashboards: [], patches } });
  expect(waiverTerm.check(aPolicyInput({ organisation })).map(({ message }) => message)).toEqual([
    `${organisation.id} disables host.cpuBusy until 2029-01-15, 731 days from today.`,
  ]);
});

it('the finding stands at the waiver and cannot be waived itself', () => {
  const terms = { reason: 'It is sold.', approver: 'ops-lead', until: '2029-01-15' };
  const stack = aStack('plant-east-1').waive(items.where({ id: 'pump-1' }), anything, terms);
  expect(waiverTerm.check(aPolicyInput({ stacks: [stack] }))).toEqual([
    {
      subject: 'plant-east-1',
      item: null,
      message: 'plant-east-1 waives paint/blue for id pump-1 until 2029-01-15, 731 days from today.',
      position: stack.waivers[0]?.source,
      expected: 'at most 400 days',
      found: '731 days',
    },
  ]);
});
