import { readDuration } from '../duration.ts';
import type { Duration, Expression, NumberLiteral, Span, ValueType } from '../expression.ts';
import { printExpression } from '../print-expression.ts';

declare const labels: unique symbol;

/**
 * PromQL that is being written in TypeScript: of which type it is, and which labels its series have, is known to the
 * compiler, so `rate` of an instant vector and a `by` of a label that was summed away do not compile. As a text it is the
 * expression: `${rate(over(metric('up'), '5m'))}`.
 */
export interface Query<Type extends ValueType, Labels extends string = string> {
  readonly type: Type;
  readonly expression: Expression;
  /** For the compiler only. */
  readonly [labels]?: Labels;
  toString(): string;
}

/** One value for each series, now. */
export type InstantQuery<Labels extends string = string> = Query<'instant', Labels>;
/** The samples of a time for each series, of which functions such as `rate` make one value. */
export type RangeQuery<Labels extends string = string> = Query<'range', Labels>;
/** One number, without labels. */
export type ScalarQuery = Query<'scalar', never>;

/** `30s`, `5m`, `1d`. */
export type DurationText = `${number}${'ms' | 's' | 'm' | 'h' | 'd' | 'w' | 'y'}`;

/** What is built has no place in a text. */
export const nowhere: Span = { from: 0, to: 0 };

export function query<Type extends ValueType, Labels extends string>(
  type: Type,
  expression: Expression,
): Query<Type, Labels> {
  return { type, expression, toString: () => printExpression(expression) };
}

export function numberLiteral(value: number): NumberLiteral {
  return { kind: 'number', type: 'scalar', value, span: nowhere };
}

export function fixedDuration(text: DurationText): Duration {
  return { kind: 'fixed', ms: readDuration(text) ?? 0 };
}
