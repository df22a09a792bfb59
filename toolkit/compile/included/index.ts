import type { Diagnostic } from '../../diagnostics/index.ts';
import type { Resource } from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { checkIncluded } from './check.ts';
import { compileGrafanaDashboard } from './dashboards.ts';
import { inclusionsOf } from './included-by.ts';
import { compileKubernetesObject } from './kubernetes-objects.ts';
import { withIncludedRouting } from './routing.ts';
import { compileRuleGroup } from './rules.ts';

/** Adds what a stack includes to what is derived for it. */
export function withIncluded(
  operated: OperatedStack,
  derived: readonly Resource[],
): { readonly resources: readonly Resource[]; readonly diagnostics: readonly Diagnostic[] } {
  if (operated.stack.inclusions.length === 0) return { resources: derived, diagnostics: [] };
  const diagnostics = checkIncluded(operated, derived);
  if (diagnostics.length > 0) return { resources: derived, diagnostics };
  const resources = [
    ...withIncludedRouting(operated, derived),
    ...inclusionsOf(operated, 'rule-group').map((inclusion) => compileRuleGroup(operated, inclusion)),
    ...inclusionsOf(operated, 'grafana-dashboard').map((inclusion) => compileGrafanaDashboard(operated, inclusion)),
    ...inclusionsOf(operated, 'kubernetes-object').map((inclusion) => compileKubernetesObject(operated, inclusion)),
  ];
  return { resources, diagnostics };
}
