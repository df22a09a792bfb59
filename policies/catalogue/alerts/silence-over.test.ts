import { aPolicyInput, aStack } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { silenceOver } from './silence-over.ts';

it.each([
  { name: 'one that ends today is left alone', until: '2027-01-15T02:00:00Z', found: [] },
  {
    name: 'one that ended yesterday is noted',
    until: '2027-01-14T23:00:00Z',
    found: ['The silence of CHG-1042 at plant-east-1 was over at 2027-01-14T23:00:00Z.'],
  },
])('$name', ({ until, found }) => {
  const terms = { until, reason: 'Disks are replaced.', owner: 'mes-ops', change: 'CHG-1042' };
  const stack = aStack('plant-east-1').silence({ alertname: 'HostDown' }, terms);
  const violations = silenceOver.check(aPolicyInput({ stacks: [stack], today: '2027-01-15' }));
  expect(violations.map(({ message }) => message)).toEqual(found);
});
