import type { Diagnostic, SourceSpan } from '../../diagnostics/index.ts';
import { canonicalJson, type KubernetesHome, type TargetBinding } from '../../model/index.ts';
import { bindingsDiagnostics } from './bindings-diagnostics.ts';

/** A stack that is at home in a cluster, and by what its Prometheus is told apart there. */
export interface HomedStack {
  readonly name: string;
  readonly home: Pick<KubernetesHome, 'namespace' | 'labels'> | null;
}

/**
 * Refuses two stacks whose rules one Prometheus would load. Expressions name classes and not stacks, as each control
 * point has a Prometheus of its own: in a common one, the alerts of each would tell of the items of both.
 */
export function checkSharedHomes(
  targets: readonly TargetBinding[],
  stacks: readonly HomedStack[],
  positionOf: (stack: string, target: string) => SourceSpan,
): readonly Diagnostic[] {
  const clusters = new Map(
    targets.filter(({ target }) => target === 'kubernetes').map(({ stack, settings }) => [stack, settings] as const),
  );
  const homed = stacks.flatMap(({ name, home }) => {
    const { kubeconfig = null, context = null } = clusters.get(name) ?? {};
    return home === null || !clusters.has(name)
      ? []
      : [{ name, home, key: canonicalJson({ kubeconfig, context, ...home }) }];
  });
  return [...Map.groupBy(homed, ({ key }) => key).values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : others.map(({ name, home }) =>
          bindingsDiagnostics.create(
            'shared-home',
            { stack: name, other: first.name, namespace: home.namespace },
            { position: positionOf(name, 'kubernetes'), subject: `${name}/kubernetes` },
          ),
        ),
  );
}
