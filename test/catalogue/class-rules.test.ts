import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standardAlerts } from 'opsctl/alerts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import { runProgram } from '../../toolkit/host/run-program.ts';
import { printYaml } from '../../toolkit/languages/yaml/index.ts';
import { sampleGroup, sampleItem } from '../../toolkit/testing/sample-group.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['promtool']);

const classes = [
  'postgresql',
  'mysql',
  'redis',
  'nginx',
  'haproxy',
  'rabbitmq',
  'zookeeper',
  'etcd',
  'prometheus',
  'alertmanager',
  'dameng',
  'kafka',
  'elasticsearch',
  'windows-host',
] as const;

type ClassId = (typeof classes)[number];

interface Case {
  readonly name: string;
  readonly class: ClassId;
  /** `metric{labels} values`, where the labels of the item are added and the interval is 30 s. */
  readonly series: readonly string[];
  readonly at: string;
  readonly alert: string;
  readonly fires: boolean;
}

const cases: readonly Case[] = [
  {
    name: 'a PostgreSQL that answers no queries is down',
    class: 'postgresql',
    series: ['pg_up 0x20', 'up 1x20'],
    at: '5m',
    alert: 'PostgresqlDown',
    fires: true,
  },
  {
    name: 'a PostgreSQL whose exporter is gone is not known to be down',
    class: 'postgresql',
    series: ['up 0x20'],
    at: '8m',
    alert: 'PostgresqlDown',
    fires: false,
  },
  {
    name: 'a PostgreSQL whose exporter is gone is not watched',
    class: 'postgresql',
    series: ['up 0x20'],
    at: '8m',
    alert: 'PostgresqlNotWatched',
    fires: true,
  },
  {
    name: 'a failing query of the exporter is told of',
    class: 'postgresql',
    series: ['pg_up 1x60', 'pg_exporter_last_scrape_error 1x60'],
    at: '20m',
    alert: 'PostgresqlNotCollected',
    fires: true,
  },
  {
    name: 'a server that is down is not told of a second time for its measurements',
    class: 'postgresql',
    series: ['pg_up 0x60', 'pg_exporter_last_scrape_error 1x60'],
    at: '20m',
    alert: 'PostgresqlNotCollected',
    fires: false,
  },
  {
    name: 'connections of all databases and states are added up',
    class: 'postgresql',
    series: [
      'pg_stat_activity_count{datname="a",state="idle",server="s"} 50x30',
      'pg_stat_activity_count{datname="b",state="active",server="s"} 30x30',
      'pg_settings_max_connections{server="s"} 100x30',
      'pg_settings_superuser_reserved_connections{server="s"} 3x30',
    ],
    at: '12m',
    alert: 'PostgresqlConnectionsHigh',
    fires: true,
  },
  {
    name: 'half of the connections are no trouble',
    class: 'postgresql',
    series: [
      'pg_stat_activity_count{datname="a",state="idle",server="s"} 50x30',
      'pg_settings_max_connections{server="s"} 100x30',
      'pg_settings_superuser_reserved_connections{server="s"} 3x30',
    ],
    at: '12m',
    alert: 'PostgresqlConnectionsHigh',
    fires: false,
  },
  {
    name: 'a transaction that waits for its client is told of',
    class: 'postgresql',
    series: ['pg_stat_activity_max_tx_duration{state="idle in transaction",datname="a",server="s"} 0+30x90'],
    at: '40m',
    alert: 'PostgresqlTransactionIdle',
    fires: true,
  },
  {
    name: 'a long statement is no idle transaction',
    class: 'postgresql',
    series: ['pg_stat_activity_max_tx_duration{state="active",datname="a",server="s"} 0+30x90'],
    at: '40m',
    alert: 'PostgresqlTransactionIdle',
    fires: false,
  },
  {
    name: 'a standby that went away is missed, though its series are gone',
    class: 'postgresql',
    series: [
      'pg_up 1x240',
      'pg_stat_replication_pg_wal_lsn_diff{application_name="walreceiver",client_addr="10.0.0.2"} 0x60 stale',
    ],
    at: '60m',
    alert: 'PostgresqlStandbyLost',
    fires: true,
  },
  {
    name: 'one standby of two that went away is missed',
    class: 'postgresql',
    series: [
      'pg_up 1x240',
      'pg_stat_replication_pg_wal_lsn_diff{application_name="one",client_addr="10.0.0.2"} 0x240',
      'pg_stat_replication_pg_wal_lsn_diff{application_name="two",client_addr="10.0.0.3"} 0x60 stale',
    ],
    at: '60m',
    alert: 'PostgresqlStandbyLost',
    fires: true,
  },
  {
    name: 'a base backup that ended is not missed',
    class: 'postgresql',
    series: [
      'pg_up 1x240',
      'pg_stat_replication_pg_wal_lsn_diff{application_name="pg_basebackup",client_addr="10.0.0.2"} 0x60 stale',
    ],
    at: '60m',
    alert: 'PostgresqlStandbyLost',
    fires: false,
  },
  {
    name: 'a log that cannot be archived is told of',
    class: 'postgresql',
    series: ['pg_stat_archiver_failed_count{server="s"} 0+1x90'],
    at: '40m',
    alert: 'PostgresqlArchiveFailing',
    fires: true,
  },
  {
    name: 'a slot that nobody reads is told of',
    class: 'postgresql',
    series: ['pg_replication_slots_active{slot_name="old",database="",server="s"} 0x90'],
    at: '40m',
    alert: 'PostgresqlSlotInactive',
    fires: true,
  },
  {
    name: 'a quiet server has no cache ratio to speak of',
    class: 'postgresql',
    series: [
      'pg_stat_database_blks_hit{datname="a",datid="1",server="s"} 0+1x200',
      'pg_stat_database_blks_read{datname="a",datid="1",server="s"} 0+1x200',
    ],
    at: '90m',
    alert: 'PostgresqlCacheHitLow',
    fires: false,
  },
  {
    name: 'a busy server that reads half from disk is told of',
    class: 'postgresql',
    series: [
      'pg_stat_database_blks_hit{datname="a",datid="1",server="s"} 0+9000x200',
      'pg_stat_database_blks_read{datname="a",datid="1",server="s"} 0+9000x200',
    ],
    at: '90m',
    alert: 'PostgresqlCacheHitLow',
    fires: true,
  },
  {
    name: 'a MariaDB replica that stopped at an error is told of',
    class: 'mysql',
    series: ['mysql_slave_status_slave_sql_running{master_host="db-1",channel_name="",connection_name=""} 0x20'],
    at: '5m',
    alert: 'MysqlReplicaNotApplying',
    fires: true,
  },
  {
    name: 'a replica of a newer MySQL is read by its new names',
    class: 'mysql',
    series: ['mysql_slave_status_replica_io_running{master_host="db-1",channel_name="",connection_name=""} 0x20'],
    at: '8m',
    alert: 'MysqlReplicaNotReceiving',
    fires: true,
  },
  {
    name: 'a replica that applies is fine',
    class: 'mysql',
    series: ['mysql_slave_status_slave_sql_running{master_host="db-1",channel_name="",connection_name=""} 1x20'],
    at: '5m',
    alert: 'MysqlReplicaNotApplying',
    fires: false,
  },
  {
    name: 'refused connections are told of at once',
    class: 'mysql',
    series: ['mysql_global_status_connection_errors_total{error="max_connections"} 0x5 3x20'],
    at: '4m',
    alert: 'MysqlConnectionsRefused',
    fires: true,
  },
  {
    name: 'connections refused for another reason are not',
    class: 'mysql',
    series: ['mysql_global_status_connection_errors_total{error="peer_address"} 0x5 3x20'],
    at: '4m',
    alert: 'MysqlConnectionsRefused',
    fires: false,
  },
  {
    name: 'a full Redis that refuses writes is told of',
    class: 'redis',
    series: redisMemory('noeviction'),
    at: '5m',
    alert: 'RedisMemoryFull',
    fires: true,
  },
  {
    name: 'a full Redis that evicts is fine',
    class: 'redis',
    series: redisMemory('allkeys-lru'),
    at: '15m',
    alert: 'RedisMemoryFull',
    fires: false,
  },
  {
    name: 'a Redis without a limit is not full',
    class: 'redis',
    series: [
      'redis_memory_used_bytes 99x30',
      'redis_memory_max_bytes 0x30',
      'redis_instance_info{maxmemory_policy="noeviction",role="master"} 1x30',
    ],
    at: '15m',
    alert: 'RedisMemoryHigh',
    fires: false,
  },
  {
    name: 'a replica without its master is told of',
    class: 'redis',
    series: ['redis_master_link_up{master_host="r1",master_port="6379"} 0x20'],
    at: '8m',
    alert: 'RedisMasterLost',
    fires: true,
  },
  {
    name: 'a replica that a master lost is missed',
    class: 'redis',
    series: ['redis_connected_slaves 1x30 0x60'],
    at: '30m',
    alert: 'RedisReplicasLost',
    fires: true,
  },
  {
    name: 'an nginx without its page is down',
    class: 'nginx',
    series: ['nginx_up 0x20'],
    at: '5m',
    alert: 'NginxDown',
    fires: true,
  },
  {
    name: 'connections that nginx accepts and does not handle are told of',
    class: 'nginx',
    series: ['nginx_connections_accepted 0+30x60', 'nginx_connections_handled 0+20x60'],
    at: '15m',
    alert: 'NginxConnectionsDropped',
    fires: true,
  },
  {
    name: 'an nginx that handles all is fine',
    class: 'nginx',
    series: ['nginx_connections_accepted 0+30x60', 'nginx_connections_handled 0+30x60'],
    at: '15m',
    alert: 'NginxConnectionsDropped',
    fires: false,
  },
  {
    name: 'a backend without servers is told of',
    class: 'haproxy',
    series: [
      'haproxy_backend_status{proxy="app",state="UP"} 0x20',
      'haproxy_backend_status{proxy="app",state="DOWN"} 1x20',
    ],
    at: '3m',
    alert: 'HaproxyBackendDown',
    fires: true,
  },
  {
    name: 'a server in maintenance is no failed server',
    class: 'haproxy',
    series: [
      'haproxy_server_status{proxy="app",server="a",state="DOWN"} 0x30',
      'haproxy_server_status{proxy="app",server="a",state="MAINT"} 1x30',
    ],
    at: '10m',
    alert: 'HaproxyServerDown',
    fires: false,
  },
  {
    name: 'one error among few requests is no rate',
    class: 'haproxy',
    series: [
      'haproxy_backend_http_responses_total{proxy="app",code="5xx"} 0x10 1x40',
      'haproxy_backend_http_responses_total{proxy="app",code="2xx"} 0+1x50',
    ],
    at: '15m',
    alert: 'HaproxyErrorsHigh',
    fires: false,
  },
  {
    name: 'errors of a busy backend are told of',
    class: 'haproxy',
    series: [
      'haproxy_backend_http_responses_total{proxy="app",code="5xx"} 0+30x50',
      'haproxy_backend_http_responses_total{proxy="app",code="2xx"} 0+270x50',
    ],
    at: '15m',
    alert: 'HaproxyErrorsHigh',
    fires: true,
  },
  {
    name: 'messages that nobody consumes are told of',
    class: 'rabbitmq',
    series: ['rabbitmq_queue_messages_ready 5x60', 'rabbitmq_queue_consumers 0x60'],
    at: '20m',
    alert: 'RabbitmqNobodyConsumes',
    fires: true,
  },
  {
    name: 'messages that somebody consumes are fine',
    class: 'rabbitmq',
    series: ['rabbitmq_queue_messages_ready 5x60', 'rabbitmq_queue_consumers 1x60'],
    at: '20m',
    alert: 'RabbitmqNobodyConsumes',
    fires: false,
  },
  {
    name: 'an empty node without consumers is fine',
    class: 'rabbitmq',
    series: ['rabbitmq_queue_messages_ready 0x60', 'rabbitmq_queue_consumers 0x60'],
    at: '20m',
    alert: 'RabbitmqNobodyConsumes',
    fires: false,
  },
  {
    name: 'publishers that are blocked for memory are told of',
    class: 'rabbitmq',
    series: ['rabbitmq_alarms_memory_used_watermark 1x20'],
    at: '5m',
    alert: 'RabbitmqMemoryBlocked',
    fires: true,
  },
  {
    name: 'a ZooKeeper that runs without a quorum serves nobody',
    class: 'zookeeper',
    series: ['up 1x20', 'outstanding_requests 0x4 stale'],
    at: '8m',
    alert: 'ZookeeperNotServing',
    fires: true,
  },
  {
    name: 'a ZooKeeper that is down is told of as that alone',
    class: 'zookeeper',
    series: ['up 0x20'],
    at: '8m',
    alert: 'ZookeeperNotServing',
    fires: false,
  },
  {
    name: 'a ZooKeeper with nothing to do serves',
    class: 'zookeeper',
    series: ['up 1x20', 'outstanding_requests 0x20'],
    at: '8m',
    alert: 'ZookeeperNotServing',
    fires: false,
  },
  {
    name: 'an etcd without a leader is told of',
    class: 'etcd',
    series: ['etcd_server_has_leader 0x20'],
    at: '3m',
    alert: 'EtcdNoLeader',
    fires: true,
  },
  {
    name: 'a slow disk of etcd is told of',
    class: 'etcd',
    series: ['0.064', '0.128', '0.256', '+Inf'].map(
      (bound, index) => `etcd_disk_wal_fsync_duration_seconds_bucket{le="${bound}"} 0+${index < 2 ? 1 : 10}x60`,
    ),
    at: '20m',
    alert: 'EtcdDiskSlow',
    fires: true,
  },
  {
    name: 'a rule that fails in one group is told of',
    class: 'prometheus',
    series: [
      'prometheus_rule_evaluation_failures_total{rule_group="a"} 0+1x90',
      'prometheus_rule_evaluation_failures_total{rule_group="b"} 0x90',
    ],
    at: '30m',
    alert: 'PrometheusRulesFailing',
    fires: true,
  },
  {
    name: 'a Prometheus without an Alertmanager is told of',
    class: 'prometheus',
    series: ['prometheus_notifications_alertmanagers_discovered 0x20'],
    at: '8m',
    alert: 'PrometheusNoAlertmanager',
    fires: true,
  },
  {
    name: 'messages that fail for several reasons are added up',
    class: 'alertmanager',
    series: [
      'alertmanager_notifications_failed_total{integration="email",reason="other"} 0+1x60',
      'alertmanager_notifications_failed_total{integration="email",reason="clientError"} 0+1x60',
      'alertmanager_notifications_total{integration="email"} 0+10x60',
    ],
    at: '20m',
    alert: 'AlertmanagerMessagesFailing',
    fires: true,
  },
  {
    name: 'a way by which nothing was sent does not fail',
    class: 'alertmanager',
    series: [
      'alertmanager_notifications_failed_total{integration="email"} 0x60',
      'alertmanager_notifications_total{integration="email"} 0x60',
    ],
    at: '20m',
    alert: 'AlertmanagerMessagesFailing',
    fires: false,
  },
  {
    name: 'a licence that ends is told of, though its label changes every day',
    class: 'dameng',
    series: [
      'dmdbms_license_date{datasource="d",date_day_str="31"} 31x100 stale',
      'dmdbms_license_date{datasource="d",date_day_str="30"} _x101 30x100',
    ],
    at: '70m',
    alert: 'DamengLicenceEnding',
    fires: true,
  },
  {
    name: 'a licence that ended yesterday is told of',
    class: 'dameng',
    series: ['dmdbms_license_date{datasource="d",date_day_str="-1"} -1x40'],
    at: '10m',
    alert: 'DamengLicenceAboutToEnd',
    fires: true,
  },
  {
    name: 'a licence without an end, which says -1 too, is fine',
    class: 'dameng',
    series: ['dmdbms_license_date{datasource="d",date_day_str="无限制"} -1x40'],
    at: '10m',
    alert: 'DamengLicenceAboutToEnd',
    fires: false,
  },
  {
    name: 'an instance in mount is not open',
    class: 'dameng',
    series: ['dmdbms_status_info{datasource="d"} 2x20'],
    at: '5m',
    alert: 'DamengNotOpen',
    fires: true,
  },
  {
    name: 'sessions of all states are added up',
    class: 'dameng',
    series: [
      'dmdbms_session_type_info{datasource="d",session_type="ACTIVE"} 50x40',
      'dmdbms_session_type_info{datasource="d",session_type="IDLE"} 40x40',
      'dmdbms_parameter_info{datasource="d",param_name="MAX_SESSIONS"} 100x40',
    ],
    at: '15m',
    alert: 'DamengSessionsHigh',
    fires: true,
  },
  {
    name: 'a Kafka of which only the memory of the exporter is left is down',
    class: 'kafka',
    series: ['up 1x40', 'kafka_brokers 3x40'],
    at: '8m',
    alert: 'KafkaDown',
    fires: true,
  },
  {
    name: 'a Kafka that tells offsets is fine',
    class: 'kafka',
    series: ['up 1x40', 'kafka_topic_partition_current_offset{topic="t",partition="0"} 0x40'],
    at: '8m',
    alert: 'KafkaDown',
    fires: false,
  },
  {
    name: 'a partition without a leader is told of',
    class: 'kafka',
    series: [
      'kafka_topic_partitions{topic="t"} 3x40',
      'kafka_topic_partition_leader{topic="t",partition="0"} 1x40',
      'kafka_topic_partition_leader{topic="t",partition="1"} 2x40',
    ],
    at: '5m',
    alert: 'KafkaPartitionsOffline',
    fires: true,
  },
  {
    name: 'a group that reads nothing is told of',
    class: 'kafka',
    series: [
      'kafka_consumergroup_lag_sum{consumergroup="g",topic="t"} 0+10x90',
      'kafka_consumergroup_current_offset_sum{consumergroup="g",topic="t"} 5x90',
    ],
    at: '40m',
    alert: 'KafkaGroupStuck',
    fires: true,
  },
  {
    name: 'a group that reads is not stuck',
    class: 'kafka',
    series: [
      'kafka_consumergroup_lag_sum{consumergroup="g",topic="t"} 0+10x90',
      'kafka_consumergroup_current_offset_sum{consumergroup="g",topic="t"} 0+1x90',
    ],
    at: '40m',
    alert: 'KafkaGroupStuck',
    fires: false,
  },
  {
    name: 'an Elasticsearch that tells no health is down',
    class: 'elasticsearch',
    series: ['up 1x40'],
    at: '8m',
    alert: 'ElasticsearchDown',
    fires: true,
  },
  {
    name: 'an Elasticsearch that is red is not down',
    class: 'elasticsearch',
    series: health('red'),
    at: '8m',
    alert: 'ElasticsearchDown',
    fires: false,
  },
  {
    name: 'an Elasticsearch that is red is told of',
    class: 'elasticsearch',
    series: health('red'),
    at: '8m',
    alert: 'ElasticsearchRed',
    fires: true,
  },
  {
    name: 'a volume of Windows that is nearly full is told of',
    class: 'windows-host',
    series: [
      'windows_logical_disk_free_bytes{volume="C:"} 2x40',
      'windows_logical_disk_size_bytes{volume="C:"} 100x40',
    ],
    at: '10m',
    alert: 'WindowsHostVolumeFull',
    fires: true,
  },
  {
    name: 'a recovery partition of Windows is full by nature',
    class: 'windows-host',
    series: [
      'windows_logical_disk_free_bytes{volume="HarddiskVolume1"} 1x40',
      'windows_logical_disk_size_bytes{volume="HarddiskVolume1"} 100x40',
    ],
    at: '10m',
    alert: 'WindowsHostVolumeFull',
    fires: false,
  },
  {
    name: 'Windows whose cores all work is busy',
    class: 'windows-host',
    series: [0, 1].map((core) => `windows_cpu_time_total{core="0,${core}",mode="idle"} 0+1x90`),
    at: '30m',
    alert: 'WindowsHostCpuBusy',
    fires: true,
  },
];

