import { callSite } from './call-site.ts';
import { deepFreeze } from './deep-freeze.ts';
import { holdToShape } from './hold-to-shape.ts';
import { andOthers, fieldsOf, listOf, made, matching, maybe, oneOf, type Shape, value, variants } from './shape.ts';
import type { Stack } from './stack.ts';
import type { CollectorTarget, StandardTarget, TargetName } from './target-name.ts';

/** Systems that can be in a cluster; records, scripts and pipelines stay on their own targets. */
export type ClusterSystem = Exclude<StandardTarget, 'cmdb'> | CollectorTarget;

export const clusterSystems: readonly ClusterSystem[] = [
  'prometheus',
  'alertmanager',
  'blackbox',
  'grafana',
  'snmp',
  'modbus',
  'ipmi',
  'json',
];

/**
 * The systems of a control point are in a Kubernetes cluster, run by the Prometheus Operator. What is derived is the
 * same; it becomes objects of the operator, and ConfigMaps for Grafana and the exporters.
 */
export interface KubernetesHome {
  readonly kind: 'kubernetes-home';
  /** Of all objects that are made. It has to be there. */
  readonly namespace: string;
  /**
   * By which the cluster's Prometheus and Alertmanager select what they load, such as `{ release: 'prometheus' }` of
   * kube-prometheus-stack. Every object has them.
   */
  readonly labels: Readonly<Record<string, string>>;
  /** Systems of the stack that stay outside of the cluster, on targets of their own: `['snmp']`. */
  readonly outside: readonly ClusterSystem[];
  /** Where systems answer inside the cluster, as `host:port`; not given: at the services that the operator makes. */
  readonly services: Readonly<Partial<Record<ClusterSystem, string>>>;
  readonly routing: HomeRouting;
  readonly dashboards: DashboardHome;
}

/** How Alertmanager gets the routing of the stack. */
export type HomeRouting = SharedAlertmanager | OwnAlertmanager;

/**
 * As an AlertmanagerConfig: a branch of an Alertmanager that may serve others too, selected by its labels. What the
 * branch takes is decided by `alertmanagerConfigMatcherStrategy` of the Alertmanager object, which has to be what is
 * said here.
 */
export interface SharedAlertmanager {
  readonly as: 'alertmanager-config';
  /**
   * `None`: every alert that reaches this Alertmanager. `OnNamespace`, the default of the operator: only alerts with the
   * label `namespace` of this object, which the alerts of the stack are then given.
   * `OnNamespaceExceptForAlertmanagerNamespace`: as `None` in the namespace of the Alertmanager, else as `OnNamespace`.
   */
  readonly matcherStrategy: MatcherStrategy;
  /** Namespace of the Alertmanager object; not given: that of the home. */
  readonly alertmanagerNamespace?: string;
}

export type MatcherStrategy = 'None' | 'OnNamespace' | 'OnNamespaceExceptForAlertmanagerNamespace';

/** As the whole configuration of an Alertmanager that is the stack's alone: the Secret that its object reads. */
export interface OwnAlertmanager {
  readonly as: 'secret';
  /** Name of the Secret; not given: `alertmanager-<stack>`, which an Alertmanager object of the stack's name reads. */
  readonly name?: string;
}

/** How the sidecar of Grafana finds dashboards and data sources, as Grafana's chart has it. */
export interface DashboardHome {
  readonly label: Readonly<Record<string, string>>;
  readonly folderAnnotation: string;
  readonly datasourceLabel: Readonly<Record<string, string>>;
}

/** What `kubernetes({...})` is given. */
export type KubernetesHomeDeclaration = Pick<KubernetesHome, 'namespace'> &
  Partial<Pick<KubernetesHome, 'labels' | 'outside' | 'services'>> & {
    readonly routing?: (Omit<SharedAlertmanager, 'matcherStrategy'> & Partial<SharedAlertmanager>) | OwnAlertmanager;
    readonly dashboards?: Partial<DashboardHome>;
  };

/**
 * Says that the systems of a stack are in a cluster:
 * `home: kubernetes({ namespace: 'monitoring', labels: { release: 'prometheus' } })`.
 */
