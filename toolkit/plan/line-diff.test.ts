import { describe, expect, it } from 'vitest';
import { diffLines } from './line-diff.ts';

describe('lines that differ', () => {
  it.each([
    { name: 'none', before: 'a\nb\n', after: 'a\nb\n', lines: [] },
    { name: 'a changed one', before: 'a\nb\nc', after: 'a\nB\nc', lines: ['- 2 b', '+ 2 B'] },
    {
      name: 'removals before additions',
      before: 'a\nb\nz',
      after: 'A\nB\nz',
      lines: ['- 1 a', '- 2 b', '+ 1 A', '+ 2 B'],
    },
    { name: 'an inserted one', before: 'a\nc', after: 'a\nb\nc', lines: ['+ 2 b'] },
    { name: 'two places apart', before: 'a\nb\nc', after: 'A\nb\nC', lines: ['- 1 a', '+ 1 A', '- 3 c', '+ 3 C'] },
  ])('$name', ({ before, after, lines }) => {
    expect(diffLines(before, after).map(({ symbol, line, text }) => `${symbol} ${line} ${text}`)).toEqual(lines);
  });
});
