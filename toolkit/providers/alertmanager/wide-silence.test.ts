import { expect, it } from 'vitest';
import { widthOf } from './wide-silence.ts';

const is = (name: string, value: string) => ({ name, value, isRegex: false, isEqual: true });
const fits = (name: string, value: string) => ({ name, value, isRegex: true, isEqual: true });
const isNot = (name: string, value: string) => ({ name, value, isRegex: false, isEqual: false });

it.each([
  { name: 'all that is critical', matchers: [is('severity', 'critical')], width: 'any critical alert' },
  { name: 'all that has a name', matchers: [fits('alertname', '.+')], width: 'any alert' },
  {
    name: 'all severities, spelled out',
    matchers: [fits('severity', 'critical|warning')],
    width: 'any alert',
  },
  { name: 'all but one item', matchers: [isNot('item', 'mes-1')], width: 'any alert' },
  {
    name: 'all but what is critical',
    matchers: [fits('alertname', '.*'), isNot('severity', 'critical')],
    width: null,
  },
  { name: 'what is critical of one item', matchers: [is('severity', 'critical'), is('item', 'mes-1')], width: null },
  { name: 'names that begin alike', matchers: [fits('alertname', 'Host.*')], width: null },
  { name: 'what cannot be read here', matchers: [fits('alertname', '(')], width: 'any alert' },
])('$name: $width', ({ matchers, width }) => {
  expect(widthOf(matchers)).toBe(width);
});
