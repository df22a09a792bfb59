import type { BinaryOperation, BinaryOperator, Expression, Matching } from '../expression.ts';
import { type InstantQuery, nowhere, numberLiteral, query, type ScalarQuery } from './query.ts';

/** Which series of the two sides belong together; without it, those with equal labels. */
export interface MatchOn<Labels extends string, Included extends string = never> {
  readonly on: readonly Labels[];
  /** Many series of the left side may belong to one of the right, whose labels named here they are given. */
  readonly groupLeft?: readonly Included[];
}

type Operand<Labels extends string> = InstantQuery<Labels> | ScalarQuery | number;

/** Series belong together when all their labels are equal, so the two sides need the same ones. */
type SameLabels<Left extends string, Right extends string> = string extends Left | Right
  ? unknown
  : [Left, Right] extends [Right, Left]
    ? unknown
    : { readonly 'the sides have different labels, so say on which they are matched': never };

/** An operation that gives a new value for each pair, or, if it compares, keeps the series of the left for which it holds. */
interface Operation {
  (left: ScalarQuery | number, right: ScalarQuery): ScalarQuery;
  (left: ScalarQuery, right: number): ScalarQuery;
  <Labels extends string>(left: InstantQuery<Labels>, right: ScalarQuery | number): InstantQuery<Labels>;
  <Labels extends string>(left: ScalarQuery | number, right: InstantQuery<Labels>): InstantQuery<Labels>;
  <Left extends string, Right extends string>(
    left: InstantQuery<Left>,
    right: InstantQuery<Right> & SameLabels<Left, Right>,
  ): InstantQuery<Left>;
  <Left extends string, Right extends string, Shared extends Left & Right, Included extends Right>(
    left: InstantQuery<Left>,
    right: InstantQuery<Right>,
    match: MatchOn<Shared, Included> & { readonly groupLeft: readonly Included[] },
  ): InstantQuery<Left | Included>;
  <Left extends string, Right extends string, Shared extends Left & Right>(
    left: InstantQuery<Left>,
    right: InstantQuery<Right>,
    match: MatchOn<Shared>,
  ): InstantQuery<Shared>;
}

function operation(operator: BinaryOperator): Operation {
  return apply(operator) as Operation;
}

/** `left + right` */
export const plus = operation('+');
/** `left - right` */
export const minus = operation('-');
/** `left * right` */
export const times = operation('*');
/** `left / right`; of two vectors that have different labels it is said on which they are matched. */
export const dividedBy = operation('/');

/** A comparison with a threshold, or of two vectors: keeps the series of the left side for which it holds. */
interface Comparison {
  <Labels extends string>(left: InstantQuery<Labels>, right: ScalarQuery | number): InstantQuery<Labels>;
  <Labels extends string, Right extends string>(
    left: InstantQuery<Labels>,
    right: InstantQuery<Right>,
    match?: MatchOn<Labels & Right, Right>,
  ): InstantQuery<Labels>;
}

function comparison(operator: BinaryOperator): Comparison {
  return apply(operator) as Comparison;
}

/** `left > right`: keeps the series of the left side for which it holds. */
export const above = comparison('>');
/** `left < right` */
export const below = comparison('<');
/** `left >= right` */
export const atLeast = comparison('>=');
/** `left <= right` */
export const atMost = comparison('<=');
/** `left == right` */
export const equalTo = comparison('==');
/** `left != right` */
export const differentFrom = comparison('!=');

/** Series of the left side that have, or have not, one of the right that belongs to them. */
type SetOperation = <Labels extends string, Right extends string>(
  left: InstantQuery<Labels>,
  right: InstantQuery<Right>,
  match?: { readonly on: readonly (Labels & Right)[] },
) => InstantQuery<Labels>;

function setOperation(operator: 'and' | 'unless'): SetOperation {
  return apply(operator) as SetOperation;
}

/** Series of the left side that have one on the right that belongs to them. */
export const and = setOperation('and');
/** Series of the left side that have none on the right that belongs to them. */
export const unless = setOperation('unless');

/** All series of the left side, and those of the right that it does not have. */
export function or<Left extends string, Right extends string>(
  left: InstantQuery<Left>,
  right: InstantQuery<Right>,
): InstantQuery<Left | Right> {
  return query('instant', binary('or', left.expression, right.expression));
}

/** The overloads say of which type the result is; the operands do as well. */
function apply(operator: BinaryOperator) {
  return (left: Operand<string>, right: Operand<string>, match?: MatchOn<string, string>): unknown => {
    const expression = binary(operator, operandOf(left), operandOf(right), match);
    return query(expression.type, expression);
  };
}

function binary(
  operator: BinaryOperator,
  left: Expression,
  right: Expression,
  match?: MatchOn<string, string>,
): BinaryOperation {
  const type = left.type === 'scalar' && right.type === 'scalar' ? 'scalar' : 'instant';
  const matching = match === undefined ? null : matchingOf(match);
  const places = { span: nowhere, operatorSpan: nowhere };
  return { kind: 'binary', type, operator, bool: false, matching, left, right, ...places };
}

function matchingOf({ on, groupLeft }: MatchOn<string, string>): Matching {
  const group = groupLeft === undefined ? null : ({ side: 'left', include: groupLeft } as const);
  return { kind: 'on', labels: on, group, fill: null };
}

function operandOf(operand: Operand<string>): Expression {
  return typeof operand === 'number' ? numberLiteral(operand) : operand.expression;
}
