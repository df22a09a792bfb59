import {
  type Expression,
  type LabelMatcher,
  metricOf,
  parseExpression,
  printExpression,
  rewriteExpression,
  type Selector,
  selectorsIn,
} from '../languages/promql/index.ts';
import type { Labels } from './series.ts';

/** A recording rule, as far as an expression that reads its series depends on it. */
export interface RecordedRule {
  readonly name: string;
  readonly expression: Expression;
  readonly labels: Labels;
}

export interface Expansion {
  readonly expression: Expression;
  /** Names of the recorded series whose rules stand in the expression now. */
  readonly expanded: readonly string[];
  /** Those that had to stay, with the reason in half a sentence. */
  readonly kept: readonly { readonly name: string; readonly reason: string }[];
}

/** More text than this no server takes gladly. */
const maxCharacters = 200_000;

/**
 * Puts recording rules into an expression in place of their series, so that it can be asked of a time in which nobody
 * recorded them:
 *
 *     job:up:ratio{job="a"} < 0.5      with   job:up:ratio = avg by (job) (up)
 *     (avg by (job) (up) and on (job) label_replace(vector(1), "job", "a", "", "")) < 0.5
 *
 * A range of a recorded series becomes a subquery with the interval of its evaluation.
 */
export function expandRecorded(
  expression: Expression,
  rules: readonly RecordedRule[],
  isExpanded: (name: string) => boolean,
  stepMs: number,
): Expansion {
  const byName = Map.groupBy(rules, ({ name }) => name);
  const expanded = new Set<string>();
  const kept = new Map<string, string>();
  const expand = (whole: Expression, outer: readonly string[]): Expression =>
    rewriteExpression(whole, (part) => {
      const selector = selectorOf(part);
      const name = selector === null ? null : metricOf(selector);
      const own = name === null ? undefined : byName.get(name);
      if (selector === null || name === null || own === undefined || !isExpanded(name)) return null;
      const reason = objectionTo(part, selector, outer.includes(name));
      if (reason !== null) {
        kept.set(name, reason);
        return null;
      }
      const inside = own.map((rule) => ({ ...rule, expression: expand(rule.expression, [...outer, name]) }));
      const text = replacement(part, selector, inside, stepMs);
      const parsed = text.length > maxCharacters ? null : parseExpression(text);
      if (parsed?.kind !== 'parsed') {
        kept.set(name, 'its rules are too long to stand in its place');
        return null;
      }
      expanded.add(name);
      return parsed.expression;
    });
  const result = expand(expression, []);
  return {
    expression: result,
    expanded: [...expanded].sort(),
    kept: [...kept]
      .map(([name, reason]) => ({ name, reason }))
      .sort((left, right) => (left.name < right.name ? -1 : 1)),
  };
}

/** Names of the recorded series that an expression reads, also through others. */
export function recordedNames(expression: Expression, rules: readonly RecordedRule[]): readonly string[] {
  const byName = Map.groupBy(rules, ({ name }) => name);
  const found = new Set<string>();
  const open = [expression];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const name of selectorsIn(next).map(metricOf)) {
      if (name === null || found.has(name) || !byName.has(name)) continue;
      found.add(name);
      open.push(...(byName.get(name) ?? []).map((rule) => rule.expression));
    }
  }
  return [...found].sort();
}

/** Of a selector that stands for itself, or in a range; one inside a range is met with its range. */
function selectorOf(part: Expression): Selector | null {
  if (part.kind === 'selector') return part;
  return part.kind === 'range' ? part.selector : null;
}

function objectionTo(part: Expression, selector: Selector, isInside: boolean): string | null {
  if (isInside) return 'it is recorded from itself';
  const moments = part.kind === 'range' ? [part.when, selector.when] : [selector.when];
  if (moments.some(({ offset, at, edges }) => offset !== null || at !== null || edges !== null))
    return 'it is read at another moment than that of the evaluation';
  return part.kind === 'range' && part.range.kind !== 'fixed' ? 'its range is known only when it is evaluated' : null;
}

const nothing = '(vector(1) unless vector(1))';

function replacement(part: Expression, selector: Selector, rules: readonly RecordedRule[], stepMs: number): string {
  const alternatives = rules.flatMap((rule) => {
    const [fixed, open] = partition(selector.matchers, ({ label }) => Object.hasOwn(rule.labels, label));
    if (!fixed.every((matcher) => matches(matcher, rule.labels[matcher.label] ?? ''))) return [];
    const labelled = Object.entries(rule.labels).reduce(withLabel, `(${printExpression(rule.expression)})`);
    return [open.filter(({ label }) => label !== '__name__').reduce(restricted, labelled)];
  });
  const instant = alternatives.length === 0 ? nothing : `(${alternatives.join(' or ')})`;
  if (part.kind !== 'range' || part.range.kind !== 'fixed') return instant;
  return `${instant}[${part.range.ms}ms:${stepMs}ms]`;
}

function withLabel(expression: string, [name, value]: readonly [string, string]): string {
  return `label_replace(${expression}, ${quote(name)}, ${quote(value.replaceAll('$', '$$$$'))}, "", "")`;
}

/** Keeps the series whose label is as a matcher wants it. There is no such operator, so a series stands for the value. */
function restricted(expression: string, { label, operator, value }: LabelMatcher): string {
  const wanted = `label_replace(vector(1), ${quote(label)}, ${quote(value.replaceAll('$', '$$$$'))}, "", "")`;
  if (operator === '=') return `(${expression} and on (${label}) ${wanted})`;
  if (operator === '!=') return `(${expression} unless on (${label}) ${wanted})`;
  // A pattern marks what it fits; the mark is compared and does not stay.
  const marked = `label_replace(${expression}, "__fits", "yes", ${quote(label)}, ${quote(value)})`;
  const fitting = `(${marked} and on (__fits) label_replace(vector(1), "__fits", "yes", "", ""))`;
  return `(${expression} ${operator === '=~' ? 'and' : 'unless'} ignoring (__fits) ${fitting})`;
}

function partition<Entry>(entries: readonly Entry[], isFirst: (entry: Entry) => boolean): [Entry[], Entry[]] {
  return [entries.filter(isFirst), entries.filter((entry) => !isFirst(entry))];
}

function matches({ operator, value }: LabelMatcher, text: string): boolean {
  const isEqual = operator.includes('~') ? new RegExp(`^(?:${value})$`, 's').test(text) : text === value;
  return operator.startsWith('!') ? !isEqual : isEqual;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
