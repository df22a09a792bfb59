import { dashboardUid, panelId } from './dashboard-uid.ts';
import type { OperatedStack } from './operated-stack.ts';

/**
 * An annotation that opens the panel with the alert's signal, for the item that it is about: where the organisation says
 * where people open dashboards, in the nearest Grafana that shows the class.
 */
export function dashboardLink(operated: OperatedStack, classId: string, signal: string): DashboardLink {
  const shows = operated.catalogue.dashboards.some(
    ({ class: { id }, rows }) => id === classId && rows.some(({ signals }) => signals.includes(signal)),
  );
  const chosen = 'var-site={{ $labels.site }}&var-item={{ $labels.item }}';
  return shows ? linkTo(operated, classId, `viewPanel=${panelId(signal)}&${chosen}`) : {};
}

/** The same for an alert of an objective: all that is known of its error budget. */
export function objectiveLink(operated: OperatedStack, slo: string): DashboardLink {
  return linkTo(operated, 'objectives', `var-slo=${slo}`);
}

interface DashboardLink {
  readonly dashboard_url?: string;
}

function linkTo({ organisation, stack, ancestors }: OperatedStack, name: string, query: string): DashboardLink {
  const { dashboardBase } = organisation;
  const owner = [stack, ...ancestors].find(({ targets }) => targets.includes('grafana'));
  if (dashboardBase === undefined || owner === undefined) return {};
  const base = dashboardBase.replaceAll('{stack}', owner.name);
  return { dashboard_url: `${base}/d/${dashboardUid(owner.name, name)}?${query}` };
}
