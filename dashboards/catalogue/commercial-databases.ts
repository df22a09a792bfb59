import { defineClassDashboard } from 'opsctl';
import { kingbase, mongodb, opengauss, oracle, sqlServer } from 'opsctl/cmdb';

/** Dashboard of Oracle databases. */
export const oracleDashboard = defineClassDashboard(oracle, {
  title: { en: 'Oracle databases', zh: 'Oracle 数据库' },
  overview: ['tablespaceUsed', 'diskGroupFree'],
  forecast: ['tablespaceUsed'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'collected', 'archiveValid'] },
    {
      title: { en: 'Load', zh: '负载' },
      signals: ['processesUsed', 'sessionsUsed', 'sessionsActive', 'rolledBack'],
    },
    { title: { en: 'Space', zh: '空间' }, signals: ['tablespaceUsed', 'diskGroupFree', 'recoveryAreaUsed'] },
    { title: { en: 'Standby and backup', zh: '备库与备份' }, signals: ['standbyDelay', 'backupAge'] },
  ],
});

/** Dashboard of SQL Servers. */
export const sqlServerDashboard = defineClassDashboard(sqlServer, {
  title: { en: 'SQL Servers', zh: 'SQL Server 数据库' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'databaseUsable'] },
    {
      title: { en: 'Load', zh: '负载' },
      signals: ['connections', 'batches', 'errors', 'deadlocks', 'pageLife', 'waitingForDisk'],
    },
    { title: { en: 'Transaction log', zh: '事务日志' }, signals: ['logGrowths', 'logOversized'] },
  ],
});

/** Dashboard of MongoDB servers. */
export const mongodbDashboard = defineClassDashboard(mongodb, {
  title: { en: 'MongoDB servers', zh: 'MongoDB 数据库' },
  overview: ['connectionsUsed'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'hasPrimary', 'memberHealthy'] },
    {
      title: { en: 'Load', zh: '负载' },
      signals: ['connectionsUsed', 'operations', 'queued', 'cacheUsed', 'cacheDirty', 'cursorsTimedOut'],
    },
    { title: { en: 'Replication', zh: '复制' }, signals: ['memberDelay', 'oplogWindow'] },
  ],
});

/** Dashboard of KingbaseES servers. */
export const kingbaseDashboard = defineClassDashboard(kingbase, {
  title: { en: 'KingbaseES servers', zh: '人大金仓数据库' },
  overview: ['connectionsUsed'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'licenceDaysLeft', 'standbyBacklog'] },
    { title: { en: 'Load', zh: '负载' }, signals: ['connectionsUsed', 'transactions', 'tablespaceSize'] },
  ],
});

/** Dashboard of openGauss and GaussDB servers. */
export const opengaussDashboard = defineClassDashboard(opengauss, {
  title: { en: 'openGauss and GaussDB servers', zh: 'openGauss / GaussDB 数据库' },
  overview: ['connectionsUsed'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'roleKept'] },
    {
      title: { en: 'Load', zh: '负载' },
      signals: ['connectionsUsed', 'transactions', 'cacheHit', 'longestTransaction', 'deadlocks'],
    },
    { title: { en: 'Replication', zh: '复制' }, signals: ['standbyBacklog', 'standbysLost', 'slotRetained'] },
  ],
});
