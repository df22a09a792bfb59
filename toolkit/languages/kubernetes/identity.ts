import { clusterScopedKinds } from './cluster-scoped.ts';
import { type Manifest, mappingOf, textOf } from './manifest.ts';

/** What names one object in a cluster. */
export interface ObjectIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  /** Null where the object belongs to no namespace, or its manifest does not say to which. */
  readonly namespace: string | null;
  readonly name: string;
}

export function identityOf(manifest: Manifest): ObjectIdentity {
  const { namespace, name } = mappingOf(manifest.metadata);
  const [apiVersion, kind] = [textOf(manifest.apiVersion), textOf(manifest.kind)];
  const isInNamespace = textOf(namespace) !== '' && !isClusterScoped(apiVersion, kind);
  return { apiVersion, kind, namespace: isInNamespace ? textOf(namespace) : null, name: textOf(name) };
}

/**
 * Name of an object in an address: `configmap.monitoring.grafana`, and `namespace.monitoring` where it is in no namespace.
 * Two kinds of the same name in different groups share a name; a plan with both says so.
 */
export function objectName(manifest: Manifest): string {
  const { kind, namespace, name } = identityOf(manifest);
  return [kind.toLowerCase(), ...(namespace === null ? [] : [namespace]), name].join('.');
}

/** For people: `ConfigMap monitoring/grafana`, `Namespace monitoring`. */
export function describeObject({ kind, namespace, name }: ObjectIdentity): string {
  return `${kind} ${namespace === null ? '' : `${namespace}/`}${name}`;
}

/** `monitoring.coreos.com` of `monitoring.coreos.com/v1`; an empty text for the core group of `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Of the kinds that Kubernetes brings along; whether a custom resource is in a namespace, only its definition says. */
export function isClusterScoped(apiVersion: string, kind: string): boolean {
  return clusterScopedKinds[groupOf(apiVersion)]?.includes(kind) ?? false;
}
