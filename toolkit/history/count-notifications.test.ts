import { expect, it } from 'vitest';
import { parseAlertmanager } from '../languages/alert-routing/index.ts';
import { countNotifications, type SentAlert } from './count-notifications.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

const { config, findings } = parseAlertmanager({
  route: {
    receiver: 'team',
    group_by: ['site'],
    group_wait: '30s',
    group_interval: '5m',
    repeat_interval: '4h',
    routes: [
      { receiver: 'silent', matchers: ['severity="info"'] },
      { receiver: 'office', matchers: ['severity="warning"'], active_time_intervals: ['hours'] },
      { receiver: 'pager', matchers: ['severity="critical"'], continue: true },
      { receiver: 'team', matchers: ['severity="critical"'] },
    ],
  },
  inhibit_rules: [{ source_matchers: ['alertname="Down"'], target_matchers: ['alertname="Slow"'], equal: ['item'] }],
  time_intervals: [{ name: 'hours', time_intervals: [{ times: [{ start_time: '08:00', end_time: '18:00' }] }] }],
  receivers: [
    { name: 'team', webhook_configs: [{ url: 'http://team.example' }] },
    { name: 'office', webhook_configs: [{ url: 'http://office.example' }] },
    { name: 'pager', webhook_configs: [{ url: 'http://pager.example', send_resolved: false }] },
    { name: 'silent' },
  ],
});

const alert = (from: number, to: number, more: Readonly<Record<string, string>> = {}, isWatched = true): SentAlert => ({
  labels: { alertname: 'Slow', item: 'a', site: 's', ...more },
  firedAtMs: from * minute,
  endedAtMs: to * minute,
  isWatched,
});
const team = (alarms: number, repeats: number, ends: number) => ({ receiver: 'team', alarms, repeats, ends });
const nobody = { untold: 0, inhibited: 0 };

it('the configuration is one that Alertmanager takes', () => {
  expect(findings).toEqual([]);
});

it.each([
  {
    name: 'one alert is told when it fires and when it ends',
    alerts: [alert(0, 20)],
    told: { byReceiver: [team(1, 0, 1)], ...nobody },
  },
  {
    name: 'an alert that ends before its group is told is told to nobody',
    alerts: [alert(0, 0.4)],
    told: { byReceiver: [], untold: 1, inhibited: 0 },
  },
  {
    name: 'alerts of one group that fire together are one message',
    alerts: [alert(0, 20), alert(0.2, 20, { item: 'b' })],
    told: { byReceiver: [team(1, 0, 1)], ...nobody },
  },
  {
    name: 'one that comes later waits for the next look at its group',
    alerts: [alert(0, 20), alert(1, 20, { item: 'b' })],
    told: { byReceiver: [team(2, 0, 1)], ...nobody },
  },
  {
    name: 'alerts of two groups are two messages',
    alerts: [alert(0, 20), alert(0, 20, { site: 't' })],
    told: { byReceiver: [team(2, 0, 2)], ...nobody },
  },
  {
    name: 'what goes on is repeated',
    alerts: [alert(0, 9 * 60)],
    told: { byReceiver: [team(1, 2, 1)], ...nobody },
  },
  {
    name: 'what ends and fires again between two looks is not told again',
    alerts: [alert(0, 2), alert(3, 20)],
    told: { byReceiver: [team(1, 0, 1)], ...nobody },
  },
  {
    name: 'what ended and was told to have is told again',
    alerts: [alert(0, 7), alert(30, 40)],
    told: { byReceiver: [team(2, 0, 2)], ...nobody },
  },
  {
    name: 'an alert that another one holds back is told to nobody',
    alerts: [alert(5, 20), alert(0, 60, { alertname: 'Down' }, false)],
    told: { byReceiver: [], untold: 1, inhibited: 1 },
  },
  {
    name: 'one that goes on after that is told late',
    alerts: [alert(5, 60), alert(0, 20, { alertname: 'Down' }, false)],
    told: { byReceiver: [team(1, 0, 1)], ...nobody },
  },
  {
    name: 'a receiver without a channel tells nobody',
    alerts: [alert(0, 20, { severity: 'info' })],
    told: { byReceiver: [], untold: 1, inhibited: 0 },
  },
  {
    name: 'a channel that does not tell of ends',
    alerts: [alert(0, 20, { severity: 'critical' })],
    told: { byReceiver: [{ receiver: 'pager', alarms: 1, repeats: 0, ends: 0 }, team(1, 0, 1)], ...nobody },
  },
  {
    name: 'a route of some hours waits for them',
    alerts: [alert(6 * 60, 9 * 60, { severity: 'warning' }), alert(19 * 60, 20 * 60, { severity: 'warning' })],
    told: { byReceiver: [{ receiver: 'office', alarms: 1, repeats: 0, ends: 1 }], untold: 1, inhibited: 0 },
  },
])('$name', ({ alerts, told }) => {
  expect(countNotifications(config, alerts, day)).toEqual(told);
});
