import type { Resource } from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { compileClassDashboard } from './class-dashboard.ts';
import { compileItemStateRules } from './item-state-rules.ts';
import { compileObjectives } from './objectives.ts';
import { compileOverview } from './overview.ts';
import { compileProvisioning } from './provisioning.ts';
import { compileScreens } from './screens.ts';
import { compileServices } from './services.ts';

export { checkScreens } from './check-screens.ts';
export { standardPanels } from './standard-panels.ts';

/**
 * All that the Grafana of a control point shows: an overview, a dashboard for every class that it sees and for every
 * service that has an objective, the objectives, its big screens. And the provisioning that makes Grafana load them.
 */
export function compileDashboards(operated: OperatedStack, group: readonly OperatedStack[]): readonly Resource[] {
  const rules = compileItemStateRules(operated);
  if (!operated.stack.targets.includes('grafana')) return rules;
  const objectives = group
    .filter((other) => [other.stack, ...other.ancestors].includes(operated.stack))
    .flatMap((other) => other.stack.objectives);
  return [
    ...rules,
    ...compileOverview(operated, objectives.length > 0),
    ...operated.catalogue.dashboards
      .filter(({ class: { id } }) => isSeen(operated, id))
      .map((dashboard) => compileClassDashboard(operated, dashboard)),
    ...compileServices(operated),
    ...compileObjectives(operated, objectives),
    ...compileScreens(operated),
    ...compileProvisioning(operated),
  ];
}

/** A tier above sees the recorded signals of the tiers below, so its dashboards show their classes too. */
function isSeen({ monitored, below }: OperatedStack, classId: string): boolean {
  return [...monitored, ...below].some((item) => item.class === classId);
}
