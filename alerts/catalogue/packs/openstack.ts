import { defineAlertPack } from 'opsctl';
import { openstack } from 'opsctl/cmdb';
import { notWatched } from './not-watched.ts';

const state = ['S0:7.1.1.2.c.2', 'S1:7.4.1.1.a'];
const performance = ['S0:7.1.1.2.c'];

/** Alerts of OpenStack clouds. */
export const openstackAlerts = defineAlertPack(openstack, {
  down: {
    name: 'OpenstackServiceDown',
    signal: 'up',
    when: { equals: 0 },
    for: '6m',
    severity: 'critical',
    summary: {
      en: 'The interface of {service} of {item} at {site} does not answer',
      zh: '{site} 的 OpenStack {item} 服务 {service} 接口无应答',
    },
    runbook: 'openstack/service-down',
    rationale: 'Three scrapes. Virtual machines run on; nothing can be made, changed or moved.',
    clauses: state,
  },
  notWatched: notWatched({ name: 'OpenstackNotWatched', runbook: 'openstack/not-watched', clauses: state }),
  agentDown: {
    name: 'OpenstackAgentDown',
    signal: 'agentUp',
    when: { equals: 0 },
    for: '6m',
    severity: 'critical',
    summary: {
      en: '{service} on {hostname} of {item} is not alive',
      zh: '{item} 主机 {hostname} 上的 {service} 未存活',
    },
    runbook: 'openstack/agent-down',
    rationale:
      'Three scrapes; what somebody has disabled is left out. On a compute host its machines cannot be managed, on a network host routers may be lost.',
    clauses: state,
  },
  routers: {
    name: 'OpenstackRoutersNotActive',
    signal: 'routersNotActive',
    when: { above: 0 },
    for: '10m',
    severity: 'critical',
    summary: { en: '{value} routers of {item} are not active', zh: '{item} 有 {value} 个路由器未处于活动状态' },
    runbook: 'openstack/network',
    rationale: 'Networks behind them have no way out. A new router becomes active within a minute.',
    clauses: state,
  },
  poolFilling: {
    name: 'OpenstackPoolFilling',
    signal: 'poolFree',
    when: { below: 0.2 },
    for: '30m',
    severity: 'warning',
    summary: { en: 'Storage pool {name} of {item} has {value} free', zh: '{item} 的存储池 {name} 剩余 {value}' },
    runbook: 'openstack/capacity',
    rationale: 'Volumes are thin mostly, so it fills without anybody making one; new capacity takes weeks.',
    clauses: performance,
  },
  poolFull: {
    name: 'OpenstackPoolFull',
    signal: 'poolFree',
    when: { below: 0.08 },
    for: '10m',
    severity: 'critical',
    supersedes: 'poolFilling',
    summary: { en: 'Storage pool {name} of {item} has {value} free', zh: '{item} 的存储池 {name} 仅剩 {value}' },
    runbook: 'openstack/capacity',
    rationale: 'The scheduler refuses new volumes, and thin ones stop at their next write when it is full.',
    clauses: performance,
  },
  memoryHigh: {
    name: 'OpenstackMemoryHigh',
    signal: 'memoryUsed',
    when: { above: 0.9 },
    for: '1h',
    severity: 'warning',
    summary: {
      en: '{value} of the memory of all hypervisors of {item} is given away',
      zh: '{item} 的计算节点内存已分配 {value}',
    },
    runbook: 'openstack/capacity',
    rationale: 'When one host fails its machines find no room elsewhere.',
    clauses: performance,
  },
  addressesHigh: {
    name: 'OpenstackAddressesHigh',
    signal: 'addressesUsed',
    when: { above: 0.9 },
    for: '1h',
    severity: 'warning',
    summary: {
      en: '{value} of the addresses of network {network_name} of {item} are used',
      zh: '{item} 的网络 {network_name} 地址已用 {value}',
    },
    runbook: 'openstack/network',
    rationale: 'Without one no machine starts there.',
    clauses: performance,
  },
});