export function kubernetes(declaration: KubernetesHomeDeclaration): KubernetesHome {
  holdToShape(kubernetesHomeShape, declaration, 'kubernetes({...})', callSite(kubernetes));
  const { namespace, labels = {}, outside = [], services = {}, routing, dashboards = {} } = declaration;
  return deepFreeze({
    kind: 'kubernetes-home',
    namespace,
    labels,
    outside,
    services,
    routing: routing?.as === 'secret' ? routing : { as: 'alertmanager-config', matcherStrategy: 'None', ...routing },
    dashboards: {
      label: { grafana_dashboard: '1' },
      folderAnnotation: 'grafana_folder',
      datasourceLabel: { grafana_datasource: '1' },
      ...dashboards,
    },
  });
}

/** Whether a system of the stack is in its cluster. */
export function isInCluster({ home }: Pick<Stack, 'home'>, target: TargetName): boolean {
  const system = clusterSystems.find((name) => name === target);
  return home !== undefined && system !== undefined && !home.outside.includes(system);
}

/**
 * The targets that bindings may name: those of the stack, and the cluster. A system that is in the cluster may have a
 * binding all the same, for whoever asks its server.
 */
export function boundTargets({ home, targets }: Pick<Stack, 'home' | 'targets'>): readonly TargetName[] {
  return home === undefined ? targets : [...new Set<TargetName>([...targets, 'kubernetes'])];
}

// Shapes

const dnsLabel = matching(
  'a name of Kubernetes: lower-case letters, digits and dashes, 63 at most',
  /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
);
const objectName = matching(
  'a name of an object: lower-case letters, digits, dashes and dots',
  /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
);
const keyPattern = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const annotationName = matching('a name of an annotation, such as grafana_folder', keyPattern);

const labelPattern = /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;
const isLabels = (given: unknown) =>
  typeof given === 'object' &&
  given !== null &&
  !Array.isArray(given) &&
  Object.entries(given).every(
    ([name, text]) => keyPattern.test(name) && typeof text === 'string' && labelPattern.test(text),
  );
const labels = value("labels of Kubernetes such as { release: 'prometheus' }", isLabels);

const service = matching(
  'host:port inside the cluster, such as blackbox.monitoring.svc:9115',
  /^(https?:\/\/)?[A-Za-z0-9.-]+:\d{1,5}$/,
);

const shared = fieldsOf<Omit<SharedAlertmanager, 'matcherStrategy'> & Partial<SharedAlertmanager>>({
  as: oneOf(['alertmanager-config']),
  matcherStrategy: maybe(oneOf(['None', 'OnNamespace', 'OnNamespaceExceptForAlertmanagerNamespace'])),
  alertmanagerNamespace: maybe(dnsLabel),
});
const own = fieldsOf<OwnAlertmanager>({ as: oneOf(['secret']), name: maybe(objectName) });

const kubernetesHomeShape: Shape = fieldsOf<KubernetesHomeDeclaration>(
  {
    namespace: dnsLabel,
    labels: maybe(labels),
    outside: maybe(listOf(oneOf(clusterSystems))),
    services: maybe(
      fieldsOf<NonNullable<KubernetesHomeDeclaration['services']>>({
        prometheus: maybe(service),
        alertmanager: maybe(service),
        blackbox: maybe(service),
        grafana: maybe(service),
        snmp: maybe(service),
        modbus: maybe(service),
        ipmi: maybe(service),
        json: maybe(service),
      }),
    ),
    routing: maybe(
      variants(
        'as',
        { 'alertmanager-config': shared, secret: own },
        { expected: "{ as: 'alertmanager-config', matcherStrategy } or { as: 'secret', name }" },
      ),
    ),
    dashboards: maybe(
      fieldsOf<Partial<DashboardHome>>({
        label: maybe(labels),
        folderAnnotation: maybe(annotationName),
        datasourceLabel: maybe(labels),
      }),
    ),
  },
  "a home such as { namespace: 'monitoring', labels: { release: 'prometheus' } }",
);

/** What `kubernetes({...})` has given back. */
export const madeKubernetesHome: Shape = andOthers(
  made<Pick<KubernetesHome, 'kind'>>({ kind: oneOf(['kubernetes-home']) }, 'a home made by kubernetes({...})'),
);
