import type { Call, Expression, RangeSelector, Subquery } from '../../languages/promql/index.ts';
import { type Aim, type Aiming, exactly, type Goal, none, some } from './goal.ts';
import { knownValue } from './known-value.ts';
import { pickSeries } from './pick-series.ts';
import { demand, emptyWorld, type World } from './world.ts';

/** Functions that leave a value of the kind that a test gives as it is. */
const unchanged = new Set([
  'vector',
  'scalar',
  'sort',
  'sort_desc',
  'label_replace',
  'label_join',
  'round',
  'ceil',
  'floor',
  'clamp_min',
  'clamp_max',
  'clamp',
]);
const levels = new Set(['avg_over_time', 'min_over_time', 'max_over_time', 'last_over_time', 'quantile_over_time']);
const slopes = new Set(['rate', 'irate', 'deriv']);
const changes = new Set(['increase', 'delta']);
/** What counts steps of a kind, and the slope on which every step is one. */
const steps = new Map([
  ['changes', 1],
  ['resets', -1],
]);

export function* aimAtCall(call: Call, goal: Goal, world: World, aiming: Aiming, aim: Aim): Iterable<World> {
  const { name, args } = call;
  const [argument] = args;
  const range = args.find(({ kind }) => kind === 'range');
  const subquery = args.find(({ kind }) => kind === 'subquery');
  if (name === 'histogram_quantile') return yield* aimAtQuantile(call, goal, world, aiming, aim);
  if (argument === undefined) return;
  if (name === 'absent') return yield* aim(argument, goal.kind === 'none' ? some : none, world, aiming);
  if (subquery?.kind === 'subquery') return yield* aimAtSubquery(name, subquery, goal, world, aiming, aim);
  if (goal.kind !== 'value' && range === undefined) return yield* aim(argument, goal, world, aiming);
  if (range?.kind === 'range' && name === 'predict_linear' && goal.kind === 'value')
    return yield* aimAtPrediction(range, args[1], goal.value, world, aiming);
  if (range?.kind === 'range') return yield* aimAtRange(name, range, goal, world, aiming, aim);
  if (goal.kind !== 'value') return;
  if (name === 'abs') {
    if (goal.value < 0) return;
    yield* aim(argument, goal, world, aiming);
    return yield* aim(argument, exactly(-goal.value), world, aiming);
  }
  if (unchanged.has(name)) return yield* aim(argument, goal, world, aiming);
  aiming.obstacles.add(`the function ${name}`);
}

function* aimAtRange(
  name: string,
  range: RangeSelector,
  goal: Goal,
  world: World,
  aiming: Aiming,
  aim: Aim,
): Iterable<World> {
  if (goal.kind !== 'value') return yield* aim(range, goal, world, aiming);
  if (levels.has(name)) {
    yield* aim(range.selector, goal, world, aiming);
    // The former highest or lowest: then the value of now is still free.
    if (name === 'max_over_time' || name === 'min_over_time') yield* wish(range, { first: goal.value }, world, aiming);
    return;
  }
  if (slopes.has(name)) return yield* wish(range, { slope: goal.value }, world, aiming);
  if (changes.has(name) && range.range.kind === 'fixed') {
    return yield* wish(range, { slope: goal.value / (range.range.ms / 1000) }, world, aiming);
  }
  const slope = steps.get(name);
  if (slope !== undefined) return yield* wish(range, { slope: goal.value > 0 ? slope : 0 }, world, aiming);
  aiming.obstacles.add(`the function ${name}`);
}

/** On a slope that leads there from what is there now; and, for what is to stay at the edge, there already. */
function* aimAtPrediction(
  range: RangeSelector,
  after: Expression | undefined,
  value: number,
  world: World,
  aiming: Aiming,
): Iterable<World> {
  const seconds = after === undefined ? null : knownValue(after, world, aiming);
  if (seconds === null || seconds.value === 0) return;
  const level = knownValue(range.selector, world, aiming)?.value ?? (value > 0 ? value / 2 : 1000);
  for (const slope of [(value - level) / seconds.value, 0])
    yield* wish(range, { level: slope === 0 ? value : level, slope }, world, aiming);
}

/** What is measured now; or, for the highest of a time, what was there once and is gone. */
function* aimAtSubquery(
  name: string,
  { operand }: Subquery,
  goal: Goal,
  world: World,
  aiming: Aiming,
  aim: Aim,
): Iterable<World> {
  if (goal.kind !== 'none' && !levels.has(name)) {
    aiming.obstacles.add(`${name} of a subquery`);
    return;
  }
  yield* aim(operand, goal, world, aiming);
  if (goal.kind === 'none' || name === 'avg_over_time') return;
  for (const reached of aim(operand, goal, emptyWorld, aiming)) {
    let past: World | null = world;
    for (const { labels, level } of reached.values()) {
      past = past === null ? null : demand(past, labels, { isAbsent: true, first: level ?? 1 });
    }
    if (past !== null) yield past;
  }
}

function* wish(
  { selector }: RangeSelector,
  wished: Parameters<typeof demand>[2],
  world: World,
  aiming: Aiming,
): Iterable<World> {
  const labels = pickSeries(selector, aiming.subject);
  const next = labels === null ? null : demand(world, labels, wished);
  if (next !== null) yield next;
}

/**
 * Three buckets around the value, whose bounds do not move with it: what is asked of a good and of a bad state are then
 * other rates of the same series. Of 100 observations a second, as many lie below the first bound as bring the quantile
 * between the bounds to the value.
 */
function* aimAtQuantile({ args }: Call, goal: Goal, world: World, aiming: Aiming, aim: Aim): Iterable<World> {
  const [parameter, buckets] = args as readonly (Expression | undefined)[];
  const quantile = parameter === undefined ? null : knownValue(parameter, world, aiming);
  if (buckets === undefined || quantile === null) return;
  const value = goal.kind === 'value' ? goal.value : 1;
  if (goal.kind === 'none') return yield* aim(buckets, none, world, aiming);
  const magnitude = 2 ** Math.round(Math.log2(Math.max(value, 1e-9)) / 4);
  for (const scale of [magnitude ** 4, magnitude ** 4 * 16]) {
    const [lower, upper] = [scale / 16, scale * 16];
    const share = (value - lower) / (upper - lower);
    const below = (100 * (quantile.value - share)) / (1 - share);
    if (!(share >= 0 && below >= 0 && below <= 100)) continue;
    yield* aimAtBuckets(
      buckets,
      [
        [String(lower), below],
        [String(upper), 100],
        ['+Inf', 100],
      ],
      world,
      aiming,
      aim,
    );
  }
}

function* aimAtBuckets(
  expression: Expression,
  [bucket, ...others]: readonly (readonly [string, number])[],
  world: World,
  aiming: Aiming,
  aim: Aim,
): Iterable<World> {
  if (bucket === undefined) return yield world;
  const [le, rate] = bucket;
  const parts = { ...aiming.subject.parts, le };
  const ofBucket = { ...aiming, subject: { ...aiming.subject, parts } };
  for (const reached of aim(expression, exactly(rate), world, ofBucket)) {
    yield* aimAtBuckets(expression, others, reached, aiming, aim);
  }
}