describe.skipIf(!programs.available)(programs.title('rules of the classes of servers under promtool'), () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opsctl-class-rules-'));
    await writeRules(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(classes)('those of %s are accepted', async (id) => {
    const result = await promtool('check', 'rules', join(folder, `${id}.yaml`));
    expect(result).toMatch(/SUCCESS: \d+ rules found/);
  });

  it.each(cases)('$class: $name', async ({ class: id, series, at, alert, fires }) => {
    const test = {
      rule_files: [join(folder, `${id}.yaml`)],
      evaluation_interval: '30s',
      tests: [
        {
          interval: '30s',
          input_series: series.map((line) => withItem(line, id)),
          // The alert has the labels of its item, or nobody would know whom it is about.
          promql_expr_test: [
            {
              expr: `count by (item, site, tier, team) (ALERTS{alertname="${alert}",alertstate="firing"})`,
              eval_time: at,
              exp_samples: fires
                ? [{ labels: `{item="${id}-1",site="plant",tier="L3",team="plant-ops"}`, value: 1 }]
                : [],
            },
          ],
        },
      ],
    };
    const file = join(folder, 'test.yaml');
    await writeFile(file, printYaml(test));
    expect(await promtool('test', 'rules', file)).toContain('SUCCESS');
  });

  it('each alert of the table is one of the class', () => {
    const known = new Set(standardAlerts.flatMap((pack) => Object.values(pack.alerts).map((own) => own.name)));
    expect(cases.filter(({ alert }) => !known.has(alert))).toEqual([]);
  });

  async function promtool(...args: readonly string[]): Promise<string> {
    const { stdout, stderr } = await runProgram(programs.path('promtool'), args, { timeoutMs: 60_000 });
    return `${stdout}${stderr}`;
  }
});

