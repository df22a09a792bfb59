import { defineClass, networkName, optional, port } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { guarded, guardedAttributes } from './guarded-metrics.ts';

/** The sandbox of a pod, and sums over control groups, are no containers of anybody. */
const container = 'container!="",container!="POD"';

interface Kubelet {
  readonly address: string;
  readonly kubeletPort?: number;
  readonly metricsTls?: boolean;
}

function kubelet({ address, metricsTls = false, kubeletPort = metricsTls ? 10_250 : 10_255 }: Kubelet): string {
  return `${address}:${kubeletPort}`;
}

/**
 * The kubelet of one Kubernetes node and the containers on it, by the kubelet's own pages. Its machine is an item of class
 * `host`, and the node `runs-on` it. Over HTTPS it answers the bearer of a token that may `get` `nodes/metrics`. The names
 * were read in the source of Kubernetes; there is no kubelet in Debian.
 */
export const kubernetesNode = defineClass({
  id: 'kubernetes-node',
  title: { en: 'Kubernetes node', zh: 'Kubernetes 节点' },
  attributes: {
    address: networkName('DNS name or IP address of the node.'),
    kubeletPort: optional(
      port('Port of the kubelet; 10250 with `metricsTls`, and its read-only port 10255 without, when not given.'),
    ),
    ...guardedAttributes,
  },
  sources: {
    kubelet: {
      kind: 'exporter',
      exporter: 'kubelet >=1.24',
      interval: '30s',
      timeout: '20s',
      ...guarded,
      endpoint: kubelet,
    },
    containers: {
      kind: 'exporter',
      exporter: 'kubelet >=1.24',
      interval: '60s',
      timeout: '30s',
      path: '/metrics/cadvisor',
      ...guarded,
      endpoint: kubelet,
    },
  },
  signals: {
    up: { ...exporterAnswers('kubelet'), title: { en: 'Kubelet answers', zh: 'Kubelet 应答' } },
    containersRead: {
      ...exporterAnswers('containers'),
      title: { en: 'Containers are measured', zh: '容器指标可读' },
    },
    podsRunning: {
      title: { en: 'Pods on the node', zh: '节点上的 Pod 数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'kubelet',
      expression: (series) => series('kubelet_running_pods'),
      metrics: [{ name: 'kubelet_running_pods', type: 'gauge' }],
    },
    relistTime: {
      title: { en: 'Time to look over all containers (p99)', zh: '容器巡检耗时(p99)' },
      unit: 'seconds',
      direction: 'high-is-bad',
      from: 'kubelet',
      expression: (series) =>
        `histogram_quantile(0.99, rate(${series('kubelet_pleg_relist_duration_seconds_bucket')}[5m]))`,
      metrics: [{ name: 'kubelet_pleg_relist_duration_seconds_bucket', type: 'histogram', labels: ['le'] }],
    },
    runtimeErrors: {
      title: { en: 'Failed calls to the container runtime', zh: '容器运行时调用失败率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'kubelet',
      expression: (series) =>
        `sum without (operation_type) (rate(${series('kubelet_runtime_operations_errors_total')}[10m])) / (sum without (operation_type) (rate(${series('kubelet_runtime_operations_total')}[10m])) > 0.1)`,
      // The errors are present only once there was one.
      metrics: [{ name: 'kubelet_runtime_operations_total', type: 'counter', labels: ['operation_type'] }],
    },
    evictions: {
      title: { en: 'Pods put out for want of room (1 h)', zh: '因资源不足驱逐的 Pod(1 小时)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'kubelet',
      expression: (series) => `increase(${series('kubelet_evictions')}[1h])`,
      // Present only once a pod was put out.
      metrics: [],
      partLabels: ['eviction_signal'],
    },
    certificateTimeLeft: {
      title: { en: 'Certificate of the kubelet valid for', zh: 'Kubelet 客户端证书剩余有效期' },
      unit: 'seconds',
      direction: 'low-is-bad',
      from: 'kubelet',
      // Without rotation it is +Inf.
      expression: (series) => series('kubelet_certificate_manager_client_ttl_seconds'),
      metrics: [{ name: 'kubelet_certificate_manager_client_ttl_seconds', type: 'gauge' }],
    },
    volumeFree: {
      title: { en: 'Space free on a volume', zh: '存储卷剩余空间比例' },
      unit: 'ratio',
      direction: 'low-is-bad',
      from: 'kubelet',
      expression: (series) =>
        `${series('kubelet_volume_stats_available_bytes')} / (${series('kubelet_volume_stats_capacity_bytes')} > 0)`,
      // Present only where a pod has a volume whose driver tells its size.
      metrics: [],
      partLabels: ['namespace', 'persistentvolumeclaim'],
    },
    volumeInodesFree: {
      title: { en: 'Inodes free on a volume', zh: '存储卷剩余 inode 比例' },
      unit: 'ratio',
      direction: 'low-is-bad',
      from: 'kubelet',
      expression: (series) =>
        `${series('kubelet_volume_stats_inodes_free')} / (${series('kubelet_volume_stats_inodes')} > 0)`,
      metrics: [],
      partLabels: ['namespace', 'persistentvolumeclaim'],
    },
    cpuThrottled: {
      title: { en: 'Container held back by its CPU limit', zh: '容器 CPU 被限流比例' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'containers',
      // Below a quarter of the periods of one busy CPU there is nothing to tell.
      expression: (series) =>
        `rate(${series('container_cpu_cfs_throttled_periods_total', container)}[10m]) / (rate(${series('container_cpu_cfs_periods_total', container)}[10m]) > 2.5)`,
      // Present only for containers with a limit.
      metrics: [],
      partLabels: ['namespace', 'pod', 'container'],
    },
    memoryOfLimit: {
      title: { en: 'Memory of a container of its limit', zh: '容器内存占限额比例' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'containers',
      // Without a limit it is 0.
      expression: (series) =>
        `${series('container_memory_working_set_bytes', container)} / (${series('container_spec_memory_limit_bytes', container)} > 0)`,
      metrics: [
        { name: 'container_memory_working_set_bytes', type: 'gauge', labels: ['namespace', 'pod', 'container'] },
        { name: 'container_spec_memory_limit_bytes', type: 'gauge', labels: ['namespace', 'pod', 'container'] },
      ],
      partLabels: ['namespace', 'pod', 'container'],
    },
  },
});
