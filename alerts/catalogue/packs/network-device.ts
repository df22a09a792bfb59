import { defineAlertPack } from 'opsctl';
import { networkDevice } from 'opsctl/cmdb';

const clauses = ['S0:7.1.1.2.b', 'S0:7.1.1.2.b/1'];

/** Alerts of switches, routers and firewalls. */
export const networkDeviceAlerts = defineAlertPack(networkDevice, {
  down: {
    name: 'NetworkDeviceDown',
    signal: 'up',
    when: { equals: 0 },
    for: '5m',
    severity: 'critical',
    meansDown: true,
    supersedes: 'hardwareUnread',
    summary: { en: '{item} at {site} does not answer SNMP', zh: '{site} 的网络设备 {item} 无 SNMP 应答' },
    runbook: 'network/down',
    rationale:
      'Five missed rounds of a minute each. A device under load drops SNMP before it drops traffic, so a shorter wait would tell of work, not of failure.',
    clauses,
  },
  hardwareUnread: {
    name: 'NetworkDeviceHardwareUnread',
    signal: 'hardwareRead',
    when: { equals: 0 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: 'Processor, memory and temperature of {item} cannot be read',
      zh: '无法读取网络设备 {item} 的 CPU、内存和温度',
    },
    runbook: 'network/hardware-unread',
    rationale:
      'Interfaces are read and hardware is not: a wrong vendor in the inventory, or a view that leaves the objects out. Without this nobody would know that those alerts are blind.',
    clauses,
  },
  restarted: {
    name: 'NetworkDeviceRestarted',
    signal: 'uptime',
    when: { below: 900 },
    for: '0s',
    severity: 'warning',
    summary: { en: '{item} started {value} ago', zh: '网络设备 {item} 在 {value} 前重启' },
    runbook: 'network/restarted',
    rationale:
      'A quarter of an hour, so that it is seen; it is over when it is seen, so no waiting. The counter begins anew after 497 days, which looks like a start.',
    clauses,
  },
  interfaceDown: {
    name: 'NetworkInterfaceDown',
    signal: 'interfaceUp',
    when: { equals: 0 },
    for: '3m',
    severity: 'warning',
    summary: { en: '{ifName} ({ifAlias}) of {item} is down', zh: '网络设备 {item} 的接口 {ifName}({ifAlias})中断' },
    runbook: 'network/interface-down',
    rationale:
      'Only interfaces with a description that nobody has switched off: user ports come and go. Three rounds outlast a renegotiation and a restart of the far end’s line card.',
    clauses,
  },
  inboundFull: {
    name: 'NetworkInterfaceInboundFull',
    signal: 'inUsed',
    when: { above: 0.9 },
    for: '30m',
    severity: 'warning',
    summary: {
      en: '{ifName} ({ifAlias}) of {item} receives at {value} of its bandwidth',
      zh: '网络设备 {item} 的接口 {ifName}({ifAlias})入向带宽利用率 {value}',
    },
    runbook: 'network/bandwidth',
    rationale:
      'A backup fills a link for minutes and harms nobody. Half an hour is a shortage; queues grow from nine tenths on.',
    clauses: [...clauses, 'S0:7.1.1.2.b/4'],
  },
  outboundFull: {
    name: 'NetworkInterfaceOutboundFull',
    signal: 'outUsed',
    when: { above: 0.9 },
    for: '30m',
    severity: 'warning',
    summary: {
      en: '{ifName} ({ifAlias}) of {item} sends at {value} of its bandwidth',
      zh: '网络设备 {item} 的接口 {ifName}({ifAlias})出向带宽利用率 {value}',
    },
    runbook: 'network/bandwidth',
    rationale: 'As for the other direction.',
    clauses: [...clauses, 'S0:7.1.1.2.b/4'],
  },
  interfaceErrors: {
    name: 'NetworkInterfaceErrors',
    signal: 'interfaceErrors',
    when: { above: 1 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: '{ifName} ({ifAlias}) of {item} has {value} errors a second',
      zh: '网络设备 {item} 的接口 {ifName}({ifAlias})每秒错误 {value}',
    },
    runbook: 'network/interface-errors',
    rationale: 'A healthy link has none; a bad cable, a dirty fibre or a duplex mismatch has many.',
    clauses: [...clauses, 'S0:7.1.1.2.b/4'],
  },
  interfaceDiscards: {
    name: 'NetworkInterfaceDiscards',
    signal: 'interfaceDiscards',
    when: { above: 50 },
    for: '30m',
    severity: 'warning',
    summary: {
      en: '{ifName} ({ifAlias}) of {item} drops {value} packets a second',
      zh: '网络设备 {item} 的接口 {ifName}({ifAlias})每秒丢弃 {value} 个报文',
    },
    runbook: 'network/interface-errors',
    rationale:
      'Full queues and filtered VLANs drop a little at all times; fifty a second for half an hour is felt. Tune it where a filter is known to drop more.',
    clauses: [...clauses, 'S0:7.1.1.2.b/4'],
  },
  cpuBusy: {
    name: 'NetworkDeviceCpuBusy',
    signal: 'cpuBusy',
    when: { above: 0.85 },
    for: '15m',
    severity: 'warning',
    summary: { en: 'CPU {part} of {item} is {value} busy', zh: '网络设备 {item} 的 CPU {part} 使用率为 {value}' },
    runbook: 'network/cpu-busy',
    rationale:
      'The processor carries protocols and management, not traffic: above this, neighbours are lost before users notice. Loops and attacks show here first.',
    clauses,
  },
  memoryShort: {
    name: 'NetworkDeviceMemoryShort',
    signal: 'memoryUsed',
    when: { above: 0.9 },
    for: '15m',
    severity: 'warning',
    summary: { en: 'Memory {part} of {item} is {value} used', zh: '网络设备 {item} 的内存 {part} 使用率为 {value}' },
    runbook: 'network/memory-short',
    rationale:
      'Device memory hardly moves; what creeps up to nine tenths is a leak or a table that outgrows the model.',
    clauses,
  },
  hot: {
    name: 'NetworkDeviceHot',
    signal: 'temperature',
    when: { above: 75 },
    for: '15m',
    severity: 'warning',
    summary: { en: '{part} of {item} is at {value}', zh: '网络设备 {item} 的 {part} 温度为 {value}' },
    runbook: 'network/hot',
    rationale:
      'Boards of access switches run at 40 to 60 degrees. Chips of large chassis may run at 80 by design: tune it for those.',
    clauses,
  },
  neighboursLost: {
    name: 'NetworkNeighboursLost',
    signal: 'neighboursLost',
    when: { above: 0 },
    for: '15m',
    severity: 'warning',
    summary: { en: '{item} has lost {value} neighbours', zh: '网络设备 {item} 失去了 {value} 个邻居' },
    runbook: 'network/neighbour-lost',
    rationale:
      'Against the most of the last day, by LLDP. Seven rounds outlast a restart of the neighbour. A link may be up and lead elsewhere: only the neighbour tells.',
    clauses: ['S0:7.1.1.2.b', 'S0:7.1.1.2.b/3'],
  },
});