function redisMemory(policy: string): readonly string[] {
  return [
    'redis_memory_used_bytes 99x30',
    'redis_memory_max_bytes 100x30',
    `redis_instance_info{maxmemory_policy="${policy}",role="master"} 1x30`,
  ];
}

function health(colour: string): readonly string[] {
  const colours = ['green', 'yellow', 'red'];
  const of = (name: string) => (name === colour ? 1 : 0);
  return [
    'up 1x40',
    ...colours.map((name) => `elasticsearch_cluster_health_status{cluster="c",color="${name}"} ${of(name)}x40`),
  ];
}

/** `pg_up 0x20` as Prometheus would have it of the item. */
function withItem(line: string, id: ClassId): { readonly series: string; readonly values: string } {
  const [, metric = '', labels = '', values = ''] = /^(\w+)(?:\{(.*)\})? (.+)$/.exec(line) ?? [];
  const own = `item="${id}-1",class="${id}",tier="L3",site="plant",tenant="shared",team="plant-ops",criticality="high"`;
  const target = `instance="db.plant.example:1",job="${id}-exporter"`;
  return { series: `${metric}{${[own, target, ...(labels === '' ? [] : [labels])].join(',')}}`, values };
}

/** One file for each class, as the plant would get it. */
async function writeRules(folder: string): Promise<void> {
  const items = classes.map((id) => sampleItem(`${id}-1`, id, { address: 'db.plant.example' }));
  const { resources, diagnostics } = compileGroup(sampleGroup({ items }));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  for (const id of classes) {
    const rules = resources.find(({ address }) => address === `plant/prometheus-rules/${id}`);
    await writeFile(join(folder, `${id}.yaml`), printYaml({ groups: [rules?.spec.group ?? {}] }));
  }
}
