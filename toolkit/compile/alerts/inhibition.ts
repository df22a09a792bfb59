import { type Alert, type ConfigurationItem, findRelationType, type JsonObject } from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { downAlerts } from './rules.ts';

/**
 * Which alerts say nothing new while another fires. Only notification is held back; evaluation and resolution go on.
 * Two sources: an alert that supersedes a milder one of the same item, and relations whose far end takes the near end
 * down with it, followed to the end, so that one failed host pages once and not for all that runs on it. A tier above hears of the tiers below, so it holds
 * back what they hold back; by item, so that what escalated is held back with the rest.
 */
export function compileInhibition(operated: OperatedStack): readonly JsonObject[] {
  return [...superseding(operated), ...byRelation(operated)];
}

function superseding({ catalogue, monitored, below }: OperatedStack): readonly JsonObject[] {
  const classes = new Set([...monitored, ...below].map((item) => item.class));
  const packs = catalogue.alerts.filter((pack) => classes.has(pack.class.id));
  return packs.flatMap((pack) =>
    Object.values(pack.alerts).flatMap((alert: Alert) => {
      const milder = alert.supersedes === undefined ? undefined : pack.alerts[alert.supersedes];
      if (milder === undefined) return [];
      const parts = pack.class.signals[alert.signal]?.partLabels ?? [];
      return [
        {
          source_matchers: [`alertname="${alert.name}"`],
          target_matchers: [`alertname="${milder.name}"`],
          equal: ['item', ...parts],
        },
      ];
    }),
  );
}

function byRelation(operated: OperatedStack): readonly JsonObject[] {
  const dependants = dependantsByItem(operated);
  return [...dependants.keys()].sort().flatMap((id) => {
    const item = operated.allItems.get(id);
    const alerts = item === undefined ? [] : downAlerts(operated.catalogue.alerts, item.class);
    if (alerts.length === 0) return [];
    const victims = [...reachable(id, dependants)].sort();
    return [
      {
        source_matchers: [matcher('alertname', alerts), `item="${id}"`],
        target_matchers: [matcher('item', victims)],
      },
    ];
  });
}

/** For each item whose alerts arrive here, what fails with it at once; only monitored items raise alerts at all. */
function dependantsByItem({ monitored, below }: OperatedStack): ReadonlyMap<string, readonly string[]> {
  const heard = [...monitored, ...below];
  const here = new Set(heard.map((item) => item.id));
  const dependants = new Map<string, string[]>();
  for (const item of heard) {
    for (const foundation of foundationsOf(item)) {
      if (!here.has(foundation)) continue;
      const known = dependants.get(foundation);
      if (known === undefined) dependants.set(foundation, [item.id]);
      else known.push(item.id);
    }
  }
  return dependants;
}

function foundationsOf(item: ConfigurationItem): readonly string[] {
  return item.relations.filter(({ type }) => findRelationType(type)?.type.impact === 'to-from').map(({ to }) => to);
}

function reachable(start: string, dependants: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...(dependants.get(start) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    // A ring of dependencies must not let an item inhibit its own alert.
    if (found.has(next) || next === start) continue;
    found.add(next);
    waiting.push(...(dependants.get(next) ?? []));
  }
  return found;
}

function matcher(label: string, values: readonly string[]): string {
  const [only] = values;
  if (values.length === 1) return `${label}="${only}"`;
  return `${label}=~"${values.map(escapeForRegex).join('|')}"`;
}

function escapeForRegex(value: string): string {
  return value.replaceAll(/[\\^$.|?+*()[\]{}]/g, '\\\\$&');
}
