import { describe, expect, it } from 'vitest';
import { parseMatchers } from './matchers.ts';

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
    { text: '{"team"="一厂"}', accepted: ['一厂'], declined: ['二厂'] },
    { text: 'team=""', accepted: [''], declined: ['ops'] },
  ])('$text accepts what Alertmanager accepts', ({ text, accepted, declined }) => {
    const [matcher] = parseMatchers(text) ?? [];
    expect(matcher?.label).toBe('team');
    expect([...accepted, ...declined].filter((value) => matcher?.accepts(value))).toEqual(accepted);
  });

  it('one entry may hold several matchers', () => {
    const matchers = parseMatchers('{severity=~"critical|warning", tenant!="", team="a,b"}');
    expect(matchers?.map(({ label, operator, value }) => `${label}${operator}${value}`)).toEqual([
      'severity=~critical|warning',
      'tenant!=',
      'team=a,b',
    ]);
  });

  it.each(['team', '="x"', 'team=~"("', 'team="open', 'team=="x"', 'a="b" c="d"'])('%s is no matcher', (text) => {
    expect(parseMatchers(text)).toBeNull();
  });
});
