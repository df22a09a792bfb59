import { defineAlertPack } from 'opsctl';
import { storageArray } from 'opsctl/cmdb';
import { notWatched } from './not-watched.ts';

const device = ['S0:7.1.1.2.d'];
const disks = [...device, 'S0:7.1.1.2.d/1'];
const pools = [...device, 'S0:7.1.1.2.d/2'];
const controllers = [...device, 'S0:7.1.1.2.d/3'];
const volumes = [...device, 'S0:7.1.1.2.d/4'];

/** Alerts of storage arrays. */
export const storageArrayAlerts = defineAlertPack(storageArray, {
  down: {
    name: 'StorageArrayDown',
    signal: 'up',
    when: { equals: 0 },
    for: '10m',
    severity: 'critical',
    summary: {
      en: 'The management of storage array {item} at {site} does not answer',
      zh: '{site} 的存储阵列 {item} 管理接口无应答',
    },
    runbook: 'storage-array/down',
    rationale:
      'Five rounds of two minutes. Data mostly goes on being served, so alerts of what depends on it are not held back; but failed disks would be unseen.',
    clauses: device,
  },
  notWatched: notWatched({ name: 'StorageArrayNotWatched', runbook: 'storage-array/down', clauses: device }),
  controllerUnwell: {
    name: 'StorageControllerUnwell',
    signal: 'controllersWell',
    when: { equals: 0 },
    for: '5m',
    severity: 'critical',
    summary: { en: 'Controller {controller} of {item} is not well', zh: '存储阵列 {item} 的控制器 {controller} 异常' },
    runbook: 'storage-array/hardware',
    rationale:
      'The other one carries all of the load, and writes may no longer be cached. An update takes each down for minutes: a silence with the change.',
    clauses: controllers,
  },
  controllerBusy: {
    name: 'StorageControllerBusy',
    signal: 'controllerBusy',
    when: { above: 0.85 },
    for: '30m',
    severity: 'warning',
    summary: {
      en: 'CPU of controller {controller} of {item} is {value} busy',
      zh: '存储阵列 {item} 的控制器 {controller} CPU 使用率 {value}',
    },
    runbook: 'storage-array/slow',
    rationale:
      'Of two controllers each should stay below half, so that one can carry both. Above this, latency grows for all volumes.',
    clauses: controllers,
  },
  diskUnwell: {
    name: 'StorageDiskUnwell',
    signal: 'disksWell',
    when: { equals: 0 },
    for: '5m',
    severity: 'warning',
    summary: { en: 'Disk {disk} of {item} failed or is about to', zh: '存储阵列 {item} 的硬盘 {disk} 故障或即将故障' },
    runbook: 'storage-array/hardware',
    rationale:
      'A spare takes over by itself; the disk is changed on the next working day. Two at once show as a pool that is not well.',
    clauses: disks,
  },
  diskHot: {
    name: 'StorageDiskHot',
    signal: 'diskTemperature',
    when: { above: 55 },
    for: '30m',
    severity: 'warning',
    summary: { en: 'Disk {disk} of {item} is at {value}', zh: '存储阵列 {item} 的硬盘 {disk} 温度 {value}' },
    runbook: 'storage-array/hardware',
    rationale:
      'Makers allow 60 degrees for spinning disks and 70 for flash; above 50 they age fast. Mostly it is the room.',
    clauses: disks,
  },
  fanUnwell: {
    name: 'StorageFanUnwell',
    signal: 'fansWell',
    when: { equals: 0 },
    for: '10m',
    severity: 'warning',
    summary: { en: 'Fan {fan} of {item} is not well', zh: '存储阵列 {item} 的风扇 {fan} 异常' },
    runbook: 'storage-array/hardware',
    rationale: 'The others turn faster; the next that fails heats the controller.',
    clauses: device,
  },
  batteryUnwell: {
    name: 'StorageBatteryUnwell',
    signal: 'batteriesWell',
    when: { equals: 0 },
    for: '1h',
    severity: 'warning',
    summary: { en: 'Cache battery {battery} of {item} is not well', zh: '存储阵列 {item} 的备电 {battery} 异常' },
    runbook: 'storage-array/hardware',
    rationale:
      'Without it writes are no longer cached, and everything is slow. It says low battery while it tests itself, for less than an hour.',
    clauses: device,
  },
  partFailed: {
    name: 'StoragePartFailed',
    signal: 'partsFailed',
    when: { above: 0 },
    for: '10m',
    severity: 'warning',
    summary: {
      en: '{value} fans or power supplies of {controller} of {item} failed',
      zh: '存储阵列 {item} 的 {controller} 有 {value} 个风扇或电源故障',
    },
    runbook: 'storage-array/hardware',
    rationale: 'There is a spare of each; the next one stops a controller.',
    clauses: controllers,
  },
  poolUnwell: {
    name: 'StoragePoolUnwell',
    signal: 'poolsWell',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    summary: { en: 'Pool {pool} of {item} is not well', zh: '存储阵列 {item} 的存储池 {pool} 异常' },
    runbook: 'storage-array/hardware',
    rationale: 'Degraded or broken: the next disk that fails may take data with it.',
    clauses: pools,
  },
  poolFilling: {
    name: 'StoragePoolFilling',
    signal: 'poolFree',
    when: { below: 0.2 },
    for: '30m',
    severity: 'warning',
    summary: { en: 'Pool {pool} of {item} has {value} free', zh: '存储阵列 {item} 的存储池 {pool} 剩余 {value}' },
    runbook: 'storage-array/capacity',
    rationale: 'Buying and installing shelves takes months, and snapshots slow down from nine tenths on.',
    clauses: pools,
  },
  poolFull: {
    name: 'StoragePoolFull',
    signal: 'poolFree',
    when: { below: 0.05 },
    for: '5m',
    severity: 'critical',
    supersedes: 'poolFilling',
    summary: {
      en: 'Pool {pool} of {item} is nearly full: {value} free',
      zh: '存储阵列 {item} 的存储池 {pool} 即将写满:剩余 {value}',
    },
    runbook: 'storage-array/capacity',
    rationale: 'At the end thin volumes turn read-only or offline, all of them at once.',
    clauses: pools,
  },
  volumeUnwell: {
    name: 'StorageVolumeUnwell',
    signal: 'volumesWell',
    when: { equals: 0 },
    for: '5m',
    severity: 'critical',
    summary: { en: 'Volume {volume} of {item} is not well', zh: '存储阵列 {item} 的卷 {volume} 异常' },
    runbook: 'storage-array/hardware',
    rationale:
      'Offline or at fault: whoever uses it hangs. Volumes that are offline on purpose: waive it, or delete them.',
    clauses: volumes,
  },
  volumeFilling: {
    name: 'StorageVolumeFilling',
    signal: 'volumeUsed',
    when: { above: 0.95 },
    for: '15m',
    severity: 'warning',
    summary: { en: 'Volume {volume} of {item} is {value} full', zh: '存储阵列 {item} 的卷 {volume} 已用 {value}' },
    runbook: 'storage-array/capacity',
    rationale: 'Volumes for LUNs are filled on purpose and grow by themselves: tune those; shares of files stop here.',
    clauses: volumes,
  },
  volumeSlow: {
    name: 'StorageVolumeSlow',
    signal: 'volumeLatency',
    when: { above: 0.02 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: 'Volume {volume} of {item} takes {value} for a request',
      zh: '存储阵列 {item} 的卷 {volume} 响应时间 {value}',
    },
    runbook: 'storage-array/slow',
    rationale:
      'Databases expect 5 ms of spinning disks and 1 ms of flash; twenty are felt everywhere. For all-flash arrays tune it to 0.005.',
    clauses: volumes,
  },
  replicationBehind: {
    name: 'StorageReplicationBehind',
    signal: 'replicationLag',
    when: { above: 86_400 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: 'The copy of {source_volume} of {item} is {value} behind',
      zh: '存储阵列 {item} 的卷 {source_volume} 复制滞后 {value}',
    },
    runbook: 'storage-array/replication',
    rationale: 'Most relationships run at least daily. Tune it to twice the interval, or to what recovery may lose.',
    clauses: volumes,
  },
});
