import { itemLabels } from '../../../toolkit/compile/operated-stack.ts';
import {
  type AlertShape,
  type ApiMatcher,
  fromApiSilence,
  type Matcher,
  matchesShape,
} from '../../../toolkit/languages/alert-routing/index.ts';
import type { ConfigurationItem, JsonObject, Resource } from '../../../toolkit/model/index.ts';

/** A declared silence that keeps people from hearing of an item. */
export interface ItemSilence {
  readonly address: string;
  /** Null where all alerts of the item are silent. */
  readonly alerts: readonly string[] | null;
  /** Null: from when it was applied. */
  readonly from: string | null;
  readonly until: string;
  readonly owner: string;
  readonly reason: string;
  readonly change: string;
}

/** Alerts of an item, as the control points that operate it tell them. */
export interface AlertsOfItem {
  readonly item: ConfigurationItem;
  readonly stacks: Iterable<string>;
  readonly alerts: readonly string[];
}

/** What only a series says of an alert, and its severity, may be anything. */
export function silencesOfItem(
  { item, stacks, alerts }: AlertsOfItem,
  resources: readonly Resource[],
): readonly ItemSilence[] {
  const { tier: _, ...known } = itemLabels(item, 'L1');
  return resources.flatMap(({ type, address, spec }) => {
    if (type !== 'alertmanager-silence') return [];
    const matchers = matchersOf(spec);
    const open: AlertShape = Object.fromEntries(matchers.map(({ label }) => [label, null]));
    const isSilent = (alertname: string) =>
      [...stacks].some((stack) => matchesShape(matchers, { ...open, ...known, stack, alertname }) !== 'no');
    const silent = alerts.filter(isSilent);
    if (silent.length === 0) return [];
    const text = (field: string) => String(spec[field] ?? '');
    return [
      {
        address,
        alerts: silent.length === alerts.length ? null : silent,
        from: spec.startsAt === undefined ? null : text('startsAt'),
        ...{ until: text('endsAt'), owner: text('owner'), reason: text('reason'), change: text('change') },
      },
    ];
  });
}

function matchersOf({ matchers }: JsonObject): readonly Matcher[] {
  const nothingElse = { startsAt: '', endsAt: '', createdBy: '', comment: '' };
  return fromApiSilence({ ...nothingElse, matchers: matchers as unknown as readonly ApiMatcher[] }).matchers;
}
