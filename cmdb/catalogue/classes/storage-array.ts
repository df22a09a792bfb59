import { choice, defineClass, networkName, optional, port, snmpMetric, text } from 'opsctl';
import { gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';
import { snmpAccess, snmpAttributes } from './snmp-access.ts';
import { oceanStor } from './storage-modules.ts';

/** NetApp Harvest: names and labels were read in its templates and its documentation. It is not in Debian. */
const ontap = readingsBy({
  node_new_status: gauge(['node']),
  node_cpu_busy: gauge(['node']),
  node_failed_fan: gauge(['node']),
  node_failed_power: gauge(['node']),
  disk_new_status: gauge(['disk', 'node']),
  aggr_new_status: gauge(['aggr', 'node']),
  aggr_space_used_percent: gauge(['aggr', 'node']),
  volume_new_status: gauge(['volume', 'svm']),
  volume_size_used_percent: gauge(['volume', 'svm']),
  volume_avg_latency: gauge(['volume', 'svm']),
  volume_total_ops: gauge(['volume', 'svm']),
  snapmirror_lag_time: gauge(['relationship_id', 'source_volume']),
});

type Metric = keyof typeof oceanStor.metrics & string;

/** A reading of the OceanStor module, by the metrics that it names. */
function oceanstor(metrics: readonly Metric[], expression: (series: (metric: Metric) => string) => string) {
  return { expression, metrics: metrics.map((metric) => snmpMetric(oceanStor, metric)) };
}

/** One word for what two makers name differently, so that one alert and one panel serve both. */
function named(label: 'controller' | 'pool', from: string, vector: string): string {
  return `label_replace(${vector}, "${label}", "$1", "${from}", "(.*)")`;
}

const isNormal = (metric: Metric) => oceanstor([metric], (series) => `${series(metric)} == bool 1`);

/**
 * A storage array: controllers, disks, pools and volumes. Huawei OceanStor is asked by SNMP; NetApp ONTAP is measured by
 * Harvest, one poller for each array.
 */
export const storageArray = defineClass({
  id: 'storage-array',
  title: { en: 'Storage array', zh: '存储阵列' },
  attributes: {
    address: networkName('Management address; of an ONTAP array that of the machine Harvest is on.'),
    maker: choice('What it is, which decides how it is asked.', ['oceanstor', 'ontap']),
    harvestPort: optional(port('Port of the Harvest poller of this array.'), 12_990),
    model: optional(text('Such as `OceanStor Dorado 5000 V6`.')),
    ...snmpAttributes,
  },
  sources: {
    oceanstor: {
      kind: 'snmp',
      exporter: 'snmp_exporter >=0.21',
      // Hundreds of disks and volumes take the management controller its time.
      interval: '120s',
      timeout: '90s',
      when: ({ maker }) => maker === 'oceanstor',
      endpoint: ({ address }) => address,
      module: () => oceanStor,
      access: snmpAccess,
    },
    ontap: {
      kind: 'exporter',
      exporter: 'harvest >=22.11',
      interval: '60s',
      timeout: '30s',
      when: ({ maker }) => maker === 'ontap',
      endpoint: ({ address, harvestPort = 12_990 }) => `${address}:${harvestPort}`,
    },
  },
  signals: {
    up: {
      ...stateOf('Management answers', '管理接口应答'),
      readings: {
        oceanstor: { expression: (series) => series('up'), metrics: ['up'] },
        // Harvest answers although its array does not: then it has no nodes.
        ontap: ontap(
          (series) =>
            `group without (node, cluster, datacenter) (${series('node_new_status')}) or on (item) 0 * (${series('up')} == 1)`,
        ),
      },
    },
    exporterUp: {
      ...stateOf('Harvest answers', 'Harvest 应答'),
      from: 'ontap',
      ...ontap((series) => series('up')),
    },
    controllersWell: {
      ...stateOf('Controller well', '控制器正常'),
      readings: {
        oceanstor: isNormal('hwInfoControllerHealthStatus'),
        ontap: ontap((series) => named('controller', 'node', series('node_new_status'))),
      },
      partLabels: ['controller'],
    },
    controllerBusy: {
      ...highIsBad('ratio', 'CPU of a controller busy', '控制器 CPU 使用率'),
      readings: {
        oceanstor: oceanstor(['hwInfoControllerCPUUsage'], (series) => `${series('hwInfoControllerCPUUsage')} / 100`),
        ontap: ontap((series) => named('controller', 'node', `${series('node_cpu_busy')} / 100`)),
      },
      partLabels: ['controller'],
    },
    controllerMemoryUsed: {
      ...highIsBad('ratio', 'Memory of a controller used', '控制器内存使用率'),
      readings: {
        oceanstor: oceanstor(
          ['hwInfoControllerMemoryUsage'],
          (series) => `${series('hwInfoControllerMemoryUsage')} / 100`,
        ),
      },
      partLabels: ['controller'],
    },
    disksWell: {
      ...stateOf('Disk well', '硬盘正常'),
      readings: {
        oceanstor: isNormal('hwInfoDiskHealthStatus'),
        ontap: ontap((series) => series('disk_new_status')),
      },
      partLabels: ['disk'],
    },
    diskTemperature: {
      ...highIsBad('celsius', 'Temperature of a disk', '硬盘温度'),
      readings: {
        oceanstor: oceanstor(['hwInfoDiskTemperature'], (series) => `${series('hwInfoDiskTemperature')} > 0`),
      },
      partLabels: ['disk'],
    },
    fansWell: {
      ...stateOf('Fan well', '风扇正常'),
      readings: { oceanstor: isNormal('hwInfoFanHealthStatus') },
      partLabels: ['fan'],
    },
    batteriesWell: {
      ...stateOf('Cache battery well', '缓存备电正常'),
      readings: { oceanstor: isNormal('hwInfoBBUHealthStatus') },
      partLabels: ['battery'],
    },
    partsFailed: {
      ...highIsBad('count', 'Fans and power supplies that failed', '故障的风扇与电源数'),
      from: 'ontap',
      ...ontap((series) =>
        named('controller', 'node', `${series('node_failed_fan')} + ${series('node_failed_power')}`),
      ),
      partLabels: ['controller'],
    },
    poolsWell: {
      ...stateOf('Pool well', '存储池正常'),
      readings: {
        oceanstor: isNormal('hwInfoStoragePoolHealthStatus'),
        ontap: ontap((series) => named('pool', 'aggr', series('aggr_new_status'))),
      },
      partLabels: ['pool'],
    },
    poolFree: {
      ...lowIsBad('ratio', 'Space free in a pool', '存储池剩余空间比例'),
      readings: {
        oceanstor: oceanstor(
          ['hwInfoStoragePoolFreeCapacity', 'hwInfoStoragePoolTotalCapacity'],
          (series) => `${series('hwInfoStoragePoolFreeCapacity')} / (${series('hwInfoStoragePoolTotalCapacity')} > 0)`,
        ),
        ontap: ontap((series) => named('pool', 'aggr', `1 - ${series('aggr_space_used_percent')} / 100`)),
      },
      partLabels: ['pool'],
    },
    volumesWell: {
      ...stateOf('Volume well', '卷正常'),
      readings: {
        oceanstor: isNormal('hwStorageLunStatus'),
        ontap: ontap((series) => series('volume_new_status')),
      },
      partLabels: ['volume', 'svm'],
    },
    volumeUsed: {
      ...highIsBad('ratio', 'Space of a volume used', '卷使用率'),
      from: 'ontap',
      ...ontap((series) => `${series('volume_size_used_percent')} / 100`),
      partLabels: ['volume', 'svm'],
    },
    volumeLatency: {
      ...highIsBad('seconds', 'Time of a request to a volume', '卷 I/O 响应时间'),
      readings: {
        oceanstor: oceanstor(
          ['hwPerfLunAverageIOResponseTime'],
          (series) => `${series('hwPerfLunAverageIOResponseTime')} / 1e6`,
        ),
        ontap: ontap((series) => `${series('volume_avg_latency')} / 1e6`),
      },
      partLabels: ['volume', 'svm'],
    },
    volumeRequests: {
      ...highIsBad('per-second', 'Requests to a volume', '卷 IOPS'),
      readings: {
        oceanstor: oceanstor(['hwPerfLunTotalIOPS'], (series) => series('hwPerfLunTotalIOPS')),
        ontap: ontap((series) => series('volume_total_ops')),
      },
      partLabels: ['volume', 'svm'],
    },
    replicationLag: {
      ...highIsBad('seconds', 'Replication behind', '复制滞后时间'),
      from: 'ontap',
      ...ontap((series) => series('snapmirror_lag_time')),
      partLabels: ['relationship_id', 'source_volume'],
    },
  },
});
