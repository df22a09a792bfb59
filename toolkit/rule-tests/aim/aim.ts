import type { Aggregation, Expression, RangeSelector, Selector } from '../../languages/promql/index.ts';
import { metricOf } from '../../languages/promql/index.ts';
import { isRecorded } from '../rule-slice.ts';
import { aimAtBinary } from './aim-binary.ts';
import { aimAtCall } from './aim-call.ts';
import { type Aiming, exactly, type Goal, some } from './goal.ts';
import { recordedBy } from './known-value.ts';
import { pickSeries } from './pick-series.ts';
import { demand, type World } from './world.ts';

/**
 * Series that bring an expression to a goal, found by going from its result back to its selectors: for `a / b` at 0.9,
 * `b` is taken to be 100 and `a` has to be 90. Several ways are given where there are several; which of them truly leads
 * there, playing the rule decides.
 */
export function* aim(expression: Expression, goal: Goal, world: World, aiming: Aiming): Iterable<World> {
  switch (expression.kind) {
    case 'number':
      if (goal.kind === 'some' || (goal.kind === 'value' && isSame(goal.value, expression.value))) yield world;
      return;
    case 'string':
      return;
    case 'parentheses':
      return yield* aim(expression.operand, goal, world, aiming);
    case 'unary': {
      const turned = goal.kind === 'value' && expression.operator === '-' ? exactly(-goal.value, -goal.slope) : goal;
      return yield* aim(expression.operand, turned, world, aiming);
    }
    case 'selector':
      return yield* aimAtSelector(expression, goal, world, aiming);
    case 'range':
      return yield* aimAtRange(expression, goal, world, aiming);
    case 'subquery':
      aiming.obstacles.add('a subquery');
      return;
    case 'aggregation':
      return yield* aimAtAggregation(expression, goal, world, aiming);
    case 'binary':
      return yield* aimAtBinary(expression, goal, world, aiming, aim);
    case 'call':
      return yield* aimAtCall(expression, goal, world, aiming, aim);
    default:
      return expression satisfies never;
  }
}

function isSame(left: number, right: number): boolean {
  return Math.abs(left - right) <= 1e-12 * Math.max(1, Math.abs(right));
}

function* aimAtSelector(selector: Selector, goal: Goal, world: World, aiming: Aiming): Iterable<World> {
  if (isRecorded(selector, aiming.recording)) return yield* aimAtRecorded(selector, goal, world, aiming);
  const labels = pickSeries(selector, aiming.subject);
  if (labels === null) {
    if (goal.kind === 'none') yield world;
    else aiming.obstacles.add(`no target of the item has what ${metricOf(selector) ?? 'a selector'} is restricted to`);
    return;
  }
  const next = demand(world, labels, wishOf(goal));
  if (next !== null) yield next;
}

/** A value that stands still leaves open whether it moves for another reason. */
function wishOf(goal: Goal): Parameters<typeof demand>[2] {
  if (goal.kind === 'none') return { isAbsent: true };
  if (goal.kind === 'some') return {};
  return goal.slope === 0 ? { level: goal.value } : { level: goal.value, clock: goal.slope };
}

/** What rules record is reached through those rules. */
function* aimAtRecorded(selector: Selector, goal: Goal, world: World, aiming: Aiming): Iterable<World> {
  const rules = recordedBy(selector, aiming);
  if (rules.length === 0 && goal.kind === 'none') yield world;
  for (const rule of rules) yield* aim(rule.expression, goal, world, aiming);
}

/** Of a range that is only asked for: its series has to be there, or not. */
function* aimAtRange({ selector }: RangeSelector, goal: Goal, world: World, aiming: Aiming): Iterable<World> {
  yield* aimAtSelector(selector, goal.kind === 'none' ? goal : some, world, aiming);
}

const oneSeriesIsEnough = new Set(['sum', 'avg', 'min', 'max']);

function* aimAtAggregation(aggregation: Aggregation, goal: Goal, world: World, aiming: Aiming): Iterable<World> {
  const { operator, operand } = aggregation;
  if (goal.kind !== 'value' || oneSeriesIsEnough.has(operator)) return yield* aim(operand, goal, world, aiming);
  if ((operator === 'count' || operator === 'group') && goal.value === 1)
    return yield* aim(operand, some, world, aiming);
  aiming.obstacles.add(`${operator} of ${goal.value}`);
}
