import { choice, defineClass, networkName, optional, port, text } from 'opsctl';

/** File systems that hold data: what the kernel makes up, and mounts that are read-only by nature, are no trouble. */
const writable = 'fstype!~"tmpfs|devtmpfs|overlay|squashfs|erofs|iso9660|udf|ramfs|nsfs|autofs|fuse.lxcfs"';

/** A Linux machine, real or virtual, with node_exporter on it. */
export const host = defineClass({
  id: 'host',
  title: { en: 'Linux host', zh: 'Linux 主机' },
  attributes: {
    address: networkName('DNS name or IP address that Prometheus reaches it by.'),
    nodeExporterPort: optional(port('Port of node_exporter.'), 9100),
    kind: optional(choice('Real or virtual.', ['physical', 'virtual']), 'virtual'),
    operatingSystem: optional(text('Such as `Debian 12`.')),
  },
  sources: {
    node: {
      kind: 'exporter',
      exporter: 'node_exporter >=1.3',
      interval: '30s',
      endpoint: ({ address, nodeExporterPort = 9100 }) => `${address}:${nodeExporterPort}`,
    },
  },
  signals: {
    up: {
      title: { en: 'Exporter answers', zh: '采集器应答' },
      unit: 'boolean',
      direction: 'state',
      from: 'node',
      expression: (series) => series('up'),
      metrics: ['up'],
    },
    cpuBusy: {
      title: { en: 'CPU busy', zh: 'CPU 使用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'node',
      // Time that waits for disks, or that the hypervisor gave away, is not work of the CPU; both have signals of their own.
      expression: (series) =>
        `1 - avg without (cpu, mode) (sum without (mode) (rate(${series('node_cpu_seconds_total', 'mode=~"idle|iowait|steal"')}[5m])))`,
      metrics: ['node_cpu_seconds_total'],
    },
    cpuStolen: {
      title: { en: 'CPU taken by the hypervisor', zh: '被虚拟化平台占用的 CPU' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'node',
      expression: (series) => `avg without (cpu, mode) (rate(${series('node_cpu_seconds_total', 'mode="steal"')}[5m]))`,
      metrics: ['node_cpu_seconds_total'],
    },
    loadPerCpu: {
      title: { en: 'Load per CPU (5 min)', zh: '每核负载(5 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'node',
      expression: (series) =>
        `${series('node_load5')} / count without (cpu, mode) (${series('node_cpu_seconds_total', 'mode="idle"')})`,
      metrics: ['node_load5', 'node_cpu_seconds_total'],
    },
    memoryAvailable: {
      title: { en: 'Memory available', zh: '可用内存比例' },
      unit: 'ratio',
      direction: 'low-is-bad',
      from: 'node',
      expression: (series) => `${series('node_memory_MemAvailable_bytes')} / ${series('node_memory_MemTotal_bytes')}`,
      metrics: ['node_memory_MemAvailable_bytes', 'node_memory_MemTotal_bytes'],
    },
    outOfMemoryKills: {
      title: { en: 'Out-of-memory kills (10 min)', zh: '内存不足终止次数(10 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'node',
      expression: (series) => `increase(${series('node_vmstat_oom_kill')}[10m])`,
      metrics: ['node_vmstat_oom_kill'],
    },
    filesystemFree: {
      title: { en: 'File system space free', zh: '文件系统剩余空间比例' },
      unit: 'ratio',
      direction: 'low-is-bad',
      from: 'node',
      expression: (series) =>
        `${series('node_filesystem_avail_bytes', writable)} / ${series('node_filesystem_size_bytes', writable)}`,
      metrics: ['node_filesystem_avail_bytes', 'node_filesystem_size_bytes'],
      partLabels: ['mountpoint', 'device'],
    },
    filesystemTimeLeft: {
      title: { en: 'Time until the file system is full', zh: '文件系统预计写满时间' },
      unit: 'seconds',
      direction: 'low-is-bad',
      from: 'node',
      // Only where space shrinks; a file system under 40 % full is far from trouble however it grows.
      expression: (series) =>
        `(${series('node_filesystem_avail_bytes', writable)} / -(deriv(${series('node_filesystem_avail_bytes', writable)}[6h]) < 0)) and ${series('node_filesystem_avail_bytes', writable)} / ${series('node_filesystem_size_bytes', writable)} < 0.4`,
      metrics: ['node_filesystem_avail_bytes', 'node_filesystem_size_bytes'],
      partLabels: ['mountpoint', 'device'],
    },
    inodesFree: {
      title: { en: 'Inodes free', zh: '剩余 inode 比例' },
      unit: 'ratio',
      direction: 'low-is-bad',
      from: 'node',
      // File systems without a fixed number of inodes (btrfs) report 0 of 0.
      expression: (series) =>
        `${series('node_filesystem_files_free', writable)} / (${series('node_filesystem_files', writable)} > 0)`,
      metrics: ['node_filesystem_files_free', 'node_filesystem_files'],
      partLabels: ['mountpoint', 'device'],
    },
    filesystemWritable: {
      title: { en: 'File system writable', zh: '文件系统可写' },
      unit: 'boolean',
      direction: 'state',
      from: 'node',
      expression: (series) => `1 - ${series('node_filesystem_readonly', writable)}`,
      metrics: ['node_filesystem_readonly'],
      partLabels: ['mountpoint', 'device'],
    },
    diskBusy: {
      title: { en: 'Disk busy', zh: '磁盘繁忙率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'node',
      expression: (series) => `rate(${series('node_disk_io_time_seconds_total', 'device!~"dm-.*|loop.*|sr.*"')}[5m])`,
      metrics: ['node_disk_io_time_seconds_total'],
      partLabels: ['device'],
    },
    networkErrors: {
      title: { en: 'Network errors', zh: '网络错误速率' },
      unit: 'per-second',
      direction: 'high-is-bad',
      from: 'node',
      expression: (series) =>
        `rate(${series('node_network_receive_errs_total', 'device!~"lo|veth.*"')}[5m]) + rate(${series('node_network_transmit_errs_total', 'device!~"lo|veth.*"')}[5m])`,
      metrics: ['node_network_receive_errs_total', 'node_network_transmit_errs_total'],
      partLabels: ['device'],
    },
    bondLinksDown: {
      title: { en: 'Links of a bond that are down', zh: '聚合网卡断开的链路数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'node',
      expression: (series) => `${series('node_bonding_slaves')} - ${series('node_bonding_active')}`,
      // Present only on machines that have bonded interfaces.
      metrics: [],
      partLabels: ['master'],
    },
    connectionsTracked: {
      title: { en: 'Connection tracking table used', zh: '连接跟踪表使用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'node',
      expression: (series) => `${series('node_nf_conntrack_entries')} / ${series('node_nf_conntrack_entries_limit')}`,
      // Present only where the kernel tracks connections: behind a firewall or NAT of its own.
      metrics: [],
    },
    clockOffset: {
      title: { en: 'Clock offset', zh: '时钟偏差' },
      unit: 'seconds',
      direction: 'high-is-bad',
      from: 'node',
      // The kernel's word counts only while something keeps the clock in step. chrony keeps it by frequency and leaves 0.
      expression: (series) =>
        `abs(${series('node_timex_offset_seconds')}) and ${series('node_timex_sync_status')} == 1`,
      metrics: ['node_timex_offset_seconds', 'node_timex_sync_status'],
    },
    clockSynchronised: {
      title: { en: 'Clock synchronised', zh: '时钟已同步' },
      unit: 'boolean',
      direction: 'state',
      from: 'node',
      expression: (series) => series('node_timex_sync_status'),
      metrics: ['node_timex_sync_status'],
    },
    fileHandles: {
      title: { en: 'File handles used', zh: '文件句柄使用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'node',
      expression: (series) => `${series('node_filefd_allocated')} / ${series('node_filefd_maximum')}`,
      metrics: ['node_filefd_allocated', 'node_filefd_maximum'],
    },
    raidDisksMissing: {
      title: { en: 'Disks that software RAID is short of', zh: '软 RAID 缺少的成员盘数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'node',
      // A disk that was taken out, or did not come back after a restart, is in no state; only the sum shows it.
      expression: (series) =>
        `${series('node_md_disks_required')} - ignoring (state) ${series('node_md_disks', 'state="active"')}`,
      // Present only on machines that have software RAID.
      metrics: [],
      partLabels: ['device'],
    },
    raidDisksFailed: {
      title: { en: 'Failed disks of software RAID', zh: '软 RAID 故障盘数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'node',
      expression: (series) => series('node_md_disks', 'state="failed"'),
      // Present only on machines that have software RAID.
      metrics: [],
      partLabels: ['device'],
    },
    unitsFailed: {
      title: { en: 'systemd units that failed', zh: '失败的 systemd 单元数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'node',
      expression: (series) => series('node_systemd_units', 'state="failed"'),
      // Debian's package collects it; the maker's own build wants `--collector.systemd`.
      metrics: [],
    },
  },
});
