import { choice, defineClass } from 'opsctl';
import { agentOf, hadoopAttributes } from './hadoop-agent.ts';
import { javaAgent } from './java-readings.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, stateOf } from './signal-meanings.ts';

/** By the rules of `cmdb/catalogue/exporters/jmx-hbase.yaml`. */
const ofMaster = readingsBy({
  hbase_master_state: gauge(['active']),
  hbase_master_numregionservers: gauge(),
  hbase_master_numdeadregionservers: gauge(),
  hbase_master_ritcount: gauge(),
  hbase_master_ritcountoverthreshold: gauge(),
});

const ofRegionServer = readingsBy({
  hbase_regionserver_regioncount: gauge(),
  hbase_regionserver_storefilesize: gauge(),
  hbase_regionserver_compactionqueuelength: gauge(),
  hbase_regionserver_flushqueuelength: gauge(),
  hbase_regionserver_numcallsingeneralqueue: gauge(),
  hbase_regionserver_totalrequestcount_total: counter(),
  hbase_regionserver_slowgetcount_total: counter(),
  hbase_regionserver_slowputcount_total: counter(),
});

type Series = Parameters<Parameters<typeof ofMaster>[0]>[0];

function whereActive(expression: string, series: Series): string {
  return `${expression} and on (item) ${series('hbase_master_state', 'active="true"')}`;
}

/**
 * One master or region server of HBase, by jmx_exporter as its agent. Not checked against real ones, which cannot be had
 * here; the rules were tried with jmx_exporter 0.20 and 1.0 on beans of the names that HBase 2 documents.
 */
export const hbase = defineClass({
  id: 'hbase',
  title: { en: 'HBase server', zh: 'HBase 节点' },
  attributes: { ...hadoopAttributes, role: choice('Which part of HBase it is.', ['master', 'regionserver']) },
  sources: { master: agentOf('master'), regionserver: agentOf('regionserver') },
  signals: {
    up: {
      ...stateOf('Answers', '应答'),
      readings: {
        master: ofMaster((series) => series('up')),
        regionserver: ofRegionServer((series) => series('up')),
      },
    },
    heapKept: {
      ...highIsBad('ratio', 'Heap in use after collections (15 min)', '回收后仍占用的堆(15 分钟)'),
      readings: { master: javaAgent.heapKept, regionserver: javaAgent.heapKept },
    },
    collecting: {
      ...highIsBad('ratio', 'Time spent collecting garbage', '垃圾回收时间占比'),
      readings: { master: javaAgent.collecting, regionserver: javaAgent.collecting },
    },
    serversLive: {
      ...highIsBad('count', 'Region servers that work', '活动 RegionServer 数'),
      from: 'master',
      ...ofMaster((series) => whereActive(series('hbase_master_numregionservers'), series)),
    },
    serversDead: {
      ...highIsBad('count', 'Region servers lost', '失联 RegionServer 数'),
      from: 'master',
      ...ofMaster((series) => whereActive(series('hbase_master_numdeadregionservers'), series)),
    },
    regionsMoving: {
      ...highIsBad('count', 'Regions in transition', '迁移中的 Region 数'),
      from: 'master',
      ...ofMaster((series) => whereActive(series('hbase_master_ritcount'), series)),
    },
    regionsStuck: {
      ...highIsBad('count', 'Regions stuck in transition', '迁移卡住的 Region 数'),
      from: 'master',
      ...ofMaster((series) => whereActive(series('hbase_master_ritcountoverthreshold'), series)),
    },
    regions: {
      ...highIsBad('count', 'Regions of the server', 'Region 数'),
      from: 'regionserver',
      ...ofRegionServer((series) => series('hbase_regionserver_regioncount')),
    },
    size: {
      ...highIsBad('bytes', 'Size of its files', '数据文件大小'),
      from: 'regionserver',
      ...ofRegionServer((series) => series('hbase_regionserver_storefilesize')),
    },
    requests: {
      ...highIsBad('per-second', 'Requests', '请求速率'),
      from: 'regionserver',
      ...ofRegionServer((series) => `rate(${series('hbase_regionserver_totalrequestcount_total')}[5m])`),
    },
    slowRequests: {
      ...highIsBad('per-second', 'Slow reads and writes', '慢读写速率'),
      from: 'regionserver',
      ...ofRegionServer(
        (series) =>
          `rate(${series('hbase_regionserver_slowgetcount_total')}[5m]) + rate(${series('hbase_regionserver_slowputcount_total')}[5m])`,
      ),
    },
    callsWaiting: {
      ...highIsBad('count', 'Calls that wait', '等待的调用数'),
      from: 'regionserver',
      ...ofRegionServer((series) => `avg_over_time(${series('hbase_regionserver_numcallsingeneralqueue')}[5m])`),
    },
    compactionsWaiting: {
      ...highIsBad('count', 'Compactions that wait', '等待的合并数'),
      from: 'regionserver',
      ...ofRegionServer((series) => series('hbase_regionserver_compactionqueuelength')),
    },
    flushesWaiting: {
      ...highIsBad('count', 'Flushes that wait', '等待的刷写数'),
      from: 'regionserver',
      ...ofRegionServer((series) => series('hbase_regionserver_flushqueuelength')),
    },
  },
});
