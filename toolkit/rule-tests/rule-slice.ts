import { metricOf, type Selector, selectorsIn } from '../languages/promql/index.ts';
import { matches } from './evaluate/matches.ts';
import type { Rule } from './read-rules.ts';

/** Series that Prometheus itself writes for every alert. */
const alertSeries = new Set(['ALERTS', 'ALERTS_FOR_STATE']);

export interface SliceOptions {
  /**
   * Take `ALERTS` for series that a test gives, so that an alert about alerts needs none of them. Without it, the alerts
   * that such a selector means belong to the slice.
   */
  readonly alertsAreInput: boolean;
}

/**
 * The rules that some rules depend on, and they themselves, in the order of their files: promtool evaluates every rule
 * of every file that a test names, so a test is given these and no others.
 */
export function sliceRules(wanted: readonly Rule[], all: readonly Rule[], options: SliceOptions): readonly Rule[] {
  const taken = new Set<Rule>(wanted);
  const open = [...wanted];
  for (let rule = open.pop(); rule !== undefined; rule = open.pop()) {
    for (const needed of neededBy(rule, all, options)) {
      if (taken.has(needed)) continue;
      taken.add(needed);
      open.push(needed);
    }
  }
  return all.filter((rule) => taken.has(rule));
}

function neededBy(rule: Rule, all: readonly Rule[], options: SliceOptions): readonly Rule[] {
  const selectors = selectorsIn(rule.expression);
  return all.filter((other) => selectors.some((selector) => gives(other, selector, options)));
}

/** Whether a selector may take what a rule writes. */
function gives(rule: Rule, selector: Selector, { alertsAreInput }: SliceOptions): boolean {
  const metric = metricOf(selector);
  const isOfAlerts = metric !== null && alertSeries.has(metric);
  if (rule.kind === 'alert' && (alertsAreInput || !isOfAlerts)) return false;
  if (rule.kind === 'record' && metric !== null && metric !== rule.name) return false;
  const fixed: Readonly<Record<string, string>> =
    rule.kind === 'alert' ? { ...rule.labels, alertname: rule.name } : { ...rule.labels, __name__: rule.name };
  return selector.matchers.every((matcher) => {
    const value = fixed[matcher.label];
    return value === undefined || matches(matcher, value);
  });
}

/** Whether a selector takes what some rule of the slice records: its series are then not for a test to give. */
export function isRecorded(selector: Selector, slice: readonly Rule[]): boolean {
  const metric = metricOf(selector);
  return metric !== null && slice.some((rule) => rule.kind === 'record' && rule.name === metric);
}
