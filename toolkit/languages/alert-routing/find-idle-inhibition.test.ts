import { describe, expect, it } from 'vitest';
import type { AlertShape } from './alert-shape.ts';
import { findHiddenRecoveries, findInhibitionFacts } from './find-idle-inhibition.ts';
import { parseAlertmanager } from './parse-alertmanager.ts';

const rule = { source_matchers: ['alertname="Down"'], target_matchers: ['severity="warning"'], equal: ['host'] };
const base = { route: { receiver: 'a' }, receivers: [{ name: 'a', webhook_configs: [{ url: 'http://127.0.0.1:1' }] }] };

describe('findInhibitionFacts', () => {
  it.each<{ name: string; change?: object; shapes: readonly AlertShape[]; facts: readonly object[] }>([
    {
      name: 'a rule whose sides can agree is right',
      shapes: [
        { alertname: 'Down', host: null },
        { severity: 'warning', host: null },
      ],
      facts: [],
    },
    { name: 'no alert is its source', shapes: [{ severity: 'warning', host: null }], facts: [{ kind: 'no-source' }] },
    { name: 'no alert is its target', shapes: [{ alertname: 'Down', host: null }], facts: [{ kind: 'no-target' }] },
    {
      name: 'a label that only one side has is never equal',
      shapes: [
        { alertname: 'Down', host: null },
        { severity: 'warning', item: null },
      ],
      facts: [{ kind: 'never-equal', labels: ['host'] }],
    },
    {
      name: 'values that differ are never equal',
      shapes: [
        { alertname: 'Down', host: 'a' },
        { severity: 'warning', host: 'b' },
      ],
      facts: [{ kind: 'never-equal', labels: ['host'] }],
    },
    {
      name: 'a label that neither side has is equal by itself',
      shapes: [{ alertname: 'Down' }, { severity: 'warning' }],
      facts: [{ kind: 'trivially-equal', labels: ['host'] }],
    },
    {
      name: 'an alert on both sides is told',
      change: { target_matchers: ['alertname=~"D.*"'] },
      shapes: [{ alertname: 'Down', host: null }],
      facts: [{ kind: 'both-sides', shape: { alertname: 'Down', host: null } }],
    },
    {
      name: 'a value that only the series knows may match',
      change: { source_matchers: ['device="sda"'], target_matchers: ['device!=""'], equal: [] },
      shapes: [{ device: null }],
      facts: [],
    },
    {
      name: 'a label that is there is not empty',
      change: { source_matchers: ['device=""', 'alertname="Down"'] },
      shapes: [{ alertname: 'Down', device: null }],
      facts: [{ kind: 'no-source' }],
    },
  ])('$name', ({ change, shapes, facts }) => {
    const { config } = parseAlertmanager({ ...base, inhibit_rules: [{ ...rule, ...change }] });
    const found = findInhibitionFacts(config.inhibitRules, shapes).map(({ rule: { pointer }, ...fact }) => ({
      pointer,
      ...fact,
    }));
    expect(found).toEqual(facts.map((fact) => ({ pointer: '/inhibit_rules/0', ...fact })));
  });
});

it('findHiddenRecoveries names who may never hear that an alert is over', () => {
  const { config } = parseAlertmanager({
    route: { receiver: 'a', routes: [{ receiver: 'mail', matchers: ['host="b"'] }] },
    receivers: [...base.receivers, { name: 'mail', email_configs: [{ to: 'a@b' }] }],
    inhibit_rules: [rule],
  });
  const warning = { severity: 'warning', host: 'a' };
  const alerts = [
    { alertname: 'Down', host: 'a' },
    { alertname: 'Down', host: 'b' },
    warning,
    { severity: 'warning', host: 'b' },
    { severity: 'warning', host: 'c' },
  ];
  const [rule0, receiver] = [config.inhibitRules[0], config.receivers[0]];
  // Mail does not tell of the end in the first place.
  expect(findHiddenRecoveries(config, alerts)).toEqual([
    { rule: rule0, labels: warning, receiver, channels: receiver?.channels },
  ]);
});
