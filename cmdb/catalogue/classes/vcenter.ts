import { choice, defineClass, networkName, optional, port, text } from 'opsctl';
import { gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

const ofHost = ['host_name', 'dc_name', 'cluster_name'];
const ofStore = ['ds_name', 'dc_name', 'ds_cluster'];
const ofGuest = ['vm_name', 'ds_name', 'host_name', 'dc_name', 'cluster_name'];

/** vmware_exporter (pryorda), which sees hosts, sensors and snapshots. It is hardly maintained; its names do not change. */
const vmware = readingsBy({
  vmware_host_power_state: gauge(ofHost),
  vmware_host_connection_state: gauge([...ofHost, 'state']),
  vmware_host_maintenance_mode: gauge(ofHost),
  vmware_host_cpu_usage: gauge(ofHost),
  vmware_host_cpu_max: gauge(ofHost),
  vmware_host_memory_usage: gauge(ofHost),
  vmware_host_memory_max: gauge(ofHost),
  vmware_host_sensor_state: gauge([...ofHost, 'name', 'type']),
  vmware_datastore_freespace_size: gauge(ofStore),
  vmware_datastore_capacity_size: gauge(ofStore),
  vmware_datastore_accessible: gauge(ofStore),
  vmware_vm_power_state: gauge(ofGuest),
  vmware_vm_num_cpu: gauge(ofGuest),
  vmware_vm_snapshot_timestamp_seconds: gauge([...ofGuest, 'vm_snapshot_name']),
  vmware_vm_cpu_ready_summation: gauge(ofGuest),
});

const otelHost = ['vcenter_host_name', 'vcenter_cluster_name', 'vcenter_datacenter_name'];
const otelGuest = [...otelHost, 'vcenter_vm_name', 'vcenter_vm_id'];

/** The vcenter receiver of OpenTelemetry, as the Prometheus exporter of a collector writes it. */
const otel = readingsBy({
  vcenter_cluster_host_count: gauge(['vcenter_cluster_name', 'vcenter_datacenter_name', 'effective']),
  vcenter_host_cpu_utilization_percent: gauge(otelHost),
  vcenter_host_memory_utilization_percent: gauge(otelHost),
  vcenter_datastore_disk_utilization_percent: gauge(['vcenter_datastore_name', 'vcenter_datacenter_name']),
  vcenter_datacenter_vm_count: gauge(['vcenter_datacenter_name', 'status', 'power_state']),
  vcenter_vm_cpu_readiness_percent: gauge(otelGuest),
  vcenter_vm_memory_ballooned_mebibytes: gauge(otelGuest),
  vcenter_vm_memory_swapped_mebibytes: gauge(otelGuest),
});

/** Names of both exporters become one, so that one alert and one panel serve either. */
function named(label: 'host' | 'cluster' | 'datastore' | 'guest', from: string, vector: string): string {
  return `label_replace(${vector}, "${label}", "$1", "${from}", "(.*)")`;
}

/** What the VMware counter sums up is milliseconds within 20 seconds, over all virtual processors. */
const realtimeMs = 20_000;

/**
 * A vCenter with its hosts, datastores and virtual machines, or a single ESXi host. Measured by vmware_exporter, or by an
 * OpenTelemetry collector with the vcenter receiver, whose exporter must have `resource_to_telemetry_conversion` on. Neither
 * is in Debian: the names were read in the source of the one and in the metadata of the other.
 */
export const vcenter = defineClass({
  id: 'vcenter',
  title: { en: 'vCenter', zh: 'vCenter 虚拟化平台' },
  attributes: {
    address: networkName('DNS name or IP address of the machine that the exporter or collector is on.'),
    exporter: optional(
      choice('What asks vCenter: vmware_exporter, or the vcenter receiver of an OpenTelemetry collector.', [
        'vmware',
        'otel',
      ]),
      'otel',
    ),
    exporterPort: optional(port('Port of vmware_exporter (9272) or of the Prometheus exporter of the collector.')),
    version: optional(text('Such as `8.0 U2`.')),
  },
  sources: {
    vmware: {
      kind: 'exporter',
      exporter: 'vmware_exporter >=0.18',
      // It asks vCenter at each scrape, which takes tens of seconds for a few hundred machines.
      interval: '120s',
      timeout: '110s',
      when: ({ exporter = 'otel' }) => exporter === 'vmware',
      endpoint: ({ address, exporterPort = 9272 }) => `${address}:${exporterPort}`,
    },
    otel: {
      kind: 'exporter',
      exporter: 'otelcol-contrib >=0.109',
      interval: '60s',
      when: ({ exporter = 'otel' }) => exporter === 'otel',
      endpoint: ({ address, exporterPort = 8889 }) => `${address}:${exporterPort}`,
    },
  },
  signals: {
    up: {
      ...stateOf('vCenter tells its hosts', '可查询 vCenter'),
      readings: {
        // The exporter answers with nothing in it when vCenter refuses; without hosts there is no vCenter to speak of.
        vmware: vmware(
          (series) =>
            `group without (host_name, dc_name, cluster_name) (${series('vmware_host_power_state')}) or on (item) 0 * (${series('up')} == 1)`,
        ),
        otel: otel(
          (series) =>
            `group without (vcenter_host_name, vcenter_cluster_name, vcenter_datacenter_name) (${series('vcenter_host_cpu_utilization_percent')}) or on (item) 0 * (${series('up')} == 1)`,
        ),
      },
    },
    exporterUp: {
      ...stateOf('Exporter answers', '采集器应答'),
      readings: {
        vmware: vmware((series) => series('up')),
        otel: otel((series) => series('up')),
      },
    },
    hostsUnavailable: {
      ...highIsBad('count', 'Hosts of a cluster that are out', '集群中不可用的主机数'),
      readings: {
        vmware: vmware((series) =>
          named(
            'cluster',
            'cluster_name',
            `count without (host_name, state) (${series('vmware_host_connection_state', 'state!="connected"')})`,
          ),
        ),
        // Hosts in maintenance are not effective either.
        otel: otel((series) =>
          named('cluster', 'vcenter_cluster_name', series('vcenter_cluster_host_count', 'effective="false"')),
        ),
      },
      partLabels: ['cluster'],
    },
    hostsInMaintenance: {
      ...highIsBad('count', 'Host in maintenance', '处于维护模式的主机'),
      from: 'vmware',
      ...vmware((series) => named('host', 'host_name', series('vmware_host_maintenance_mode'))),
      partLabels: ['host'],
    },
    hostCpuBusy: {
      ...highIsBad('ratio', 'CPU of a host busy', '主机 CPU 使用率'),
      readings: {
        vmware: vmware((series) =>
          named('host', 'host_name', `${series('vmware_host_cpu_usage')} / ${series('vmware_host_cpu_max')}`),
        ),
        otel: otel((series) =>
          named('host', 'vcenter_host_name', `${series('vcenter_host_cpu_utilization_percent')} / 100`),
        ),
      },
      partLabels: ['host'],
    },
    hostMemoryUsed: {
      ...highIsBad('ratio', 'Memory of a host used', '主机内存使用率'),
      readings: {
        vmware: vmware((series) =>
          named('host', 'host_name', `${series('vmware_host_memory_usage')} / ${series('vmware_host_memory_max')}`),
        ),
        otel: otel((series) =>
          named('host', 'vcenter_host_name', `${series('vcenter_host_memory_utilization_percent')} / 100`),
        ),
      },
      partLabels: ['host'],
    },
    hostSensors: {
      ...highIsBad('count', 'Hardware sensor of a host (1 yellow, 2 red)', '主机硬件传感器(1 黄 2 红)'),
      from: 'vmware',
      // The exporter has red 0, yellow 1, green 2, unknown 3.
      ...vmware((series) => named('host', 'host_name', `2 - ${series('vmware_host_sensor_state')}`)),
      partLabels: ['host', 'name'],
    },
    datastoreFree: {
      ...lowIsBad('ratio', 'Space free on a datastore', '数据存储剩余空间比例'),
      readings: {
        vmware: vmware((series) =>
          named(
            'datastore',
            'ds_name',
            `${series('vmware_datastore_freespace_size')} / (${series('vmware_datastore_capacity_size')} > 0)`,
          ),
        ),
        otel: otel((series) =>
          named(
            'datastore',
            'vcenter_datastore_name',
            `1 - ${series('vcenter_datastore_disk_utilization_percent')} / 100`,
          ),
        ),
      },
      partLabels: ['datastore'],
    },
    datastoreReachable: {
      ...stateOf('Datastore can be reached', '数据存储可访问'),
      from: 'vmware',
      ...vmware((series) => named('datastore', 'ds_name', series('vmware_datastore_accessible'))),
      partLabels: ['datastore'],
    },
    guestsOn: {
      ...highIsBad('count', 'Virtual machines that are on', '运行中的虚拟机数'),
      readings: {
        vmware: vmware(
          (series) =>
            `sum without (vm_name, ds_name, host_name, dc_name, cluster_name) (${series('vmware_vm_power_state')})`,
        ),
        otel: otel(
          (series) =>
            `sum without (vcenter_datacenter_name, status, power_state) (${series('vcenter_datacenter_vm_count', 'power_state="on"')})`,
        ),
      },
    },
    guestWaiting: {
      ...highIsBad('ratio', 'Time that a virtual machine waits for a CPU', '虚拟机等待 CPU 的时间比例'),
      readings: {
        vmware: vmware((series) =>
          named(
            'guest',
            'vm_name',
            `${series('vmware_vm_cpu_ready_summation')} / ${realtimeMs} / ${series('vmware_vm_num_cpu')}`,
          ),
        ),
        otel: otel((series) =>
          named('guest', 'vcenter_vm_name', `${series('vcenter_vm_cpu_readiness_percent')} / 100`),
        ),
      },
      partLabels: ['guest'],
    },
    guestMemoryTaken: {
      ...highIsBad('bytes', 'Memory taken back from a virtual machine', '被回收的虚拟机内存'),
      from: 'otel',
      ...otel((series) =>
        named(
          'guest',
          'vcenter_vm_name',
          `(${series('vcenter_vm_memory_ballooned_mebibytes')} + ${series('vcenter_vm_memory_swapped_mebibytes')}) * 1048576`,
        ),
      ),
      partLabels: ['guest'],
    },
    snapshotAge: {
      ...highIsBad('seconds', 'Age of a snapshot', '快照存在时间'),
      from: 'vmware',
      ...vmware((series) => named('guest', 'vm_name', `time() - ${series('vmware_vm_snapshot_timestamp_seconds')}`)),
      partLabels: ['guest', 'vm_snapshot_name'],
    },
  },
});
