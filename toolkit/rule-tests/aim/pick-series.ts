import { type LabelMatcher, metricOf, type Selector } from '../../languages/promql/index.ts';
import { matches } from '../evaluate/matches.ts';
import type { Labels } from '../evaluate/series.ts';

/** Whose series they are: the labels of the targets, and those that tell parts of an item apart. */
export interface Subject {
  readonly targets: readonly Labels[];
  readonly parts: Labels;
}

/** Labels of a series that a selector takes and that this item could have; null where it can have none. */
export function pickSeries(selector: Selector, { targets, parts }: Subject): Labels | null {
  const named = selector.matchers.find(({ label, operator }) => label === '__name__' && operator === '=~');
  const metric = metricOf(selector) ?? (named === undefined ? null : valueFor(named));
  if (metric === null) return null;
  for (const target of targets) {
    const labels = satisfy(selector.matchers, { ...parts, ...target, __name__: metric }, target);
    if (labels !== null) return labels;
  }
  return null;
}

function satisfy(matchers: readonly LabelMatcher[], start: Labels, fixed: Labels): Labels | null {
  let labels: Labels = start;
  for (const matcher of matchers.filter(({ label }) => label !== '__name__')) {
    if (matches(matcher, labels[matcher.label] ?? '')) continue;
    if (matcher.label in fixed) return null;
    const value = valueFor(matcher);
    if (value === null) return null;
    labels = { ...labels, [matcher.label]: value };
  }
  const all = matchers.filter(({ label }) => label !== '__name__');
  return all.every((matcher) => matches(matcher, labels[matcher.label] ?? '')) ? labels : null;
}

/** A value that a matcher takes. */
function valueFor(matcher: Pick<LabelMatcher, 'operator' | 'value'>): string | null {
  const candidates = [...literalsOf(matcher), 'other', '1', ''];
  return candidates.find((value) => matches(matcher, value)) ?? null;
}

/** A value that a matcher does not take, and that says so. */
export function valueAgainst(matcher: Pick<LabelMatcher, 'operator' | 'value'>): string | null {
  const candidates = ['another', ...literalsOf(matcher)].filter((value) => value !== '');
  return candidates.find((value) => !matches(matcher, value)) ?? null;
}

function literalsOf({ operator, value }: Pick<LabelMatcher, 'operator' | 'value'>): readonly string[] {
  if (operator === '=' || operator === '!=') return [value];
  // `idle in transaction.*` and `lo|veth.*` give what is left of each alternative without its wildcards.
  const plain = value.replaceAll(/^\(|\)$/g, '').split('|');
  return plain.flatMap((part) => [
    part.replaceAll(/\\(.)/g, '$1'),
    part.replaceAll(/(\.[*+?]|[*+?^$()[\]\\])/g, ''),
    part.replaceAll(/\.[*+]/g, '0'),
  ]);
}
