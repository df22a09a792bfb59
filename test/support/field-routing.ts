import type { LabelSet } from '../../toolkit/languages/alert-routing/index.ts';
import type { RandomConfig } from './random-routing.ts';

/** A configuration in a shape that organisations have, and what fires under it. Written for this test. */
export interface FieldRouting {
  readonly name: string;
  readonly config: RandomConfig;
  readonly alerts: readonly LabelSet[];
  /** Matchers of silences. */
  readonly silences?: readonly (readonly string[])[];
}

function named(...names: readonly string[]) {
  return names.map((name) => ({ name }));
}

const severities = ['critical', 'warning', 'info', 'none'];

export const fieldRoutings: readonly FieldRouting[] = [
  {
    name: 'one receiver for all, grouped by nothing',
    config: { route: { receiver: 'chat' }, receivers: named('chat'), inhibit_rules: [] },
    alerts: severities.map((severity) => ({ alertname: 'A', severity })),
  },
  {
    name: 'routes by component, each with a critical one above it that leaves out the rest, behind one that takes every critical',
    config: {
      route: {
        receiver: 'ops',
        group_by: ['alertname', 'instance'],
        routes: [
          { receiver: 'pager', matchers: ['severity="critical"'], continue: false },
          { receiver: 'pager', matchers: ['component="slo"', 'severity="critical"'], group_by: ['alertname', 'slo'] },
          { receiver: 'ops', matchers: ['component="slo"'], group_by: ['alertname', 'slo'] },
          { receiver: 'model', matchers: ['category="model"'], group_by: ['alertname', 'model_id'] },
        ],
      },
      receivers: named('ops', 'pager', 'model'),
      inhibit_rules: [
        {
          source_matchers: ['severity="critical"'],
          target_matchers: ['severity="warning"'],
          equal: ['alertname', 'instance'],
        },
        { source_matchers: ['category="provider"'], target_matchers: ['category="model"'], equal: [] },
      ],
    },
    alerts: [
      ...severities.map((severity) => ({ alertname: 'Burn', component: 'slo', severity, slo: 'web', instance: 'a' })),
      { alertname: 'Burn', component: 'slo', severity: 'warning', slo: 'api', instance: 'b' },
      { alertname: 'Model', category: 'model', model_id: '1' },
      { alertname: 'Model', category: 'model', model_id: '2', severity: 'critical' },
      { alertname: 'Provider', category: 'provider' },
    ],
  },
  {
    name: 'the older words for matchers, with a copy of what is critical to somebody else',
    config: {
      route: {
        receiver: 'sre',
        group_by: ['alertname', 'cluster', 'tier'],
        routes: [
          { match: { severity: 'critical' }, receiver: 'duty', continue: true },
          { match_re: { service: '^(mysql|redis)$', tier: 'db.*' }, receiver: 'dba' },
          { match: { owner: '' }, match_re: { service: 'foo|bar|' }, receiver: 'nobody' },
        ],
      },
      receivers: named('sre', 'duty', 'dba', 'nobody'),
      inhibit_rules: [
        { source_match: { severity: 'critical' }, target_match_re: { severity: 'warning|info' }, equal: ['service'] },
      ],
    },
    alerts: [
      { alertname: 'Down', service: 'mysql', tier: 'db1', severity: 'critical', cluster: 'x' },
      { alertname: 'Slow', service: 'mysql', tier: 'db1', severity: 'warning', cluster: 'x' },
      { alertname: 'Slow', service: 'mysqld', tier: 'db1', severity: 'warning', cluster: 'x', owner: 'web' },
      { alertname: 'Odd', severity: 'warning' },
      { alertname: 'Odd', service: 'foo', owner: 'team', severity: 'info' },
    ],
  },
  {
    name: 'a chain of severities that hold each other back, with a watchdog and information that only accompanies',
    config: {
      route: {
        receiver: 'default',
        group_by: ['namespace'],
        routes: [
          { receiver: 'watchdog', matchers: ['alertname = Watchdog'] },
          { receiver: 'null', matchers: ['alertname=~"InfoInhibitor|Ignored"'] },
          { receiver: 'critical', matchers: ['severity = critical'] },
        ],
      },
      receivers: named('default', 'watchdog', 'null', 'critical'),
      inhibit_rules: [
        {
          source_matchers: ['severity = critical'],
          target_matchers: ['severity =~ warning|info'],
          equal: ['namespace', 'alertname'],
        },
        {
          source_matchers: ['severity = warning'],
          target_matchers: ['severity = info'],
          equal: ['namespace', 'alertname'],
        },
        { source_matchers: ['alertname = InfoInhibitor'], target_matchers: ['severity = info'], equal: ['namespace'] },
      ],
    },
    alerts: [
      { alertname: 'Watchdog', severity: 'none' },
      { alertname: 'InfoInhibitor', namespace: 'a', severity: 'none' },
      ...severities.map((severity) => ({ alertname: 'Throttled', namespace: 'a', severity })),
      ...severities.map((severity) => ({ alertname: 'Throttled', namespace: 'b', severity })),
      { alertname: 'Other', severity: 'info' },
    ],
    silences: [['namespace="b"', 'severity=~"warning|none"']],
  },
  {
    name: 'teams below environments below countries, each with its own receivers, and an own group for each alert',
    config: {
      route: {
        receiver: 'rest',
        group_by: ['alertname'],
        routes: [
          {
            matchers: ['env="prod"'],
            receiver: 'prod',
            group_by: ['country', 'alertname'],
            routes: [
              {
                matchers: ['country=~"(de|fr)"'],
                routes: [
                  { matchers: ['team="net"'], receiver: 'net', group_by: ['...'] },
                  { matchers: ['team!~"net|"'], receiver: 'app', continue: true },
                  { matchers: ['severity="critical"'], receiver: 'duty' },
                ],
              },
              { matchers: ['team="net"'], receiver: 'net' },
            ],
          },
          { matchers: ['env!="prod"'], receiver: 'dev', group_by: [] },
        ],
      },
      receivers: named('rest', 'prod', 'net', 'app', 'duty', 'dev'),
      inhibit_rules: [
        { source_matchers: ['alertname="SiteDown"'], target_matchers: ['alertname!="SiteDown"'], equal: ['country'] },
      ],
    },
    alerts: [
      { alertname: 'SiteDown', env: 'prod', country: 'it', team: 'net', severity: 'critical' },
      { alertname: 'LinkDown', env: 'prod', country: 'it', team: 'net', severity: 'critical' },
      { alertname: 'LinkDown', env: 'prod', country: 'de', team: 'net', severity: 'critical' },
      { alertname: 'AppDown', env: 'prod', country: 'de', team: 'shop', severity: 'critical' },
      { alertname: 'AppDown', env: 'prod', country: 'fr', team: 'shop', severity: 'warning' },
      { alertname: 'AppDown', env: 'prod', country: 'fr', severity: 'warning' },
      { alertname: 'AppDown', env: 'dev', country: 'fr', team: 'shop' },
      { alertname: 'AppDown', severity: 'info' },
    ],
  },
  {
    name: 'names in Chinese, a machine room that holds back its machines, and a system under change',
    config: {
      route: {
        receiver: '值班',
        group_by: ['room', 'alertname'],
        routes: [
          { matchers: ['level="紧急"'], receiver: '电话', continue: true },
          { matchers: ['system=~"核心.*|支付"'], receiver: '核心系统' },
          { matchers: ['alertname="停电"'], receiver: '动环' },
        ],
      },
      receivers: named('值班', '电话', '核心系统', '动环'),
      inhibit_rules: [
        { source_matchers: ['alertname="停电"'], target_matchers: ['kind="host"'], equal: ['room'] },
        { source_matchers: ['level="紧急"'], target_matchers: ['level="一般"'], equal: ['host', 'system'] },
      ],
    },
    alerts: [
      { alertname: '停电', room: '一号', level: '紧急' },
      { alertname: '宕机', room: '一号', kind: 'host', host: 'a', system: '核心账务', level: '紧急' },
      { alertname: '宕机', room: '二号', kind: 'host', host: 'b', system: '支付', level: '紧急' },
      { alertname: '缓慢', room: '二号', kind: 'host', host: 'b', system: '支付', level: '一般' },
      { alertname: '缓慢', room: '二号', kind: 'host', host: 'c', system: '办公' },
    ],
    silences: [['system="办公"'], ['host=~"[ab]"', 'level!="紧急"']],
  },
  {
    name: 'an inhibition whose two sides both fit one alert, and equal labels that are not there',
    config: {
      route: { receiver: 'x', group_by: ['alertname', 'job'], routes: [{ receiver: 'y', match_re: { job: '.+' } }] },
      receivers: named('x', 'y'),
      inhibit_rules: [
        { source_matchers: ['severity=~".+"'], target_matchers: ['severity="warning"'], equal: ['cluster'] },
        {
          source_matchers: ['alertname="Maintenance"'],
          target_matchers: ['severity=~"critical|warning"'],
          equal: ['dc'],
        },
      ],
    },
    alerts: [
      { alertname: 'A', severity: 'warning' },
      { alertname: 'B', severity: 'warning', cluster: 'x' },
      { alertname: 'C', severity: 'critical', cluster: 'x', job: 'j' },
      { alertname: 'Maintenance' },
      { alertname: 'D', severity: 'critical', dc: '1' },
    ],
  },
];
