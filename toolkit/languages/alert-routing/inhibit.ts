import type { InhibitRule } from './config.ts';
import { type LabelSet, labelValue } from './label-set.ts';
import { indexMatchers } from './matcher-index.ts';
import { matchesAll } from './matchers.ts';

/** Why an alert is not told: by the first rule that holds it back, which is where Alertmanager stops looking. */
export interface Inhibition {
  readonly rule: InhibitRule;
  /** Positions of all firing alerts that do so; Alertmanager names any one of them. */
  readonly by: readonly number[];
}

/**
 * For each of the firing alerts, what holds it back, or null. Labels that both sides lack are equal. An alert that is on
 * both sides of a rule is not held back by another one that is too, so neither by itself.
 *
 * Releases from 0.30 on keep a single source alert for each set of equal labels. Where that one is on both sides, they
 * may tell an alert on both sides although another source holds it back here: `findInhibitionFacts` shows such rules.
 */
export function findInhibitions(
  rules: readonly InhibitRule[],
  firing: readonly LabelSet[],
): readonly (Inhibition | null)[] {
  const sources = indexSources(rules, firing);
  const targets = indexMatchers(rules.map(({ target }) => target));
  return firing.map((labels) => {
    for (const position of targets.matching(labels)) {
      const rule = rules[position];
      if (rule === undefined) continue;
      const by = inhibitorsOf(rule, sources[position]?.get(equalKey(rule, labels)) ?? [], labels, firing);
      if (by.length > 0) return { rule, by };
    }
    return null;
  });
}

/** For each rule, the alerts of its source side by what they have to agree on. */
function indexSources(rules: readonly InhibitRule[], firing: readonly LabelSet[]): readonly Map<string, number[]>[] {
  const sources = rules.map(() => new Map<string, number[]>());
  const index = indexMatchers(rules.map(({ source }) => source));
  for (const [alert, labels] of firing.entries()) {
    for (const position of index.matching(labels)) {
      const [rule, byKey] = [rules[position], sources[position]];
      if (rule === undefined || byKey === undefined) continue;
      const key = equalKey(rule, labels);
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, [alert]);
      else known.push(alert);
    }
  }
  return sources;
}

function equalKey({ equal }: InhibitRule, labels: LabelSet): string {
  return JSON.stringify(equal.map((name) => labelValue(labels, name)));
}

function inhibitorsOf(
  { source, target }: InhibitRule,
  agreeing: readonly number[],
  labels: LabelSet,
  firing: readonly LabelSet[],
): readonly number[] {
  if (!matchesAll(source, labels)) return agreeing;
  return agreeing.filter((alert) => !matchesAll(target, firing[alert] ?? {}));
}
