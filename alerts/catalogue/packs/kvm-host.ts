import { defineAlertPack } from 'opsctl';
import { kvmHost } from 'opsctl/cmdb';
import { notWatched } from './not-watched.ts';

const state = ['S0:7.1.1.2.c.2', 'S1:7.4.1.1.a'];
const performance = ['S0:7.1.1.2.c'];

/** Alerts of KVM hosts. */
export const kvmHostAlerts = defineAlertPack(kvmHost, {
  down: {
    name: 'KvmLibvirtDown',
    signal: 'up',
    when: { equals: 0 },
    for: '5m',
    severity: 'critical',
    summary: { en: 'libvirt on {item} at {site} does not answer', zh: '{site} 的 KVM 主机 {item} 上 libvirt 无应答' },
    runbook: 'kvm/libvirt-down',
    rationale:
      'Ten scrapes; an update restarts it within one. Virtual machines run on without it, so alerts of what runs here are not held back.',
    clauses: state,
  },
  notWatched: notWatched({ name: 'KvmNotWatched', runbook: 'kvm/libvirt-down', clauses: state }),
  guestCrashed: {
    name: 'KvmGuestCrashed',
    signal: 'guestsCrashed',
    when: { above: 0 },
    for: '1m',
    severity: 'critical',
    summary: { en: 'Virtual machine {domain} on {item} crashed', zh: 'KVM 主机 {item} 上的虚拟机 {domain} 崩溃' },
    runbook: 'kvm/guest-not-running',
    rationale: 'libvirt only says so where it is told to keep the machine for a look; it does not come back by itself.',
    clauses: state,
  },
  guestPaused: {
    name: 'KvmGuestPaused',
    signal: 'guestsPaused',
    when: { above: 0 },
    for: '10m',
    severity: 'critical',
    summary: { en: 'Virtual machine {domain} on {item} is paused', zh: 'KVM 主机 {item} 上的虚拟机 {domain} 被挂起' },
    runbook: 'kvm/guest-not-running',
    rationale:
      'A migration or a snapshot pauses for seconds. What stays paused mostly had no space to write: it answers nobody, and looks as if it ran.',
    clauses: state,
  },
  guestStopped: {
    name: 'KvmGuestStopped',
    signal: 'guestsStopped',
    when: { above: 0 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: 'Virtual machine {domain} on {item} is off and ran within a day',
      zh: 'KVM 主机 {item} 上的虚拟机 {domain} 已关机(一天内曾运行)',
    },
    runbook: 'kvm/guest-not-running',
    rationale:
      'A restart takes minutes. One that is switched off on purpose is told of for a day; where that is common, waive it.',
    clauses: state,
  },
  guestCpuBusy: {
    name: 'KvmGuestCpuBusy',
    signal: 'guestCpuBusy',
    when: { above: 0.95 },
    for: '1h',
    severity: 'warning',
    summary: {
      en: 'CPU of {domain} on {item} is {value} busy',
      zh: 'KVM 主机 {item} 上的虚拟机 {domain} CPU 使用率 {value}',
    },
    runbook: 'kvm/guest-slow',
    rationale: 'Seen from outside, so also for machines that nobody measures inside. An hour leaves out nightly work.',
    clauses: performance,
  },
  guestWaiting: {
    name: 'KvmGuestWaiting',
    signal: 'guestCpuStolen',
    when: { above: 0.1 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: 'Processor {vcpu} of {domain} on {item} waits {value} of the time',
      zh: 'KVM 主机 {item} 上的虚拟机 {domain} 的 vCPU {vcpu} 有 {value} 的时间在等待',
    },
    runbook: 'kvm/guest-slow',
    rationale:
      'A tenth is felt; as the guest sees it, it is stolen time. Too many virtual processors share the real ones.',
    clauses: performance,
  },
  guestMemoryShort: {
    name: 'KvmGuestMemoryShort',
    signal: 'guestMemoryFree',
    when: { below: 0.05 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: 'Inside {domain} on {item} {value} of the memory is free',
      zh: 'KVM 主机 {item} 上的虚拟机 {domain} 内部可用内存 {value}',
    },
    runbook: 'kvm/guest-slow',
    rationale: 'Lower than that of hosts that are measured inside, whose own alert comes first.',
    clauses: performance,
  },
  guestPacketsLost: {
    name: 'KvmGuestPacketsLost',
    signal: 'guestNetworkTrouble',
    when: { above: 50 },
    for: '30m',
    severity: 'warning',
    summary: {
      en: '{target_device} of {domain} on {item} loses {value} packets a second',
      zh: 'KVM 主机 {item} 上的虚拟机 {domain} 网卡 {target_device} 每秒丢失 {value} 个报文',
    },
    runbook: 'kvm/guest-slow',
    rationale:
      'Broadcasts that a stopped guest does not take are dropped in small numbers; fifty a second for half an hour are felt.',
    clauses: performance,
  },
  poolDown: {
    name: 'KvmPoolDown',
    signal: 'poolRunning',
    when: { equals: 0 },
    for: '5m',
    severity: 'warning',
    summary: {
      en: 'Storage pool {storage_pool} of {item} does not run',
      zh: 'KVM 主机 {item} 的存储池 {storage_pool} 未运行',
    },
    runbook: 'kvm/storage-pool',
    rationale:
      'Disks in use stay open, but nothing can be started, moved or saved. Pools that are off on purpose: waive it.',
    clauses: state,
  },
  poolFilling: {
    name: 'KvmPoolFilling',
    signal: 'poolFree',
    when: { below: 0.15 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: 'Storage pool {storage_pool} of {item} has {value} free',
      zh: 'KVM 主机 {item} 的存储池 {storage_pool} 剩余 {value}',
    },
    runbook: 'kvm/storage-pool',
    rationale: 'Thin disks grow by themselves; time to make room in working hours.',
    clauses: performance,
  },
  poolFull: {
    name: 'KvmPoolFull',
    signal: 'poolFree',
    when: { below: 0.05 },
    for: '5m',
    severity: 'critical',
    supersedes: 'poolFilling',
    summary: {
      en: 'Storage pool {storage_pool} of {item} is nearly full: {value} free',
      zh: 'KVM 主机 {item} 的存储池 {storage_pool} 即将写满:剩余 {value}',
    },
    runbook: 'kvm/storage-pool',
    rationale: 'At the end every machine on it that writes is paused, all at once.',
    clauses: performance,
  },
});
