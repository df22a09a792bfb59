import type { Aiming } from './aim/goal.ts';
import type { World } from './aim/world.ts';
import type { FiringAlert, Play, PlayedRule } from './play-rules.ts';
import { playRules } from './play-rules.ts';
import type { Rule } from './read-rules.ts';
import type { MeasuredItem } from './read-targets.ts';
import { makeSeries, type Phase, storedSeries, type TestSeries } from './test-series.ts';

/** One rule with one item: what a test of it is played with. */
export interface Scene {
  readonly rule: Rule;
  /** The rule as it was declared. */
  readonly declared: PlayedRule;
  /** What it depends on, and itself. */
  readonly slice: readonly Rule[];
  readonly item: MeasuredItem;
  readonly parts: Aiming['subject']['parts'];
  readonly stepMs: number;
  /** Steps after which its windows are full and its waiting time is over. */
  readonly horizon: number;
}

export function playPhases(scene: Scene, phases: readonly Phase[], until?: Stop): Play | null {
  return playSeries(scene, makeSeries(phases, scene.stepMs), until);
}

type Stop = (firing: readonly FiringAlert[], step: number) => boolean;

/** `rule`: a mutant, in the place of the rule as it was declared. */
export function playSeries(
  { slice, rule, declared, stepMs, horizon }: Scene,
  series: readonly TestSeries[],
  until?: Stop,
  played: PlayedRule = declared,
): Play | null {
  const lastStep = Math.max(
    horizon,
    ...series.map(({ segments }) => segments.reduce((sum, { count }) => sum + count, 0) - 1),
  );
  const rules = slice.map((member) => (member === rule ? played : member));
  return playRules(rules, played, series.map(storedSeries), {
    stepMs,
    lastStep,
    ...(until === undefined ? {} : { until }),
  });
}

/** The step at which it fires for this item, while one state lasts. */
export function firesAt(scene: Scene, world: World): number | null {
  const phases = [{ world, samples: scene.horizon + 1 }];
  const isOwn = ({ labels }: FiringAlert) => labels.item === undefined || labels.item === scene.item.id;
  const play = playPhases(scene, phases, (firing) => firing.some(isOwn));
  if (play === null) return null;
  const step = play.firing.findIndex((firing) => firing.some(isOwn));
  return step < 0 ? null : step;
}

/** Whether it never fires, nor is about to, while one state lasts. */
export function staysQuiet(scene: Scene, world: World): boolean {
  const play = playPhases(scene, [{ world, samples: scene.horizon + 1 }], (firing) => firing.length > 0);
  if (play === null) return false;
  return play.firing.every((firing) => firing.length === 0) && play.holds.at(-1) === false;
}
