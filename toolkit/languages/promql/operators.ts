import type { BinaryOperator } from './expression.ts';

/** How tightly an operator binds; only `^` groups from the right. */
export const precedence: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '</': 3,
  '>/': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  atan2: 5,
  '^': 6,
};

/** A sign takes what binds tighter than `*`: `-a ^ b` is `-(a ^ b)`. */
export const operandOfSign = precedence['^'];

const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);
const setOperators: ReadonlySet<string> = new Set(['and', 'or', 'unless']);

export function isComparison(operator: BinaryOperator): boolean {
  return comparisons.has(operator);
}

export function isSetOperator(operator: BinaryOperator): boolean {
  return setOperators.has(operator);
}

export interface AggregationFacts {
  readonly parameter: 'scalar' | 'string' | null;
  readonly isExperimental?: true;
  /** The series themselves are the result, with all their labels. */
  readonly keepsSeries?: true;
}

export const aggregations: ReadonlyMap<string, AggregationFacts> = new Map<string, AggregationFacts>([
  ['avg', { parameter: null }],
  ['bottomk', { parameter: 'scalar', keepsSeries: true }],
  ['count', { parameter: null }],
  ['count_values', { parameter: 'string' }],
  ['group', { parameter: null }],
  ['limitk', { parameter: 'scalar', keepsSeries: true, isExperimental: true }],
  ['limit_ratio', { parameter: 'scalar', keepsSeries: true, isExperimental: true }],
  ['max', { parameter: null }],
  ['min', { parameter: null }],
  ['quantile', { parameter: 'scalar' }],
  ['stddev', { parameter: null }],
  ['stdvar', { parameter: null }],
  ['sum', { parameter: null }],
  ['topk', { parameter: 'scalar', keepsSeries: true }],
]);

/** Words that are no function when a parenthesis follows them. In any case of letters. */
export const wordsBeforeParentheses: ReadonlySet<string> = new Set([
  ...aggregations.keys(),
  ...['by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'bool', 'offset'],
  ...['and', 'or', 'unless', 'atan2', 'fill', 'fill_left', 'fill_right', 'inf', 'nan'],
]);
