import { expect, it } from 'vitest';
import { matches } from './matches.ts';

it.each([
  { name: 'a text', operator: '=', value: 'a.b', text: 'a.b', fits: true },
  { name: 'a pattern, which is anchored', operator: '=~', value: 'a|b', text: 'ab', fits: false },
  {
    name: 'a pattern with a flag of RE2 at its beginning',
    operator: '=~',
    value: '(?i)prod.*',
    text: 'PROD-1',
    fits: true,
  },
  { name: 'a pattern with a flag of RE2 in its middle', operator: '!~', value: 'a(?i)b', text: 'aB', fits: false },
  { name: 'a named group of RE2', operator: '=~', value: '(?P<site>east|west)-.+', text: 'west-2', fits: true },
  { name: 'a class of POSIX', operator: '=~', value: 'disk[[:digit:]]+', text: 'disk12', fits: true },
] as const)('$name is read as Prometheus reads it', ({ operator, value, text, fits }) => {
  expect(matches({ operator, value }, text)).toBe(fits);
});
