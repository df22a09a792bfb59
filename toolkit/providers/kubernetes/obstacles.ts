import type { Diagnostic } from '../../diagnostics/index.ts';
import { inParallel } from '../../host/in-parallel.ts';
import {
  describeObject,
  groupOf,
  identityOf,
  kindDefined,
  mappingOf,
  objectStatus,
} from '../../languages/kubernetes/index.ts';
import type { ObjectReference } from '../../model/index.ts';
import type { Cluster } from './cluster.ts';
import { kubernetesDiagnostics } from './diagnostics.ts';

/**
 * What would keep declared objects from being taken: a kind that the cluster does not know and no declared definition
 * brings, a namespace that is not there and is not declared, or one that is on its way out.
 */
export async function findObstacles(
  cluster: Cluster,
  desired: readonly ObjectReference[],
): Promise<readonly Diagnostic[]> {
  const [kinds, namespaces] = await Promise.all([unknownKinds(cluster, desired), lackingNamespaces(cluster, desired)]);
  return [...kinds, ...namespaces];
}

async function unknownKinds(
  { discovery }: Cluster,
  desired: readonly ObjectReference[],
): Promise<readonly Diagnostic[]> {
  const coming = new Set(desired.flatMap(({ spec }) => keyOfKind(kindDefined(spec))));
  const found = await inParallel(desired, desired.length, async ({ address, spec }) => {
    const identity = identityOf(spec);
    const { apiVersion, kind } = identity;
    if (coming.has(`${groupOf(apiVersion)} ${kind}`) || (await discovery.find(identity)) !== null) return [];
    const facts = { object: describeObject(identity), apiVersion, kind };
    return [kubernetesDiagnostics.create('no-kind', facts, { subject: address })];
  });
  return found.flat();
}

function keyOfKind(defined: ReturnType<typeof kindDefined>): readonly string[] {
  return defined === null ? [] : [`${defined.group} ${defined.kind}`];
}

async function lackingNamespaces(
  { client, discovery, settings }: Cluster,
  desired: readonly ObjectReference[],
): Promise<readonly Diagnostic[]> {
  const identities = desired.map(({ address, spec }) => ({ address, identity: identityOf(spec) }));
  const declared = new Set(
    identities.flatMap(({ identity }) => (identity.kind === 'Namespace' ? [identity.name] : [])),
  );
  const placed = await inParallel(identities, identities.length, async ({ address, identity }) => {
    const served = await discovery.find(identity);
    const isInNamespace = served?.isNamespaced ?? identity.namespace !== null;
    return { address, identity, namespace: isInNamespace ? (identity.namespace ?? settings.namespace) : null };
  });
  const byNamespace = [...Map.groupBy(placed, ({ namespace }) => namespace ?? '')];
  const needed = byNamespace.filter(([namespace]) => namespace !== '' && !declared.has(namespace));
  const found = await inParallel(needed, needed.length, async ([namespace, objects]) => {
    const answer = await client.call({ method: 'GET', path: `/api/v1/namespaces/${encodeURIComponent(namespace)}` });
    const isLeaving = mappingOf(answer.body.metadata).deletionTimestamp !== undefined;
    if (answer.status !== 404 && !isLeaving) return [];
    return objects.map(({ address, identity }) => {
      const facts = { object: describeObject(identity), namespace };
      return answer.status === 404
        ? kubernetesDiagnostics.create('no-namespace', facts, { subject: address })
        : kubernetesDiagnostics.create(
            'namespace-ending',
            { ...facts, reason: objectStatus({ ...answer.body, kind: 'Namespace' }).reason },
            { subject: address },
          );
    });
  });
  return found.flat();
}
