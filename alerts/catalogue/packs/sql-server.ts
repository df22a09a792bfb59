import { defineAlertPack } from 'opsctl';
import { sqlServer } from 'opsctl/cmdb';
import { notWatched } from './not-watched.ts';

const state = ['S0:7.1.1.3/2', 'S1:7.4.1.1.a'];
const performance = ['S0:7.1.1.3/1'];
const gigabyte = 1024 ** 3;

/** Alerts of SQL Servers. */
export const sqlServerAlerts = defineAlertPack(sqlServer, {
  down: {
    name: 'SqlServerDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    meansDown: true,
    summary: { en: 'SQL Server {item} at {site} answers no queries', zh: '{site} 的 SQL Server {item} 无法执行查询' },
    runbook: 'sql-server/down',
    rationale: 'Four failed scrapes in a row: a failover of an availability group is shorter.',
    clauses: state,
  },
  notWatched: notWatched({ name: 'SqlServerNotWatched', runbook: 'sql-server/not-watched', clauses: state }),
  databaseUnusable: {
    name: 'SqlServerDatabaseUnusable',
    signal: 'databaseUsable',
    when: { equals: 0 },
    for: '5m',
    severity: 'critical',
    summary: { en: 'Database {database} of {item} is not usable', zh: '{item} 的数据库 {database} 不可用' },
    runbook: 'sql-server/database-unusable',
    rationale: 'Suspect, in emergency, offline or waiting for recovery. A planned detachment is waived or removed.',
    clauses: state,
  },
  deadlocks: {
    name: 'SqlServerDeadlocks',
    signal: 'deadlocks',
    when: { above: 5 },
    for: '0s',
    severity: 'warning',
    summary: { en: '{item} broke {value} deadlocks in 15 minutes', zh: '{item} 15 分钟内发生 {value} 次死锁' },
    runbook: 'sql-server/slow',
    rationale:
      'One in a while is retried by the application; more than five in a quarter of an hour are a fault of it.',
    clauses: performance,
  },
  memoryShort: {
    name: 'SqlServerMemoryShort',
    signal: 'pageLife',
    when: { below: 300 },
    for: '30m',
    severity: 'warning',
    summary: { en: 'Pages of {item} stay in memory for {value} only', zh: '{item} 的页面仅驻留内存 {value}' },
    runbook: 'sql-server/slow',
    rationale:
      'The floor that Microsoft once named; with much memory trouble begins well above it. A large scan, which empties the memory, ends within the half hour.',
    clauses: performance,
  },
  logGrowing: {
    name: 'SqlServerLogGrowing',
    signal: 'logGrowths',
    when: { above: 5 },
    for: '0s',
    severity: 'warning',
    summary: {
      en: 'The log of {database} at {item} grew {value} times in an hour',
      zh: '{item} 的数据库 {database} 日志一小时内增长 {value} 次',
    },
    runbook: 'sql-server/log',
    rationale: 'Writers stand still while it grows, and it grows because nothing empties it. Once a week is normal.',
    clauses: performance,
  },
  logOversized: {
    name: 'SqlServerLogOversized',
    signal: 'logOversized',
    when: { above: 10 * gigabyte },
    for: '1h',
    severity: 'warning',
    summary: {
      en: 'The log of {database} at {item} has grown to {value}, more than its data',
      zh: '{item} 的数据库 {database} 日志达 {value},超过其数据',
    },
    runbook: 'sql-server/log',
    rationale: 'Mostly nobody backs the log up: it can be restored to last night only, until the disk is full.',
    clauses: performance,
  },
});
