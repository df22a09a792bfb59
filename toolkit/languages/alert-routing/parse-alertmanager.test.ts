import { describe, expect, it } from 'vitest';
import { parseAlertmanager } from './parse-alertmanager.ts';
import { alertmanagerReleaseOf } from './release.ts';

const base = { route: { receiver: 'a' }, receivers: [{ name: 'a' }] };
const route = (fields: object) => ({ ...base, route: { receiver: 'a', routes: [fields] } });
const interval = (fields: object) => ({ ...base, time_intervals: [{ name: 'x', time_intervals: [fields] }] });

describe('parseAlertmanager', () => {
  it('reads a whole configuration, with what it inherits and where it stands', () => {
    const { config, findings } = parseAlertmanager({
      global: { resolve_timeout: '3m' },
      route: { receiver: 'a', group_by: ['site'], routes: [{ matchers: ['team="x"'], group_wait: '1m' }] },
      receivers: [{ name: 'a', webhook_configs: [{ url: 'u' }], email_configs: [{ to: 't', send_resolved: true }] }],
      inhibit_rules: [{ source_matchers: ['a=1'], target_matchers: ['b=1', 'a!=1'], equal: ['host'] }],
      time_intervals: [
        {
          name: 'n',
          time_intervals: [{ times: [{ start_time: '22:00', end_time: '24:00' }], location: 'Asia/Shanghai' }],
        },
      ],
      templates: ['t/*.tmpl'],
    });
    expect(findings).toEqual([]);
    expect(config).toMatchObject({
      release: '0.25',
      resolveTimeoutMs: 180_000,
      root: {
        pointer: '/route',
        groupBy: ['site'],
        routes: [
          { pointer: '/route/routes/0', receiver: 'a', groupBy: ['site'], groupWaitMs: 60_000, key: '{}/{team="x"}' },
        ],
      },
      inhibitRules: [
        {
          pointer: '/inhibit_rules/0',
          source: [{ label: 'a' }],
          target: [{ label: 'a' }, { label: 'b' }],
          equal: ['host'],
        },
      ],
      timeIntervals: [
        { name: 'n', intervals: [{ times: [{ start: 1320, end: 1440 }], weekdays: null, zone: 'Asia/Shanghai' }] },
      ],
      receivers: [
        {
          name: 'a',
          channels: [
            { kind: 'email_configs', tellsOfEnd: true, pointer: '/receivers/0/email_configs/0' },
            { kind: 'webhook_configs', tellsOfEnd: true },
          ],
        },
      ],
      templates: ['t/*.tmpl'],
    });
  });

  // Each is refused by Alertmanager 0.25 and 0.34 alike, as live.test.ts and recorded verdicts show for random ones.
  it.each([
    { name: 'no document at all', document: null, found: ['root-route ', 'root-route /route'] },
    { name: 'a list', document: [], found: ['wrong-type ', 'root-route ', 'root-route /route'] },
    { name: 'a field that nobody knows', document: { ...base, rout: {} }, found: ['unknown-field /rout'] },
    { name: 'a root without receiver', document: { ...base, route: {} }, found: ['root-route /route'] },
    {
      name: 'a root with matchers',
      document: { ...base, route: { receiver: 'a', matchers: ['a=b'] } },
      found: ['root-route /route/matchers'],
    },
    {
      name: 'a root that continues',
      document: { ...base, route: { receiver: 'a', continue: true } },
      found: ['root-route /route/continue'],
    },
    {
      name: 'a root that is muted',
      document: { ...interval({}), route: { receiver: 'a', mute_time_intervals: ['x'] } },
      found: ['root-route /route/mute_time_intervals'],
    },
    {
      name: 'a receiver that nobody defined',
      document: route({ receiver: 'b' }),
      found: ['undefined-receiver /route/routes/0/receiver'],
    },
    {
      name: 'an interval that nobody defined',
      document: route({ active_time_intervals: ['y'] }),
      found: ['undefined-interval /route/routes/0/active_time_intervals/0'],
    },
    {
      name: 'a matcher that is none',
      document: route({ matchers: ['a'] }),
      found: ['matcher /route/routes/0/matchers/0'],
    },
    {
      name: 'a pattern that is none',
      document: route({ match_re: { a: '(' } }),
      found: ['matcher /route/routes/0/match_re/a', 'deprecated-field /route/routes/0/match_re'],
    },
    {
      name: 'a name of a label that is none',
      document: route({ match: { 'a-b': 'x' } }),
      found: ['label-name /route/routes/0/match/a-b', 'deprecated-field /route/routes/0/match'],
    },
    {
      name: 'a duration that is none',
      document: route({ group_wait: '30m1h' }),
      found: ['duration /route/routes/0/group_wait'],
    },
    {
      name: 'an interval of zero',
      document: route({ repeat_interval: '0s' }),
      found: ['duration /route/routes/0/repeat_interval'],
    },
    {
      name: 'a grouping by all and by some',
      document: route({ group_by: ['...', 'a'] }),
      found: ['group-by /route/routes/0/group_by'],
    },
    {
      name: 'a label twice in a grouping',
      document: route({ group_by: ['a', 'a'] }),
      found: ['group-by /route/routes/0/group_by/1'],
    },
    {
      name: 'routes that are no list',
      document: route({ routes: { matchers: [] } }),
      found: ['wrong-type /route/routes/0/routes'],
    },
    {
      name: 'a route that is none',
      document: { ...base, route: { receiver: 'a', routes: [null] } },
      found: ['wrong-type /route/routes/0'],
    },
    {
      name: 'two receivers of one name',
      document: { ...base, receivers: [{ name: 'a' }, { name: 'a' }] },
      found: ['duplicate /receivers/1'],
    },
    {
      name: 'a receiver without a name',
      document: { ...base, receivers: [{ name: 'a' }, {}] },
      found: ['missing /receivers/1'],
    },
    {
      name: 'a channel with a field that nobody knows',
      document: { ...base, receivers: [{ name: 'a', webhook_configs: [{ uri: 'x' }] }] },
      found: ['unknown-field /receivers/0/webhook_configs/0/uri'],
    },
    {
      name: 'times from late to early',
      document: interval({ times: [{ start_time: '22:00', end_time: '06:00' }] }),
      found: ['time-range /time_intervals/0/time_intervals/0/times/0'],
    },
    {
      name: 'a weekday that is none',
      document: interval({ weekdays: ['mon'] }),
      found: ['time-range /time_intervals/0/time_intervals/0/weekdays/0'],
    },
    {
      name: 'days from the end to the begin',
      document: interval({ days_of_month: ['-1:1'] }),
      found: ['time-range /time_intervals/0/time_intervals/0/days_of_month/0'],
    },
    {
      name: 'a zone that is none',
      document: interval({ location: 'Mars/Olympus' }),
      found: ['time-zone /time_intervals/0/time_intervals/0/location'],
    },
    {
      name: 'a zone in other letters',
      document: interval({ location: 'asia/shanghai' }),
      found: ['time-zone /time_intervals/0/time_intervals/0/location'],
    },
  ])('finds $name', ({ document, found }) => {
    for (const release of ['0.25', '0.34'] as const) {
      const { findings } = parseAlertmanager(document, release);
      expect(findings.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(found);
    }
  });

  it.each([
    { name: 'labels of a route', document: route({ labels: { a: 'b' } }), pointer: '/route/routes/0/labels' },
    {
      name: 'names of inhibit rules',
      document: { ...base, inhibit_rules: [{ name: 'n' }] },
      pointer: '/inhibit_rules/0/name',
    },
    {
      name: 'a newer kind of channel',
      document: { ...base, receivers: [{ name: 'a', jira_configs: [] }] },
      pointer: '/receivers/0/jira_configs',
    },
    {
      name: 'a newer field of a channel',
      document: { ...base, receivers: [{ name: 'a', webhook_configs: [{ url_file: 'x' }] }] },
      pointer: '/receivers/0/webhook_configs/0/url_file',
    },
  ])('0.25 does not know $name yet', ({ document, pointer }) => {
    expect(parseAlertmanager(document, '0.25').findings).toMatchObject([
      { code: 'newer-field', pointer, at: 'key', weight: 'refused' },
    ]);
    expect(parseAlertmanager(document, '0.34').findings).toEqual([]);
  });

  it.each([
    {
      name: 'a section by its older name',
      document: { ...base, mute_time_intervals: [{ name: 'x', time_intervals: [{}] }] },
      found: 'deprecated-field /mute_time_intervals',
    },
    {
      name: 'an entry that holds no matcher',
      document: route({ matchers: ['{}'] }),
      found: 'matcher /route/routes/0/matchers/0',
    },
    {
      name: 'an interval that is never',
      document: { ...base, time_intervals: [{ name: 'x', time_intervals: [] }] },
      found: 'never /time_intervals/0',
    },
    {
      name: 'an empty list in an interval',
      document: interval({ months: [] }),
      found: 'never /time_intervals/0/time_intervals/0/months',
    },
    {
      name: 'the zone of the machine',
      document: interval({ location: 'Local' }),
      found: 'time-zone /time_intervals/0/time_intervals/0/location',
    },
  ])('doubts $name, which Alertmanager loads', ({ document, found }) => {
    const { findings } = parseAlertmanager(document);
    expect(findings.map(({ code, pointer, weight }) => `${weight} ${code} ${pointer}`)).toEqual([`doubtful ${found}`]);
  });
});

it.each([
  { version: '0.25.0', release: '0.25' },
  { version: 'v0.28.1', release: '0.25' },
  { version: '0.34.2', release: '0.34' },
  { version: '1.2.0', release: '0.34' },
  { version: '0.24.0', release: null },
  { version: 'none', release: null },
])('$version is read as $release', ({ version, release }) => {
  expect(alertmanagerReleaseOf(version)).toBe(release);
});
