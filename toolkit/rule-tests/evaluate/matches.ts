import { type LabelMatcher, metricOf, type Selector } from '../../languages/promql/index.ts';
import { translatePattern } from '../../languages/promql/translate-pattern.ts';
import type { Labels } from './series.ts';

const patterns = new Map<string, RegExp>();

export function selects(selector: Selector, labels: Labels): boolean {
  const metric = metricOf(selector);
  if (metric !== null && labels.__name__ !== metric) return false;
  return selector.matchers.every((matcher) => matches(matcher, labels[matcher.label] ?? ''));
}

/** Patterns are anchored, as everywhere in Prometheus; a label that is not there is empty. */
export function matches({ operator, value }: Pick<LabelMatcher, 'operator' | 'value'>, text: string): boolean {
  switch (operator) {
    case '=':
      return text === value;
    case '!=':
      return text !== value;
    case '=~':
      return anchored(value).test(text);
    case '!~':
      return !anchored(value).test(text);
    default:
      return operator satisfies never;
  }
}

function anchored(value: string): RegExp {
  const known = patterns.get(value);
  if (known !== undefined) return known;
  const pattern = new RegExp(translatePattern(`^(?s:${value})$`), 'v');
  patterns.set(value, pattern);
  return pattern;
}
