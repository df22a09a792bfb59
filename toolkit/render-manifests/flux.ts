import type { JsonObject } from '../model/index.ts';
import type { Phase } from './phase-folder.ts';
import type { Reconciler } from './reconciler.ts';

/** The list that kustomize reads in each folder. */
export function kustomizationOf(files: readonly string[]): JsonObject {
  return { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: files };
}

/**
 * A Kustomization of Flux for each phase, which waits until the phase before it is healthy. What is no longer rendered is
 * taken away by Flux, in the reverse order.
 */
export function fluxObjects(
  stack: string,
  phases: readonly Phase[],
  { source, path, namespace }: Extract<Reconciler, { tool: 'flux' }>,
): readonly { readonly file: string; readonly object: JsonObject }[] {
  return phases.map(({ folder, name }, index) => {
    const before = phases[index - 1];
    const place = [path, stack, folder].filter((part) => part !== '').join('/');
    return {
      file: `${folder}.yaml`,
      object: {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { name: `${stack}-${name}`, namespace, labels: { 'opsctl/stack': stack } },
        spec: {
          ...(before === undefined ? {} : { dependsOn: [{ name: `${stack}-${before.name}` }] }),
          interval: '10m',
          retryInterval: '1m',
          timeout: '5m',
          sourceRef: { kind: 'GitRepository', name: source },
          path: `./${place}`,
          prune: true,
          wait: true,
        },
      },
    };
  });
}
