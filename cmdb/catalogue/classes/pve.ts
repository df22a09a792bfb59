import { choice, defineClass, optional } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';
import { gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

const byId = ['id'];
const { attributes, sources } = measuredBeside({
  program: 'prometheus-pve-exporter',
  since: '3.0',
  port: 9221,
  interval: '60s',
  timeout: '30s',
  path: '/pve',
});

const read = readingsBy({
  pve_up: gauge(byId),
  pve_cpu_usage_ratio: gauge(byId),
  pve_memory_usage_bytes: gauge(byId),
  pve_memory_size_bytes: gauge(byId),
  pve_disk_usage_bytes: gauge(byId),
  pve_disk_size_bytes: gauge(byId),
  pve_ha_state: gauge(['id', 'state']),
  pve_onboot_status: gauge(['id', 'node', 'type']),
  pve_not_backed_up_total: gauge(byId),
  pve_replication_failed_syncs: gauge(byId),
  pve_replication_last_sync_timestamp_seconds: gauge(byId),
});

/**
 * One Proxmox VE cluster, or a node alone, as any of its nodes tells of all: `pve_exporter` beside that node, with a user
 * that has the role PVEAuditor. Names and labels were read in the package prometheus-pve-exporter 3.10; there is no Proxmox
 * here to see it before. Each node is an item of class `host` besides, and each virtual machine that matters.
 */
export const pve = defineClass({
  id: 'pve',
  title: { en: 'Proxmox VE cluster', zh: 'Proxmox VE 虚拟化集群' },
  attributes: {
    ...attributes,
    backups: optional(choice('Whether all guests have to be in a backup job.', ['all', 'some']), 'all'),
  },
  sources: { exporter: { ...sources.exporter, params: { cluster: ['1'], node: ['1'] } } },
  signals: {
    up: {
      ...stateOf('Cluster has a majority', '集群具有法定票数'),
      from: 'exporter',
      // A node alone has no entry of a cluster; that it tells anything stands for it.
      ...read(
        (series) =>
          `min without (id) (${series('pve_up', 'id=~"cluster/.*"')}) or max without (id) (${series('pve_up', 'id=~"node/.*"')}) or 0 * (${series('up')} == 1)`,
      ),
    },
    exporterUp: exporterAnswers('exporter'),
    nodeUp: {
      ...stateOf('Node online', '节点在线'),
      from: 'exporter',
      ...read((series) => series('pve_up', 'id=~"node/.*"')),
      partLabels: byId,
    },
    storageUp: {
      ...stateOf('Storage available', '存储可用'),
      from: 'exporter',
      ...read((series) => series('pve_up', 'id=~"storage/.*"')),
      partLabels: byId,
    },
    guestStopped: {
      ...highIsBad('count', 'Guest that starts with its node and does not run', '应随节点启动而未运行的虚拟机'),
      from: 'exporter',
      ...read(
        (series) =>
          `(${series('pve_up', 'id=~"(qemu|lxc)/.*"')} == bool 0) and on (item, id) (${series('pve_onboot_status')} == 1)`,
      ),
      partLabels: byId,
    },
    haFailed: {
      ...highIsBad('count', 'Guest that high availability gave up, or fences', '高可用异常(error/fence)的虚拟机'),
      from: 'exporter',
      ...read((series) => `max without (state) (${series('pve_ha_state', 'state=~"error|fence|gone"')})`),
      partLabels: byId,
    },
    nodeCpuBusy: {
      ...highIsBad('ratio', 'CPU of a node busy', '节点 CPU 使用率'),
      from: 'exporter',
      ...read((series) => series('pve_cpu_usage_ratio', 'id=~"node/.*"')),
      partLabels: byId,
    },
    nodeMemoryUsed: {
      ...highIsBad('ratio', 'Memory of a node used', '节点内存使用率'),
      from: 'exporter',
      ...read(
        (series) =>
          `${series('pve_memory_usage_bytes', 'id=~"node/.*"')} / (${series('pve_memory_size_bytes', 'id=~"node/.*"')} > 0)`,
      ),
      partLabels: byId,
    },
    storageFree: {
      ...lowIsBad('ratio', 'Space free in a storage', '存储剩余空间比例'),
      from: 'exporter',
      ...read(
        (series) =>
          `1 - ${series('pve_disk_usage_bytes', 'id=~"storage/.*"')} / (${series('pve_disk_size_bytes', 'id=~"storage/.*"')} > 0)`,
      ),
      partLabels: byId,
    },
    notBackedUp: {
      ...highIsBad('count', 'Guests in no backup job', '未纳入备份任务的虚拟机数'),
      from: 'exporter',
      ...read((series) => `sum without (id) (${series('pve_not_backed_up_total')})`),
    },
    replicationFailed: {
      ...highIsBad('count', 'Replications that failed in a row', '连续失败的复制次数'),
      from: 'exporter',
      // Present only where guests are replicated; the exporter tells those of the node that it asks.
      ...read((series) => series('pve_replication_failed_syncs')),
      partLabels: byId,
    },
    replicationAge: {
      ...highIsBad('seconds', 'Time since a guest was replicated', '距上次复制的时间'),
      from: 'exporter',
      ...read((series) => `time() - (${series('pve_replication_last_sync_timestamp_seconds')} > 0)`),
      partLabels: byId,
    },
  },
});
