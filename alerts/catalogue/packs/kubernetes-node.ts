import { defineAlertPack } from 'opsctl';
import { kubernetesNode } from 'opsctl/cmdb';

const state = ['S0:7.1.1.2.c.2', 'S1:7.4.1.1.a'];
const performance = ['S0:7.1.1.2.c'];

/** Alerts of Kubernetes nodes. */
export const kubernetesNodeAlerts = defineAlertPack(kubernetesNode, {
  down: {
    name: 'KubeletDown',
    signal: 'up',
    when: { equals: 0 },
    for: '10m',
    severity: 'critical',
    supersedes: 'containersUnread',
    summary: { en: 'The kubelet of {item} at {site} does not answer', zh: '{site} 的节点 {item} kubelet 无应答' },
    runbook: 'kubernetes/node-not-ready',
    rationale:
      'As long as the cluster waits before it is told of as not ready. Its pods may still run, so it does not count as down.',
    clauses: state,
  },
  containersUnread: {
    name: 'KubernetesContainersUnread',
    signal: 'containersRead',
    when: { equals: 0 },
    for: '15m',
    severity: 'warning',
    summary: { en: 'The containers on {item} are not measured', zh: '节点 {item} 的容器指标无法读取' },
    runbook: 'kubernetes/node-not-ready',
    rationale: 'The page is large and slow on a full node; ten missed rounds are more than a slow one.',
    clauses: performance,
  },
  relistSlow: {
    name: 'KubernetesRelistSlow',
    signal: 'relistTime',
    when: { above: 10 },
    for: '10m',
    severity: 'warning',
    summary: {
      en: 'The kubelet of {item} needs {value} to look over its containers',
      zh: '节点 {item} 的 kubelet 巡检容器耗时 {value}',
    },
    runbook: 'kubernetes/runtime',
    rationale: 'It should take less than a second; at three minutes the node turns not ready.',
    clauses: performance,
  },
  runtimeFailing: {
    name: 'KubernetesRuntimeFailing',
    signal: 'runtimeErrors',
    when: { above: 0.1 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: '{value} of the calls to the container runtime of {item} fail',
      zh: '节点 {item} 的容器运行时调用失败率 {value}',
    },
    runbook: 'kubernetes/runtime',
    rationale:
      'Single calls fail for containers that are just gone. A tenth over a quarter of an hour is a runtime that hangs.',
    clauses: state,
  },
  evicting: {
    name: 'KubernetesPodsEvicted',
    signal: 'evictions',
    when: { above: 0 },
    for: '0s',
    severity: 'warning',
    summary: {
      en: '{item} put out {value} pods within an hour for want of {eviction_signal}',
      zh: '节点 {item} 一小时内因 {eviction_signal} 驱逐 {value} 个 Pod',
    },
    runbook: 'kubernetes/node-not-ready',
    rationale: 'Each is a service that was stopped to save the node; it is over when it is seen.',
    clauses: performance,
  },
  certificateExpiring: {
    name: 'KubeletCertificateExpiring',
    signal: 'certificateTimeLeft',
    when: { below: 604_800 },
    for: '1h',
    severity: 'warning',
    summary: {
      en: 'The certificate of the kubelet of {item} ends in {value}',
      zh: '节点 {item} 的 kubelet 证书将在 {value} 后到期',
    },
    runbook: 'kubernetes/certificates',
    rationale:
      'The kubelet renews it with a fifth of its life left, two months of a year: at a week, renewal has failed.',
    clauses: state,
  },
  volumeFilling: {
    name: 'KubernetesVolumeFilling',
    signal: 'volumeFree',
    when: { below: 0.15 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: 'Volume {namespace}/{persistentvolumeclaim} on {item} has {value} free',
      zh: '节点 {item} 上的存储卷 {namespace}/{persistentvolumeclaim} 剩余 {value}',
    },
    runbook: 'kubernetes/volumes',
    rationale: 'Time to enlarge it in working hours.',
    clauses: performance,
  },
  volumeFull: {
    name: 'KubernetesVolumeFull',
    signal: 'volumeFree',
    when: { below: 0.03 },
    for: '1m',
    severity: 'critical',
    supersedes: 'volumeFilling',
    summary: {
      en: 'Volume {namespace}/{persistentvolumeclaim} on {item} is full: {value} free',
      zh: '节点 {item} 上的存储卷 {namespace}/{persistentvolumeclaim} 即将写满:剩余 {value}',
    },
    runbook: 'kubernetes/volumes',
    rationale: 'Databases stop at the last block, and some do not start again without room.',
    clauses: performance,
  },
  volumeInodesLow: {
    name: 'KubernetesVolumeInodesLow',
    signal: 'volumeInodesFree',
    when: { below: 0.05 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: 'Volume {namespace}/{persistentvolumeclaim} on {item} has {value} of its inodes free',
      zh: '节点 {item} 上的存储卷 {namespace}/{persistentvolumeclaim} 剩余 inode {value}',
    },
    runbook: 'kubernetes/volumes',
    rationale: 'With none left no file can be made, however much space there is.',
    clauses: performance,
  },
  cpuThrottled: {
    name: 'KubernetesCpuThrottled',
    signal: 'cpuThrottled',
    when: { above: 0.5 },
    for: '30m',
    severity: 'warning',
    criticality: ['critical', 'high'],
    summary: {
      en: '{container} of {namespace}/{pod} on {item} is held back {value} of the time',
      zh: '节点 {item} 上 {namespace}/{pod} 的容器 {container} 有 {value} 的时间被 CPU 限流',
    },
    runbook: 'kubernetes/capacity',
    rationale:
      'A quarter is common and harmless with many threads; half for half an hour makes whatever waits for it slow.',
    clauses: performance,
  },
  memoryNearLimit: {
    name: 'KubernetesMemoryNearLimit',
    signal: 'memoryOfLimit',
    when: { above: 0.95 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: '{container} of {namespace}/{pod} on {item} uses {value} of its memory limit',
      zh: '节点 {item} 上 {namespace}/{pod} 的容器 {container} 内存已用限额的 {value}',
    },
    runbook: 'kubernetes/out-of-memory',
    rationale:
      'At the limit it is killed. Programs that take what they are given, such as a JVM with a fixed heap, stay at nine tenths.',
    clauses: performance,
  },
});
