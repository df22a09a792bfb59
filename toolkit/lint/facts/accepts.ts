import type { LabelMatcher } from '../../languages/promql/index.ts';
import { compilePattern } from './compile-pattern.ts';

/** Whether a matcher of PromQL takes a value; a pattern that cannot be read takes any. */
export function accepts({ operator, value }: Pick<LabelMatcher, 'operator' | 'value'>, held: string): boolean {
  if (operator === '=') return held === value;
  if (operator === '!=') return held !== value;
  const pattern = compilePattern(value);
  return pattern === null || pattern(held) === (operator === '=~');
}
