import { defineClassDashboard } from 'opsctl';
import { coredns, kubernetesCluster, kubernetesNode, kubernetesWorkload } from 'opsctl/cmdb';

/** Dashboard of Kubernetes clusters. */
export const kubernetesClusterDashboard = defineClassDashboard(kubernetesCluster, {
  title: { en: 'Kubernetes clusters', zh: 'Kubernetes 集群' },
  overview: ['memoryRequested', 'quotaUsed'],
  rows: [
    {
      title: { en: 'State', zh: '状态' },
      signals: ['up', 'probed', 'exporterUp', 'certificateTimeLeft', 'apiErrors', 'apiRequests'],
    },
    {
      title: { en: 'Nodes and capacity', zh: '节点与容量' },
      signals: ['nodeReady', 'nodePressure', 'nodeCordoned', 'cpuRequested', 'memoryRequested', 'quotaUsed'],
    },
    {
      title: { en: 'Workloads', zh: '工作负载' },
      signals: ['deploymentAvailable', 'statefulSetAvailable', 'daemonSetAvailable', 'autoscalerUsed'],
    },
    {
      title: { en: 'Pods and containers', zh: 'Pod 与容器' },
      signals: ['containersWaiting', 'podsPending', 'restarts', 'outOfMemoryKills'],
    },
    {
      title: { en: 'Jobs and volumes', zh: '任务与存储卷' },
      signals: ['jobsFailed', 'cronJobLate', 'claimsUnbound', 'volumesFailed'],
    },
  ],
});

/** Dashboard of Kubernetes nodes. */
export const kubernetesNodeDashboard = defineClassDashboard(kubernetesNode, {
  title: { en: 'Kubernetes nodes', zh: 'Kubernetes 节点' },
  overview: ['volumeFree'],
  forecast: ['volumeFree'],
  rows: [
    {
      title: { en: 'Kubelet', zh: 'Kubelet' },
      signals: ['up', 'containersRead', 'podsRunning', 'certificateTimeLeft'],
    },
    {
      title: { en: 'Runtime', zh: '容器运行时' },
      signals: ['relistTime', 'runtimeErrors', 'evictions'],
    },
    {
      title: { en: 'Containers and volumes', zh: '容器与存储卷' },
      signals: ['cpuThrottled', 'memoryOfLimit', 'volumeFree', 'volumeInodesFree'],
    },
  ],
});

/** Dashboard of CoreDNS servers. */
export const corednsDashboard = defineClassDashboard(coredns, {
  title: { en: 'CoreDNS', zh: 'CoreDNS 服务器' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'failures', 'upstreamsBroken', 'panics'] },
    { title: { en: 'Load', zh: '负载' }, signals: ['requests', 'duration'] },
  ],
});

/** Dashboard of workloads of Kubernetes. */
export const kubernetesWorkloadDashboard = defineClassDashboard(kubernetesWorkload, {
  title: { en: 'Kubernetes workloads', zh: 'Kubernetes 工作负载' },
  overview: ['share'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'share'] },
    { title: { en: 'Replicas', zh: '副本' }, signals: ['replicas', 'wanted', 'outdated'] },
  ],
});
