import { choice, defineClass, networkName, optional, port } from 'opsctl';
import { guarded, guardedAttributes } from './guarded-metrics.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

const v2 = readingsBy({
  minio_cluster_nodes_offline_total: gauge(['server']),
  minio_cluster_drive_offline_total: gauge(['server']),
  minio_cluster_health_erasure_set_status: gauge(['pool', 'set', 'server']),
  minio_cluster_health_erasure_set_healing_drives: gauge(['pool', 'set', 'server']),
  minio_cluster_capacity_usable_free_bytes: gauge(['server']),
  minio_cluster_capacity_usable_total_bytes: gauge(['server']),
  minio_s3_requests_total: counter(['api', 'server', 'type']),
  minio_s3_requests_5xx_errors_total: counter(['api', 'server', 'type']),
});

const v3 = readingsBy({
  minio_cluster_health_nodes_offline_count: gauge(['server']),
  minio_cluster_health_drives_offline_count: gauge(['server']),
  minio_cluster_erasure_set_health: gauge(['pool_id', 'set_id', 'server']),
  minio_cluster_erasure_set_healing_drives_count: gauge(['pool_id', 'set_id', 'server']),
  minio_cluster_health_capacity_usable_free_bytes: gauge(['server']),
  minio_cluster_health_capacity_usable_total_bytes: gauge(['server']),
  minio_api_requests_total: counter(['name', 'type', 'server']),
  minio_api_requests_5xx_errors_total: counter(['name', 'type', 'server']),
});

const common = {
  ...guarded,
  kind: 'exporter',
  // It adds up the whole cluster for each scrape.
  interval: '60s',
  timeout: '30s',
  endpoint: ({ address, port: own = 9000 }: { address: string; port?: number }) => `${address}:${own}`,
} as const;

/**
 * A MinIO cluster, by the metrics that any of its servers gives of all: to everybody with
 * `MINIO_PROMETHEUS_AUTH_TYPE=public`, else to the bearer of `metricsToken` (`mc admin prometheus generate`). Newer ones have
 * both forms; only the second is added to. Not checked against a real one, which cannot be had here: names and
 * labels were read in MinIO's source of 2026.
 */
export const minio = defineClass({
  id: 'minio',
  title: { en: 'MinIO cluster', zh: 'MinIO 对象存储' },
  attributes: {
    address: networkName('DNS name or IP address of the cluster, or of one of its servers.'),
    port: optional(port('Port of its API.'), 9000),
    ...guardedAttributes,
    metrics: choice('Which form of metrics it is asked for: v3 from RELEASE.2024-05 on.', ['v2', 'v3']),
  },
  sources: {
    v2: {
      ...common,
      exporter: 'minio >=RELEASE.2023-07',
      path: '/minio/v2/metrics/cluster',
      when: ({ metrics }) => metrics === 'v2',
    },
    v3: {
      ...common,
      exporter: 'minio >=RELEASE.2024-05',
      path: '/minio/metrics/v3',
      when: ({ metrics }) => metrics === 'v3',
    },
  },
  signals: {
    up: {
      ...stateOf('Answers', '应答'),
      readings: { v2: v2((series) => series('up')), v3: v3((series) => series('up')) },
    },
    setHealthy: {
      ...stateOf('Erasure set can be written', '纠删码组可写'),
      readings: {
        v2: v2((series) => `min without (server) (${series('minio_cluster_health_erasure_set_status')})`),
        v3: v3(
          (series) =>
            `label_replace(label_replace(min without (server) (${series('minio_cluster_erasure_set_health')}), "pool", "$1", "pool_id", "(.*)"), "set", "$1", "set_id", "(.*)")`,
        ),
      },
      partLabels: ['pool', 'set'],
    },
    nodesOffline: {
      ...highIsBad('count', 'Servers offline', '离线的节点数'),
      readings: {
        v2: v2((series) => `max without (server) (${series('minio_cluster_nodes_offline_total')})`),
        v3: v3((series) => `max without (server) (${series('minio_cluster_health_nodes_offline_count')})`),
      },
    },
    drivesOffline: {
      ...highIsBad('count', 'Drives offline', '离线的磁盘数'),
      readings: {
        v2: v2((series) => `max without (server) (${series('minio_cluster_drive_offline_total')})`),
        v3: v3((series) => `max without (server) (${series('minio_cluster_health_drives_offline_count')})`),
      },
    },
    drivesHealing: {
      ...highIsBad('count', 'Drives that heal', '修复中的磁盘数'),
      readings: {
        v2: v2(
          (series) =>
            `sum without (pool, set) (max without (server) (${series('minio_cluster_health_erasure_set_healing_drives')}))`,
        ),
        v3: v3(
          (series) =>
            `sum without (pool_id, set_id) (max without (server) (${series('minio_cluster_erasure_set_healing_drives_count')}))`,
        ),
      },
    },
    capacityFree: {
      ...lowIsBad('ratio', 'Usable capacity free', '可用容量剩余比例'),
      readings: {
        v2: v2((series) =>
          freeOf(
            series('minio_cluster_capacity_usable_free_bytes'),
            series('minio_cluster_capacity_usable_total_bytes'),
          ),
        ),
        v3: v3((series) =>
          freeOf(
            series('minio_cluster_health_capacity_usable_free_bytes'),
            series('minio_cluster_health_capacity_usable_total_bytes'),
          ),
        ),
      },
    },
    requests: {
      ...highIsBad('per-second', 'Requests', '请求速率'),
      readings: {
        v2: v2((series) => `sum without (api, server, type) (rate(${series('minio_s3_requests_total')}[5m]))`),
        v3: v3((series) => `sum without (name, server, type) (rate(${series('minio_api_requests_total')}[5m]))`),
      },
    },
    errors: {
      ...highIsBad('ratio', 'Requests that fail in the server', '服务端错误比例'),
      // Of a few requests the ratio says nothing.
      readings: {
        v2: v2((series) => {
          const [failed, all] = (['5xx_errors_total', 'total'] as const).map(
            (kind) => `sum without (api, server, type) (rate(${series(`minio_s3_requests_${kind}`)}[5m]))`,
          );
          return `${failed} / (${all} > 1)`;
        }),
        v3: v3((series) => {
          const [failed, all] = (['5xx_errors_total', 'total'] as const).map(
            (kind) => `sum without (name, server, type) (rate(${series(`minio_api_requests_${kind}`)}[5m]))`,
          );
          return `${failed} / (${all} > 1)`;
        }),
      },
    },
  },
});

function freeOf(free: string, total: string): string {
  return `max without (server) (${free}) / max without (server) (${total})`;
}
