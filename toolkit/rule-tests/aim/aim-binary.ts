import type { ArithmeticOperator, BinaryOperation, ComparisonOperator } from '../../languages/promql/index.ts';
import { isComparison, isSetOperator } from '../../languages/promql/index.ts';
import { calculate } from '../evaluate/combine.ts';
import { type Aim, type Aiming, exactly, type Goal, type Linear, none, some } from './goal.ts';
import { knownValue } from './known-value.ts';
import type { World } from './world.ts';

export function aimAtBinary(
  operation: BinaryOperation,
  goal: Goal,
  world: World,
  aiming: Aiming,
  aim: Aim,
): Iterable<World> {
  if (isSetOperator(operation.operator)) return aimAtSet(operation, goal, world, aiming, aim);
  if (isComparison(operation.operator)) return aimAtComparison(operation, goal, world, aiming, aim);
  return aimAtArithmetic(operation, goal, world, aiming, aim);
}

function* aimAtSet(
  { operator, left, right }: BinaryOperation,
  goal: Goal,
  world: World,
  aiming: Aiming,
  aim: Aim,
): Iterable<World> {
  const both = function* (leftGoal: Goal, rightGoal: Goal): Iterable<World> {
    for (const first of aim(left, leftGoal, world, aiming)) yield* aim(right, rightGoal, first, aiming);
  };
  if (operator === 'or') {
    if (goal.kind === 'none') return yield* both(none, none);
    yield* aim(left, goal, world, aiming);
    return yield* both(none, goal);
  }
  const [with_, without] = operator === 'and' ? [some, none] : [none, some];
  if (goal.kind !== 'none') return yield* both(goal, with_);
  yield* both(none, with_);
  yield* both(some, without);
  yield* aim(left, none, world, aiming);
}

function* aimAtComparison(
  operation: BinaryOperation,
  goal: Goal,
  world: World,
  aiming: Aiming,
  aim: Aim,
): Iterable<World> {
  const isTurned = operation.left.type === 'scalar' && operation.right.type !== 'scalar';
  const [subject, other] = isTurned ? [operation.right, operation.left] : [operation.left, operation.right];
  const operator = isTurned ? turned(operation.operator) : (operation.operator as ComparisonOperator);
  for (const [limit, reached] of limitsOf(other, world, aiming, aim)) {
    if (goal.kind === 'value' && !operation.bool) {
      if (goal.slope !== 0 || calculate(operator, goal.value, limit)) yield* aim(subject, goal, reached, aiming);
      continue;
    }
    const known = knownValue(subject, reached, aiming);
    if (known !== null && agrees(goal, Boolean(calculate(operator, known.value, limit)))) {
      yield* aim(subject, some, reached, aiming);
      continue;
    }
    const isMet = goal.kind === 'some' || (goal.kind === 'value' && goal.value === 1);
    if (goal.kind === 'value' && goal.value !== 0 && goal.value !== 1) continue;
    const values = isMet ? insideOf(operator, limit, aiming.within) : outsideOf(operator, limit, aiming.outside);
    for (const value of values) yield* aim(subject, exactly(value), reached, aiming);
  }
  if (goal.kind !== 'none') return;
  if (other.type !== 'scalar') {
    for (const reached of aim(other, none, world, aiming)) yield* aim(subject, some, reached, aiming);
  }
  yield* aim(subject, none, world, aiming);
}

/** Whether what is already decided is what is asked for. */
function agrees(goal: Goal, holds: boolean): boolean {
  if (goal.kind === 'value') return goal.value === Number(holds);
  return (goal.kind === 'some') === holds;
}

/** The number on the other side: it is known, or a series that is then given one. */
function* limitsOf(
  other: BinaryOperation['right'],
  world: World,
  aiming: Aiming,
  aim: Aim,
): Iterable<readonly [number, World]> {
  const known = knownValue(other, world, aiming);
  if (known !== null) {
    for (const reached of other.type === 'scalar' ? [world] : aim(other, some, world, aiming))
      yield [known.value, reached];
    return;
  }
  for (const base of [1, 100]) for (const reached of aim(other, exactly(base), world, aiming)) yield [base, reached];
}

function turned(operator: BinaryOperation['operator']): ComparisonOperator {
  const mirrored = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;
  return operator in mirrored ? mirrored[operator as keyof typeof mirrored] : (operator as ComparisonOperator);
}

/** Values for which a comparison holds, nearest first. */
function insideOf(operator: ComparisonOperator, limit: number, share: number): readonly number[] {
  const margin = marginOf(limit, share);
  if (operator === '>' || operator === '>=') return [rounded(limit + margin)];
  if (operator === '<' || operator === '<=') return [rounded(limit - margin)];
  return operator === '==' ? [limit] : [limit + 1, limit - 1];
}

