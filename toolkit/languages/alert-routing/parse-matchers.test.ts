import { describe, expect, it } from 'vitest';
import { printMatcher } from './matchers.ts';
import { parseMatchers } from './parse-matchers.ts';

describe('parseMatchers', () => {
  it.each([
    { text: 'team="ops"', accepted: ['ops'], declined: ['', 'ops2'] },
    { text: 'team=ops', accepted: ['ops'], declined: ['', 'dev'] },
    { text: 'team = "ops"', accepted: ['ops'], declined: [' ops'] },
    { text: 'team!="ops"', accepted: ['', 'dev'], declined: ['ops'] },
    { text: 'team=~"ops|dev"', accepted: ['ops', 'dev'], declined: ['', 'devops', 'ops-2'] },
    { text: 'team!~"ops.*"', accepted: ['', 'dev'], declined: ['ops', 'ops-2'] },
    { text: 'team=~"(?i)OPS"', accepted: ['ops', 'Ops'], declined: ['dev'] },
    { text: 'team=~"plant\\\\-1"', accepted: ['plant-1'], declined: ['plant1'] },
    { text: 'team=~"plant\\-1"', accepted: ['plant-1'], declined: ['plant1'] },
    { text: 'team="a\\"b,c"', accepted: ['a"b,c'], declined: ['a'] },
    { text: '{team="一厂"}', accepted: ['一厂'], declined: ['二厂'] },
    { text: 'team=""', accepted: [''], declined: ['ops'] },
  ])('$text accepts what Alertmanager accepts', ({ text, accepted, declined }) => {
    const parsed = parseMatchers(text, '0.25');
    const [matcher] = parsed.kind === 'matchers' ? parsed.matchers : [];
    expect(matcher?.label).toBe('team');
    expect([...accepted, ...declined].filter((value) => matcher?.accepts(value))).toEqual(accepted);
  });

  // The answers for 0.34 are those of its own parser, recorded.
  it.each([
    {
      name: 'one entry may hold several',
      text: '{a=~"x|y", b!="", c="d,e",}',
      older: ['a=~"x|y"', 'b!=""', 'c="d,e"'],
    },
    { name: 'no matcher at all is a valid entry', text: '{}', older: [] },
    { name: 'braces need not be paired in the older syntax', text: 'a=x}', older: ['a="x"'], newer: 'fallback' },
    { name: 'spaces before a brace are too many', text: ' {a=x}', older: null, newer: ['a="x"'] },
    { name: 'names in quotes are newer', text: '"a b"="x"', older: null, newer: ['"a b"="x"'] },
    { name: 'names with dashes are newer', text: 'a-b=x', older: null, newer: ['a-b="x"'] },
    {
      name: 'a value with a space needs quotes in the newer syntax',
      text: 'a=x y',
      older: ['a="x y"'],
      newer: 'fallback',
    },
    { name: 'a single backslash is read as before', text: 'a=~"\\d"', older: ['a=~"\\\\d"'], newer: 'fallback' },
    { name: 'a tab as an escape is read as before', text: 'a="\\t"', older: ['a="\\\\t"'], newer: 'disagreement' },
    { name: 'a lone name is none', text: 'team', older: null },
    { name: 'a value without a name is none', text: '="x"', older: null },
    { name: 'quotes have to end', text: 'team="open', older: null },
    { name: 'two operators are too many', text: 'team=="x"', older: null },
    { name: 'matchers are separated by commas', text: 'a="b" c="d"', older: null },
    { name: 'a comma alone separates nothing', text: ',', older: null },
    { name: 'RE2 has no look-ahead', text: 'a=~"(?!x)"', older: null },
    { name: 'patterns are judged with their anchors', text: 'a=~"x)|(y"', older: ['a=~"x)|(y"'] },
  ])('$name: $text', ({ text, older, newer = older ?? 'invalid' }) => {
    const read = (release: '0.25' | '0.34') => {
      const parsed = parseMatchers(text, release);
      return parsed.kind === 'invalid'
        ? parsed
        : { printed: parsed.matchers.map(printMatcher), reading: parsed.reading };
    };
    const invalid = { kind: 'invalid', reason: expect.any(String) };
    expect(read('0.25')).toEqual(older === null ? invalid : { printed: older, reading: 'plain' });
    if (newer === 'invalid') expect(read('0.34')).toEqual(invalid);
    else if (typeof newer === 'string') expect(read('0.34')).toEqual({ printed: older, reading: newer });
    else expect(read('0.34')).toEqual({ printed: newer, reading: 'plain' });
  });
});
