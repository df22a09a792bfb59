import {
  type InhibitRule,
  type Matcher,
  matchesShape,
  parseAlertmanager,
} from '../../../toolkit/languages/alert-routing/index.ts';
import { addressFields, type Resource } from '../../../toolkit/model/index.ts';

/** While this alert fires for another item, nobody is told of those of an item that needs it. */
export interface HeldBack {
  readonly alerts: readonly string[];
  readonly item: string;
}

/** What keeps an item's alerts from being told, at the control points that operate it: what it depends on is down. */
export function heldBackBy(
  item: string,
  stacks: ReadonlySet<string>,
  resources: readonly Resource[],
): readonly HeldBack[] {
  const rules = resources
    .filter(({ type, address }) => type === 'alertmanager-config' && stacks.has(addressFields(address).stack))
    .flatMap(({ spec }) => parseAlertmanager(spec.config).config.inhibitRules);
  const holding = rules.filter(({ target }) => isAboutItem(target, item)).flatMap(sourcesOf);
  return [...Map.groupBy(holding, ({ item: source }) => source)].map(([source, found]) => ({
    alerts: [...new Set(found.map(({ alert }) => alert))],
    item: source,
  }));
}

function isAboutItem(target: readonly Matcher[], item: string): boolean {
  return target.some(({ label }) => label === 'item') && matchesShape(target, { ...openShape(target), item }) !== 'no';
}

function openShape(matchers: readonly Matcher[]): Readonly<Record<string, null>> {
  return Object.fromEntries(matchers.map(({ label }) => [label, null]));
}

/** Ours name one item, and one alert or several. */
function sourcesOf({ source }: InhibitRule): readonly { readonly alert: string; readonly item: string }[] {
  const named = (wanted: string) => source.find(({ label }) => label === wanted)?.value ?? '';
  const [alerts, item] = [named('alertname'), named('item')];
  return item === '' ? [] : alerts.split('|').map((alert) => ({ alert, item }));
}
