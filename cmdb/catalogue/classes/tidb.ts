import { choice, defineClass, networkName, optional, port, text } from 'opsctl';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

const usualPorts = { tidb: 10_080, pd: 2379, tikv: 20_180 } as const;
const components = ['tidb', 'pd', 'tikv'] as const;

type Component = (typeof components)[number];

const ofTidb = readingsBy({
  tidb_server_connections: gauge(['resource_group']),
  tidb_server_handle_query_duration_seconds_bucket: { type: 'histogram', labels: ['sql_type', 'db', 'resource_group'] },
  tidb_server_execute_error_total: counter(['type', 'db', 'resource_group']),
  tidb_server_critical_error_total: counter(),
  tidb_server_panic_total: counter(['type']),
});

const ofPd = readingsBy({
  pd_cluster_status: gauge(['type', 'namespace', 'engine']),
  pd_regions_status: gauge(['type', 'engine']),
  etcd_server_has_leader: gauge(),
  etcd_server_is_leader: gauge(),
});

const ofTikv = readingsBy({
  tikv_store_size_bytes: gauge(['type']),
  tikv_channel_full_total: counter(['type']),
  tikv_server_report_failure_msg_total: counter(['type', 'store_id']),
});

/** Each member of PD has these, and only the leader of them keeps them up to date. */
function atLeader(expression: string, leader: string): string {
  return `${expression} and on (item) ${leader} == 1`;
}

function sourceOf(component: Component) {
  return {
    kind: 'exporter',
    exporter: `${component} >=6.1`,
    interval: '30s',
    when: (attributes: { component: string }) => attributes.component === component,
    endpoint: ({ address, metricsPort }: { address: string; metricsPort?: number }) =>
      `${address}:${metricsPort ?? usualPorts[component]}`,
  } as const;
}

/**
 * One process of a TiDB cluster: an SQL server (`tidb`), the placement driver (`pd`), or a store (`tikv`), each by its
 * own metrics. Not checked against real ones, which cannot be had here: names and labels are those of the alert rules
 * and metric tables that PingCAP publishes for 6.1 to 8.x.
 */
export const tidb = defineClass({
  id: 'tidb',
  title: { en: 'TiDB process', zh: 'TiDB 组件' },
  attributes: {
    address: networkName('DNS name or IP address of the process.'),
    component: choice('Which process of the cluster it is.', components),
    metricsPort: optional(port('Port of its status page: 10080 of tidb, 2379 of pd, 20180 of tikv when not given.')),
    version: optional(text('Such as `7.5`.')),
  },
  sources: { tidb: sourceOf('tidb'), pd: sourceOf('pd'), tikv: sourceOf('tikv') },
  signals: {
    up: {
      ...stateOf('Answers', '应答'),
      readings: { tidb: ofTidb((s) => s('up')), pd: ofPd((s) => s('up')), tikv: ofTikv((s) => s('up')) },
    },
    connections: {
      ...highIsBad('count', 'Connections', '连接数'),
      from: 'tidb',
      ...ofTidb((series) => `sum without (resource_group) (${series('tidb_server_connections')})`),
    },
    queryTime: {
      ...highIsBad('seconds', 'Time of a statement (p99)', '语句耗时(p99)'),
      from: 'tidb',
      ...ofTidb(
        (series) =>
          `histogram_quantile(0.99, sum without (sql_type, db, resource_group) (rate(${series('tidb_server_handle_query_duration_seconds_bucket', 'sql_type!="internal"')}[5m])))`,
      ),
    },
    statementErrors: {
      ...highIsBad('per-second', 'Statements that fail', '语句错误速率'),
      from: 'tidb',
      ...ofTidb(
        (series) => `sum without (type, db, resource_group) (rate(${series('tidb_server_execute_error_total')}[5m]))`,
      ),
    },
    criticalErrors: {
      ...highIsBad('count', 'Critical errors and panics (15 min)', '严重错误与崩溃(15 分钟)'),
      from: 'tidb',
      // Panics have no series until there is one.
      ...ofTidb(
        (series) =>
          `increase(${series('tidb_server_critical_error_total')}[15m]) + (sum without (type) (increase(${series('tidb_server_panic_total')}[15m])) or 0 * ${series('up')})`,
      ),
    },
    pdHasLeader: {
      ...stateOf('Placement driver has a leader', 'PD 有主节点'),
      from: 'pd',
      ...ofPd((series) => series('etcd_server_has_leader')),
    },
    storesDown: {
      ...highIsBad('count', 'Stores that do not answer', '失联的存储节点数'),
      from: 'pd',
      // Disconnected after 20 seconds, down after 30 minutes.
      ...ofPd((series) =>
        atLeader(
          `sum without (type, namespace, engine) (${series('pd_cluster_status', 'type=~"store_disconnected_count|store_down_count"')})`,
          series('etcd_server_is_leader'),
        ),
      ),
    },
    storesLow: {
      ...highIsBad('count', 'Stores short of space', '空间不足的存储节点数'),
      from: 'pd',
      ...ofPd((series) =>
        atLeader(
          `sum without (type, namespace, engine) (${series('pd_cluster_status', 'type="store_low_space_count"')})`,
          series('etcd_server_is_leader'),
        ),
      ),
    },
    regionsShort: {
      ...highIsBad('count', 'Regions short of a replica', '副本不足的 Region 数'),
      from: 'pd',
      // Written with underscores before 7.x.
      ...ofPd((series) =>
        atLeader(
          `sum without (type, engine) (${series('pd_regions_status', 'type=~"miss.peer.region.count|down.peer.region.count"')})`,
          series('etcd_server_is_leader'),
        ),
      ),
    },
    storeFree: {
      ...lowIsBad('ratio', 'Space of the store free', '存储剩余空间比例'),
      from: 'tikv',
      ...ofTikv((series) => {
        const [free, all] = ['available', 'capacity'].map(
          (type) => `sum without (type) (${series('tikv_store_size_bytes', `type="${type}"`)})`,
        );
        return `${free} / ${all}`;
      }),
    },
    storeOverrun: {
      ...highIsBad('count', 'Messages that a full store dropped (10 min)', '因通道写满丢弃的消息(10 分钟)'),
      from: 'tikv',
      ...ofTikv((series) => `sum without (type) (increase(${series('tikv_channel_full_total')}[10m]))`),
    },
    storeSendFailures: {
      ...highIsBad('count', 'Stores that this one cannot reach (10 min)', '无法连接其他存储节点(10 分钟)'),
      from: 'tikv',
      ...ofTikv(
        (series) =>
          `sum without (type, store_id) (increase(${series('tikv_server_report_failure_msg_total', 'type="unreachable"')}[10m]))`,
      ),
    },
  },
});
