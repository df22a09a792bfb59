import { Failure } from '../../diagnostics/index.ts';
import { describeObject, identityOf, type Manifest, type ObjectIdentity } from '../../languages/kubernetes/index.ts';
import { kubernetesDiagnostics } from './diagnostics.ts';
import type { Discovery, ServedKind } from './discovery.ts';

/** Where an object is in the API. */
export interface ObjectPlace {
  readonly identity: ObjectIdentity;
  /** For people: `ConfigMap monitoring/grafana`. */
  readonly title: string;
  /** Path of all objects of its kind in its namespace. */
  readonly collection: string;
  readonly path: string;
}

/** The place of an object, or null where the cluster does not know its kind. */
export async function placeOf(
  manifest: Manifest,
  discovery: Discovery,
  defaultNamespace: string | null,
): Promise<ObjectPlace | null> {
  const declared = identityOf(manifest);
  const served = await discovery.find(declared);
  if (served === null) return null;
  const identity = { ...declared, namespace: served.isNamespaced ? (declared.namespace ?? defaultNamespace) : null };
  const title = describeObject(identity);
  if (served.isNamespaced && identity.namespace === null)
    throw new Failure(kubernetesDiagnostics.create('namespace-needed', { object: title }));
  const collection = collectionPath(served, identity.namespace);
  return { identity, title, collection, path: `${collection}/${encodeURIComponent(identity.name)}` };
}

export function collectionPath({ root, plural }: ServedKind, namespace: string | null): string {
  return namespace === null ? `${root}/${plural}` : `${root}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}

export function unknownKind(manifest: Manifest): Failure {
  const identity = identityOf(manifest);
  const { apiVersion, kind } = identity;
  return new Failure(kubernetesDiagnostics.create('no-kind', { object: describeObject(identity), apiVersion, kind }));
}
