import { printExpression } from '../languages/promql/index.ts';
import { type JsonObject, printDuration } from '../model/index.ts';
import type { GeneratedTests } from './generate-tests.ts';
import { type Mutant, mutateRule } from './mutate-rule.ts';
import { playableSlice } from './playable-slice.ts';
import { batchTests, type TestBatch } from './promtool-document.ts';
import type { Rule } from './read-rules.ts';

/** One mutant with the tests of its rule: some of them has to fail. */
export interface MutantBatch {
  readonly rule: Rule;
  readonly mutant: Mutant;
  readonly batch: TestBatch;
}

/** How many mutants of an alert its tests notice. */
export interface MutationScore {
  readonly alert: string;
  readonly class: string;
  /** Stacks that have this very rule. */
  readonly stacks: readonly string[];
  readonly mutants: number;
  readonly noticed: number;
  /** Changes that no test notices. */
  readonly survivors: readonly string[];
}

/** A rule that several stacks have is changed in the first of them. */
export function mutantBatches({ alerts, tests, rules }: GeneratedTests): readonly MutantBatch[] {
  return distinctRules(alerts).flatMap(([rule]) => {
    const own = tests.filter((test) => test.rule === rule);
    if (rule === undefined || own.length === 0) return [];
    return mutateRule(rule).flatMap((mutant) => {
      const slice = mutatedSlice(rule, mutant, rules);
      return batchTests(own).map((batch) => ({ rule, mutant, batch: { ...batch, rules: slice } }));
    });
  });
}

/** Rules that say the same, together; an alert has several where some items are tuned. */
function distinctRules(alerts: readonly Rule[]): readonly (readonly Rule[])[] {
  const groups = new Map<string, Rule[]>();
  for (const rule of alerts) {
    const key = JSON.stringify([rule.file.name, rule.name, rule.text, rule.forMs, rule.labels]);
    groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  return [...groups.values()];
}

export function mutatedSlice(rule: Rule, { expression, forMs }: Mutant, rules: readonly Rule[]): readonly JsonObject[] {
  const { for: _, ...rest } = rule.spec;
  const wait = forMs === 0 ? {} : { for: printDuration(forMs) };
  const spec: JsonObject = { ...rest, expr: printExpression(expression), ...wait };
  const mutated: Rule = { ...rule, expression, spec };
  const ofStack = rules
    .filter(({ file }) => file.stack === rule.file.stack)
    .map((member) => (member === rule ? mutated : member));
  return playableSlice(mutated, ofStack).map((member) => member.spec);
}

export function scoreMutants(
  alerts: readonly Rule[],
  batches: readonly MutantBatch[],
  isNoticed: (batch: MutantBatch) => boolean,
): readonly MutationScore[] {
  return distinctRules(alerts).flatMap((group) => {
    const [rule] = group;
    const own = batches.filter((batch) => batch.rule === rule);
    if (rule === undefined || own.length === 0) return [];
    const mutants = [...new Set(own.map(({ mutant }) => mutant))];
    const survivors = mutants.filter((mutant) => !own.some((batch) => batch.mutant === mutant && isNoticed(batch)));
    return [
      {
        alert: rule.name,
        class: rule.file.name,
        stacks: group.map(({ file }) => file.stack),
        mutants: mutants.length,
        noticed: mutants.length - survivors.length,
        survivors: survivors.map(({ title }) => title),
      },
    ];
  });
}
