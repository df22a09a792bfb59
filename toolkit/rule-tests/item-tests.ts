import { visitExpression } from '../languages/promql/index.ts';
import type { AlertSamples } from '../model/index.ts';
import type { declaredRule } from './declared-condition.ts';
import { keyOf } from './evaluate/series.ts';
import { type Candidate, scenesFor } from './find-scenes.ts';
import { type BadWorld, findBadWorld, findGoodWorlds, type GoodWorlds } from './find-worlds.ts';
import { type CaseDraft, firingCase, missingCase, quietCase, resolvedCase } from './make-cases.ts';
import { makeGuards } from './make-guards.ts';
import type { Rule } from './read-rules.ts';
import type { MeasuredItem } from './read-targets.ts';
import { caseNames, type RuleTest, type Uncovered } from './rule-test.ts';
import { sampleWorld } from './sample-world.ts';
import { firesAt, playPhases, type Scene, staysQuiet } from './scene.ts';

/** A rule, and what its tests are made from. */
export interface Subject {
  readonly rule: Rule;
  readonly declared: ReturnType<typeof declaredRule>;
  readonly slice: readonly Rule[];
  readonly items: readonly MeasuredItem[];
  readonly samples: AlertSamples | null;
  /** Rules, by what they say, for which no guard was needed: another stack with the same rule needs none either. */
  readonly unguarded: Set<string>;
}

export interface Made {
  readonly tests: readonly RuleTest[];
  readonly uncovered: readonly Uncovered[];
}

/**
 * In the first way in which its series can be labelled; and, where the rule says `or`, in those that make it fire for
 * other labels too, such as for another severity.
 */
export function itemTests(subject: Subject, candidate: Candidate): Made {
  const { rule, declared, slice, samples } = subject;
  const given = candidate.standing === 'common' ? samples : null;
  const obstacles = new Set<string>();
  const fired = new Map<string, Made>();
  for (const scene of scenesFor(rule, declared, slice, candidate.item)) {
    if (fired.size > 0 && !hasBranches(rule)) break;
    const worlds = given === null ? foundWorlds(scene, obstacles) : givenWorlds(scene, given, obstacles);
    if (worlds === null) continue;
    const key = firingLabels(scene, worlds.bad);
    if (!fired.has(key)) fired.set(key, sceneTests(subject, candidate, scene, worlds, fired.size));
  }
  const made = [...fired.values()];
  if (made.length > 0) {
    return { tests: made.flatMap(({ tests }) => tests), uncovered: made.flatMap(({ uncovered }) => uncovered) };
  }
  const why = obstacles.size === 0 ? '' : `: ${[...obstacles].join(', ')}`;
  return nothing(rule, candidate, `no series were found that make it fire${why}`);
}

function hasBranches({ expression }: Rule): boolean {
  let found = false;
  visitExpression(expression, (part) => {
    if (part.kind === 'binary' && part.operator === 'or') found = true;
  });
  return found;
}

function firingLabels(scene: Scene, { world, firesAt: step }: BadWorld): string {
  const play = playPhases(scene, [{ world, samples: step + 1 }]);
  return (play?.firing[step] ?? []).map(({ labels }) => keyOf(labels)).join('\n');
}

interface Worlds {
  readonly bad: BadWorld;
  readonly good: GoodWorlds | null;
}

function foundWorlds(scene: Scene, obstacles: Set<string>): Worlds | null {
  const bad = findBadWorld(scene, obstacles);
  return bad === null ? null : { bad, good: findGoodWorlds(scene, bad.world) };
}

function givenWorlds(scene: Scene, samples: AlertSamples, obstacles: Set<string>): Worlds | null {
  const subject = { targets: scene.item.targets, parts: scene.parts };
  const [bad, good] = [sampleWorld(samples.bad, subject), sampleWorld(samples.good, subject)];
  const step = bad === null ? null : firesAt(scene, bad);
  if (bad === null || step === null) obstacles.add('its own bad samples do not');
  if (good === null || !staysQuiet(scene, good)) obstacles.add('its own good samples do');
  if (bad === null || step === null || good === null || !staysQuiet(scene, good)) return null;
  return { bad: { world: bad, firesAt: step }, good: { nearest: good, clear: good } };
}

function sceneTests(subject: Subject, candidate: Candidate, scene: Scene, { bad, good }: Worlds, way: number): Made {
  const resolved = good === null ? null : resolvedCase(scene, good.clear, bad);
  const drafts = [
    firingCase(scene, bad),
    ...(good === null ? [] : [quietCase(scene, good.nearest, bad)]),
    ...(resolved === null ? [] : [resolved]),
    missingCase(scene),
  ];
  const guards = good === null ? [] : guardsOf(subject, candidate, scene, drafts, { bad, good: good.clear });
  return {
    tests: named(scene, candidate, [...drafts, ...guards], way),
    uncovered: gaps(subject.rule, candidate, drafts),
  };
}

function guardsOf(
  { rule, unguarded }: Subject,
  { standing, item }: Candidate,
  ...args: Parameters<typeof makeGuards>
): readonly CaseDraft[] {
  const sources = item.targets.map(({ job }) => job).join(' ');
  const key = JSON.stringify([standing, sources, rule.file.name, rule.text, rule.forMs]);
  if (unguarded.has(key)) return [];
  const guards = makeGuards(...args);
  if (guards.length === 0) unguarded.add(key);
  return guards;
}

function gaps(rule: Rule, { item }: Candidate, drafts: readonly CaseDraft[]): readonly Uncovered[] {
  const cases = caseNames.filter((name) => !drafts.some((draft) => draft.case === name));
  if (cases.length === 0) return [];
  return [{ rule, item: item.id, cases, reason: 'no series were found with which it does not fire' }];
}

/** What would make it fire for an item without its tuning or waiver keeps it quiet. */
export function silencedTests(subject: Subject, candidate: Candidate): Made {
  const { rule, declared, slice } = subject;
  const withoutOverrides = slice.filter((member) => member === rule);
  for (const scene of scenesFor(rule, declared, withoutOverrides, candidate.item)) {
    const bad = findBadWorld(scene, new Set());
    if (bad === null) continue;
    const waived = { ...scene, slice };
    const { series, checks } = firingCase(waived, bad);
    return {
      tests: named(waived, candidate, [
        { case: 'quiet', series, checks: checks.map(({ atMs }) => ({ atMs, alerts: [] })) },
      ]),
      uncovered: [],
    };
  }
  return nothing(rule, candidate, 'no series were found that would make it fire without its tuning or waiver');
}

function named(
  scene: Scene,
  { item, standing }: Candidate,
  drafts: readonly CaseDraft[],
  way = 0,
): readonly RuleTest[] {
  const { rule, slice, stepMs } = scene;
  let guards = 0;
  return drafts.map((draft) => {
    if (draft.case === 'guard') guards += 1;
    const ending = draft.case === 'guard' ? `guard ${guards}` : draft.case;
    const name = `${rule.file.stack}/${rule.file.name} ${partName(rule)} ${item.id} ${ending}${way === 0 ? '' : ` (${way + 1})`}`;
    return { ...draft, name, rule, slice, stepMs, item: item.id, standing };
  });
}

/** `HostCpuBusy:tuned-1` where one alert has several rules. */
export function partName({ file, index, name }: Rule): string {
  return file.resource.parts.find(({ pointer }) => pointer === `/group/rules/${index}`)?.name ?? name;
}

export function nothing(rule: Rule, { item }: Candidate, reason: string): Made {
  return { tests: [], uncovered: [{ rule, item: item.id, cases: caseNames, reason }] };
}
