import { isJsonObject, type JsonObject } from '../model/index.ts';
import type { Reconciler } from './reconciler.ts';

/** The order of Argo CD is an annotation of each object: a wave begins when the one before it is healthy. */
export function inWave(manifest: JsonObject, wave: number): JsonObject {
  const metadata = isJsonObject(manifest.metadata) ? manifest.metadata : {};
  const annotations = isJsonObject(metadata.annotations) ? metadata.annotations : {};
  return {
    ...manifest,
    metadata: { ...metadata, annotations: { ...annotations, 'argocd.argoproj.io/sync-wave': String(wave) } },
  };
}

/**
 * The Application of one stack. It applies on the server's side, as an object may be larger than the annotation in which
 * the other way keeps a copy; and it takes away what is no longer rendered, after all else is in place.
 */
export function applicationOf(
  stack: string,
  { source, path, revision, namespace, cluster }: Extract<Reconciler, { tool: 'argocd' }>,
): JsonObject {
  const place = [path, stack].filter((part) => part !== '').join('/');
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: stack, namespace, labels: { 'opsctl/stack': stack } },
    spec: {
      project: 'default',
      source: { repoURL: source, targetRevision: revision, path: place, directory: { recurse: true } },
      destination: cluster.includes('://') ? { server: cluster } : { name: cluster },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: ['ServerSideApply=true', 'PruneLast=true'],
      },
    },
  };
}
