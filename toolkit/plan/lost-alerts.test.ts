import { expect, it } from 'vitest';
import type { JsonObject } from '../model/index.ts';
import { lostAlerts, whatGoesWith } from './lost-alerts.ts';

function rulesOf(...rules: readonly JsonObject[]): JsonObject {
  return { group: { name: 'host', rules } };
}

const down = { alert: 'HostDown', expr: 'up == 0', labels: { severity: 'critical' } };
const full = { alert: 'HostFull', expr: 'free < 1', labels: { severity: 'critical' } };
const busy = { alert: 'HostBusy', expr: 'busy > 1', labels: { severity: 'warning' } };

it.each([
  {
    name: 'a file with one critical alert',
    spec: rulesOf(down, busy),
    gone: ['with it goes the critical alert HostDown'],
  },
  {
    name: 'a file with several critical alerts, each once',
    spec: rulesOf(full, down, { ...down, for: '1m' }),
    gone: ['with it go the critical alerts HostDown, HostFull'],
  },
  { name: 'a file with warnings alone', spec: rulesOf(busy), gone: [] },
  {
    name: 'a configuration with receivers',
    spec: { config: { receivers: [{ name: 'ops' }, { name: 'hq' }] } },
    gone: ['with it go the receivers hq, ops'],
  },
  { name: 'anything else', spec: { record: { id: 'a' } }, gone: [] },
])('$name: what goes with it is named', ({ spec, gone }) => {
  expect(whatGoesWith(spec)).toEqual(gone);
});

it('an alert that was lowered by hand is told as a loss', () => {
  const lowered = { ...down, labels: { severity: 'warning' } };
  expect(lostAlerts(rulesOf(down), rulesOf(lowered))).toEqual([
    'the alert HostDown is critical no longer: severity is now warning',
  ]);
});

it('a critical alert that comes later is told as a loss', () => {
  const [before, after] = [rulesOf({ ...down, for: '2m' }), rulesOf({ ...down, for: '2h' })];
  expect(lostAlerts(before, after)).toEqual(['the critical alert HostDown waits 2h instead of 2m']);
  expect(lostAlerts(after, before)).toEqual([]);
});

const missing = (severity: string, levels: string) => ({
  alert: 'TargetMissing',
  expr: `expected{criticality=~"${levels}"} unless up`,
  labels: { severity },
});
const [urgent, calm] = [missing('critical', 'critical|high'), missing('warning', 'medium|low')];

it.each([
  { name: 'a less urgent rule of the same alert is no loss', before: [urgent], after: [urgent, calm], lost: [] },
  { name: 'wherever it stands', before: [calm, urgent], after: [urgent, calm], lost: [] },
  {
    name: 'nor is one that the critical rule is reworded beside',
    before: [urgent],
    after: [calm, { ...urgent, expr: 'b' }],
    lost: [],
  },
  {
    name: 'where the critical rule goes, the alert is critical no longer',
    before: [urgent, calm],
    after: [calm],
    lost: ['the alert TargetMissing is critical no longer: severity is now warning'],
  },
  {
    name: 'one of two critical rules goes',
    before: [urgent, { ...urgent, expr: 'b' }],
    after: [urgent],
    lost: ['one of the critical alerts TargetMissing is removed'],
  },
  {
    name: 'all rules of the alert go',
    before: [urgent, calm, down],
    after: [down],
    lost: ['the critical alert TargetMissing is removed'],
  },
])('of an alert that is several rules: $name', ({ before, after, lost }) => {
  expect(lostAlerts(rulesOf(...before), rulesOf(...after))).toEqual(lost);
});

it.each<{ name: string; before: JsonObject; after: JsonObject; lost: readonly string[] }>([
  {
    name: 'that a Prometheus notifies nobody',
    before: { config: { alerting: { alertmanagers: [{ static_configs: [{ targets: ['a:9093'] }] }] } } },
    after: { config: {} },
    lost: ['no Alertmanager is notified: alerts are evaluated, and reach nobody'],
  },
  {
    name: 'that a route goes to somebody else, and so does what no route takes',
    before: { config: { route: { receiver: 'ops', routes: [{ receiver: 'ops', matchers: ['tier="L3"'] }] } } },
    after: { config: { route: { receiver: 'void', routes: [{ receiver: 'void', matchers: ['tier="L3"'] }] } } },
    lost: ['the route tier="L3" goes to void instead of ops', 'what no route takes goes to void instead of ops'],
  },
])('tells $name', ({ before, after, lost }) => {
  expect(lostAlerts(before, after)).toEqual(lost);
});
