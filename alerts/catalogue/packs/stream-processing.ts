import { defineAlertPack } from 'opsctl';
import { flink, spark } from 'opsctl/cmdb';

const state = ['S0:7.1.1.3.b', 'S1:7.4.1.1.a'];
const performance = ['S0:7.1.1.3/1'];

/** Alerts of Flink. */
export const flinkAlerts = defineAlertPack(flink, {
  down: {
    name: 'FlinkDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    meansDown: true,
    summary: { en: 'Flink process {item} at {site} does not answer', zh: '{site} 的 Flink 组件 {item} 无应答' },
    runbook: 'flink/down',
    rationale: 'Four failed scrapes in a row: a standby takes over sooner.',
    clauses: state,
  },
  jobsLost: {
    name: 'FlinkJobsLost',
    signal: 'jobsLost',
    when: { above: 0 },
    for: '5m',
    severity: 'critical',
    summary: { en: '{value} jobs of {item} do not run any more', zh: '{item} 有 {value} 个作业不再运行' },
    runbook: 'flink/jobs',
    rationale:
      'Told for an hour. A restart from a savepoint is shorter than five minutes; jobs that end are for another cluster, or waive it.',
    clauses: state,
  },
  restarting: {
    name: 'FlinkJobRestarting',
    signal: 'restarts',
    when: { above: 2 },
    for: '0s',
    severity: 'critical',
    summary: {
      en: 'Job {job_name} of {item} restarted {value} times',
      zh: '{item} 的作业 {job_name} 重启了 {value} 次',
    },
    runbook: 'flink/jobs',
    rationale: 'It starts, fails and starts: nothing gets through, though it is called running.',
    clauses: state,
  },
  checkpointsFailing: {
    name: 'FlinkCheckpointsFailing',
    signal: 'checkpointsFailed',
    when: { above: 2 },
    for: '0s',
    severity: 'warning',
    summary: {
      en: '{value} checkpoints of job {job_name} of {item} failed',
      zh: '{item} 的作业 {job_name} 有 {value} 个检查点失败',
    },
    runbook: 'flink/checkpoints',
    rationale: 'After a failure the job goes back to the last good one, ever further.',
    clauses: state,
  },
  checkpointSlow: {
    name: 'FlinkCheckpointSlow',
    signal: 'checkpointTime',
    when: { above: 300 },
    for: '15m',
    severity: 'warning',
    summary: { en: 'A checkpoint of job {job_name} takes {value}', zh: '作业 {job_name} 的检查点耗时 {value}' },
    runbook: 'flink/checkpoints',
    rationale: 'Half of the usual limit of ten minutes, after which it fails.',
    clauses: performance,
  },
  heldBack: {
    name: 'FlinkHeldBack',
    signal: 'heldBack',
    when: { above: 0.8 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: 'Job {job_name} at {item} is held back {value} of the time',
      zh: '{item} 上作业 {job_name} 反压 {value}',
    },
    runbook: 'flink/jobs',
    rationale: 'Some part is too slow for what comes in: the source falls behind. Catching up after a stop takes less.',
    clauses: performance,
  },
  heapFull: {
    name: 'FlinkHeapFull',
    signal: 'heapUsed',
    when: { above: 0.9 },
    for: '10m',
    severity: 'warning',
    summary: { en: '{item} keeps {value} of its heap in use', zh: '{item} 的堆在回收后仍占用 {value}' },
    runbook: 'flink/jobs',
    rationale:
      'The lowest point of a quarter of an hour: long collections, then the worker is lost and the job restarts.',
    clauses: performance,
  },
});

/** Alerts of Spark masters. */
export const sparkAlerts = defineAlertPack(spark, {
  down: {
    name: 'SparkDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    meansDown: true,
    summary: { en: 'Spark master {item} at {site} does not answer', zh: '{site} 的 Spark 主节点 {item} 无应答' },
    runbook: 'spark/down',
    rationale: 'Four failed scrapes in a row: no new application starts.',
    clauses: state,
  },
  noWorkers: {
    name: 'SparkNoWorkers',
    signal: 'workers',
    when: { below: 1 },
    for: '5m',
    severity: 'critical',
    summary: { en: 'Spark {item} has no workers', zh: 'Spark {item} 没有可用的 Worker' },
    runbook: 'spark/workers',
    rationale: 'Nothing can run. After a restart of the master they register within a minute.',
    clauses: state,
  },
  workersLost: {
    name: 'SparkWorkersLost',
    signal: 'workersLost',
    when: { above: 0 },
    for: '10m',
    severity: 'warning',
    summary: { en: '{value} workers of {item} are lost', zh: '{item} 有 {value} 个 Worker 失联' },
    runbook: 'spark/workers',
    rationale: 'Ten minutes outlast a restart. The master forgets a dead worker after a while.',
    clauses: state,
  },
  applicationsWaiting: {
    name: 'SparkApplicationsWaiting',
    signal: 'applicationsWaiting',
    when: { above: 0 },
    for: '30m',
    severity: 'warning',
    summary: { en: '{value} applications of {item} wait', zh: '{item} 有 {value} 个应用在等待' },
    runbook: 'spark/workers',
    rationale: 'In a cluster of its own the first application takes all cores, unless it is limited.',
    clauses: performance,
  },
});
