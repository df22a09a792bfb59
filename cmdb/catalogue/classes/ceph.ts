import { defineClass } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { servesMetrics } from './measured-beside.ts';
import { gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, stateOf } from './signal-meanings.ts';

const ofDaemon = ['ceph_daemon'];
const ofPool = ['pool_id'];

const read = readingsBy({
  // The module calls it untyped.
  ceph_health_status: {},
  ceph_health_detail: gauge(['name', 'severity'], { since: '16.2' }),
  ceph_daemon_health_metrics: gauge(['type', 'ceph_daemon'], { since: '16.2' }),
  ceph_mon_quorum_status: gauge(ofDaemon),
  ceph_osd_up: { labels: ofDaemon },
  ceph_osd_in: { labels: ofDaemon },
  ceph_osd_apply_latency_ms: gauge(ofDaemon),
  ceph_cluster_total_bytes: gauge(),
  ceph_cluster_total_used_raw_bytes: gauge(),
  ceph_pool_percent_used: gauge(ofPool),
  ceph_pool_metadata: { labels: [...ofPool, 'name'] },
  ceph_pg_total: gauge(ofPool),
  ceph_pg_active: gauge(ofPool),
  ceph_pg_degraded: gauge(ofPool),
  ceph_pg_inconsistent: gauge(ofPool),
  ceph_num_objects_unfound: gauge(),
});

const { attributes, sources } = servesMetrics({
  program: 'ceph-mgr',
  since: '16.2',
  port: 9283,
  interval: '30s',
  timeout: '20s',
});

/**
 * A Ceph cluster, by the `prometheus` module of its manager. Only the active manager has numbers: give the address of a
 * load balancer before all of them. The names were read off the module of Debian's 16.2, run without a cluster.
 */
export const ceph = defineClass({
  id: 'ceph',
  title: { en: 'Ceph cluster', zh: 'Ceph 存储集群' },
  attributes,
  sources,
  signals: {
    up: {
      ...stateOf('Tells its health', '可查询集群健康'),
      from: 'builtin',
      // A manager on standby answers with an empty page.
      ...read((series) => `group without () (${series('ceph_health_status')}) or on (item) 0 * (${series('up')} == 1)`),
    },
    exporterUp: { ...exporterAnswers('builtin'), title: { en: 'Manager answers', zh: '管理守护进程应答' } },
    health: {
      ...highIsBad('count', 'Health (1 warning, 2 error)', '健康状态(1 警告 2 错误)'),
      from: 'builtin',
      ...read((series) => series('ceph_health_status')),
    },
    checks: {
      ...highIsBad('count', 'Health checks that fail', '未通过的健康检查'),
      from: 'builtin',
      ...read((series) => series('ceph_health_detail')),
      partLabels: ['name', 'severity'],
    },
    monitorsInQuorum: {
      ...stateOf('Monitor in quorum', '监视器在法定多数内'),
      from: 'builtin',
      ...read((series) => series('ceph_mon_quorum_status')),
      partLabels: ['ceph_daemon'],
    },
    osdsDown: {
      ...highIsBad('count', 'OSD down', 'OSD 停止'),
      from: 'builtin',
      // One that is out as well was taken out, or was down for so long that its data is elsewhere.
      ...read((series) => `(1 - ${series('ceph_osd_up')}) and ${series('ceph_osd_in')} == 1`),
      partLabels: ['ceph_daemon'],
    },
    osdsDownShare: {
      ...highIsBad('ratio', 'Share of the OSDs that are down', 'OSD 停止比例'),
      from: 'builtin',
      ...read((series) => `1 - avg without (ceph_daemon) (${series('ceph_osd_up')})`),
    },
    osdLatency: {
      ...highIsBad('seconds', 'Time to write at an OSD', 'OSD 写入时间'),
      from: 'builtin',
      ...read((series) => `avg_over_time(${series('ceph_osd_apply_latency_ms')}[10m]) / 1000`),
      partLabels: ['ceph_daemon'],
    },
    slowRequests: {
      ...highIsBad('count', 'Requests that hang', '挂起的请求数'),
      from: 'builtin',
      ...read((series) => `sum without (ceph_daemon) (${series('ceph_daemon_health_metrics', 'type="SLOW_OPS"')})`),
    },
    used: {
      ...highIsBad('ratio', 'Raw space used', '裸容量使用率'),
      from: 'builtin',
      ...read((series) => `${series('ceph_cluster_total_used_raw_bytes')} / ${series('ceph_cluster_total_bytes')}`),
    },
    poolUsed: {
      ...highIsBad('ratio', 'Pool used of what it can have', '存储池使用率'),
      from: 'builtin',
      ...read(
        (series) =>
          `${series('ceph_pool_percent_used')} * on (item, pool_id) group_left (name) ${series('ceph_pool_metadata')}`,
      ),
      partLabels: ['pool_id', 'name'],
    },
    groupsInactive: {
      ...highIsBad('count', 'Placement groups that serve nobody', '不可用的归置组数'),
      from: 'builtin',
      ...read((series) => `sum without (pool_id) (${series('ceph_pg_total')} - ${series('ceph_pg_active')})`),
    },
    groupsDegraded: {
      ...highIsBad('ratio', 'Placement groups short of copies', '副本不足的归置组比例'),
      from: 'builtin',
      ...read(
        (series) =>
          `sum without (pool_id) (${series('ceph_pg_degraded')}) / sum without (pool_id) (${series('ceph_pg_total')})`,
      ),
    },
    groupsInconsistent: {
      ...highIsBad('count', 'Placement groups whose copies differ', '副本不一致的归置组数'),
      from: 'builtin',
      ...read((series) => `sum without (pool_id) (${series('ceph_pg_inconsistent')})`),
    },
    objectsUnfound: {
      ...highIsBad('count', 'Objects of which no copy is found', '找不到副本的对象数'),
      from: 'builtin',
      ...read((series) => series('ceph_num_objects_unfound')),
    },
  },
});
