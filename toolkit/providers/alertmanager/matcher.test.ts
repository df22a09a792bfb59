import { expect, it } from 'vitest';
import { canonicalMatcher } from './matcher.ts';

it.each([
  { name: 'gets quotes', matcher: 'severity=critical', canonical: 'severity="critical"' },
  { name: 'loses blanks', matcher: ' severity =~ critical|warning ', canonical: 'severity=~"critical|warning"' },
  { name: 'keeps quotes', matcher: 'severity!="critical"', canonical: 'severity!="critical"' },
  { name: 'keeps an empty value', matcher: 'severity!~', canonical: 'severity!~""' },
  { name: 'keeps escapes', matcher: 'path="C:\\\\a\\"b"', canonical: 'path="C:\\\\a\\"b"' },
  { name: 'escapes a lone backslash', matcher: 'path=~"a\\.b"', canonical: 'path=~"a\\\\.b"' },
  { name: 'with several in braces stays', matcher: '{a="1",b="2"}', canonical: '{a="1",b="2"}' },
  { name: 'that is none stays', matcher: 'severity', canonical: 'severity' },
  { name: 'that is no text stays', matcher: 7, canonical: 7 },
])('a matcher $name', ({ matcher, canonical }) => {
  expect(canonicalMatcher(matcher)).toEqual(canonical);
});
