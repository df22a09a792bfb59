import { choice, defineClass } from 'opsctl';
import { agentOf, hadoopAttributes } from './hadoop-agent.ts';
import { javaAgent } from './java-readings.ts';
import { gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

/** By the rules of `cmdb/catalogue/exporters/jmx-hdfs.yaml`. */
const ofNameNode = readingsBy({
  hadoop_namenode_state: gauge(['state']),
  hadoop_namenode_safemode: gauge(),
  hadoop_namenode_missingblocks: gauge(),
  hadoop_namenode_corruptblocks: gauge(),
  hadoop_namenode_underreplicatedblocks: gauge(),
  hadoop_namenode_numdeaddatanodes: gauge(),
  hadoop_namenode_numstaledatanodes: gauge(),
  hadoop_namenode_volumefailurestotal: gauge(),
  hadoop_namenode_capacityremaining: gauge(),
  hadoop_namenode_capacitytotal: gauge(),
  hadoop_namenode_filestotal: gauge(),
  hadoop_namenode_lastcheckpointtime: gauge(),
  hadoop_namenode_rpcqueuetimeavgtime: gauge(['port']),
  hadoop_namenode_callqueuelength: gauge(['port']),
});

const ofDataNode = readingsBy({
  hadoop_datanode_numfailedvolumes: gauge(),
  hadoop_datanode_capacity: gauge(),
  hadoop_datanode_remaining: gauge(),
});

type Series = Parameters<Parameters<typeof ofNameNode>[0]>[0];

/** A standby counts blocks too, and later than the active one. */
function whereActive(expression: string, series: Series): string {
  return `${expression} and on (item) ${series('hadoop_namenode_state', 'state="active"')}`;
}

/**
 * One name node or data node of HDFS, by jmx_exporter as its agent. Not checked against real ones, which cannot be had
 * here; the rules were tried with jmx_exporter 0.20 and 1.0 on beans of the names that Hadoop 3 documents.
 */
export const hdfs = defineClass({
  id: 'hdfs',
  title: { en: 'HDFS node', zh: 'HDFS 节点' },
  attributes: { ...hadoopAttributes, role: choice('Which part of HDFS it is.', ['namenode', 'datanode']) },
  sources: { namenode: agentOf('namenode'), datanode: agentOf('datanode') },
  signals: {
    up: {
      ...stateOf('Answers', '应答'),
      readings: { namenode: ofNameNode((series) => series('up')), datanode: ofDataNode((series) => series('up')) },
    },
    heapKept: {
      ...highIsBad('ratio', 'Heap in use after collections (15 min)', '回收后仍占用的堆(15 分钟)'),
      readings: { namenode: javaAgent.heapKept, datanode: javaAgent.heapKept },
    },
    active: {
      ...stateOf('Active name node', '主 NameNode'),
      from: 'namenode',
      ...ofNameNode(
        (series) =>
          `max without (state) (${series('hadoop_namenode_state', 'state="active"')}) or 0 * (${series('up')} == 1)`,
      ),
    },
    safeMode: {
      ...stateOf('In safe mode', '处于安全模式'),
      from: 'namenode',
      // There is a series only while it is.
      ...ofNameNode((series) => `${series('hadoop_namenode_safemode')} or 0 * ${series('up')}`),
    },
    blocksMissing: {
      ...highIsBad('count', 'Blocks without any copy', '丢失的块数'),
      from: 'namenode',
      ...ofNameNode((series) => whereActive(series('hadoop_namenode_missingblocks'), series)),
    },
    blocksCorrupt: {
      ...highIsBad('count', 'Blocks with a corrupt copy', '有损坏副本的块数'),
      from: 'namenode',
      ...ofNameNode((series) => whereActive(series('hadoop_namenode_corruptblocks'), series)),
    },
    blocksShort: {
      ...highIsBad('count', 'Blocks short of copies', '副本不足的块数'),
      from: 'namenode',
      ...ofNameNode((series) => whereActive(series('hadoop_namenode_underreplicatedblocks'), series)),
    },
    dataNodesDead: {
      ...highIsBad('count', 'Data nodes lost', '失联的 DataNode 数'),
      from: 'namenode',
      ...ofNameNode((series) => whereActive(series('hadoop_namenode_numdeaddatanodes'), series)),
    },
    dataNodesStale: {
      ...highIsBad('count', 'Data nodes that are late', '心跳超时的 DataNode 数'),
      from: 'namenode',
      ...ofNameNode((series) => whereActive(series('hadoop_namenode_numstaledatanodes'), series)),
    },
    volumesFailed: {
      ...highIsBad('count', 'Disks of data nodes that failed', 'DataNode 故障磁盘数'),
      from: 'namenode',
      ...ofNameNode((series) => whereActive(series('hadoop_namenode_volumefailurestotal'), series)),
    },
    capacityFree: {
      ...lowIsBad('ratio', 'Capacity free', '剩余容量比例'),
      from: 'namenode',
      ...ofNameNode((series) =>
        whereActive(
          `${series('hadoop_namenode_capacityremaining')} / ${series('hadoop_namenode_capacitytotal')}`,
          series,
        ),
      ),
    },
    files: {
      ...highIsBad('count', 'Files and directories', '文件与目录数'),
      from: 'namenode',
      ...ofNameNode((series) => whereActive(series('hadoop_namenode_filestotal'), series)),
    },
    checkpointAge: {
      ...highIsBad('seconds', 'Age of the last checkpoint', '最近检查点距今'),
      from: 'namenode',
      ...ofNameNode((series) => whereActive(`time() - ${series('hadoop_namenode_lastcheckpointtime')} / 1000`, series)),
    },
    callsWaiting: {
      ...highIsBad('count', 'Calls that wait', '等待的 RPC 调用数'),
      from: 'namenode',
      ...ofNameNode((series) => `avg_over_time(${series('hadoop_namenode_callqueuelength')}[5m])`),
      partLabels: ['port'],
    },
    callWait: {
      ...highIsBad('seconds', 'Time that calls wait', 'RPC 排队时间'),
      from: 'namenode',
      ...ofNameNode((series) => `avg_over_time(${series('hadoop_namenode_rpcqueuetimeavgtime')}[5m]) / 1000`),
      partLabels: ['port'],
    },
    diskFailed: {
      ...highIsBad('count', 'Disks of this node that failed', '本节点故障磁盘数'),
      from: 'datanode',
      ...ofDataNode((series) => series('hadoop_datanode_numfailedvolumes')),
    },
    nodeFree: {
      ...lowIsBad('ratio', 'Space of this node free', '本节点剩余空间比例'),
      from: 'datanode',
      ...ofDataNode((series) => `${series('hadoop_datanode_remaining')} / (${series('hadoop_datanode_capacity')} > 0)`),
    },
  },
});
