import type { ConfigurationItem, Organisation } from '../../model/index.ts';
import type { GeneratedWorld } from '../../render-dashboard/index.ts';
import type { DeclaredAlert, DeclaredStack, UpheldObjective } from '../session-messages.ts';

export interface WorldFacts {
  readonly organisation: Organisation;
  readonly stacks: readonly DeclaredStack[];
  readonly items: readonly ConfigurationItem[];
  readonly alerts: readonly DeclaredAlert[];
  readonly objectives: readonly UpheldObjective[];
}

/** What labels hold in this organisation, as the stack sees it, so that made-up values are about real items. */
export function generatedWorld(facts: WorldFacts, stack: string, classId: string | null, seed: number): GeneratedWorld {
  const below = stacksBelow(facts.stacks, stack);
  const sites = below.map(({ site }) => site);
  const seen = facts.items.filter(({ site }) => sites.includes(site));
  const items = seen.filter((item) => classId === null || item.class === classId);
  const classes = new Set(seen.map((item) => item.class));
  return {
    seed,
    labels: {
      site: sites,
      item: items.map(({ id }) => id),
      class: [...classes],
      tier: facts.organisation.tiers.map(({ id }) => id),
      team: facts.organisation.teams.map(({ id }) => id),
      severity: ['critical', 'warning'],
      alertname: facts.alerts.filter((alert) => classes.has(alert.class)).map(({ name }) => name),
      slo: facts.objectives.filter((one) => below.some(({ name }) => name === one.stack)).map(({ slo }) => slo.id),
      window: ['1h', '6h', '1d', '30d'],
      job: [...classes],
      mountpoint: ['/', '/var', '/data'],
      device: ['sda', 'eth0'],
      le: ['0.1', '0.5', '1', '5', '+Inf'],
    },
  };
}

/** Itself and those below it, at all depths. */
function stacksBelow(stacks: readonly DeclaredStack[], name: string): readonly DeclaredStack[] {
  const own = stacks.filter((stack) => stack.name === name);
  const children = stacks.filter(({ parent }) => parent === name);
  return [...own, ...children.flatMap((child) => stacksBelow(stacks, child.name))];
}
