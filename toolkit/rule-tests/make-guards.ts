import type { World } from './aim/world.ts';
import { keyOf } from './evaluate/series.ts';
import type { BadWorld } from './find-worlds.ts';
import { type CaseDraft, checkAt } from './make-cases.ts';
import { mutateRule } from './mutate-rule.ts';
import type { FiringAlert, Play, PlayedRule } from './play-rules.ts';
import { playSeries, type Scene } from './scene.ts';
import { statesNear } from './states-near.ts';
import type { TestSeries } from './test-series.ts';

/**
 * More cases, for mistakes that the cases so far would not notice: a dropped `and` shows only where what it asks for is
 * not there. States near the bad and the good one are tried until the rule and its mutant differ.
 */
export function makeGuards(
  scene: Scene,
  drafts: readonly CaseDraft[],
  worlds: { readonly bad: BadWorld; readonly good: World },
): readonly CaseDraft[] {
  const guards: CaseDraft[] = [];
  const states = statesNear(scene, worlds);
  const played = new Map<readonly TestSeries[], Play | null>();
  for (const mutant of mutateRule(scene.declared)) {
    const rule = { ...scene.declared, expression: mutant.expression, forMs: mutant.forMs };
    if ([...drafts, ...guards].some((draft) => notices(scene, draft, rule))) continue;
    const guard = findGuard(scene, rule, states, played);
    if (guard !== null) guards.push(guard);
  }
  return guards;
}

function notices(scene: Scene, { series, checks }: CaseDraft, mutant: PlayedRule): boolean {
  const play = playSeries(scene, series, undefined, mutant);
  if (play === null) return true;
  return checks.some(({ atMs, alerts }) => !isSame(alerts, play.firing[atMs / scene.stepMs] ?? []));
}

function isSame(expected: readonly Pick<FiringAlert, 'labels'>[], found: readonly FiringAlert[]): boolean {
  return keysOf(expected) === keysOf(found);
}

function keysOf(alerts: readonly Pick<FiringAlert, 'labels'>[]): string {
  return alerts
    .map(({ labels }) => keyOf(labels))
    .sort()
    .join('\n');
}

function findGuard(
  scene: Scene,
  rule: PlayedRule,
  states: readonly (readonly TestSeries[])[],
  played: Map<readonly TestSeries[], Play | null>,
): CaseDraft | null {
  for (const series of states) {
    const original = played.has(series) ? played.get(series) : playSeries(scene, series);
    played.set(series, original ?? null);
    const changed = playSeries(scene, series, undefined, rule);
    if (!original) continue;
    const step = original.firing.findIndex((firing, at) => !isSame(firing, changed?.firing[at] ?? []));
    if (step >= 0) return { case: 'guard', series, checks: [checkAt(scene, step, original.firing[step])] };
  }
  return null;
}
