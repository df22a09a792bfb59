import type { Expression, ValueType } from '../expression.ts';
import { type FunctionTable, promqlFunctions } from '../functions.ts';
import {
  type InstantQuery,
  nowhere,
  numberLiteral,
  type Query,
  query,
  type RangeQuery,
  type ScalarQuery,
} from './query.ts';

/** What a function takes for an argument of each type. */
interface Arguments {
  readonly scalar: ScalarQuery | number;
  readonly string: string;
  readonly instant: InstantQuery;
  readonly range: RangeQuery;
}

type GivenFor<Types extends readonly ValueType[]> = { readonly [Index in keyof Types]: Arguments[Types[Index]] };

type Returned<Facts> = Facts extends { readonly returns: 'scalar' } ? ScalarQuery : InstantQuery;

/** Functions that have all their arguments, always; the others have a function of their own here. */
type PlainFunction = {
  [Name in keyof FunctionTable]: FunctionTable[Name] extends { readonly optional: unknown } ? never : Name;
}[keyof FunctionTable];

/** Any function by its name: `call('clamp_max', x, 1)`. Arguments of a wrong type do not compile. */
export function call<Name extends PlainFunction>(
  name: Name,
  ...args: GivenFor<FunctionTable[Name]['args']>
): Returned<FunctionTable[Name]> {
  const given = (args as readonly (Query<ValueType> | number | string)[]).map(argument);
  const type = promqlFunctions.get(name)?.returns ?? 'instant';
  const expression: Expression = { kind: 'call', type, name, args: given, span: nowhere };
  return query(type, expression) as unknown as Returned<FunctionTable[Name]>;
}

function argument(value: Query<ValueType> | number | string): Expression {
  if (typeof value === 'number') return numberLiteral(value);
  return typeof value === 'string' ? { kind: 'string', type: 'string', value, span: nowhere } : value.expression;
}

/** Keeps the labels of its vector, but for the name of the metric. */
function overRange(name: PlainFunction) {
  return <Labels extends string>(range: RangeQuery<Labels>): InstantQuery<Labels> =>
    query('instant', { kind: 'call', type: 'instant', name, args: [range.expression], span: nowhere });
}

/** How fast a counter grows in a second, on the average of the range. */
export const rate = overRange('rate');
/** How much a counter has grown in the range. */
export const increase = overRange('increase');
/** How much a gauge has changed in the range. */
export const delta = overRange('delta');
/** How fast a gauge changes in a second, by linear regression. */
export const deriv = overRange('deriv');
/** How often the value has changed in the range. */
export const changes = overRange('changes');
/** How often a counter was set back in the range. */
export const resets = overRange('resets');
/** The mean of the range. */
export const avgOverTime = overRange('avg_over_time');
/** The least value of the range. */
export const minOverTime = overRange('min_over_time');
/** The greatest value of the range. */
export const maxOverTime = overRange('max_over_time');
/** The sum of the samples of the range. */
export const sumOverTime = overRange('sum_over_time');
/** How many samples the range has. */
export const countOverTime = overRange('count_over_time');
/** The last sample of the range. */
export const lastOverTime = overRange('last_over_time');
/** 1 where the range has no sample. */
export const absentOverTime = overRange('absent_over_time');

/** The value that a series would have so many seconds from now. */
export function predictLinear<Labels extends string>(range: RangeQuery<Labels>, seconds: number): InstantQuery<Labels> {
  const args = [range.expression, numberLiteral(seconds)];
  return query('instant', { kind: 'call', type: 'instant', name: 'predict_linear', args, span: nowhere });
}

/** Of buckets that still have their label `le`, which the result does not have. */
export function histogramQuantile<Labels extends string>(
  quantile: number,
  buckets: InstantQuery<Labels>,
): InstantQuery<string extends Labels ? string : Exclude<Labels, 'le'>> {
  const args = [numberLiteral(quantile), buckets.expression];
  return query('instant', { kind: 'call', type: 'instant', name: 'histogram_quantile', args, span: nowhere });
}
