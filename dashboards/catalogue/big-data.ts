import { defineClassDashboard } from 'opsctl';
import { flink, hbase, hdfs, spark, yarn } from 'opsctl/cmdb';

/** Dashboard of HDFS. */
export const hdfsDashboard = defineClassDashboard(hdfs, {
  title: { en: 'HDFS', zh: 'HDFS 文件系统' },
  overview: ['capacityFree'],
  forecast: ['capacityFree'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'active', 'safeMode', 'dataNodesDead', 'dataNodesStale'] },
    {
      title: { en: 'Blocks', zh: '数据块' },
      signals: ['blocksMissing', 'blocksCorrupt', 'blocksShort', 'volumesFailed', 'diskFailed'],
    },
    { title: { en: 'Capacity', zh: '容量' }, signals: ['capacityFree', 'nodeFree', 'files'] },
    {
      title: { en: 'Name node', zh: 'NameNode' },
      signals: ['callsWaiting', 'callWait', 'checkpointAge', 'heapKept'],
    },
  ],
});

/** Dashboard of YARN. */
export const yarnDashboard = defineClassDashboard(yarn, {
  title: { en: 'YARN', zh: 'YARN 资源调度' },
  overview: ['heapKept'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'nodesActive', 'nodesLost', 'nodesUnhealthy'] },
    {
      title: { en: 'Applications', zh: '应用' },
      signals: [
        'applicationsRunning',
        'applicationsPending',
        'containersPending',
        'applicationsFailed',
        'applicationsDone',
      ],
    },
    { title: { en: 'Resources', zh: '资源' }, signals: ['memoryAllocated', 'coresAllocated', 'heapKept'] },
  ],
});

/** Dashboard of HBase. */
export const hbaseDashboard = defineClassDashboard(hbase, {
  title: { en: 'HBase', zh: 'HBase 数据库' },
  overview: ['heapKept'],
  rows: [
    {
      title: { en: 'State', zh: '状态' },
      signals: ['up', 'serversLive', 'serversDead', 'regionsMoving', 'regionsStuck'],
    },
    { title: { en: 'Load', zh: '负载' }, signals: ['requests', 'slowRequests', 'callsWaiting', 'regions'] },
    {
      title: { en: 'Files and memory', zh: '文件与内存' },
      signals: ['compactionsWaiting', 'flushesWaiting', 'size', 'heapKept', 'collecting'],
    },
  ],
});

/** Dashboard of Flink. */
export const flinkDashboard = defineClassDashboard(flink, {
  title: { en: 'Flink', zh: 'Flink 流计算' },
  overview: ['heapUsed'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'jobsLost', 'workers', 'slotsFree'] },
    {
      title: { en: 'Jobs', zh: '作业' },
      signals: ['restarts', 'checkpointsFailed', 'checkpointTime', 'heldBack', 'heapUsed'],
    },
  ],
});

/** Dashboard of Spark. */
export const sparkDashboard = defineClassDashboard(spark, {
  title: { en: 'Spark', zh: 'Spark 计算集群' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'workers', 'workersLost'] },
    { title: { en: 'Applications', zh: '应用' }, signals: ['applications', 'applicationsWaiting'] },
  ],
});
