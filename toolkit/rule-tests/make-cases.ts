import { selectorsIn } from '../languages/promql/index.ts';
import { valueAgainst } from './aim/pick-series.ts';
import type { World } from './aim/world.ts';
import type { BadWorld } from './find-worlds.ts';
import type { FiringAlert } from './play-rules.ts';
import type { Rule } from './read-rules.ts';
import { matchersOf } from './rewrite-expression.ts';
import type { AlertCheck, ExpectedAlert, RuleTest } from './rule-test.ts';
import { playSeries, type Scene } from './scene.ts';
import { renderTemplate } from './template/render-template.ts';
import { makeSeries, type TestSeries } from './test-series.ts';

/** A test before it has its name. */
export type CaseDraft = Pick<RuleTest, 'case' | 'series' | 'checks'>;

export function firingCase(scene: Scene, bad: BadWorld): CaseDraft {
  const series = makeSeries([{ world: bad.world, samples: bad.firesAt + 2 }], scene.stepMs);
  const firing = playSeries(scene, series)?.firing ?? [];
  const before = bad.firesAt === 0 ? [] : [checkAt(scene, bad.firesAt - 1, firing[bad.firesAt - 1])];
  return { case: 'firing', series, checks: [...before, checkAt(scene, bad.firesAt, firing[bad.firesAt])] };
}

/** With series beside it that are bad, and that a matcher of the rule leaves out. */
export function quietCase(scene: Scene, nearest: World, bad: BadWorld): CaseDraft {
  const samples = scene.horizon + 1;
  const own = makeSeries([{ world: nearest, samples }], scene.stepMs);
  const series = [...own, ...decoys(scene, own, bad.world, samples)];
  return { case: 'quiet', series, checks: [checkAt(scene, bad.firesAt, []), checkAt(scene, scene.horizon, [])] };
}

/** Null when it does not end, which is then the reason that is told. */
export function resolvedCase(scene: Scene, clear: World, bad: BadWorld): CaseDraft | null {
  const phases = [
    { world: bad.world, samples: bad.firesAt + 1 },
    { world: clear, samples: scene.horizon + 1 },
  ];
  const series = makeSeries(phases, scene.stepMs);
  const firing = playSeries(scene, series, (alerts, step) => step > bad.firesAt && alerts.length === 0)?.firing;
  const end = firing?.findIndex((alerts, step) => step > bad.firesAt && alerts.length === 0) ?? -1;
  if (firing === undefined || end < 0) return null;
  const trimmed = makeSeries([...phases.slice(0, 1), { world: clear, samples: end - bad.firesAt + 1 }], scene.stepMs);
  return {
    case: 'resolved',
    series: trimmed,
    checks: [checkAt(scene, end - 1, firing[end - 1]), checkAt(scene, end, [])],
  };
}

/** No data at all: what looks for absence fires, and nothing else does. */
export function missingCase(scene: Scene): CaseDraft {
  const firing = playSeries(scene, [])?.firing ?? [];
  return { case: 'missing', series: [], checks: [checkAt(scene, scene.horizon, firing[scene.horizon])] };
}

export function checkAt({ stepMs, rule }: Scene, step: number, firing: readonly FiringAlert[] = []): AlertCheck {
  return { atMs: step * stepMs, alerts: firing.map((alert) => expected(rule, alert)) };
}

function expected({ annotations }: Rule, { labels, value }: FiringAlert): ExpectedAlert {
  const rendered = Object.entries(annotations).map(([name, text]) => [name, renderTemplate(text, labels, value)]);
  const isKnown = rendered.every(([, text]) => text !== null);
  return { labels, annotations: isKnown ? Object.fromEntries(rendered) : null };
}

/** For each matcher, bad series of another item that it does not take. Those that the rule takes all the same are left out. */
function decoys(scene: Scene, own: readonly TestSeries[], bad: World, samples: number): readonly TestSeries[] {
  const matchers = matchersOf(selectorsIn(scene.rule.expression)).filter(({ label }) => label !== '__name__');
  const base = makeSeries([{ world: bad, samples }], scene.stepMs);
  const taken: TestSeries[] = [];
  for (const [index, matcher] of matchers.entries()) {
    const value = valueAgainst(matcher);
    if (value === null) continue;
    const changed = { item: `${scene.item.id}-decoy-${index + 1}`, [matcher.label]: value };
    const series = base.map((entry) => ({ ...entry, labels: { ...entry.labels, ...changed } }));
    const play = playSeries(scene, [...own, ...taken, ...series], (firing) => firing.length > 0);
    if (play?.firing.every((firing) => firing.length === 0)) taken.push(...series);
  }
  return taken;
}
