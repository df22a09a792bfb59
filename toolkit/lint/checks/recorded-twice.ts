import { printSpan } from '../../diagnostics/index.ts';
import { type Selector, selectorsIn } from '../../languages/promql/index.ts';
import type { Check, PlacedProblem } from '../check.ts';
import type { LintContext } from '../lint-context.ts';
import type { Rule } from '../lint-input.ts';

export const check: Check = {
  code: 'recorded-twice',
  about: 'everything',
  severity: 'warning',
  summary: 'Two rules record one series',
  why: 'Both write samples with the same name and labels, and Prometheus keeps one of each pair and drops the other: which one, nobody knows.',
  hint: 'Give the rules names or labels that differ, or put the expressions together with `or`.',
  bad: '- record: job:up:sum\n  expr: sum by (job) (up)\n- record: job:up:sum\n  expr: count by (job) (up)\n',
  good: '- record: job:up:sum\n  expr: sum by (job) (up{zone="a"})\n  labels: {zone: a}\n- record: job:up:sum\n  expr: sum by (job) (up{zone="b"})\n  labels: {zone: b}\n',
  judge: (context) => [...context.recorded.values()].flatMap((rules) => twiceIn(rules, context)),
};

/** In one file: what several hold may be meant for servers of their own. */
function twiceIn(rules: readonly Rule[], context: LintContext): readonly PlacedProblem[] {
  if (rules.length === 1) return [];
  const alike = Map.groupBy(rules, ({ labels, file }) =>
    JSON.stringify([file.document.file, Object.entries(labels).sort()]),
  );
  return [...alike.values()].flatMap((same) =>
    same.flatMap((rule, index) => {
      const earlier = same.slice(0, index).find((other) => isOtherText(other, rule) && !areApart(other, rule, context));
      if (earlier === undefined) return [];
      const at = printSpan(earlier.document.positionOf(earlier.pointer));
      return [{ place: rule, text: `The rule at ${at} records ${rule.name} too, from another expression.` }];
    }),
  );
}

/** The same rule twice is told as such. */
function isOtherText(left: Rule, right: Rule): boolean {
  return left.expression.replaceAll(/\s+/g, ' ').trim() !== right.expression.replaceAll(/\s+/g, ' ').trim();
}

/** They look at series with other values of a label, so what they record differs in it, or is of other things at least. */
function areApart(left: Rule, right: Rule, { parse }: LintContext): boolean {
  const [one, other] = [left, right].map(({ expression }) => {
    const parsed = parse(expression);
    return parsed.kind === 'parsed' ? selectorsIn(parsed.expression) : [];
  });
  const asked = new Map(chosenBy(one ?? []));
  return chosenBy(other ?? []).some(([label, value]) => asked.has(label) && asked.get(label) !== value);
}

/** What the selectors ask of labels by name or pattern. */
function chosenBy(selectors: readonly Selector[]): readonly (readonly [string, string])[] {
  return selectors.flatMap(({ matchers }) => [
    ...matchers.filter(({ operator }) => /^=~?$/.test(operator)).map(({ label, value }) => [label, value] as const),
  ]);
}
