import { items } from 'opsctl';
import { aPolicyInput, aStack } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { silenceTerm } from './silence-term.ts';

const terms = { reason: 'Disks are replaced.', owner: 'mes-ops', change: 'CHG-1042' };

it.each([
  { name: 'a night passes', from: '2027-01-15T22:00:00+08:00', until: '2027-01-16T02:00:00+08:00', found: [] },
  { name: 'thirty days pass', from: '2027-01-15T22:00:00+08:00', until: '2027-02-14T22:00:00+08:00', found: [] },
  {
    name: 'a minute more fails',
    from: '2027-01-15T22:00:00+08:00',
    until: '2027-02-14T22:01:00+08:00',
    found: ['31 days'],
  },
  { name: 'without a begin it counts from today', until: '2027-02-14T00:00:00Z', found: [] },
  { name: 'and fails a day later', until: '2027-02-15T00:00:00Z', found: ['31 days'] },
])('$name', ({ name: _, found, ...times }) => {
  const stack = aStack('plant-east-1').silence(items.where({ id: 'pump-1' }), { ...terms, ...times });
  const violations = silenceTerm.check(aPolicyInput({ stacks: [stack], today: '2027-01-15' }));
  expect(violations.map((violation) => violation.found)).toEqual(found);
});

it('the finding stands at the silence', () => {
  const stack = aStack('plant-east-1').silence({ alertname: 'HostDown' }, { ...terms, until: '2027-12-31T00:00:00Z' });
  expect(silenceTerm.check(aPolicyInput({ stacks: [stack], today: '2027-01-15' }))).toEqual([
    {
      subject: 'plant-east-1',
      item: null,
      message: 'The silence of CHG-1042 at plant-east-1 lasts from today until 2027-12-31T00:00:00Z, 350 days.',
      position: stack.silences[0]?.source,
      expected: 'at most 30 days',
      found: '350 days',
    },
  ]);
});
