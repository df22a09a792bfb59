import { defineClassDashboard } from 'opsctl';
import { clickhouse, minio, oceanbase, tdengine, tidb } from 'opsctl/cmdb';

/** Dashboard of TiDB clusters. */
export const tidbDashboard = defineClassDashboard(tidb, {
  title: { en: 'TiDB', zh: 'TiDB 集群' },
  overview: ['storeFree'],
  forecast: ['storeFree'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'criticalErrors', 'pdHasLeader', 'storesDown'] },
    { title: { en: 'Statements', zh: '语句' }, signals: ['queryTime', 'connections', 'statementErrors'] },
    {
      title: { en: 'Stores', zh: '存储' },
      signals: ['storeFree', 'storesLow', 'regionsShort', 'storeOverrun', 'storeSendFailures'],
    },
  ],
});

/** Dashboard of OceanBase servers. */
export const oceanbaseDashboard = defineClassDashboard(oceanbase, {
  title: { en: 'OceanBase servers', zh: 'OceanBase 节点' },
  overview: ['dataFree'],
  forecast: ['dataFree'],
  rows: [
    {
      title: { en: 'State', zh: '状态' },
      signals: ['up', 'exporterUp', 'serversInactive', 'mergeFailed', 'indexesBroken'],
    },
    { title: { en: 'Tenants', zh: '租户' }, signals: ['processorUsed', 'memstoreUsed', 'memstore', 'planCacheHit'] },
    {
      title: { en: 'Load and space', zh: '负载与空间' },
      signals: ['sessions', 'sessionsActive', 'dataFree', 'memoryAssigned'],
    },
  ],
});

/** Dashboard of ClickHouse servers. */
export const clickhouseDashboard = defineClassDashboard(clickhouse, {
  title: { en: 'ClickHouse servers', zh: 'ClickHouse 数据库' },
  overview: ['diskFree'],
  forecast: ['diskFree'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'replicasReadOnly', 'keeperSession', 'insertsRejected'] },
    { title: { en: 'Queries', zh: '查询' }, signals: ['queries', 'queriesRunning', 'queriesFailed', 'memoryUsed'] },
    {
      title: { en: 'Parts and replicas', zh: 'Part 与副本' },
      signals: ['parts', 'insertsDelayed', 'replicaDelay', 'replicaQueue', 'filesToSend', 'diskFree'],
    },
  ],
});

/** Dashboard of MinIO clusters. */
export const minioDashboard = defineClassDashboard(minio, {
  title: { en: 'MinIO clusters', zh: 'MinIO 对象存储' },
  overview: ['capacityFree'],
  forecast: ['capacityFree'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'setHealthy', 'nodesOffline', 'drivesOffline'] },
    {
      title: { en: 'Load and capacity', zh: '负载与容量' },
      signals: ['requests', 'errors', 'capacityFree', 'drivesHealing'],
    },
  ],
});

/** Dashboard of TDengine clusters. */
export const tdengineDashboard = defineClassDashboard(tdengine, {
  title: { en: 'TDengine clusters', zh: 'TDengine 时序数据库' },
  overview: ['seriesUsed'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'groupsMissing'] },
    {
      title: { en: 'Nodes and licence', zh: '节点与许可' },
      signals: ['dataNodesMissing', 'managementNodesMissing', 'licenceDaysLeft', 'seriesUsed'],
    },
  ],
});