/** Values for which it does not; with no share, the edge itself where that is outside. */
function outsideOf(operator: ComparisonOperator, limit: number, share: number): readonly number[] {
  const edge = share === 0 ? 0 : marginOf(limit, share);
  if (operator === '>') return [rounded(limit - edge)];
  if (operator === '<') return [rounded(limit + edge)];
  if (operator === '>=') return [limit - marginOf(limit, share || 0.01)];
  if (operator === '<=') return [limit + marginOf(limit, share || 0.01)];
  if (operator === '!=') return [limit];
  return limit === 1 ? [0, 2] : [limit + 1, limit - 1];
}

/** People read these: 2.85 and not 2.8499999999999996. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

/** Around zero nothing is a share of the number; one is the step of a count. */
function marginOf(limit: number, share: number): number {
  return limit === 0 ? 1 : Math.abs(limit) * share;
}

function* aimAtArithmetic(
  operation: BinaryOperation,
  goal: Goal,
  world: World,
  aiming: Aiming,
  aim: Aim,
): Iterable<World> {
  const { left, right } = operation;
  if (goal.kind === 'none') {
    if (left.type !== 'scalar') yield* aim(left, none, world, aiming);
    if (right.type !== 'scalar') yield* aim(right, none, world, aiming);
    return;
  }
  if (goal.kind === 'some') {
    for (const first of aim(left, some, world, aiming)) yield* aim(right, some, first, aiming);
    return;
  }
  const operator = operation.operator as ArithmeticOperator;
  const [knownLeft, knownRight] = [knownValue(left, world, aiming), knownValue(right, world, aiming)];
  if (knownRight !== null) {
    const wanted = leftFor(operator, goal, knownRight);
    if (wanted === null) return;
    for (const reached of right.type === 'scalar' ? [world] : aim(right, some, world, aiming)) {
      yield* aim(left, exactly(wanted.value, wanted.slope), reached, aiming);
    }
    return;
  }
  if (knownLeft !== null) {
    const wanted = rightFor(operator, goal, knownLeft);
    if (wanted !== null) yield* aim(right, exactly(wanted.value, wanted.slope), world, aiming);
    return;
  }
  if (goal.slope === 0) yield* aimAtPairs(operation, goal.value, world, aiming, aim);
}

/** Neither side is known: pairs of plain numbers that give the value, either side first. */
function* aimAtPairs(
  { operator, left, right }: BinaryOperation,
  value: number,
  world: World,
  aiming: Aiming,
  aim: Aim,
): Iterable<World> {
  for (const [first, second] of pairsFor(operator as ArithmeticOperator, value)) {
    for (const reached of aim(right, exactly(second), world, aiming)) yield* aim(left, exactly(first), reached, aiming);
    for (const reached of aim(left, exactly(first), world, aiming)) yield* aim(right, exactly(second), reached, aiming);
  }
}

function pairsFor(operator: ArithmeticOperator, value: number): readonly (readonly [number, number])[] {
  switch (operator) {
    case '+':
      return [
        [value, 0],
        [0, value],
        [value / 2, value / 2],
      ];
    case '-':
      return [10, 0, 1, 100, 1000].map((base) => [base + value, base] as const);
    case '*':
      return [
        [value, 1],
        [1, value],
      ];
    case '/':
      return [
        ...[100, 1, 1000, 64, 1_000_000].map((base) => [rounded(value * base), base] as const),
        // A number of series is one.
        ...(value === 0 ? [] : [[1, 1 / value] as const]),
      ];
    default:
      return [];
  }
}

function leftFor(operator: ArithmeticOperator, goal: Linear, right: Linear): Linear | null {
  if (operator === '-') return { value: goal.value + right.value, slope: goal.slope + right.slope };
  if (operator === '+') return { value: goal.value - right.value, slope: goal.slope - right.slope };
  if (right.slope !== 0) return null;
  if (operator === '/') return scaled(goal, right.value);
  if (operator !== '*') return null;
  if (right.value === 0) return goal.value === 0 ? { value: 1, slope: 0 } : null;
  return divided(goal, right.value);
}

function rightFor(operator: ArithmeticOperator, goal: Linear, left: Linear): Linear | null {
  if (operator === '-') return { value: left.value - goal.value, slope: left.slope - goal.slope };
  if (operator === '+') return leftFor('+', goal, left);
  if (left.slope !== 0 || goal.slope !== 0 || goal.value === 0)
    return operator === '*' ? leftFor('*', goal, left) : null;
  if (operator === '*') return leftFor('*', goal, left);
  return operator === '/' ? { value: left.value / goal.value, slope: 0 } : null;
}

function scaled({ value, slope }: Linear, factor: number): Linear {
  return { value: value * factor, slope: slope * factor };
}

/** Not times the inverse: 5 / 100 is another number than 5 * 0.01. */
function divided({ value, slope }: Linear, divisor: number): Linear {
  return { value: value / divisor, slope: slope / divisor };
}
