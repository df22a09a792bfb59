import { defineClass, flag, httpUrl, networkName, optional, port, type Signal } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';

/** What one request differs by; what is left are the labels of the cluster. */
const perRequest = 'code, verb, resource, subresource, group, version, scope, component, dry_run, content_type';

/**
 * One Kubernetes cluster, as it sees itself: nodes, workloads and claims by kube-state-metrics (2.0 and later), whether the
 * API server is ready by a probe of `/readyz`, which anybody may ask for, and its requests where a proxy gives its metrics.
 * None of these is in Debian: the names were read in the documentation of kube-state-metrics and the source of Kubernetes.
 */
export const kubernetesCluster = defineClass({
  id: 'kubernetes-cluster',
  title: { en: 'Kubernetes cluster', zh: 'Kubernetes 集群' },
  attributes: {
    apiServer: httpUrl('API server, or the load balancer before several: `https://k8s.example.com:6443`.'),
    insecureTls: optional(flag('Accept a certificate of the API server that the prober does not know.'), true),
    stateMetrics: networkName('Where kube-state-metrics is reached from outside: a node, or a load balancer.'),
    stateMetricsPort: optional(port('Port of kube-state-metrics there, such as that of a NodePort service.'), 8080),
    apiMetricsPort: optional(
      port(
        'Port at the same address of a proxy that may read `/metrics` of the API server, such as `kubectl proxy`; absent: it is not read.',
      ),
    ),
  },
  sources: {
    probe: {
      kind: 'probe',
      interval: '30s',
      endpoint: ({ apiServer }) => `${apiServer.replace(/\/+$/, '')}/readyz`,
      module: ({ insecureTls = true }) => ({
        name: insecureTls ? 'kubernetes_ready_insecure' : 'kubernetes_ready',
        settings: {
          prober: 'http',
          timeout: '10s',
          http: {
            method: 'GET',
            preferred_ip_protocol: 'ip4',
            ...(insecureTls ? { tls_config: { insecure_skip_verify: true } } : {}),
          },
        },
      }),
    },
    state: {
      kind: 'exporter',
      exporter: 'kube-state-metrics >=2.0',
      interval: '30s',
      timeout: '20s',
      endpoint: ({ stateMetrics, stateMetricsPort = 8080 }) => `${stateMetrics}:${stateMetricsPort}`,
    },
    api: {
      kind: 'exporter',
      exporter: 'kube-apiserver >=1.23',
      interval: '30s',
      timeout: '20s',
      when: ({ apiMetricsPort }) => apiMetricsPort !== undefined,
      endpoint: ({ stateMetrics, apiMetricsPort = 8001 }) => `${stateMetrics}:${apiMetricsPort}`,
    },
  },
  signals: {
    up: {
      title: { en: 'API server is ready', zh: 'API 服务器就绪' },
      unit: 'boolean',
      direction: 'state',
      from: 'probe',
      expression: (series) => series('probe_success'),
      metrics: ['probe_success'],
    },
    probed: { ...exporterAnswers('probe'), title: { en: 'Prober answers', zh: '探测器应答' } },
    exporterUp: {
      ...exporterAnswers('state'),
      title: { en: 'kube-state-metrics answers', zh: 'kube-state-metrics 应答' },
    },
    certificateTimeLeft: {
      title: { en: 'Certificate of the API server valid for', zh: 'API 服务器证书剩余有效期' },
      unit: 'seconds',
      direction: 'low-is-bad',
      from: 'probe',
      expression: (series) => `${series('probe_ssl_earliest_cert_expiry')} - time()`,
      metrics: ['probe_ssl_earliest_cert_expiry'],
    },
    nodeReady: {
      title: { en: 'Node ready', zh: '节点就绪' },
      unit: 'boolean',
      direction: 'state',
      from: 'state',
      expression: (series) => series('kube_node_status_condition', 'condition="Ready",status="true"'),
      metrics: [{ name: 'kube_node_status_condition', type: 'gauge', labels: ['node', 'condition', 'status'] }],
      partLabels: ['node'],
    },
    nodePressure: {
      title: { en: 'Node short of memory, disk or processes', zh: '节点资源压力' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'state',
      expression: (series) =>
        series('kube_node_status_condition', 'condition=~"MemoryPressure|DiskPressure|PIDPressure",status="true"'),
      metrics: [{ name: 'kube_node_status_condition', type: 'gauge', labels: ['node', 'condition', 'status'] }],
      partLabels: ['node', 'condition'],
    },
    nodeCordoned: {
      title: { en: 'Node takes no new pods', zh: '节点已禁止调度' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'state',
      expression: (series) => series('kube_node_spec_unschedulable'),
      metrics: [{ name: 'kube_node_spec_unschedulable', type: 'gauge', labels: ['node'] }],
      partLabels: ['node'],
    },
    containersWaiting: {
      title: { en: 'Container cannot start', zh: '容器无法启动' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'state',
      // A container that crashes is running in between: five minutes bridge its waiting times.
      expression: (series) =>
        `max_over_time(${series('kube_pod_container_status_waiting_reason', 'reason=~"CrashLoopBackOff|ImagePullBackOff|ErrImagePull|InvalidImageName|CreateContainerConfigError|CreateContainerError|RunContainerError"')}[5m])`,
      // Present only while a container waits.
      metrics: [],
      partLabels: ['namespace', 'pod', 'container', 'reason'],
    },
    podsPending: {
      title: { en: 'Pod that is not running', zh: '未运行的 Pod' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'state',
      expression: (series) => series('kube_pod_status_phase', 'phase=~"Pending|Unknown"'),
      metrics: [{ name: 'kube_pod_status_phase', type: 'gauge', labels: ['namespace', 'pod', 'uid', 'phase'] }],
      partLabels: ['namespace', 'pod', 'phase'],
    },
    restarts: {
      title: { en: 'Restarts of a container (1 h)', zh: '容器重启次数(1 小时)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'state',
      expression: (series) => `increase(${series('kube_pod_container_status_restarts_total')}[1h])`,
      metrics: [restartsTotal()],
      partLabels: ['namespace', 'pod', 'container'],
    },
    outOfMemoryKills: {
      title: { en: 'Container killed for memory (15 min)', zh: '容器因内存被终止(15 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'state',
      // The reason stays until the next end; only with a restart is it news.
      expression: (series) =>
        `increase(${series('kube_pod_container_status_restarts_total')}[15m]) and ignoring (reason) ${series('kube_pod_container_status_last_terminated_reason', 'reason="OOMKilled"')} == 1`,
      // The reason is present only where a container has ended before.
      metrics: [restartsTotal()],
      partLabels: ['namespace', 'pod', 'container'],
    },
    deploymentAvailable: replicas(
      { en: 'Deployment: replicas available', zh: 'Deployment 可用副本比例' },
      'deployment',
      ['kube_deployment_status_replicas_available', 'kube_deployment_spec_replicas'],
    ),
    statefulSetAvailable: replicas(
      { en: 'StatefulSet: replicas ready', zh: 'StatefulSet 就绪副本比例' },
      'statefulset',
      ['kube_statefulset_status_replicas_ready', 'kube_statefulset_replicas'],
    ),
    daemonSetAvailable: replicas({ en: 'DaemonSet: pods available', zh: 'DaemonSet 可用 Pod 比例' }, 'daemonset', [
      'kube_daemonset_status_number_available',
      'kube_daemonset_status_desired_number_scheduled',
    ]),
    jobsFailed: {
      title: { en: 'Job failed', zh: '任务失败' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'state',
      expression: (series) => series('kube_job_failed', 'condition="true"'),
      // Present only once a job has failed.
      metrics: [],
      partLabels: ['namespace', 'job_name'],
    },
    cronJobLate: {
      title: { en: 'Scheduled job is late', zh: '定时任务延迟' },
      unit: 'seconds',
      direction: 'high-is-bad',
      from: 'state',
      // One that is suspended has a next time too, which it lets pass.
      expression: (series) =>
        `(time() - ${series('kube_cronjob_next_schedule_time')}) and ${series('kube_cronjob_spec_suspend')} == 0`,
      // Present only where there are scheduled jobs.
      metrics: [],
      partLabels: ['namespace', 'cronjob'],
    },
    claimsUnbound: {
      title: { en: 'Volume claim without a volume', zh: '未绑定的存储卷声明' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'state',
      expression: (series) => series('kube_persistentvolumeclaim_status_phase', 'phase=~"Pending|Lost"'),
      // Present only where there are claims.
      metrics: [],
      partLabels: ['namespace', 'persistentvolumeclaim', 'phase'],
    },
    volumesFailed: {
      title: { en: 'Volume that failed', zh: '故障的存储卷' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'state',
      expression: (series) => series('kube_persistentvolume_status_phase', 'phase="Failed"'),
      // Present only where there are volumes.
      metrics: [],
      partLabels: ['persistentvolume'],
    },
    autoscalerUsed: {
      title: { en: 'Autoscaler: replicas of the most it may', zh: '自动伸缩副本占上限比例' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'state',
      expression: (series) =>
        `${series('kube_horizontalpodautoscaler_status_current_replicas')} / (${series('kube_horizontalpodautoscaler_spec_max_replicas')} > 1)`,
      // Present only where there are autoscalers.
      metrics: [],
      partLabels: ['namespace', 'horizontalpodautoscaler'],
    },
    quotaUsed: {
      title: { en: 'Quota used', zh: '资源配额使用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'state',
      expression: (series) =>
        `${series('kube_resourcequota', 'type="used"')} / ignoring (type) (${series('kube_resourcequota', 'type="hard"')} > 0)`,
      // Present only where there are quotas.
      metrics: [],
      partLabels: ['namespace', 'resourcequota', 'resource'],
    },
    cpuRequested: requested({ en: 'CPU promised to pods', zh: 'CPU 已承诺比例' }, 'cpu'),
    memoryRequested: requested({ en: 'Memory promised to pods', zh: '内存已承诺比例' }, 'memory'),
    apiErrors: {
      title: { en: 'Requests that the API server fails', zh: 'API 请求失败率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'api',
      // With almost nothing to do, one error is no rate.
      expression: (series) =>
        `sum without (${perRequest}) (rate(${series('apiserver_request_total', 'code=~"5.."')}[5m])) / (sum without (${perRequest}) (rate(${series('apiserver_request_total')}[5m])) > 1)`,
      metrics: [{ name: 'apiserver_request_total', type: 'counter', labels: ['code', 'verb', 'resource'] }],
    },
    apiRequests: {
      title: { en: 'Requests to the API server', zh: 'API 请求速率' },
      unit: 'per-second',
      direction: 'high-is-bad',
      from: 'api',
      expression: (series) => `sum without (${perRequest}) (rate(${series('apiserver_request_total')}[5m]))`,
      metrics: [{ name: 'apiserver_request_total', type: 'counter', labels: ['code', 'verb', 'resource'] }],
    },
  },
});

function restartsTotal() {
  return {
    name: 'kube_pod_container_status_restarts_total',
    type: 'counter',
    labels: ['namespace', 'pod', 'uid', 'container'],
  } as const;
}

/** What is there of what is wanted. One that wants none, scaled down on purpose, is not looked at. */
function replicas(title: Signal['title'], kind: string, [have, want]: readonly [string, string]): Signal {
  return {
    title,
    unit: 'ratio',
    direction: 'low-is-bad',
    from: 'state',
    expression: (series) => `${series(have)} / (${series(want)} > 0)`,
    // Present only where there is one of the kind.
    metrics: [],
    partLabels: ['namespace', kind],
  };
}

/** What pods that have not ended asked for, of what the nodes give away. */
function requested(title: Signal['title'], resource: 'cpu' | 'memory'): Signal {
  const of = `resource="${resource}"`;
  return {
    title,
    unit: 'ratio',
    direction: 'high-is-bad',
    from: 'state',
    expression: (series) =>
      `sum without (namespace, pod, uid, container, node, resource, unit) (${series('kube_pod_container_resource_requests', of)} and on (item, namespace, pod) ${series('kube_pod_status_phase', 'phase="Running"')} == 1) / sum without (node, resource, unit) (${series('kube_node_status_allocatable', of)})`,
    metrics: [
      { name: 'kube_pod_container_resource_requests', type: 'gauge', labels: ['namespace', 'pod', 'resource'] },
      { name: 'kube_pod_status_phase', type: 'gauge', labels: ['namespace', 'pod', 'phase'] },
      { name: 'kube_node_status_allocatable', type: 'gauge', labels: ['node', 'resource', 'unit'] },
    ],
  };
}
