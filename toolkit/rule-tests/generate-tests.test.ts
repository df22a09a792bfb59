import { expect, it } from 'vitest';
import { type JsonObject, makeAddress, plainLifecycle, type Resource } from '../model/index.ts';
import type { DeclaredAlert } from './declared-condition.ts';
import { generateTests } from './generate-tests.ts';
import { batchTests, testDocument } from './promtool-document.ts';

const source = { file: 'stacks/plant.ts', line: 1, column: 1 };

it('an alert has its four cases, with series at the edge of what was declared', () => {
  const { tests, uncovered } = generate([rule({ for: '2m' })]);
  expect(uncovered).toEqual([]);
  expect(describe(tests)).toEqual([
    { name: 'plant/pump PumpHot pump-1 firing', series: ['63x3'], checks: ['1m: 0', '2m: 1'] },
    { name: 'plant/pump PumpHot pump-1 quiet', series: ['60x4', '63x4'], checks: ['2m: 0', '4m: 0'] },
    { name: 'plant/pump PumpHot pump-1 resolved', series: ['63x2 57x1'], checks: ['2m: 1', '3m: 0'] },
    { name: 'plant/pump PumpHot pump-1 missing', series: [], checks: ['4m: 0'] },
  ]);
});

it('labels and texts of the alert are those that promtool compares', () => {
  const [batch] = batchTests(generate([rule({})]).tests);
  if (batch === undefined) throw new Error('No test was made.');
  const [group] = testDocument(batch, 'rules.yaml').tests as readonly JsonObject[];
  expect(group?.alert_rule_test).toEqual([
    {
      eval_time: '0s',
      alertname: 'PumpHot',
      exp_alerts: [
        {
          exp_labels: { item: 'pump-1', class: 'pump', job: 'pump-own', instance: 'pump-1:1', severity: 'warning' },
          exp_annotations: { summary: 'pump-1 has 63' },
        },
      ],
    },
  ]);
});

it('a rule that says otherwise than its declaration is tested against the declaration', () => {
  const declared: DeclaredAlert = {
    name: 'PumpHot',
    class: 'pump',
    when: { below: 10 },
    for: '0s',
    severity: 'critical',
    source,
  };
  const [firing] = generate([rule({})], [declared]).tests;
  expect(firing?.series.map(({ segments }) => segments)).toEqual([
    [{ kind: 'line', start: 9.5, increment: 0, count: 2 }],
  ]);
  expect(firing?.checks[0]?.alerts[0]?.labels.severity).toBe('critical');
});

it.each([
  {
    name: 'samples of the author are used where they are given',
    samples: { bad: { temperature: 90 }, good: { temperature: 20 } },
    found: { series: ['90x1'], reasons: [] },
  },
  {
    name: 'samples that do not make it fire are told',
    samples: { bad: { temperature: 30 }, good: { temperature: 20 } },
    found: { series: [], reasons: ['no series were found that make it fire: its own bad samples do not'] },
  },
  {
    name: 'samples that make it fire though they should not are told',
    samples: { bad: { temperature: 90 }, good: { temperature: 80 } },
    found: { series: [], reasons: ['no series were found that make it fire: its own good samples do'] },
  },
])('$name', ({ samples, found }) => {
  const declared = {
    name: 'PumpHot',
    class: 'pump',
    when: { above: 60 },
    for: '0s',
    severity: 'warning',
    source,
  } as const;
  const { tests, uncovered } = generate([rule({})], [{ ...declared, samples }]);
  expect({
    series: describe(tests.slice(0, 1)).flatMap(({ series }) => series),
    reasons: uncovered.map(({ reason }) => reason),
  }).toEqual(found);
});

it('an alert for which no series are found is listed with the reason', () => {
  const { tests, uncovered } = generate([rule({ expr: 'timestamp(temperature{class="pump"}) > 5' })]);
  expect(tests).toEqual([]);
  expect(uncovered).toMatchObject([
    {
      cases: ['firing', 'quiet', 'resolved', 'missing'],
      reason: 'no series were found that make it fire: the function timestamp',
    },
  ]);
});

function generate(rules: readonly JsonObject[], declared: readonly DeclaredAlert[] = []) {
  const resources = [
    resource('prometheus-rules', 'pump', { group: { name: 'pump', rules } }),
    resource('prometheus-targets', 'pump-own', {
      name: 'pump-own',
      groups: [{ targets: ['pump-1:1'], labels: { item: 'pump-1', class: 'pump', __param_module: 'x' } }],
    }),
  ];
  return generateTests({ resources, declared, isPaced: false, isWanted: () => true });
}

function describe(tests: ReturnType<typeof generate>['tests']) {
  const [batch] = batchTests(tests);
  if (batch === undefined) return [];
  const groups = testDocument(batch, 'rules.yaml').tests as readonly JsonObject[];
  return groups.map(({ name, input_series, alert_rule_test }) => ({
    name,
    series: (input_series as readonly { readonly values: string }[]).map(({ values }) => values),
    checks: (alert_rule_test as readonly { readonly eval_time: string; readonly exp_alerts: readonly unknown[] }[]).map(
      ({ eval_time, exp_alerts }) => `${eval_time}: ${exp_alerts.length}`,
    ),
  }));
}

function rule(changes: JsonObject): JsonObject {
  return {
    alert: 'PumpHot',
    expr: 'temperature{class="pump"} > 60',
    labels: { severity: 'warning' },
    annotations: { summary: '{{ $labels.item }} has {{ $value | humanize }}' },
    ...changes,
  };
}

function resource(type: string, name: string, spec: JsonObject): Resource {
  return {
    address: makeAddress({ stack: 'plant', type, name }),
    aliases: [],
    type,
    target: 'prometheus',
    spec,
    dependsOn: [],
    owner: 'ops',
    tenant: null,
    tier: 'L3',
    criticality: 'high',
    clauses: [],
    lifecycle: plainLifecycle,
    source,
    derivation: [],
    parts: [],
  };
}
