import {
  listOf,
  type Manifest,
  mappingOf,
  reasonAnnotation,
  sameValue,
  textOf,
} from '../../languages/kubernetes/index.ts';
import type { AccessTrial } from '../../model/index.ts';
import { nameOf, type Space } from './declared-spaces.ts';
import { judgeAnswer } from './judge-answer.ts';
import { verifierName } from './needed-rights.ts';
import type { Evidence, Verdict } from './tenancy-report.ts';

/**
 * Network policies as they are declared, and no others that open something. That packets are held up is the work of the
 * network of the cluster, which its API does not show.
 */
export async function comparePolicies(
  trial: AccessTrial,
  { space, all }: { readonly space: Space; readonly all: readonly Space[] },
): Promise<readonly Evidence[]> {
  const { namespace, policies } = space;
  const path = `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`;
  const answer = await trial.try({ as: null, method: 'GET', path });
  if (answer.status !== 200) {
    const answered = judgeAnswer(answer).said;
    return bothWays(space, { verdict: 'untried', asked: `the network policies of ${namespace}`, answered });
  }
  const live = new Map(listOf((answer.body as Manifest).items).map((one) => [nameOf(one), mappingOf(one)] as const));
  const declared = [...policies].flatMap(([name, policy]) =>
    compareOne(space, all, { name, policy, live: live.get(name) }),
  );
  const others = [...live]
    .filter(([name]) => !policies.has(name))
    .flatMap(([name, one]) => undeclared(space, name, one));
  return [...declared, ...others];
}

interface Compared {
  readonly name: string;
  readonly policy: Manifest;
  readonly live: Manifest | undefined;
}

function compareOne(space: Space, all: readonly Space[], { name, policy, live }: Compared): readonly Evidence[] {
  const asked = `the network policy ${name} of ${space.namespace}`;
  const opened = directionsOf(policy);
  if (!opened.in && !opened.out) {
    // Nothing but this keeps the doors shut.
    if (live === undefined) return bothWays(space, { verdict: 'broken', asked, answered: 'is not there' });
    const isSame = sameValue(policy.spec, live.spec);
    return bothWays(space, { verdict: isSame ? 'held' : 'broken', asked, answered: isSame ? 'stands' : changed(live) });
  }
  if (live !== undefined && !sameValue(policy.spec, live.spec)) {
    return sides(space, opened, { verdict: 'broken', asked, answered: changed(live) });
  }
  const reason = textOf(mappingOf(mappingOf(policy.metadata).annotations)[reasonAnnotation]);
  return tenantsIn(policy, space, all).map((tenant) => ({
    tenant,
    other: space.tenant,
    aspect: 'network',
    verdict: 'declared',
    asked,
    answered: reason === '' ? 'lets it in' : `lets it in: ${reason}`,
  }));
}

function changed({ spec }: Manifest): string {
  return `is not as declared: ${JSON.stringify(spec)}`;
}

function undeclared(space: Space, name: string, live: Manifest): readonly Evidence[] {
  const opened = directionsOf(live);
  const asked = `the network policy ${name} of ${space.namespace}`;
  return sides(space, opened, {
    verdict: 'broken',
    asked,
    answered: 'is declared by nobody, and lets traffic through',
  });
}

interface Directions {
  readonly in: boolean;
  readonly out: boolean;
}

function directionsOf({ spec }: Manifest): Directions {
  const { ingress, egress } = mappingOf(spec);
  return { in: listOf(ingress).length > 0, out: listOf(egress).length > 0 };
}

/** Other tenants whose namespaces a policy lets in. */
function tenantsIn({ spec }: Manifest, space: Space, all: readonly Space[]): readonly string[] {
  const peers = listOf(mappingOf(spec).ingress).flatMap((rule) => listOf(mappingOf(rule).from));
  const named = peers.flatMap((peer) =>
    listOf(mappingOf(mappingOf(peer).namespaceSelector).matchExpressions).flatMap((one) =>
      listOf(mappingOf(one).values),
    ),
  );
  const tenants = all.filter(({ namespace }) => named.includes(namespace)).map(({ tenant }) => tenant);
  return [...new Set(tenants)].filter((tenant) => tenant !== space.tenant);
}

type Seen = { readonly verdict: Verdict; readonly asked: string; readonly answered: string };

function bothWays(space: Space, seen: Seen): readonly Evidence[] {
  return sides(space, { in: true, out: true }, seen);
}

function sides({ tenant }: Space, directions: Directions, seen: Seen): readonly Evidence[] {
  return [
    ...(directions.in ? [{ tenant: null, other: tenant, aspect: 'network' as const, ...seen }] : []),
    ...(directions.out ? [{ tenant, other: null, aspect: 'network' as const, ...seen }] : []),
  ];
}

/** Role bindings that nobody declared and that let in who is not of the tenant. */
export async function compareBindings(
  trial: AccessTrial,
  { space, all }: { readonly space: Space; readonly all: readonly Space[] },
): Promise<readonly Evidence[]> {
  const { namespace, tenant, bindings } = space;
  const path = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`;
  const answer = await trial.try({ as: null, method: 'GET', path });
  const asked = `the role bindings of ${namespace}`;
  const about = { tenant: null, other: tenant, aspect: 'read' as const };
  if (answer.status !== 200) return [{ ...about, verdict: 'untried', asked, answered: judgeAnswer(answer).said }];
  const strange = listOf((answer.body as Manifest).items)
    .map(mappingOf)
    .filter((binding) => !bindings.includes(nameOf(binding)) && !isVerifiers(binding))
    .flatMap((binding) => {
      const subjects = listOf(binding.subjects)
        .map(mappingOf)
        .filter((subject) => isStranger(subject, namespace, all));
      const names = subjects.map(({ kind, name }) => `${textOf(kind)} ${textOf(name)}`);
      return names.length === 0 ? [] : [`${nameOf(binding)} lets in ${names.join(', ')}`];
    });
  const answered = strange.length === 0 ? 'are as declared' : `${strange.join('; ')}, and is declared by nobody`;
  return [{ ...about, verdict: strange.length === 0 ? 'held' : 'broken', asked, answered }];
}

/** What whoever verifies is allowed, and no more. */
function isVerifiers(binding: Manifest): boolean {
  const { kind, name } = mappingOf(binding.roleRef);
  return nameOf(binding) === verifierName && kind === 'Role' && name === verifierName;
}

/** Accounts of the platform do their work in the namespaces of tenants; those of tenants, and people, do not. */
function isStranger({ kind, namespace: from }: Manifest, namespace: string, all: readonly Space[]): boolean {
  if (kind !== 'ServiceAccount') return true;
  return textOf(from) !== namespace && all.some((space) => space.namespace === textOf(from));
}
