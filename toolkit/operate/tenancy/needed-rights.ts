import type { JsonObject } from '../../model/index.ts';
import type { Space } from './declared-spaces.ts';
import { trialUser } from './identities.ts';

/** What whoever verifies has to be allowed, as manifests for the cluster's owner, and nothing beyond. */
export function neededRights(spaces: readonly Space[], group: string): readonly JsonObject[] {
  const groups = [...new Set(spaces.flatMap((space) => space.groups.map((one) => one.group)))].sort();
  const namespaces = spaces.map(({ namespace }) => namespace);
  return [
    object('ClusterRole', {
      rules: [
        rule('', ['users'], ['impersonate'], [trialUser]),
        // By name: whoever may be anybody of any group is the owner of the cluster.
        rule('', ['groups'], ['impersonate'], groups),
        rule('', ['namespaces'], ['get'], namespaces),
      ],
    }),
    object('ClusterRoleBinding', { roleRef: roleRef('ClusterRole'), subjects: [subject(group)] }),
    ...spaces.flatMap((space) => [
      object('Role', { rules: rulesIn(space) }, space.namespace),
      object('RoleBinding', { roleRef: roleRef('Role'), subjects: [subject(group)] }, space.namespace),
    ]),
  ];
}

function rulesIn({ groups }: Space): readonly JsonObject[] {
  const hasStarter = groups.some(({ level }) => level !== 'view');
  return [
    rule('', ['serviceaccounts'], ['impersonate', 'list']),
    rule('', ['resourcequotas'], ['get']),
    rule('networking.k8s.io', ['networkpolicies'], ['list']),
    rule('rbac.authorization.k8s.io', ['rolebindings'], ['list']),
    // Where the tenant has nobody who may start a pod, it is rehearsed by whoever verifies.
    ...(hasStarter ? [] : [rule('', ['pods'], ['create'])]),
  ];
}

function rule(
  group: string,
  resources: readonly string[],
  verbs: readonly string[],
  resourceNames: readonly string[] = [],
): JsonObject {
  return { apiGroups: [group], resources, verbs, ...(resourceNames.length === 0 ? {} : { resourceNames }) };
}

/** Both the name of the role, and of who is let in by it. */
export const verifierName = 'opsctl-tenancy-verifier';

function object(kind: string, fields: JsonObject, namespace?: string): JsonObject {
  const metadata = { name: verifierName, ...(namespace === undefined ? {} : { namespace }) };
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata, ...fields };
}

function roleRef(kind: string): JsonObject {
  return { apiGroup: 'rbac.authorization.k8s.io', kind, name: verifierName };
}

function subject(name: string): JsonObject {
  return { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name };
}
