import { type AlertShape, type Certainty, matchesShape } from '../../languages/alert-routing/alert-shape.ts';
import type { Matcher } from '../../languages/alert-routing/matchers.ts';
import { type AlertSeverity, isJsonObject, type JsonObject, type Resource, type Stack } from '../../model/index.ts';
import { itemLabels, itemsOfClass, type OperatedStack } from '../operated-stack.ts';
import { watchdogAlert } from '../watchdog.ts';

/** Alerts of which a silence keeps people from hearing. */
export interface HiddenAlerts {
  /** By name; the most urgent severity that each may have. */
  readonly alerts: ReadonlyMap<string, string>;
  readonly items: ReadonlySet<string>;
  readonly watchdog: boolean;
}

/** `rules` are those of the control point. What only a series can say of a label may be anything. */
export function hiddenAlerts(
  operated: OperatedStack,
  matchers: readonly Matcher[],
  rules: readonly Resource[],
): HiddenAlerts {
  const alerts = new Map<string, string>();
  const items = new Set<string>();
  const named = new Set<string>();
  for (const { alert, labels, partLabels } of classAlerts(operated)) {
    named.add(alert.name);
    const open = Object.fromEntries(partLabels.map((label) => [label, null]));
    if (matchesShape(matchers, { ...open, ...labels }) === 'no') continue;
    alerts.set(alert.name, mostUrgent(alerts.get(alert.name), alert.severity));
    items.add(labels.item ?? '');
  }
  const others = rules.flatMap(alertingRules).filter(({ name }) => !named.has(name));
  for (const { name, labels } of others) {
    if (name === watchdogAlert || fits(matchers, { ...labels, ...externalLabels(operated.stack) }) === 'no') continue;
    alerts.set(name, mostUrgent(alerts.get(name), labels.severity ?? ''));
  }
  const ofWatchdog = { alertname: watchdogAlert, severity: 'info', ...externalLabels(operated.stack) };
  return { alerts, items, watchdog: matchesShape(matchers, ofWatchdog) === 'yes' };
}

/** `HostDown (critical), DiskFull (warning) and 12 more of 3 items` */
export function describeHidden({ alerts, items }: HiddenAlerts): string {
  const sorted = [...alerts].sort((left, right) => orderOf(left) - orderOf(right) || (left[0] < right[0] ? -1 : 1));
  const critical = sorted.filter(([, severity]) => severity === 'critical').length;
  const shown = sorted.slice(0, listedAtMost).map(([name, severity]) => `${name} (${severity || 'no severity'})`);
  const more = sorted.length - shown.length;
  const names = [shown.join(', '), ...(more > 0 ? [`${more} more`] : [])].join(' and ');
  const share = more > 0 && critical > 0 ? `, ${critical} of them critical` : '';
  return `${names}${share}${items.size === 0 ? '' : `, of ${items.size} ${items.size === 1 ? 'item' : 'items'}`}`;
}

const listedAtMost = 4;
const urgency: readonly string[] = ['critical', 'warning', 'info'] satisfies readonly AlertSeverity[];

function orderOf([, severity]: readonly [string, string]): number {
  const rank = urgency.indexOf(severity);
  return rank < 0 ? urgency.length : rank;
}

function mostUrgent(known: string | undefined, severity: string): string {
  return known !== undefined && orderOf(['', known]) <= orderOf(['', severity]) ? known : severity;
}

function* classAlerts(operated: OperatedStack) {
  const { stack, catalogue } = operated;
  for (const pack of catalogue.alerts) {
    for (const item of itemsOfClass(operated, pack.class.id)) {
      for (const alert of Object.values(pack.alerts)) {
        const partLabels = pack.class.signals[alert.signal]?.partLabels ?? [];
        const own = { alertname: alert.name, severity: alert.severity, ...alert.labels };
        const labels: Readonly<Record<string, string>> = {
          ...externalLabels(stack),
          ...itemLabels(item, stack.tier),
          ...own,
        };
        yield { alert, labels, partLabels };
      }
    }
  }
}

function externalLabels({ name, tier, site }: Stack) {
  return { stack: name, tier, site };
}

function alertingRules({ type, address, spec }: Resource) {
  if (type !== 'prometheus-rules' || address.endsWith('/escalation') || !isJsonObject(spec.group)) return [];
  const rules = Array.isArray(spec.group.rules) ? spec.group.rules.filter(isJsonObject) : [];
  return rules.flatMap((rule) =>
    typeof rule.alert === 'string' ? [{ name: rule.alert, labels: labelsOf(rule, rule.alert) }] : [],
  );
}

function labelsOf({ labels = {} }: JsonObject, alertname: string): Readonly<Record<string, string>> {
  return { ...(labels as Readonly<Record<string, string>>), alertname };
}

/** A label that the rule does not set comes from its series; whether that is the one of the silence, nobody knows here. */
function fits(matchers: readonly Matcher[], labels: Readonly<Record<string, string>>): Certainty {
  const shape: AlertShape = { ...Object.fromEntries(matchers.map(({ label }) => [label, null])), ...labels };
  const isOfItems = matchers.some(({ label }) => label === 'item') && labels.item === undefined;
  return isOfItems ? 'no' : matchesShape(matchers, shape);
}
