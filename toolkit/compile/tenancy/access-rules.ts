import type { AccessLevel, JsonObject } from '../../model/index.ts';

interface AccessRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const looks = ['get', 'list', 'watch'];
const changes = ['create', 'update', 'patch', 'delete'];

/** What a tenant works with. Secrets, the walls of its space and what runs on every node are not among it. */
const workloads: readonly (readonly [group: string, resources: readonly string[]])[] = [
  ['', ['configmaps', 'persistentvolumeclaims', 'pods', 'services']],
  ['apps', ['deployments', 'deployments/scale', 'statefulsets', 'statefulsets/scale']],
  ['autoscaling', ['horizontalpodautoscalers']],
  ['batch', ['cronjobs', 'jobs']],
  ['networking.k8s.io', ['ingresses']],
  ['policy', ['poddisruptionbudgets']],
];

/** Seen by everybody of the tenant and changed by none of them: walls that one can move oneself are none. */
const walls: readonly (readonly [group: string, resources: readonly string[]])[] = [
  ['', ['endpoints', 'events', 'limitranges', 'pods/log', 'pods/status', 'resourcequotas', 'serviceaccounts']],
  ['apps', ['controllerrevisions', 'daemonsets', 'replicasets']],
  ['discovery.k8s.io', ['endpointslices']],
  ['networking.k8s.io', ['networkpolicies']],
  ['rbac.authorization.k8s.io', ['rolebindings', 'roles']],
];

const view: readonly AccessRule[] = [...workloads, ...walls].map(([group, resources]) => ({
  apiGroups: [group],
  resources,
  verbs: looks,
}));

const edit: readonly AccessRule[] = [
  ...view,
  ...workloads.map(([group, resources]) => ({ apiGroups: [group], resources, verbs: changes })),
  { apiGroups: [''], resources: ['secrets'], verbs: [...looks, ...changes] },
  { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
];

const admin: readonly AccessRule[] = [
  ...edit,
  { apiGroups: [''], resources: ['pods/exec', 'pods/portforward'], verbs: ['create', 'get'] },
  { apiGroups: [''], resources: ['serviceaccounts'], verbs: changes },
];

const rules: Readonly<Record<AccessLevel, readonly AccessRule[]>> = { admin, edit, view };

/** Levels from the most to the least. */
export const accessLevels: readonly AccessLevel[] = ['admin', 'edit', 'view'];

/**
 * The rules of a role, written out: no star that would take in what Kubernetes brings along next year, and nothing that
 * gives rights away (`bind`, `escalate`, `impersonate`, roles). Whoever may start a pod can read the secrets that the pod
 * mounts, so `edit` has secrets openly.
 */
export function rulesOf(level: AccessLevel): readonly JsonObject[] {
  return rules[level].map(({ apiGroups, resources, verbs }) => ({ apiGroups, resources, verbs }));
}
