import { describe, expect, it } from 'vitest';
import { faultOf, findWaivers, type LintWaiver } from './waivers.ts';

const rules = [
  'groups:',
  '  - name: a',
  '    rules:',
  '      # opsctl-lint: disable=for-missing until=2027-01-01 by=zhang reason=It is a test.',
  '      - alert: A',
  '        expr: up == 0',
  '',
  '        labels: {a: b}',
  '      - alert: B',
  '        expr: up == 0 # opsctl-lint: disable=regex-unneeded until=2027-01-01 reason=x',
  '',
];

describe('what a waiver speaks for', () => {
  it.each([
    { name: 'on a line of its own: the block below', lines: rules, ranges: ['4-8', '10-10'] },
    {
      name: 'above everything: the file',
      lines: ['# opsctl-lint: disable=a', ...rules.slice(0, 3), ...rules.slice(4, 6)],
      ranges: ['1-6'],
    },
    {
      name: 'in TypeScript: the call below, with what closes it',
      lines: [
        'const a = 1;',
        '// opsctl-lint: disable=a',
        'defineAlert({',
        '  name: 1,',
        '});',
        'defineAlert({',
        '});',
      ],
      ranges: ['2-5'],
    },
  ])('$name', ({ lines, ranges }) => {
    expect(findWaivers(lines.join('\n'), 'a').map(({ from, to }) => `${from}-${to}`)).toEqual(ranges);
  });

  it('has codes, an end, an approver and a reason', () => {
    const [waiver] = findWaivers(rules.join('\n'), 'a.yml');
    expect(waiver).toEqual({
      file: 'a.yml',
      line: 4,
      column: 7,
      codes: ['for-missing'],
      until: '2027-01-01',
      approver: 'zhang',
      reason: 'It is a test.',
      from: 4,
      to: 8,
    });
  });
});

describe('a waiver in force', () => {
  const valid: LintWaiver = {
    ...{ file: 'a', line: 1, column: 1, from: 1, to: 1, approver: null },
    ...{ codes: ['a'], until: '2027-01-01', reason: 'x' },
  };

  it.each([
    { name: 'has all of it', change: {}, fault: null },
    { name: 'holds on its last day', change: { until: '2026-11-21' }, fault: null },
    { name: 'does not hold after it', change: { until: '2026-11-20' }, fault: 'expired' },
    { name: 'names a day of the calendar', change: { until: '2027-02-30' }, fault: 'no-end' },
    { name: 'names its end', change: { until: null }, fault: 'no-end' },
    { name: 'gives a reason', change: { reason: '' }, fault: 'no-reason' },
    { name: 'names a check', change: { codes: [] }, fault: 'no-codes' },
    { name: 'names known checks', change: { codes: ['a', 'b'] }, fault: 'unknown-code' },
  ])('$name', ({ change, fault }) => {
    expect(faultOf({ ...valid, ...change }, '2026-11-21', (code) => code === 'a')).toBe(fault);
  });
});
