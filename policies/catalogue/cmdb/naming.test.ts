import { items } from 'opsctl';
import { anItem, aPolicyInput, aStack, findingsOf } from 'opsctl/testing';
import { describe, expect, it } from 'vitest';
import { naming } from './naming.ts';

it.each(['pump-1', 'mes-db-01', '1号泵', '一厂-泵房-2', 'é-pompe', 'a', 'x'.repeat(63)])('%s passes', (id) => {
  expect(findingsOf(naming, aPolicyInput({ items: [anItem({ id })] }))).toEqual([]);
});

const shape = 'is not made of lower-case letters and digits with single dashes between';

describe('fails, with a better id', () => {
  it.each([
    { id: 'Pump-1', fault: shape, expected: 'pump-1' },
    { id: 'mes_db.01', fault: shape, expected: 'mes-db-01' },
    { id: '-pump--1-', fault: shape, expected: 'pump-1' },
    { id: 'pump 1', fault: shape, expected: 'pump-1' },
    { id: 'ｐｕｍｐ１', fault: 'has characters of another width or composition than usual', expected: 'pump1' },
    { id: 'x'.repeat(64), fault: 'has 64 characters; 63 is the most', expected: 'x'.repeat(63) },
  ])('$id', ({ id, fault, expected }) => {
    const position = { file: 'cmdb/items/pumps.csv', line: 7, column: 1 };
    expect(naming.check(aPolicyInput({ items: [anItem({ id, fieldSources: { '/id': position } })] }))).toEqual([
      { subject: id, item: id, message: `${id} ${fault}.`, expected, found: id, position },
    ]);
  });
});

it('an id of the old system can be waived', () => {
  const terms = { reason: 'Renamed with the move in March.', approver: 'ops-lead', until: '2027-03-31' };
  const stacks = [aStack('hq').waive(items.where({ id: 'SRV001' }), naming, terms)];
  expect(findingsOf(naming, aPolicyInput({ items: [anItem({ id: 'SRV001' })], stacks }))).toEqual([
    `notice SRV001: SRV001 ${shape}. Waived by ops-lead until 2027-03-31: Renamed with the move in March.`,
  ]);
});
