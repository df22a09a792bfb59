import { type JsonObject, printDuration } from '../model/index.ts';
import { keyOf } from './evaluate/series.ts';
import type { Rule } from './read-rules.ts';
import type { AlertCheck, RuleTest } from './rule-test.ts';
import { printLabels, printValues } from './test-series.ts';

/** Tests that share their rules: one rule file, and one file of tests for promtool. */
export interface TestBatch {
  readonly rules: readonly JsonObject[];
  readonly tests: readonly RuleTest[];
  /** Of all tests of the batch. */
  readonly stepMs: number;
}

/** Tests by what they need: the same rules at the same pace are loaded once. */
export function batchTests(tests: readonly RuleTest[]): readonly TestBatch[] {
  const batches = new Map<
    string,
    { readonly slice: readonly Rule[]; readonly stepMs: number; readonly tests: RuleTest[] }
  >();
  for (const test of tests) {
    const key = `${test.stepMs} ${test.slice.map(({ file, index }) => `${file.address}#${index}`).join(' ')}`;
    const batch = batches.get(key) ?? { slice: test.slice, stepMs: test.stepMs, tests: [] };
    batch.tests.push(test);
    batches.set(key, batch);
  }
  return [...batches.values()].map(({ slice, stepMs, tests: own }) => ({
    rules: slice.map(({ spec }) => spec),
    tests: own,
    stepMs,
  }));
}

export function ruleDocument(rules: readonly JsonObject[]): JsonObject {
  return { groups: [{ name: 'slice', rules }] };
}

export function testDocument({ tests, stepMs }: TestBatch, ruleFile: string): JsonObject {
  return {
    rule_files: [ruleFile],
    evaluation_interval: printDuration(stepMs),
    tests: tests.map((test) => testGroup(test, stepMs)),
  };
}

function testGroup({ name, series, checks, rule }: RuleTest, stepMs: number): JsonObject {
  const whole = checks.filter(({ alerts }) => alerts.every(({ annotations }) => annotations !== null));
  const partly = checks.filter((check) => !whole.includes(check));
  return {
    name,
    interval: printDuration(stepMs),
    input_series: series.map((entry) => ({ series: printLabels(entry.labels), values: printValues(entry) })),
    ...(whole.length === 0 ? {} : { alert_rule_test: whole.map((check) => alertTest(check, rule.name)) }),
    ...(partly.length === 0 ? {} : { promql_expr_test: partly.map((check) => labelTest(check, rule.name)) }),
  };
}

function alertTest({ atMs, alerts }: AlertCheck, alertname: string): JsonObject {
  return {
    eval_time: printDuration(atMs),
    alertname,
    exp_alerts: alerts.map(({ labels, annotations }) => ({ exp_labels: labels, exp_annotations: annotations ?? {} })),
  };
}

/** promtool compares annotations wherever it compares alerts; what they say is not known here, so the series are asked. */
function labelTest({ atMs, alerts }: AlertCheck, alertname: string): JsonObject {
  return {
    expr: `ALERTS{alertname="${alertname}",alertstate="firing"}`,
    eval_time: printDuration(atMs),
    exp_samples: alerts
      .map(({ labels }) => ({ ...labels, __name__: 'ALERTS', alertname, alertstate: 'firing' }))
      .sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
      .map((labels) => ({ labels: printLabels(labels), value: 1 })),
  };
}
