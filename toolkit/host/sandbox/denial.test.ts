import { expect, it } from 'vitest';
import { denialKinds, parseDenial, printable } from './denial.ts';

it('a denial is read with what the wall lets through', () => {
  const sent = { kind: 'import-denied', message: 'No.', found: 'node:fs', file: 'stacks/a.ts', line: 3, column: 8 };
  expect(parseDenial(sent)).toEqual({ ...sent, expected: denialKinds['import-denied'] });
});

it('facts that are not what they should be are left out', () => {
  const sent = {
    kind: 'exited',
    message: 'No.',
    found: 1,
    file: {},
    line: -1,
    column: '8',
    expected: 'made up',
    more: 1,
  };
  expect(parseDenial(sent)).toEqual({ kind: 'exited', message: 'No.', expected: denialKinds.exited });
});

it.each([null, 1, [], {}, { kind: 'constructor', message: 'No.' }, { kind: 'exited' }])('%j is no denial', (sent) => {
  expect(parseDenial(sent)).toBeUndefined();
});

it('a text of content can neither move the cursor nor fill the screen', () => {
  expect(printable('a\u001b[2J\rb\u202ec\td\ne')).toBe('a\u{FFFD}[2J\u{FFFD}b\u{FFFD}c\td\ne');
  expect(printable('x'.repeat(1e6))).toHaveLength(4000);
});
