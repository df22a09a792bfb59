import {
  type AttributeValues,
  choice,
  defineClass,
  networkName,
  optional,
  port,
  type Reading,
  type Signal,
  text,
} from 'opsctl';
import { gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

const kinds = ['deployment', 'statefulset', 'daemonset'] as const;
type Kind = (typeof kinds)[number];

const attributes = {
  stateMetrics: networkName('Where kube-state-metrics of its cluster is reached: a node, or a load balancer.'),
  stateMetricsPort: optional(port('Port of kube-state-metrics there.'), 8080),
  namespace: text('Its namespace.'),
  kind: choice('What it is.', ['deployment', 'statefulset', 'daemonset']),
  workload: text('Its name in the namespace.'),
};

/** Each kind names its workloads by a label of its own, and shares the page with all others of the cluster. */
function pageOf(own: Kind) {
  return {
    kind: 'exporter',
    exporter: 'kube-state-metrics >=2.0',
    interval: '60s',
    timeout: '30s',
    when: ({ kind }: AttributeValues<typeof attributes>) => kind === own,
    endpoint: ({ stateMetrics, stateMetricsPort = 8080 }: AttributeValues<typeof attributes>) =>
      `${stateMetrics}:${stateMetricsPort}`,
    sharedBy: [['namespace', own]],
    shareOf: ({ namespace, workload }: AttributeValues<typeof attributes>) => `${namespace}/${workload}`,
  } as const;
}

/** What is wanted, there and of the newest form, as kube-state-metrics calls it for each kind. */
const names = {
  deployment: {
    wanted: 'kube_deployment_spec_replicas',
    available: 'kube_deployment_status_replicas_available',
    newest: 'kube_deployment_status_replicas_updated',
  },
  statefulset: {
    wanted: 'kube_statefulset_replicas',
    available: 'kube_statefulset_status_replicas_ready',
    newest: 'kube_statefulset_status_replicas_updated',
  },
  daemonset: {
    wanted: 'kube_daemonset_status_desired_number_scheduled',
    available: 'kube_daemonset_status_number_available',
    newest: 'kube_daemonset_status_updated_number_scheduled',
  },
} as const;

interface Counts {
  readonly wanted: string;
  readonly available: string;
  readonly newest: string;
  /** The target of the item. */
  readonly up: string;
}

/** One expression for all kinds: the counts without what the item says anyhow. */
function byKind(expression: (counts: Counts) => string): { readonly readings: Readonly<Record<Kind, Reading>> } {
  const readings = kinds.map((kind) => {
    const own = names[kind];
    const read = readingsBy(Object.fromEntries(Object.values(own).map((name) => [name, gauge(['namespace', kind])])));
    return [
      kind,
      read((series) => {
        const of = (name: string) => `sum without (namespace, ${kind}) (${series(name)})`;
        return expression({
          wanted: of(own.wanted),
          available: of(own.available),
          newest: of(own.newest),
          up: series('up'),
        });
      }),
    ];
  });
  return { readings: Object.fromEntries(readings) as Record<Kind, Reading> };
}

const answers: Reading = { expression: (series) => series('up'), metrics: ['up'] };
const exporterUp: Signal = {
  ...stateOf('kube-state-metrics answers', 'kube-state-metrics 应答'),
  readings: { deployment: answers, statefulset: answers, daemonset: answers },
};

/**
 * One workload of a Kubernetes cluster that matters by itself: a Deployment, StatefulSet or DaemonSet, by the series that
 * kube-state-metrics has of it. It `runs-on` its cluster, which tells of all workloads as a whole. Each item scrapes the
 * page of the cluster and keeps its own, so make items of a few dozen, not of all. The names are those of
 * kube-state-metrics 2, from general knowledge and excerpts of its documentation.
 */
export const kubernetesWorkload = defineClass({
  id: 'kubernetes-workload',
  title: { en: 'Kubernetes workload', zh: 'Kubernetes 工作负载' },
  attributes,
  sources: { deployment: pageOf('deployment'), statefulset: pageOf('statefulset'), daemonset: pageOf('daemonset') },
  signals: {
    up: {
      ...stateOf('Runs, or is scaled to nothing', '至少一个副本可用(或已缩容为 0)'),
      // One that was deleted has no counts any more; while the page answers, that is down.
      ...byKind(
        ({ wanted, available, up }) =>
          `clamp_max(${available} + (${wanted} == bool 0), 1) or on (item) 0 * (${up} == 1)`,
      ),
    },
    exporterUp,
    share: {
      ...lowIsBad('ratio', 'Share of its replicas that are available', '可用副本比例'),
      ...byKind(({ wanted, available }) => `${available} / (${wanted} > 0)`),
    },
    replicas: { ...lowIsBad('count', 'Replicas available', '可用副本数'), ...byKind(({ available }) => available) },
    wanted: { ...lowIsBad('count', 'Replicas wanted', '期望副本数'), ...byKind(({ wanted }) => wanted) },
    outdated: {
      ...highIsBad('count', 'Replicas not of the newest form', '未更新到新版本的副本数'),
      ...byKind(({ wanted, newest }) => `${wanted} - ${newest}`),
    },
  },
});
