import { describe, expect, it } from 'vitest';
import { findInhibitions } from './inhibit.ts';
import { parseAlertmanager } from './parse-alertmanager.ts';

const down = { source_matchers: ['alertname="Down"'], target_matchers: ['severity="warning"'], equal: ['host'] };
const both = { source_matchers: ['severity=~"critical|warning"'], target_matchers: ['severity="warning"'] };

describe('findInhibitions', () => {
  it.each([
    {
      name: 'an alert is held back by one that agrees with it',
      rules: [down],
      firing: [
        { alertname: 'Down', host: 'a' },
        { severity: 'warning', host: 'a' },
        { severity: 'warning', host: 'b' },
      ],
      by: [null, [0], null],
    },
    {
      name: 'labels that both lack are equal',
      rules: [down],
      firing: [{ alertname: 'Down' }, { severity: 'warning' }, { severity: 'warning', host: 'b' }],
      by: [null, [0], null],
    },
    {
      name: 'an alert on both sides does not hold itself back',
      rules: [both],
      firing: [{ severity: 'warning' }],
      by: [null],
    },
    {
      name: 'alerts on both sides do not hold each other back',
      rules: [both],
      firing: [
        { severity: 'warning', x: '1' },
        { severity: 'warning', x: '2' },
      ],
      by: [null, null],
    },
    {
      name: 'one on the source side only holds back those on both',
      rules: [both],
      firing: [{ severity: 'warning' }, { severity: 'critical' }],
      by: [[1], null],
    },
    {
      name: 'the first rule that holds is the one that counts',
      rules: [down, { ...down, equal: [] }],
      firing: [
        { alertname: 'Down', host: 'a' },
        { alertname: 'Down', host: 'b' },
        { severity: 'warning', host: 'b' },
      ],
      by: [null, null, [1]],
    },
    {
      name: 'what is held back holds back others all the same',
      rules: [
        { ...both, equal: ['rack'] },
        { source_matchers: ['severity="warning"'], target_matchers: ['severity="info"'] },
      ],
      firing: [{ severity: 'critical' }, { severity: 'warning' }, { severity: 'info' }],
      by: [null, [0], [1]],
    },
  ])('$name', ({ rules, firing, by }) => {
    const { config, findings } = parseAlertmanager({
      route: { receiver: 'a' },
      receivers: [{ name: 'a' }],
      inhibit_rules: rules,
    });
    expect(findings).toEqual([]);
    expect(findInhibitions(config.inhibitRules, firing).map((found) => found?.by ?? null)).toEqual(by);
  });
});
