import { defineClass } from 'opsctl';
import { answersItself } from './exporter-answers.ts';
import { hadoopAttributes } from './hadoop-agent.ts';
import { javaAgent } from './java-readings.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad } from './signal-meanings.ts';

/** By the rules of `cmdb/catalogue/exporters/jmx-yarn.yaml`. */
const read = readingsBy({
  hadoop_resourcemanager_numactivenms: gauge(),
  hadoop_resourcemanager_numlostnms: gauge(),
  hadoop_resourcemanager_numunhealthynms: gauge(),
  hadoop_resourcemanager_allocatedmb: gauge(),
  hadoop_resourcemanager_availablemb: gauge(),
  hadoop_resourcemanager_allocatedvcores: gauge(),
  hadoop_resourcemanager_availablevcores: gauge(),
  hadoop_resourcemanager_appspending: gauge(),
  hadoop_resourcemanager_appsrunning: gauge(),
  hadoop_resourcemanager_pendingcontainers: gauge(),
  hadoop_resourcemanager_appsfailed_total: counter(),
  hadoop_resourcemanager_appscompleted_total: counter(),
});

type Series = Parameters<Parameters<typeof read>[0]>[0];

function allocated(series: Series, what: 'mb' | 'vcores'): string {
  const [taken, free] = (['allocated', 'available'] as const).map((state) =>
    series(`hadoop_resourcemanager_${state}${what}`),
  );
  return `${taken} / (${taken} + ${free} > 0)`;
}

/**
 * A resource manager of YARN, by jmx_exporter as its agent. Not checked against a real one, which cannot be had here; the
 * rules were tried with jmx_exporter 0.20 and 1.0 on beans of the names that Hadoop 3 documents. A standby counts nothing.
 */
export const yarn = defineClass({
  id: 'yarn',
  title: { en: 'YARN resource manager', zh: 'YARN 资源管理器' },
  attributes: hadoopAttributes,
  sources: {
    builtin: {
      kind: 'exporter',
      exporter: 'jmx_exporter >=0.16',
      interval: '30s',
      endpoint: ({ address, metricsPort }) => `${address}:${metricsPort}`,
    },
  },
  signals: {
    up: answersItself('builtin'),
    nodesActive: {
      ...highIsBad('count', 'Nodes that work', '活动节点数'),
      from: 'builtin',
      ...read((series) => series('hadoop_resourcemanager_numactivenms')),
    },
    nodesLost: {
      ...highIsBad('count', 'Nodes lost', '失联节点数'),
      from: 'builtin',
      ...read((series) => series('hadoop_resourcemanager_numlostnms')),
    },
    nodesUnhealthy: {
      ...highIsBad('count', 'Nodes that call themselves unhealthy', '不健康节点数'),
      from: 'builtin',
      ...read((series) => series('hadoop_resourcemanager_numunhealthynms')),
    },
    memoryAllocated: {
      ...highIsBad('ratio', 'Memory allocated', '内存分配率'),
      from: 'builtin',
      ...read((series) => allocated(series, 'mb')),
    },
    coresAllocated: {
      ...highIsBad('ratio', 'Cores allocated', 'CPU 分配率'),
      from: 'builtin',
      ...read((series) => allocated(series, 'vcores')),
    },
    applicationsRunning: {
      ...highIsBad('count', 'Applications that run', '运行中的应用数'),
      from: 'builtin',
      ...read((series) => series('hadoop_resourcemanager_appsrunning')),
    },
    applicationsPending: {
      ...highIsBad('count', 'Applications that wait', '等待中的应用数'),
      from: 'builtin',
      ...read((series) => `min_over_time(${series('hadoop_resourcemanager_appspending')}[15m])`),
    },
    containersPending: {
      ...highIsBad('count', 'Containers that wait', '等待中的容器数'),
      from: 'builtin',
      ...read((series) => series('hadoop_resourcemanager_pendingcontainers')),
    },
    applicationsFailed: {
      ...highIsBad('count', 'Applications that failed (1 h)', '失败的应用数(1 小时)'),
      from: 'builtin',
      ...read((series) => `increase(${series('hadoop_resourcemanager_appsfailed_total')}[1h])`),
    },
    applicationsDone: {
      ...highIsBad('count', 'Applications that completed (1 h)', '完成的应用数(1 小时)'),
      from: 'builtin',
      ...read((series) => `increase(${series('hadoop_resourcemanager_appscompleted_total')}[1h])`),
    },
    heapKept: {
      ...highIsBad('ratio', 'Heap in use after collections (15 min)', '回收后仍占用的堆(15 分钟)'),
      from: 'builtin',
      ...javaAgent.heapKept,
    },
  },
});
