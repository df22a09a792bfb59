import { defineClass, optional, text } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

const { attributes, sources } = measuredBeside({ program: 'mongodb_exporter', since: '0.40', port: 9216 });

const diagnostic = { collector: '--collector.diagnosticdata' };
const replicaSet = { collector: '--collector.replicasetstatus' };
const member = ['member_idx', 'member_state', 'rs_nm', 'rs_state', 'cl_role', 'cl_id'];

const read = readingsBy({
  mongodb_up: gauge(['cluster_role']),
  mongodb_ss_connections: gauge(['conn_type'], diagnostic),
  mongodb_ss_opcounters: counter(['legacy_op_type'], diagnostic),
  mongodb_ss_globalLock_currentQueue: gauge(['count_type'], diagnostic),
  mongodb_ss_wt_cache_tracked_dirty_bytes_in_the_cache: gauge([], diagnostic),
  mongodb_ss_wt_cache_bytes_currently_in_the_cache: gauge([], diagnostic),
  mongodb_ss_wt_cache_maximum_bytes_configured: gauge([], diagnostic),
  mongodb_ss_metrics_cursor_timedOut: counter([], diagnostic),
  mongodb_rs_myState: gauge(['rs_nm', 'rs_state', 'cl_role', 'cl_id'], replicaSet),
  mongodb_rs_members_health: gauge(member, replicaSet),
  mongodb_rs_members_state: gauge(member, replicaSet),
  mongodb_rs_members_optimeDate: gauge(member, replicaSet),
  mongodb_mongod_replset_oplog_head_timestamp: gauge([], { collector: '--compatible-mode' }),
  mongodb_mongod_replset_oplog_tail_timestamp: gauge([], { collector: '--compatible-mode' }),
});

type Series = Parameters<Parameters<typeof read>[0]>[0];

/** The exporter labels what it gives with the place in the cluster, which changes with a failover. */
const place = 'cl_role, cl_id, rs_nm, rs_state';

function ofServer(selector: string): string {
  return `max without (${place}) (${selector})`;
}

/** Every member sees every other: one of them tells, the primary. */
function onPrimary(expression: string, series: Series): string {
  return `${expression} and on (item) ${series('mongodb_rs_myState')} == 1`;
}

/**
 * One MongoDB server, measured by Percona's mongodb_exporter beside it. The one in Debian 12 is of 2018 and has other
 * names. Not checked against a real one, which cannot be had here: names and labels were read in the source of 0.53.
 */
export const mongodb = defineClass({
  id: 'mongodb',
  title: { en: 'MongoDB server', zh: 'MongoDB 数据库' },
  attributes: { ...attributes, version: optional(text('Such as `7.0`.')) },
  sources,
  signals: {
    up: {
      ...stateOf('Answers queries', '可执行查询'),
      from: 'exporter',
      ...read((series) => `max without (cluster_role) (${series('mongodb_up')})`),
    },
    exporterUp: exporterAnswers('exporter'),
    connectionsUsed: {
      ...highIsBad('ratio', 'Connections used', '连接使用率'),
      from: 'exporter',
      ...read((series) => {
        const [used, free] = ['current', 'available'].map(
          (type) => `sum without (${place}, conn_type) (${series('mongodb_ss_connections', `conn_type="${type}"`)})`,
        );
        return `${used} / (${used} + ${free})`;
      }),
    },
    operations: {
      ...highIsBad('per-second', 'Operations', '操作速率'),
      from: 'exporter',
      ...read(
        (series) =>
          `sum without (${place}, legacy_op_type) (rate(${series('mongodb_ss_opcounters', 'legacy_op_type!="command"')}[5m]))`,
      ),
    },
    queued: {
      ...highIsBad('count', 'Operations that wait for a lock', '等待锁的操作数'),
      from: 'exporter',
      ...read(
        (series) =>
          `max without (${place}, count_type) (avg_over_time(${series('mongodb_ss_globalLock_currentQueue', 'count_type="total"')}[5m]))`,
      ),
    },
    cacheDirty: {
      ...highIsBad('ratio', 'Cache not yet written to disk', '缓存脏页比例'),
      from: 'exporter',
      ...read(
        (series) =>
          `${ofServer(series('mongodb_ss_wt_cache_tracked_dirty_bytes_in_the_cache'))} / ${ofServer(series('mongodb_ss_wt_cache_maximum_bytes_configured'))}`,
      ),
    },
    cacheUsed: {
      ...highIsBad('ratio', 'Cache used', '缓存使用率'),
      from: 'exporter',
      ...read(
        (series) =>
          `${ofServer(series('mongodb_ss_wt_cache_bytes_currently_in_the_cache'))} / ${ofServer(series('mongodb_ss_wt_cache_maximum_bytes_configured'))}`,
      ),
    },
    cursorsTimedOut: {
      ...highIsBad('count', 'Cursors that timed out (15 min)', '超时的游标数(15 分钟)'),
      from: 'exporter',
      ...read((series) => `max without (${place}) (increase(${series('mongodb_ss_metrics_cursor_timedOut')}[15m]))`),
    },
    hasPrimary: {
      ...stateOf('Replica set has a primary', '副本集有主节点'),
      from: 'exporter',
      // Present only in a replica set, as are the rest.
      ...read((series) => {
        const primaries = `count without (${place}, member_idx, member_state) (${series('mongodb_rs_members_state')} == 1)`;
        return `clamp_max(${primaries}, 1) or 0 * ${ofServer(series('mongodb_rs_myState'))}`;
      }),
    },
    memberHealthy: {
      ...stateOf('Member reachable from the primary', '主节点可达该成员'),
      from: 'exporter',
      ...read((series) =>
        onPrimary(`min without (${place}, member_state) (${series('mongodb_rs_members_health')})`, series),
      ),
      partLabels: ['member_idx'],
    },
    memberDelay: {
      ...highIsBad('seconds', 'Member is behind by', '成员复制延迟'),
      from: 'exporter',
      // Milliseconds; read at the primary, which knows both.
      ...read((series) => {
        const [primary, secondary] = ['PRIMARY', 'SECONDARY'].map((state) =>
          series('mongodb_rs_members_optimeDate', `member_state="${state}"`),
        );
        const behind = `(max without (${place}, member_idx, member_state) (${primary}) - on (item) group_right () max without (${place}, member_state) (${secondary})) / 1000`;
        return onPrimary(behind, series);
      }),
      partLabels: ['member_idx'],
    },
    oplogWindow: {
      ...lowIsBad('seconds', 'Time that the oplog covers', 'Oplog 时间窗口'),
      from: 'exporter',
      ...read(
        (series) =>
          `${ofServer(series('mongodb_mongod_replset_oplog_head_timestamp'))} - ${ofServer(series('mongodb_mongod_replset_oplog_tail_timestamp'))}`,
      ),
    },
  },
});
