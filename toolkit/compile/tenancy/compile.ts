import type { Address, JsonObject, Resource } from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { accessLevels, rulesOf } from './access-rules.ts';
import { compileDefaultDeny, compileOpenings } from './openings.ts';
import { compileLimits, compileQuota } from './quota.ts';
import { spaceObject, spacesOf, type TenantSpace } from './space.ts';

/** All objects of the spaces that a stack gives to tenants. */
export function compileIsolation(operated: OperatedStack): readonly Resource[] {
  return spacesOf(operated).flatMap(compileSpace);
}

function compileSpace(space: TenantSpace): readonly Resource[] {
  const walls = [
    compileQuota(space),
    compileLimits(space),
    compileDefaultDeny(space),
    ...compileOpenings(space),
    compileAccount(space),
  ];
  // Whoever gets in finds the walls standing.
  const before = walls.map(({ address }) => address);
  return [compileNamespace(space), ...walls, ...compileAccess(space, before)];
}

function compileNamespace(space: TenantSpace): Resource {
  const { podSecurity = 'restricted', podSecurityVersion = 'latest' } = space.isolation.terms;
  const modes = { enforce: podSecurity, audit: 'restricted', warn: 'restricted' };
  const labels = Object.entries(modes).flatMap(([mode, level]) => [
    [`pod-security.kubernetes.io/${mode}`, level],
    [`pod-security.kubernetes.io/${mode}-version`, podSecurityVersion],
  ]);
  return spaceObject(space, {
    apiVersion: 'v1',
    kind: 'Namespace',
    name: space.namespace,
    labels: Object.fromEntries(labels),
    fields: {},
    serves: 2,
    text: `It is ${space.tenant.id}'s alone, and its pods are held to the standard ${podSecurity}.`,
  });
}

/** The account that pods run as when they name none: it needs no way into the API, so pods are given none. */
function compileAccount(space: TenantSpace): Resource {
  const account = spaceObject(space, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    name: 'default',
    fields: { automountServiceAccountToken: false },
    serves: 2,
    text: 'Pods that name no account are given no token.',
  });
  // The cluster makes one itself, and would make it again: it goes with its namespace.
  return { ...account, lifecycle: { ...account.lifecycle, retainOnDelete: true } };
}

function compileAccess(space: TenantSpace, before: readonly Address[]): readonly Resource[] {
  const { access } = space.isolation.terms;
  return accessLevels.flatMap((level) => {
    const groups = access[level] ?? [];
    if (groups.length === 0) return [];
    const name = `tenant-${level}`;
    const role = spaceObject(space, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      name,
      fields: { rules: rulesOf(level) },
      serves: 3,
      text: `What ${level} may do in ${space.namespace}, and nowhere else.`,
    });
    const binding = spaceObject(space, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      name,
      fields: {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
        subjects: groups.map(
          (group): JsonObject => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group }),
        ),
      },
      serves: 3,
      text: `${groups.join(', ')} may ${level} in ${space.namespace}.`,
      dependsOn: [...before, role.address],
    });
    return [role, binding];
  });
}
