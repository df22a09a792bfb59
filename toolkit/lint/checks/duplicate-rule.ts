import { printSpan } from '../../diagnostics/index.ts';
import type { Check, Problem } from '../check.ts';
import type { Rule } from '../lint-input.ts';

export const check: Check = {
  code: 'duplicate-rule',
  about: 'rule-file',
  severity: 'warning',
  summary: 'Rule written twice',
  why: 'Two recording rules write the same series and their samples clash; two equal alerts are one alert that costs twice.',
  hint: 'Delete one of the two, or give them labels that differ.',
  bad: '- record: job:up:sum\n  expr: sum by (job) (up)\n- record: job:up:sum\n  expr: sum by (job) (up)\n',
  good: '- record: job:up:sum\n  expr: sum by (job) (up)\n- record: site:up:sum\n  expr: sum by (site) (up)\n',
  judge: ({ groups, pointer }) => {
    const byName = Map.groupBy(
      groups.flatMap(({ rules }) => rules),
      ({ name }) => name,
    );
    return [...byName.values()].flatMap((rules) => (rules.length === 1 ? [] : duplicatesIn(rules, pointer)));
  },
};

function duplicatesIn(rules: readonly Rule[], pointer: string): readonly Problem[] {
  const first = new Map<string, Rule>();
  return rules.flatMap((rule) => {
    const key = keyOf(rule);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, rule);
    if (earlier === undefined) return [];
    const at = printSpan(earlier.document.positionOf(earlier.pointer));
    return [{ text: `The same rule stands at ${at}.`, pointer: rule.pointer.slice(pointer.length) }];
  });
}

function keyOf({ kind, name, labels, expression, forMs }: Rule): string {
  const sorted = Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([kind, name, sorted, expression.replaceAll(/\s+/g, ' ').trim(), forMs]);
}
