import { inParallel } from '../../host/in-parallel.ts';
import {
  describeObject,
  identityOf,
  type Manifest,
  mappingOf,
  objectName,
  organisationOf,
  ownerLabel,
  textOf,
} from '../../languages/kubernetes/index.ts';
import type { DiscoveredObject, JsonObject, ObjectReference } from '../../model/index.ts';
import type { Cluster } from './cluster.ts';
import type { ServedKind } from './discovery.ts';
import { listAll } from './fetch-objects.ts';
import { collectionPath } from './object-place.ts';

export const objectType = 'kubernetes-object';

/**
 * Objects with the label of this stack that nobody declares: what somebody copied with its labels, or what a lost state
 * has forgotten. Looked for among the kinds that the stack has; a cluster serves a hundred.
 */
export async function discoverObjects(
  { client, discovery, settings }: Cluster,
  managed: readonly ObjectReference[],
): Promise<readonly DiscoveredObject[]> {
  const identities = managed.map(({ spec }) => identityOf(spec));
  const organisations = new Set(managed.map(({ spec }) => organisationOf(spec)));
  const known = new Set(managed.map(({ spec }) => keyOf(spec, settings.namespace)));
  const kinds = [...Map.groupBy(identities, ({ apiVersion, kind }) => `${apiVersion} ${kind}`).values()];
  const found = await inParallel(kinds, kinds.length, async (ofKind) => {
    const [first] = ofKind;
    const served = first && (await discovery.find(first));
    if (first === undefined || !served) return [];
    const namespaces = new Set(ofKind.map(({ namespace }) => namespace ?? settings.namespace));
    const items = await listOfKind(client, served, namespaces, settings.owner);
    // A stack of another repository may have the same name.
    const own = items.filter((item) => isOneOf(organisations, organisationOf(item)));
    return own.map(({ metadata }) => ({
      apiVersion: first.apiVersion,
      kind: first.kind,
      metadata: placeIn(metadata),
    }));
  });
  return found
    .flat()
    .filter((spec) => !known.has(keyOf(spec, null)))
    .map((spec) => ({ type: objectType, name: objectName(spec), spec, location: describeObject(identityOf(spec)) }));
}

function isOneOf(organisations: ReadonlySet<string | null>, found: string | null): boolean {
  return found === null || organisations.has(null) || organisations.has(found);
}

const namesOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** In all namespaces; where this user may not, in those that the stack has objects in. */
async function listOfKind(
  client: Cluster['client'],
  served: ServedKind,
  namespaces: ReadonlySet<string | null>,
  owner: string,
): Promise<readonly Manifest[]> {
  const query = { labelSelector: `${ownerLabel}=${owner}` };
  const everywhere = await listAll(client, collectionPath(served, null), query, namesOnly);
  if (everywhere !== null || !served.isNamespaced) return everywhere ?? [];
  const own = [...namespaces].filter((namespace) => namespace !== null);
  const lists = await inParallel(own, own.length, (namespace) =>
    listAll(client, collectionPath(served, namespace), query, namesOnly),
  );
  return lists.flatMap((items) => items ?? []);
}

function placeIn(metadata: Manifest[string] | undefined): JsonObject {
  const { name, namespace } = mappingOf(metadata);
  return { name: textOf(name), ...(typeof namespace === 'string' ? { namespace } : {}) };
}

function keyOf(spec: Manifest, defaultNamespace: string | null): string {
  const { apiVersion, kind, namespace, name } = identityOf(spec);
  return JSON.stringify([apiVersion, kind, namespace ?? defaultNamespace, name]);
}
