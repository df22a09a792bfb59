import { defineAlertPack } from 'opsctl';
import { vcenter } from 'opsctl/cmdb';
import { notWatched } from './not-watched.ts';

const state = ['S0:7.1.1.2.c.2', 'S1:7.4.1.1.a'];
const performance = ['S0:7.1.1.2.c'];

/** Alerts of vCenters. */
export const vcenterAlerts = defineAlertPack(vcenter, {
  down: {
    name: 'VcenterDown',
    signal: 'up',
    when: { equals: 0 },
    for: '10m',
    severity: 'critical',
    summary: { en: 'vCenter {item} at {site} tells nothing of its hosts', zh: '{site} 的 vCenter {item} 无法查询' },
    runbook: 'vcenter/down',
    rationale:
      'Five rounds of two minutes; a restart of the appliance takes ten. Virtual machines run on without it, but failures of hosts are unseen.',
    samples: { bad: { up: 1 }, good: { up: 0 } },
    clauses: state,
  },
  notWatched: { ...notWatched({ name: 'VcenterNotWatched', runbook: 'vcenter/down', clauses: state }), for: '10m' },
  hostsUnavailable: {
    name: 'VcenterHostsUnavailable',
    signal: 'hostsUnavailable',
    when: { above: 0 },
    for: '15m',
    severity: 'critical',
    summary: {
      en: '{value} hosts of cluster {cluster} in {item} are out',
      zh: 'vCenter {item} 的集群 {cluster} 有 {value} 台主机不可用',
    },
    runbook: 'vcenter/hosts',
    rationale:
      'High availability has started its machines elsewhere by then; what is missing is room for the next failure. The receiver counts hosts in maintenance too: a silence with the change.',
    clauses: state,
  },
  hostInMaintenance: {
    name: 'VcenterHostInMaintenance',
    signal: 'hostsInMaintenance',
    when: { above: 0 },
    for: '1d',
    severity: 'warning',
    summary: {
      en: 'Host {host} of {item} has been in maintenance for a day',
      zh: 'vCenter {item} 的主机 {host} 处于维护模式已超过一天',
    },
    runbook: 'vcenter/hosts',
    rationale: 'Maintenance ends within a day; what is left is a host that somebody forgot.',
    clauses: state,
  },
  hostCpuBusy: {
    name: 'VcenterHostCpuBusy',
    signal: 'hostCpuBusy',
    when: { above: 0.9 },
    for: '30m',
    severity: 'warning',
    summary: {
      en: 'CPU of host {host} in {item} is {value} busy',
      zh: 'vCenter {item} 的主机 {host} CPU 使用率 {value}',
    },
    runbook: 'vcenter/crowded',
    rationale: 'DRS moves machines within minutes where it is on; half an hour is a cluster with no room left.',
    clauses: performance,
  },
  hostMemoryShort: {
    name: 'VcenterHostMemoryShort',
    signal: 'hostMemoryUsed',
    when: { above: 0.95 },
    for: '30m',
    severity: 'warning',
    summary: {
      en: 'Memory of host {host} in {item} is {value} used',
      zh: 'vCenter {item} 的主机 {host} 内存使用率 {value}',
    },
    runbook: 'vcenter/crowded',
    rationale: 'ESXi begins to take memory back from machines at about 94 % used, by ballooning and then by swapping.',
    clauses: performance,
  },
  sensorWarning: {
    name: 'VcenterSensorWarning',
    signal: 'hostSensors',
    when: { above: 0 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: 'Sensor {name} of host {host} in {item} is not green',
      zh: 'vCenter {item} 的主机 {host} 传感器 {name} 异常',
    },
    runbook: 'vcenter/sensors',
    rationale:
      'Power supplies, fans, memory: most have a spare. A quarter of an hour leaves out a restart of the controller.',
    clauses: state,
  },
  sensorCritical: {
    name: 'VcenterSensorCritical',
    signal: 'hostSensors',
    when: { above: 1 },
    for: '15m',
    severity: 'critical',
    supersedes: 'sensorWarning',
    summary: {
      en: 'Sensor {name} of host {host} in {item} is red',
      zh: 'vCenter {item} 的主机 {host} 传感器 {name} 为红色',
    },
    runbook: 'vcenter/sensors',
    rationale: 'The host itself counts it as failed.',
    clauses: state,
  },
  datastoreLost: {
    name: 'VcenterDatastoreLost',
    signal: 'datastoreReachable',
    when: { equals: 0 },
    for: '5m',
    severity: 'critical',
    summary: {
      en: 'Datastore {datastore} of {item} cannot be reached',
      zh: 'vCenter {item} 的数据存储 {datastore} 不可访问',
    },
    runbook: 'vcenter/datastore',
    rationale: 'Machines on it hang in their writes and do not come back until it does.',
    clauses: state,
  },
  datastoreFilling: {
    name: 'VcenterDatastoreFilling',
    signal: 'datastoreFree',
    when: { below: 0.15 },
    for: '30m',
    severity: 'warning',
    summary: {
      en: 'Datastore {datastore} of {item} has {value} free',
      zh: 'vCenter {item} 的数据存储 {datastore} 剩余 {value}',
    },
    runbook: 'vcenter/datastore',
    rationale: 'Snapshots and thin disks grow by themselves; time to make room in working hours.',
    clauses: performance,
  },
  datastoreFull: {
    name: 'VcenterDatastoreFull',
    signal: 'datastoreFree',
    when: { below: 0.05 },
    for: '5m',
    severity: 'critical',
    supersedes: 'datastoreFilling',
    summary: {
      en: 'Datastore {datastore} of {item} is nearly full: {value} free',
      zh: 'vCenter {item} 的数据存储 {datastore} 即将写满:剩余 {value}',
    },
    runbook: 'vcenter/datastore',
    rationale: 'At the end every machine with a thin disk or a snapshot on it stops.',
    clauses: performance,
  },
  guestWaiting: {
    name: 'VcenterGuestWaiting',
    signal: 'guestWaiting',
    when: { above: 0.1 },
    for: '30m',
    severity: 'warning',
    summary: {
      en: '{guest} in {item} waits for a CPU {value} of the time',
      zh: 'vCenter {item} 的虚拟机 {guest} 有 {value} 的时间在等待 CPU',
    },
    runbook: 'vcenter/crowded',
    rationale:
      'Above a twentieth it can be measured, at a tenth it is felt. Mostly it has more virtual processors than it needs.',
    clauses: performance,
  },
  guestMemoryTaken: {
    name: 'VcenterGuestMemoryTaken',
    signal: 'guestMemoryTaken',
    when: { above: 1_073_741_824 },
    for: '30m',
    severity: 'warning',
    summary: {
      en: '{value} of memory was taken back from {guest} in {item}',
      zh: 'vCenter {item} 的虚拟机 {guest} 被回收内存 {value}',
    },
    runbook: 'vcenter/crowded',
    rationale: 'The host is out of memory and takes it from its guests: databases and Java suffer first.',
    clauses: performance,
  },
  snapshotOld: {
    name: 'VcenterSnapshotOld',
    signal: 'snapshotAge',
    when: { above: 604_800 },
    for: '1h',
    severity: 'warning',
    summary: {
      en: 'Snapshot {vm_snapshot_name} of {guest} in {item} is {value} old',
      zh: 'vCenter {item} 的虚拟机 {guest} 快照 {vm_snapshot_name} 已存在 {value}',
    },
    runbook: 'vcenter/snapshots',
    rationale: 'A snapshot is for the length of a change. It grows, slows its machine down, and takes long to remove.',
    clauses: performance,
  },
});
