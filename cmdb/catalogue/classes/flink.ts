import { choice, defineClass, networkName, optional, port } from 'opsctl';
import { gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

const ofJob = ['host', 'job_id', 'job_name'];

const ofManager = readingsBy({
  flink_jobmanager_numRunningJobs: gauge(['host']),
  flink_jobmanager_numRegisteredTaskManagers: gauge(['host']),
  flink_jobmanager_taskSlotsAvailable: gauge(['host']),
  flink_jobmanager_job_numRestarts: gauge(ofJob),
  flink_jobmanager_job_numberOfFailedCheckpoints: gauge(ofJob),
  flink_jobmanager_job_lastCheckpointDuration: gauge(ofJob),
});

const ofWorker = readingsBy({
  flink_taskmanager_Status_JVM_Memory_Heap_Used: gauge(['host', 'tm_id']),
  flink_taskmanager_Status_JVM_Memory_Heap_Max: gauge(['host', 'tm_id']),
  flink_taskmanager_job_task_backPressuredTimeMsPerSecond: gauge([
    ...ofJob,
    'task_id',
    'task_name',
    'subtask_index',
    'task_attempt_id',
    'task_attempt_num',
    'tm_id',
  ]),
});

function sourceOf(role: 'jobmanager' | 'taskmanager') {
  return {
    kind: 'exporter',
    exporter: 'flink >=1.13',
    interval: '30s',
    when: (attributes: { role: string }) => attributes.role === role,
    endpoint: ({ address, metricsPort = 9249 }: { address: string; metricsPort?: number }) =>
      `${address}:${metricsPort}`,
  } as const;
}

/**
 * A job manager or task manager of Flink, by its Prometheus reporter. Not checked against a real one, which cannot be had
 * here: names are those of Flink's documentation with the reporter's prefix. A job is told apart by its name, for its id
 * changes with each start.
 */
export const flink = defineClass({
  id: 'flink',
  title: { en: 'Flink process', zh: 'Flink 组件' },
  attributes: {
    address: networkName('DNS name or IP address of the process.'),
    metricsPort: optional(port('Port of its Prometheus reporter.'), 9249),
    role: choice('Which process it is.', ['jobmanager', 'taskmanager']),
  },
  sources: { jobmanager: sourceOf('jobmanager'), taskmanager: sourceOf('taskmanager') },
  signals: {
    up: {
      ...stateOf('Answers', '应答'),
      readings: {
        jobmanager: ofManager((series) => series('up')),
        taskmanager: ofWorker((series) => series('up')),
      },
    },
    jobsLost: {
      ...highIsBad('count', 'Jobs fewer than within the last hour', '比一小时内减少的作业数'),
      from: 'jobmanager',
      ...ofManager((series) => {
        const running = series('flink_jobmanager_numRunningJobs');
        return `max without (host) (max_over_time(${running}[1h])) - max without (host) (${running})`;
      }),
    },
    workers: {
      ...lowIsBad('count', 'Task managers', '任务管理器数'),
      from: 'jobmanager',
      ...ofManager((series) => `max without (host) (${series('flink_jobmanager_numRegisteredTaskManagers')})`),
    },
    slotsFree: {
      ...lowIsBad('count', 'Slots free', '空闲槽位数'),
      from: 'jobmanager',
      ...ofManager((series) => `max without (host) (${series('flink_jobmanager_taskSlotsAvailable')})`),
    },
    restarts: {
      ...highIsBad('count', 'Restarts of a job (15 min)', '作业重启次数(15 分钟)'),
      from: 'jobmanager',
      ...ofManager(
        (series) => `max without (host, job_id) (delta(${series('flink_jobmanager_job_numRestarts')}[15m]))`,
      ),
      partLabels: ['job_name'],
    },
    checkpointsFailed: {
      ...highIsBad('count', 'Checkpoints that failed (30 min)', '失败的检查点(30 分钟)'),
      from: 'jobmanager',
      ...ofManager(
        (series) =>
          `max without (host, job_id) (delta(${series('flink_jobmanager_job_numberOfFailedCheckpoints')}[30m]))`,
      ),
      partLabels: ['job_name'],
    },
    checkpointTime: {
      ...highIsBad('seconds', 'Time of the last checkpoint', '最近检查点耗时'),
      from: 'jobmanager',
      ...ofManager(
        (series) => `max without (host, job_id) (${series('flink_jobmanager_job_lastCheckpointDuration')}) / 1000`,
      ),
      partLabels: ['job_name'],
    },
    heapUsed: {
      ...highIsBad('ratio', 'Heap in use after collections (15 min)', '回收后仍占用的堆(15 分钟)'),
      from: 'taskmanager',
      ...ofWorker(
        (series) =>
          `max without (host, tm_id) (min_over_time(${series('flink_taskmanager_Status_JVM_Memory_Heap_Used')}[15m]) / (${series('flink_taskmanager_Status_JVM_Memory_Heap_Max')} > 0))`,
      ),
    },
    heldBack: {
      ...highIsBad('ratio', 'Time that a job is held back by what follows', '反压时间占比'),
      from: 'taskmanager',
      ...ofWorker(
        (series) =>
          `max without (host, job_id, task_id, task_name, subtask_index, task_attempt_id, task_attempt_num, tm_id) (avg_over_time(${series('flink_taskmanager_job_task_backPressuredTimeMsPerSecond')}[10m])) / 1000`,
      ),
      partLabels: ['job_name'],
    },
  },
});
