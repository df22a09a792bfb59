import { groupOf } from './identity.ts';
import { type Manifest, textOf } from './manifest.ts';

/** A group of kinds that is put in place together. */
export interface ApplyPhase {
  readonly name: 'namespaces' | 'definitions' | 'policies' | 'config' | 'workloads' | 'webhooks' | 'custom';
  /** Kinds by API group. */
  readonly kinds: Readonly<Record<string, readonly string[]>>;
}

/**
 * What is put in place before what; taken away in the reverse order. What limits comes before what it limits: a workload
 * that starts before its network policy has had its minute of freedom. Webhooks are called for what comes after them, so
 * they come when the workloads that answer them do.
 */
export const applyPhases: readonly ApplyPhase[] = [
  { name: 'namespaces', kinds: { '': ['Namespace'] } },
  { name: 'definitions', kinds: { 'apiextensions.k8s.io': ['CustomResourceDefinition'] } },
  {
    name: 'policies',
    kinds: {
      '': ['ResourceQuota', 'LimitRange', 'ServiceAccount'],
      'admissionregistration.k8s.io': [
        'MutatingAdmissionPolicy',
        'MutatingAdmissionPolicyBinding',
        'ValidatingAdmissionPolicy',
        'ValidatingAdmissionPolicyBinding',
      ],
      'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
      'networking.k8s.io': ['NetworkPolicy', 'IngressClass'],
      'node.k8s.io': ['RuntimeClass'],
      policy: ['PodDisruptionBudget'],
      'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
      'scheduling.k8s.io': ['PriorityClass'],
      'storage.k8s.io': ['CSIDriver', 'StorageClass', 'VolumeAttributesClass'],
    },
  },
  { name: 'config', kinds: { '': ['ConfigMap', 'Secret', 'PersistentVolume', 'PersistentVolumeClaim', 'Service'] } },
  {
    name: 'workloads',
    kinds: {
      '': ['Pod', 'PodTemplate', 'ReplicationController'],
      apps: ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
      autoscaling: ['HorizontalPodAutoscaler'],
      batch: ['CronJob', 'Job'],
      'networking.k8s.io': ['Ingress'],
    },
  },
  {
    name: 'webhooks',
    kinds: {
      'admissionregistration.k8s.io': ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
      'apiregistration.k8s.io': ['APIService'],
    },
  },
  // Every kind that stands nowhere above.
  { name: 'custom', kinds: {} },
];

/** Place of an object in `applyPhases`. */
export function applyPhaseOf(manifest: Manifest): number {
  const [group, kind] = [groupOf(textOf(manifest.apiVersion)), textOf(manifest.kind)];
  const found = applyPhases.findIndex(({ kinds }) => kinds[group]?.includes(kind) === true);
  return found < 0 ? applyPhases.length - 1 : found;
}
