import { defineAlertPack } from 'opsctl';
import { kubernetesWorkload } from 'opsctl/cmdb';
import { notWatched } from './not-watched.ts';

const state = ['S0:7.1.1.2.c.2', 'S1:7.4.1.1.a'];

/** Alerts of workloads of Kubernetes. */
export const kubernetesWorkloadAlerts = defineAlertPack(kubernetesWorkload, {
  down: {
    name: 'KubernetesWorkloadDown',
    signal: 'up',
    when: { equals: 0 },
    for: '3m',
    severity: 'critical',
    meansDown: true,
    summary: { en: '{item} at {site} has no replica that is available', zh: '{site} 的工作负载 {item} 没有可用副本' },
    runbook: 'kubernetes/workload-down',
    rationale:
      'Three scrapes: a rollout always keeps some, and a single replica is back within a minute. Deleted is down as well; scaled to nothing is not.',
    clauses: state,
  },
  notWatched: notWatched({ name: 'KubernetesWorkloadNotWatched', runbook: 'kubernetes/not-watched', clauses: state }),
  short: {
    name: 'KubernetesWorkloadShort',
    signal: 'share',
    when: { below: 1 },
    for: '15m',
    severity: 'warning',
    summary: { en: '{value} of the replicas of {item} are available', zh: '{item} 的可用副本比例为 {value}' },
    runbook: 'kubernetes/workload-down',
    rationale: 'A rollout of large images takes ten minutes; longer, one hangs or finds no node.',
    clauses: state,
  },
  few: {
    name: 'KubernetesWorkloadFew',
    signal: 'share',
    when: { below: 0.5 },
    for: '5m',
    severity: 'critical',
    supersedes: 'short',
    summary: { en: 'Only {value} of the replicas of {item} are available', zh: '{item} 仅有 {value} 的副本可用' },
    runbook: 'kubernetes/workload-down',
    rationale: 'The rest carries twice its share; a rollout keeps three quarters.',
    clauses: state,
  },
  outdated: {
    name: 'KubernetesWorkloadNotRolledOut',
    signal: 'outdated',
    when: { above: 0 },
    for: '1h',
    severity: 'warning',
    summary: {
      en: '{value} replicas of {item} are still of the former form',
      zh: '{item} 有 {value} 个副本仍为旧版本',
    },
    runbook: 'kubernetes/workload-down',
    rationale: 'A rollout that stands: a new pod that does not become ready, or somebody who paused it.',
    clauses: state,
  },
});
