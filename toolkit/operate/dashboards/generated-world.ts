import type { ConfigurationItem, Organisation } from '../../model/index.ts';
import { type GeneratedAlarm, type GeneratedWorld, hashOf } from '../../render-dashboard/index.ts';
import type { DeclaredCollection } from '../agents/describe-collection.ts';
import type { DeclaredAlert, DeclaredStack, UpheldObjective } from '../session-messages.ts';

export interface WorldFacts {
  readonly organisation: Organisation;
  readonly stacks: readonly DeclaredStack[];
  readonly items: readonly ConfigurationItem[];
  readonly alerts: readonly DeclaredAlert[];
  readonly objectives: readonly UpheldObjective[];
  readonly collection: readonly Pick<DeclaredCollection, 'class' | 'source'>[];
}

/** What labels hold in this organisation, as the stack sees it, so that made-up values are about real items. */
export function generatedWorld(facts: WorldFacts, stack: string, classId: string | null, seed: number): GeneratedWorld {
  const below = stacksBelow(facts.stacks, stack);
  const sites = below.map(({ site }) => site);
  const seen = facts.items.filter(({ site, stage }) => sites.includes(site) && stage === 'in-service');
  const items = seen.filter((item) => classId === null || item.class === classId);
  const classes = [...new Set(seen.map((item) => item.class))];
  return {
    seed,
    items: items.map((item) => labelsOf(item, facts)),
    alarms: alarmsOf(items, facts, seed),
    labels: {
      site: sites,
      class: classes,
      severity: ['critical', 'warning'],
      slo: facts.objectives.filter((one) => below.some(({ name }) => name === one.stack)).map(({ slo }) => slo.id),
      window: ['1h', '6h', '1d', '30d'],
      job: jobsOf(facts, classes),
      mountpoint: ['/', '/var', '/data'],
      device: ['sda', 'eth0'],
      le: ['0.1', '0.5', '1', '5', '+Inf'],
    },
  };
}

/** What collects, as Prometheus calls it: `host-node`. */
function jobsOf({ collection }: WorldFacts, classes: readonly string[]): readonly string[] {
  const collected = collection.filter((one) => classes.includes(one.class));
  return [...new Set(collected.map((one) => `${one.class}-${one.source}`))];
}

function labelsOf(item: ConfigurationItem, { organisation }: WorldFacts): Readonly<Record<string, string>> {
  const tier = organisation.sites.find(({ id }) => id === item.site)?.tier ?? '';
  return { item: item.id, class: item.class, site: item.site, team: item.owner, tier };
}

/** One that is critical and two warnings, or as many as there are items; each an alert that its class has. */
function alarmsOf(items: readonly ConfigurationItem[], facts: WorldFacts, seed: number): readonly GeneratedAlarm[] {
  const drawn = items.toSorted((left, right) => hashOf(`${seed}${left.id}`) - hashOf(`${seed}${right.id}`));
  return drawn.slice(0, alarmTimes.length).flatMap((item, index) => {
    const severity = index === 0 ? 'critical' : 'warning';
    const alerts = facts.alerts.filter((alert) => alert.class === item.class && alert.severity === severity);
    const alert = alerts[hashOf(`${seed}${item.id}`) % Math.max(1, alerts.length)];
    if (alert === undefined) return [];
    const labels = { ...labelsOf(item, facts), alertname: alert.name, severity };
    return [{ labels, severity, forMs: alarmTimes[index] ?? 0 }];
  });
}

const hourMs = 3_600_000;
/** How long ago each of them began. */
const alarmTimes: readonly number[] = [0.4 * hourMs, 2.5 * hourMs, 7 * hourMs];

/** Itself and those below it, at all depths. */
function stacksBelow(stacks: readonly DeclaredStack[], name: string): readonly DeclaredStack[] {
  const own = stacks.filter((stack) => stack.name === name);
  const children = stacks.filter(({ parent }) => parent === name);
  return [...own, ...children.flatMap((child) => stacksBelow(stacks, child.name))];
}
