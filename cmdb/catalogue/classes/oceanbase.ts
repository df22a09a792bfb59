import { defineClass, optional, text } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { guarded, guardedAttributes } from './guarded-metrics.ts';
import { measuredBeside } from './measured-beside.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

const { attributes, sources } = measuredBeside({
  program: 'obagent',
  since: '1.2',
  port: 8088,
  path: '/metrics/ob/basic',
});

/** Of the server; with these, of one of its tenants. */
const place = 'ob_cluster_id, ob_cluster_name, obzone, svr_ip';
const ofTenant = ['ob_tenant_id', 'tenant_name'];

const read = readingsBy({
  ob_all_session_num: gauge(ofTenant),
  ob_active_session_num: gauge(ofTenant),
  ob_server_num: gauge(['status', 'servers']),
  ob_index_error_num: gauge(),
  ob_zone_stat: gauge(['name', 'zone'], { until: '4.0' }),
  ob_disk_total_bytes: gauge(),
  ob_disk_free_bytes: gauge(),
  ob_server_resource_memory_assigned_bytes: gauge(),
  ob_server_resource_memory_bytes: gauge(),
  ob_memstore_total_bytes: gauge(ofTenant),
  // Levels and counts alike, told apart by their number.
  ob_sysstat: { labels: [...ofTenant, 'stat_id'] },
  ob_plan_cache_hit_total: counter(ofTenant),
  ob_plan_cache_access_total: counter(ofTenant),
});

type Series = Parameters<Parameters<typeof read>[0]>[0];

/** One of OceanBase's internal statistics, by tenant. */
function statistic(series: Series, id: string): string {
  return `sum without (${place}, ob_tenant_id, stat_id) (${series('ob_sysstat', `stat_id="${id}"`)})`;
}

/**
 * One OceanBase server (observer), measured by the obagent on its machine. Not checked against a real one, which cannot
 * be had here: names, labels and numbers of statistics were read in the configuration and documents of obagent 4.2.
 * Where obagent asks for a password (`agent.http.basic.auth.metricAuthEnabled`), it is `metricsUser` and `metricsPassword`.
 */
export const oceanbase = defineClass({
  id: 'oceanbase',
  title: { en: 'OceanBase server', zh: 'OceanBase 节点' },
  attributes: { ...attributes, ...guardedAttributes, version: optional(text('Such as `4.2`.')) },
  sources: { exporter: { ...sources.exporter, ...guarded } },
  signals: {
    up: {
      ...stateOf('Answers queries', '可执行查询'),
      from: 'exporter',
      // It has no metric of its own for this; what every query gives stands for it.
      ...read(
        (series) =>
          `clamp_max(count without (${place}, ob_tenant_id, tenant_name) (${series('ob_all_session_num')}), 1) or 0 * (${series('up')} == 1)`,
      ),
    },
    exporterUp: exporterAnswers('exporter'),
    serversInactive: {
      ...highIsBad('count', 'Servers of the cluster that are lost', '集群中失联的节点数'),
      from: 'exporter',
      // Told by the server that is root service, and by that alone; and so are the next two.
      ...read(
        (series) =>
          `sum without (${place}, status, servers) (${series('ob_server_num', 'status=~"inactive|INACTIVE"')})`,
      ),
    },
    indexesBroken: {
      ...highIsBad('count', 'Indexes in error', '错误状态的索引数'),
      from: 'exporter',
      ...read((series) => `max without (${place}) (${series('ob_index_error_num')})`),
    },
    mergeFailed: {
      ...stateOf('Daily merge failed or out of time', '合并失败或超时'),
      from: 'exporter',
      // Before 4.0; later ones merge by tenant, and obagent does not tell of it.
      ...read(
        (series) =>
          `max without (${place}, name, zone) (${series('ob_zone_stat', 'name=~"is_merge_error|is_merge_timeout"')})`,
      ),
    },
    sessions: {
      ...highIsBad('count', 'Sessions', '会话数'),
      from: 'exporter',
      ...read((series) => `sum without (${place}, ob_tenant_id) (${series('ob_all_session_num')})`),
      partLabels: ['tenant_name'],
    },
    sessionsActive: {
      ...highIsBad('count', 'Sessions that work', '活动会话数'),
      from: 'exporter',
      ...read((series) => `sum without (${place}, ob_tenant_id) (${series('ob_active_session_num')})`),
      partLabels: ['tenant_name'],
    },
    dataFree: {
      ...lowIsBad('ratio', 'Data file free', '数据文件剩余比例'),
      from: 'exporter',
      ...read(
        (series) =>
          `min without (${place}) (${series('ob_disk_free_bytes')}) / max without (${place}) (${series('ob_disk_total_bytes')})`,
      ),
    },
    memoryAssigned: {
      ...highIsBad('ratio', 'Memory assigned to tenants', '内存分配率'),
      from: 'exporter',
      ...read(
        (series) =>
          `max without (${place}) (${series('ob_server_resource_memory_assigned_bytes')}) / max without (${place}) (${series('ob_server_resource_memory_bytes')})`,
      ),
    },
    memstoreUsed: {
      ...highIsBad('ratio', 'Memstore of a tenant used', '租户 MemStore 使用率'),
      from: 'exporter',
      ...read((series) => `${statistic(series, '130001')} / (${statistic(series, '130004')} > 0)`),
      partLabels: ['tenant_name'],
    },
    processorUsed: {
      ...highIsBad('ratio', 'Processor share of a tenant used', '租户 CPU 使用率'),
      from: 'exporter',
      ...read((series) => `${statistic(series, '140006')} / (${statistic(series, '140005')} > 0)`),
      partLabels: ['tenant_name'],
    },
    memstore: {
      ...highIsBad('bytes', 'Memstore of a tenant', '租户 MemStore 大小'),
      from: 'exporter',
      ...read((series) => `sum without (${place}, ob_tenant_id) (${series('ob_memstore_total_bytes')})`),
      partLabels: ['tenant_name'],
    },
    planCacheHit: {
      ...lowIsBad('ratio', 'Plans found in the cache', '执行计划缓存命中率'),
      from: 'exporter',
      ...read((series) => {
        const [hits, accesses] = (['hit', 'access'] as const).map(
          (kind) => `sum without (${place}, ob_tenant_id) (rate(${series(`ob_plan_cache_${kind}_total`)}[15m]))`,
        );
        return `${hits} / (${accesses} > 1)`;
      }),
      partLabels: ['tenant_name'],
    },
  },
});
