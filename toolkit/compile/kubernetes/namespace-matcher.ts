import type { Diagnostic } from '../../diagnostics/index.ts';
import type { KubernetesHome } from '../../model/index.ts';
import { homeDiagnostics } from './diagnostics.ts';
import type { HomeContext } from './translation.ts';

/**
 * The namespace that alerts must name to be taken by the AlertmanagerConfig of a home; null where all are taken. The
 * operator adds such a matcher to the branch and to each inhibition, unless its Alertmanager object says otherwise.
 */
export function matchedNamespace({ routing, namespace }: KubernetesHome): string | null {
  if (routing.as !== 'alertmanager-config') return null;
  switch (routing.matcherStrategy) {
    case 'None':
      return null;
    case 'OnNamespace':
      return namespace;
    case 'OnNamespaceExceptForAlertmanagerNamespace':
      return (routing.alertmanagerNamespace ?? namespace) === namespace ? null : namespace;
    default:
      return routing.matcherStrategy satisfies never;
  }
}

/** Alerts of control points below come from elsewhere, and do not have the label. */
export function findLostAlerts({ operated, home, below }: HomeContext): readonly Diagnostic[] {
  const { stack } = operated;
  const namespace = matchedNamespace(home);
  if (namespace === null || home.routing.as !== 'alertmanager-config') return [];
  const others = below.filter((other) => other.home === undefined || matchedNamespace(other.home) !== namespace);
  if (others.length === 0) return [];
  const facts = {
    stack: stack.name,
    strategy: home.routing.matcherStrategy,
    namespace,
    children: others.map(({ name }) => name),
  };
  return [homeDiagnostics.create('alerts-of-others-lost', facts, { position: stack.source, subject: stack.name })];
}
