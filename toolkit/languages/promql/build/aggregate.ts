import type { Aggregation, Expression, Grouping } from '../expression.ts';
import { type InstantQuery, nowhere, numberLiteral, query } from './query.ts';

/** Which labels the groups of an aggregation are made by. */
export interface By<Labels extends string> {
  readonly kind: 'by';
  readonly labels: readonly Labels[];
}

export interface Without<Labels extends string> {
  readonly kind: 'without';
  readonly labels: readonly Labels[];
}

/** Groups by these labels, which the result has: `sum(x, by('item'))`. */
export function by<Labels extends string>(...labels: readonly Labels[]): By<Labels> {
  return { kind: 'by', labels };
}

/** Groups by all labels but these: what an alert needs that has to know its item, `sum(x, without('cpu'))`. */
export function without<Labels extends string>(...labels: readonly Labels[]): Without<Labels> {
  return { kind: 'without', labels };
}

/** One function for each aggregation: of all series, of groups by some labels, or of groups without some. */
interface Aggregate {
  <Labels extends string>(of: InstantQuery<Labels>): InstantQuery<never>;
  <Labels extends string, Kept extends Labels>(of: InstantQuery<Labels>, groups: By<Kept>): InstantQuery<Kept>;
  <Labels extends string, Gone extends Labels>(
    of: InstantQuery<Labels>,
    groups: Without<Gone>,
  ): InstantQuery<string extends Labels ? string : Exclude<Labels, Gone>>;
}

function aggregate(operator: string): Aggregate {
  const apply = (of: InstantQuery, groups?: By<string> | Without<string>): InstantQuery<never> =>
    query('instant', aggregation(operator, of.expression, null, groups));
  return apply as Aggregate;
}

/** The sum of each group. */
export const sum = aggregate('sum');
/** The mean of each group. */
export const avg = aggregate('avg');
/** The least value of each group. */
export const min = aggregate('min');
/** The greatest value of each group. */
export const max = aggregate('max');
/** How many series each group has. */
export const count = aggregate('count');
/** 1 for each group. */
export const group = aggregate('group');

/** The series with the greatest values; they keep their labels. */
export function topk<Labels extends string>(limit: number, of: InstantQuery<Labels>): InstantQuery<Labels> {
  return query('instant', aggregation('topk', of.expression, numberLiteral(limit)));
}

/** The series with the least values; they keep their labels. */
export function bottomk<Labels extends string>(limit: number, of: InstantQuery<Labels>): InstantQuery<Labels> {
  return query('instant', aggregation('bottomk', of.expression, numberLiteral(limit)));
}

function aggregation(
  operator: string,
  operand: Expression,
  parameter: Expression | null,
  groups?: By<string> | Without<string>,
): Aggregation {
  const grouping: Grouping | null = groups === undefined ? null : { ...groups, span: nowhere };
  return { kind: 'aggregation', type: 'instant', operator, grouping, parameter, operand, span: nowhere };
}
