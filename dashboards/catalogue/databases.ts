import { defineClassDashboard } from 'opsctl';
import { dameng, elasticsearch, etcd, mysql, postgresql } from 'opsctl/cmdb';

/** Dashboard of PostgreSQL servers. */
export const postgresqlDashboard = defineClassDashboard(postgresql, {
  title: { en: 'PostgreSQL servers', zh: 'PostgreSQL 数据库' },
  overview: ['connectionsUsed'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'collected', 'archiveFailures'] },
    {
      title: { en: 'Load', zh: '负载' },
      signals: ['connectionsUsed', 'cacheHit', 'longestTransaction', 'longestIdleTransaction', 'deadlocks'],
    },
    {
      title: { en: 'Replication', zh: '复制' },
      signals: ['standbyBacklog', 'replayDelay', 'standbysLost', 'slotInUse', 'slotRetained'],
    },
  ],
});

/** Dashboard of MySQL and MariaDB servers. */
export const mysqlDashboard = defineClassDashboard(mysql, {
  title: { en: 'MySQL and MariaDB servers', zh: 'MySQL / MariaDB 数据库' },
  overview: ['connectionsUsed'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'collected', 'connectionsRefused'] },
    { title: { en: 'Load', zh: '负载' }, signals: ['connectionsUsed', 'threadsRunning', 'slowQueries', 'logWaits'] },
    { title: { en: 'Replication', zh: '复制' }, signals: ['replicaReceives', 'replicaApplies', 'replicaDelay'] },
  ],
});

/** Dashboard of etcd members. */
export const etcdDashboard = defineClassDashboard(etcd, {
  title: { en: 'etcd', zh: 'etcd 集群' },
  overview: ['databaseUsed'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'hasLeader', 'leaderChanges', 'proposalsFailed'] },
    {
      title: { en: 'Disk and load', zh: '磁盘与负载' },
      signals: ['fsync', 'commit', 'databaseUsed', 'proposalsPending', 'descriptorsUsed'],
    },
  ],
});

/** Dashboard of Dameng servers. */
export const damengDashboard = defineClassDashboard(dameng, {
  title: { en: 'Dameng servers', zh: '达梦数据库' },
  overview: ['tablespaceFree', 'licenceDaysLeft'],
  forecast: ['tablespaceFree'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'open', 'licenceDaysLeft'] },
    {
      title: { en: 'Load', zh: '负载' },
      signals: ['sessionsUsed', 'transactionsWaiting', 'deadlocks', 'tablespaceFree'],
    },
    {
      title: { en: 'Archive, standby and jobs', zh: '归档、备库与作业' },
      signals: ['archiveValid', 'standbyDelay', 'roleKept', 'jobsFailed'],
    },
  ],
});

/** Dashboard of Elasticsearch clusters. */
export const elasticsearchDashboard = defineClassDashboard(elasticsearch, {
  title: { en: 'Elasticsearch clusters', zh: 'Elasticsearch 集群' },
  overview: ['diskFree'],
  forecast: ['diskFree'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'red', 'yellow'] },
    { title: { en: 'Nodes and shards', zh: '节点与分片' }, signals: ['nodesLost', 'shardsUnassigned', 'tasksPending'] },
    {
      title: { en: 'Resources', zh: '资源' },
      signals: ['heapUsed', 'diskFree', 'requestsRejected', 'breakersTripped'],
    },
  ],
});
