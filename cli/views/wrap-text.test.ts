import { describe, expect, it } from 'vitest';
import { visibleLength, wrapText } from './wrap-text.ts';

describe('wrapping', () => {
  it.each([
    { name: 'breaks at spaces', text: 'one two three four five', width: 20, lines: ['one two three four', 'five'] },
    {
      name: 'leaves a long word whole, so that it can be copied',
      text: 'see plant-1/prometheus-rules/host now',
      width: 20,
      lines: ['see', 'plant-1/prometheus-rules/host', 'now'],
    },
    {
      name: 'counts a Chinese character as two',
      text: '主机可用内存 仅剩百分之三 以下',
      width: 20,
      lines: ['主机可用内存', '仅剩百分之三 以下'],
    },
    { name: 'gives nothing one empty line', text: '', width: 20, lines: [''] },
  ])('$name', ({ text, width, lines }) => {
    expect(wrapText(text, width, '')).toEqual(lines);
  });

  it('puts later lines in as told', () => {
    expect(wrapText('one two three four five', 24, '- ', '    ')).toEqual(['- one two three four', '    five']);
  });

  it('counts what is seen', () => {
    expect(visibleLength('\u001b[31m-\u001b[39m 主机：a')).toBe(9);
  });
});
