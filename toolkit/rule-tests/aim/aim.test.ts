import { expect, it } from 'vitest';
import { debianDialect, parseExpression } from '../../languages/promql/index.ts';
import { makeSeries, printLabels, printValues } from '../test-series.ts';
import { aim } from './aim.ts';
import { type Aiming, none, some } from './goal.ts';
import { emptyWorld, type World } from './world.ts';

const step = 60_000;

/** The first way, as three samples a minute apart. */
it.each([
  { expression: 'up == 0', bad: ['up 0x2'], good: ['up 1x2'] },
  { expression: 'a / b > 0.9', bad: ['b 100x2', 'a 94.5x2'], good: ['b 100x2', 'a 90x2'] },
  { expression: '1 - a < 0.1', bad: ['a 0.905x2'], good: ['a 0.9x2'] },
  { expression: 'rate(a[5m]) > 1', bad: ['a 0+63x2'], good: ['a 0+60x2'] },
  { expression: 'changes(a[10m]) > 2', bad: ['a 0+60x2'], good: ['a 0+60x2'] },
  {
    expression: 'predict_linear(a[6h], 3600) < 0',
    bad: ['a 1000-16.683333333333334x2'],
    good: ['a 1000-16.666666666666668x2'],
  },
  { expression: 'increase(a[10m]) > 0', bad: ['a 0+0.1x2'], good: ['a 0x2'] },
  { expression: 'a - time() < 100', bad: ['a 95+60x2'], good: ['a 100+60x2'] },
  { expression: 'avg_over_time(a[5m]) > 2', bad: ['a 2.1x2'], good: ['a 2x2'] },
  { expression: 'abs(a) > 1 and b == 1', bad: ['a 1.05x2', 'b 1x2'], good: ['a 1x2', 'b 1x2'] },
  { expression: 'a unless b > 5', bad: ['a 1x2', 'b 5x2'], good: ['a _x3', 'b 5x2'] },
  { expression: 'count(a) / b > 4', bad: ['b 0.23809523809523808x2', 'a 1x2'], good: ['b 0.25x2', 'a 1x2'] },
  { expression: 'a / (a + b) > 0.5', bad: ['a 52.5x2', 'b 47.5x2'], good: ['b 50x2', 'a 50x2'] },
  { expression: 'max_over_time(a[1d]) - a > 0', bad: ['a 11 10x1'], good: ['a 10x2'] },
  { expression: 'absent(a)', bad: ['a _x3'], good: ['a 1x2'] },
  { expression: '(a != bool 4) * (a != bool 2) == 0', bad: ['a 4x2'], good: ['a 3x2'] },
])('$expression: series that make it true, and series at its edge', ({ expression, bad, good }) => {
  expect({ bad: first(expression, some), good: first(expression, none) }).toEqual({ bad, good });
});

it('what cannot be inverted is told', () => {
  const aiming = aimingAt();
  expect([...aim(parse('timestamp(a) > 5'), some, emptyWorld, aiming)]).toEqual([]);
  expect([...aiming.obstacles]).toEqual(['the function timestamp']);
});

function first(expression: string, goal: typeof some): readonly string[] {
  const [world] = aim(parse(expression), goal, emptyWorld, aimingAt());
  return world === undefined ? [] : print(world);
}

function aimingAt(): Aiming {
  return { subject: { targets: [{}], parts: {} }, recording: [], within: 0.05, outside: 0, obstacles: new Set() };
}

function print(world: World): readonly string[] {
  return makeSeries([{ world, samples: 3 }], step).map(
    (series) => `${printLabels(series.labels).replace('{}', '')} ${printValues(series)}`,
  );
}

function parse(text: string) {
  const parsed = parseExpression(text, debianDialect);
  if (parsed.kind === 'refused') throw new Error(`${text} is not PromQL.`);
  return parsed.expression;
}
