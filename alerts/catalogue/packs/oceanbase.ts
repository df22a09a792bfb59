import { defineAlertPack } from 'opsctl';
import { oceanbase } from 'opsctl/cmdb';
import { notWatched } from './not-watched.ts';

const state = ['S0:7.1.1.3/2', 'S1:7.4.1.1.a'];
const performance = ['S0:7.1.1.3/1'];

/** Alerts of OceanBase servers. */
export const oceanbaseAlerts = defineAlertPack(oceanbase, {
  down: {
    name: 'OceanbaseDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    meansDown: true,
    summary: {
      en: 'OceanBase {item} at {site} answers no queries',
      zh: '{site} 的 OceanBase 节点 {item} 无法执行查询',
    },
    runbook: 'oceanbase/down',
    rationale: 'Four failed scrapes in a row: a change of leaders takes eight seconds.',
    clauses: state,
  },
  notWatched: notWatched({ name: 'OceanbaseNotWatched', runbook: 'oceanbase/not-watched', clauses: state }),
  serversInactive: {
    name: 'OceanbaseServersInactive',
    signal: 'serversInactive',
    when: { above: 0 },
    for: '2m',
    severity: 'critical',
    summary: { en: '{value} servers of the cluster of {item} are lost', zh: '{item} 所在集群有 {value} 个节点失联' },
    runbook: 'oceanbase/down',
    rationale:
      'One more in another zone stops writes. Told by the root service, so it also tells of unwatched servers.',
    clauses: state,
  },
  dataLow: {
    name: 'OceanbaseDataLow',
    signal: 'dataFree',
    when: { below: 0.15 },
    for: '30m',
    severity: 'warning',
    summary: { en: 'The data file of {item} has {value} left', zh: '{item} 的数据文件剩余 {value}' },
    runbook: 'oceanbase/space',
    rationale: 'A merge writes new copies before it frees old ones, so it needs room itself.',
    clauses: performance,
  },
  dataFull: {
    name: 'OceanbaseDataFull',
    signal: 'dataFree',
    when: { below: 0.05 },
    for: '5m',
    severity: 'critical',
    supersedes: 'dataLow',
    summary: { en: 'The data file of {item} has {value} left', zh: '{item} 的数据文件仅剩 {value}' },
    runbook: 'oceanbase/space',
    rationale: 'Merges stop, then the memstore fills, then writes fail.',
    clauses: performance,
  },
  memstoreHigh: {
    name: 'OceanbaseMemstoreHigh',
    signal: 'memstoreUsed',
    when: { above: 0.85 },
    for: '5m',
    severity: 'critical',
    summary: {
      en: 'The memstore of tenant {tenant_name} at {item} is {value} full',
      zh: '{item} 上租户 {tenant_name} 的 MemStore 已用 {value}',
    },
    runbook: 'oceanbase/memstore',
    rationale: 'It is written out from half on; at this level writes are slowed down, and refused when it is full.',
    clauses: performance,
  },
  processorHigh: {
    name: 'OceanbaseProcessorHigh',
    signal: 'processorUsed',
    when: { above: 0.95 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: 'Tenant {tenant_name} uses {value} of its processors at {item}',
      zh: '{item} 上租户 {tenant_name} 的 CPU 已用 {value}',
    },
    runbook: 'oceanbase/tenant-busy',
    rationale: 'Statements queue within the tenant, though the machine may be idle.',
    clauses: performance,
  },
  mergeFailed: {
    name: 'OceanbaseMergeFailed',
    signal: 'mergeFailed',
    when: { equals: 1 },
    for: '5m',
    severity: 'critical',
    summary: {
      en: 'The merge of the cluster of {item} failed or takes too long',
      zh: '{item} 所在集群的合并失败或超时',
    },
    runbook: 'oceanbase/memstore',
    rationale: 'Without merges memory is not given back, and the cluster stops to take writes within days.',
    clauses: state,
  },
  indexesBroken: {
    name: 'OceanbaseIndexesBroken',
    signal: 'indexesBroken',
    when: { above: 0 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: '{value} indexes of the cluster of {item} are in error',
      zh: '{item} 所在集群有 {value} 个索引处于错误状态',
    },
    runbook: 'oceanbase/tenant-busy',
    rationale: 'Statements that count on them scan whole tables, or fail.',
    clauses: state,
  },
});
