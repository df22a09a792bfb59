import type { SourceSpan } from '../diagnostics/index.ts';
import { callSite } from './call-site.ts';
import { deepFreeze } from './deep-freeze.ts';
import { holdToShape } from './hold-to-shape.ts';
import { kubernetesManifestShape } from './included-shapes.ts';

/** An object of the Kubernetes API, as `kubectl` takes it. Secrets are references. */
export interface KubernetesManifest {
  /** Such as `v1`, `apps/v1`. */
  readonly apiVersion: string;
  /** Such as `ConfigMap`. */
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    /** Absent for objects that belong to no namespace; for others, that of the binding. */
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  /** What the kind has besides: `spec`, `data`, `rules`. */
  readonly [field: string]: unknown;
}

/** An object of a cluster that is written by hand. */
export interface KubernetesObject {
  readonly kind: 'kubernetes-object';
  /** Its name in an address: `configmap.monitoring.grafana`. */
  readonly id: string;
  readonly manifest: KubernetesManifest;
  readonly source: SourceSpan;
}

/**
 * Declares an object of a Kubernetes cluster; a stack with the target `kubernetes` puts it there with `.include(...)`.
 * What the manifest says is held against drift; what it leaves out is the cluster's.
 *
 * ```ts
 * export const gateConfig = defineKubernetesObject({
 *   apiVersion: 'v1',
 *   kind: 'ConfigMap',
 *   metadata: { name: 'gate', namespace: 'plant' },
 *   data: { level: '3' },
 * });
 * ```
 */
export function defineKubernetesObject(manifest: KubernetesManifest): KubernetesObject {
  const source = callSite(defineKubernetesObject);
  holdToShape(kubernetesManifestShape, manifest, 'defineKubernetesObject({...})', source);
  const { kind, metadata } = manifest;
  const { name, namespace } = metadata;
  const id = [kind.toLowerCase(), ...(namespace === undefined ? [] : [namespace]), name].join('.');
  return deepFreeze({ kind: 'kubernetes-object', id, manifest, source });
}
