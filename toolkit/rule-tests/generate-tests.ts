import type { Resource } from '../model/index.ts';
import { type DeclaredAlert, declaredRule } from './declared-condition.ts';
import { NotModelled } from './evaluate/not-modelled.ts';
import { type Candidate, candidatesFor, sliceFor } from './find-scenes.ts';
import { itemTests, type Made, nothing, type Subject, silencedTests } from './item-tests.ts';
import { playableSlice } from './playable-slice.ts';
import { type Rule, readRules } from './read-rules.ts';
import { readTargets } from './read-targets.ts';
import { caseNames, type RuleTest, type Uncovered } from './rule-test.ts';

export interface TestRequest {
  readonly resources: readonly Resource[];
  readonly declared: readonly DeclaredAlert[];
  /** Waiting runs faster here than declared. */
  readonly isPaced: boolean;
  /** Which alerts; all of them when it is always true. */
  readonly isWanted: (rule: Rule) => boolean;
}

export interface GeneratedTests {
  readonly tests: readonly RuleTest[];
  readonly uncovered: readonly Uncovered[];
  /** All rules that were read, as tests refer to them. */
  readonly rules: readonly Rule[];
  /** Every alert that was asked for. */
  readonly alerts: readonly Rule[];
}

/** Tests for every compiled alert: that it fires, stays quiet, ends, and what it does without data. */
export function generateTests({ resources, declared, isPaced, isWanted }: TestRequest): GeneratedTests {
  const rules = readRules(resources);
  const items = readTargets(resources);
  const byName = new Map(declared.map((alert) => [alert.name, alert]));
  const unguarded = new Set<string>();
  const alerts = rules.filter((rule) => rule.kind === 'alert' && isWanted(rule) && !firesAlways(rule));
  const made = alerts.map((rule) => {
    const ofStack = rules.filter(({ file }) => file.stack === rule.file.stack);
    const slice = playableSlice(rule, ofStack);
    const declaration = byName.get(rule.name);
    const played = declaredRule(rule, declaration, isPaced);
    return testsOf({ rule, slice, items, declared: played, samples: declaration?.samples ?? null, unguarded });
  });
  return {
    rules,
    alerts,
    tests: made.flatMap(({ tests }) => tests),
    uncovered: made.flatMap(({ uncovered }) => uncovered),
  };
}

/** A Watchdog has one state, so there is nothing that a test could tell from another. */
function firesAlways({ expression }: Rule): boolean {
  return expression.kind === 'call' && expression.name === 'vector' && expression.args[0]?.kind === 'number';
}

function testsOf(subject: Subject): Made {
  const { rule, slice, items } = subject;
  const candidates = candidatesFor(rule, slice, items);
  const made = candidates.map((candidate) => attempt(subject, candidate));
  // Where every item is tuned or waived, the common rule waits for the next one.
  const spare = standIns(candidates).map((candidate) => attempt(subject, candidate));
  const all = [...made, ...spare];
  const tests = all.flatMap((result) => result.tests);
  const uncovered = all.flatMap((result) => result.uncovered);
  // An item that a rule cannot concern needs no test of it, as long as the rule has one.
  if (tests.some((test) => test.case === 'firing'))
    return { tests, uncovered: uncovered.filter(({ cases }) => cases.length < caseNames.length) };
  const reason = uncovered[0]?.reason ?? 'no item of this stack is measured by what the alert reads';
  const cases = caseNames.filter((name) => !tests.some((test) => test.case === name));
  return { tests, uncovered: [{ rule, item: null, cases, reason }] };
}

function standIns(candidates: readonly Candidate[]): readonly Candidate[] {
  const [first] = candidates;
  if (first === undefined || candidates.some(({ standing }) => standing === 'common')) return [];
  const id = `another-${first.item.class}`;
  const targets = first.item.targets.map((target) => ({ ...target, item: id, instance: `${id}:1` }));
  return [{ standing: 'common', item: { ...first.item, id, targets } }];
}

function attempt(all: Subject, candidate: Candidate): Made {
  const subject = { ...all, slice: sliceFor(all.slice, candidate) };
  try {
    if (candidate.standing === 'waived') return silencedTests(subject, candidate);
    const made = itemTests(subject, candidate);
    // A tuned item has a rule of its own, and the common one has to leave it out.
    return made.tests.length > 0 || candidate.standing === 'common' ? made : silencedTests(subject, candidate);
  } catch (thrown) {
    if (!(thrown instanceof NotModelled)) throw thrown;
    return nothing(subject.rule, candidate, `the model of PromQL does not know ${thrown.message}`);
  }
}
