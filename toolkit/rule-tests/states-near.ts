import { type Expression, isComparison, selectorsIn, visitExpression } from '../languages/promql/index.ts';
import { valueAgainst } from './aim/pick-series.ts';
import type { Demand, World } from './aim/world.ts';
import { selects } from './evaluate/matches.ts';
import { keyOf } from './evaluate/series.ts';
import type { BadWorld } from './find-worlds.ts';
import { isSameMatcher, matchersOf } from './rewrite-expression.ts';
import type { Scene } from './scene.ts';
import { makeSeries, type TestSeries } from './test-series.ts';

/** Series to try on a rule and its mutant: what lies near the bad and the good state, and ways from one to the other. */
export function statesNear(
  scene: Scene,
  { bad, good }: { readonly bad: BadWorld; readonly good: World },
): readonly (readonly TestSeries[])[] {
  const samples = scene.horizon + 1;
  const worlds = [bad.world, good].flatMap((world) => [
    ...neighbours(world, numbersIn(scene.rule.expression)),
    ...scaled(world),
    ...withOthers(scene, world),
  ]);
  const turns = [
    [good, bad.world],
    [bad.world, good],
  ].map((states) => states.map((world) => ({ world, samples })));
  return [...worlds.map((world) => [{ world, samples }]), ...turns].map((phases) => makeSeries(phases, scene.stepMs));
}

const levels = [0, 1, -1, 2] as const;
const factors = [0.95, 1.05, 0.9, 1.1, 0.5, 2, 0, 1e-6] as const;

/** What series are compared with in the middle of an expression, such as the number by which a device says that it cannot tell. */
function numbersIn(expression: Expression): readonly number[] {
  const found = new Set<number>();
  visitExpression(expression, (part) => {
    if (part.kind === 'binary' && isComparison(part.operator) && part.right.kind === 'number')
      found.add(part.right.value);
  });
  return [...found].filter((number) => Math.abs(number) > 2);
}

/** The world with one series changed, or with one that is not there. */
function neighbours(world: World, numbers: readonly number[]): readonly World[] {
  return [...world].flatMap(([key, demand]) =>
    changesOf(demand, numbers).map((changed): World => new Map([...world, [key, changed]])),
  );
}

function changesOf(demand: Demand, numbers: readonly number[]): readonly Demand[] {
  const tried = [...levels, ...numbers.flatMap((number) => [number, number * 0.75, number * 0.95, number * 1.05])];
  if (demand.isAbsent) return levels.map((level) => ({ ...demand, isAbsent: false, level }));
  const { level, slope } = demand;
  const moved = slope === null ? [] : factors.map((factor) => ({ ...demand, slope: slope * factor }));
  const set = slope !== null && level === null ? [] : tried.map((other) => ({ ...demand, level: other, first: null }));
  const near = level === null ? [] : factors.map((factor) => ({ ...demand, level: level * factor }));
  return [{ ...demand, isAbsent: true }, ...set, ...near, ...moved];
}

/** All of it smaller: ratios stay, and what is small stands out. */
function scaled(world: World): readonly World[] {
  return [0.005, 200].map(
    (factor) =>
      new Map(
        [...world].map(([key, demand]) => {
          const { level, slope } = demand;
          const shrunk = {
            level: level === null ? null : level * factor,
            slope: slope === null ? null : slope * factor,
          };
          return [key, { ...demand, ...shrunk }];
        }),
      ),
  );
}

/** With one more series of the same item for each matcher, which the matcher leaves out. */
function withOthers({ rule }: Scene, world: World): readonly World[] {
  const selectors = selectorsIn(rule.expression);
  return matchersOf(selectors).flatMap((matcher) => {
    const value = valueAgainst(matcher);
    if (value === null || matcher.label === '__name__') return [];
    const restricted = selectors.filter(({ matchers }) => matchers.some((own) => isSameMatcher(own, matcher)));
    const copies = [...world.values()]
      .filter(({ labels }) => restricted.some((selector) => selects(selector, labels)))
      .map((demand) => ({ ...demand, labels: { ...demand.labels, [matcher.label]: value } }));
    const others = copies.map((demand) => [keyOf(demand.labels), demand] as const);
    return copies.length === 0 ? [] : [new Map([...world, ...others])];
  });
}
