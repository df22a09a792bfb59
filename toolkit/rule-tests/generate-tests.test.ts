import { expect, it } from 'vitest';
import {
  type JsonObject,
  makeAddress,
  plainLifecycle,
  printAlertOverride,
  printExpectedTarget,
  type Resource,
} from '../model/index.ts';
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

it('what should be there is tested with one of the items, as if it were the only one', () => {
  const expected = (item: string) =>
    printExpectedTarget({ item, job: 'pump-own', labels: { class: 'pump', criticality: 'high' } });
  const { tests, uncovered } = generate([
    expected('pump-1'),
    expected('pump-2'),
    rule({
      alert: 'TargetMissing',
      expr: 'inventory:expected{class="pump"} unless on (item, job) up',
      annotations: {},
    }),
  ]);
  expect(uncovered).toEqual([]);
  expect(describe(tests)).toEqual([
    { name: 'plant/pump TargetMissing pump-1 firing', series: ['_x2'], checks: ['0s: 1'] },
    { name: 'plant/pump TargetMissing pump-1 quiet', series: ['1x2', '_x3'], checks: ['0s: 0', '2m: 0'] },
    { name: 'plant/pump TargetMissing pump-1 resolved', series: ['_ 1x1'], checks: ['0s: 1', '1m: 0'] },
    { name: 'plant/pump TargetMissing pump-1 missing', series: [], checks: ['2m: 1'] },
  ]);
});

it.each([
  { name: 'that has an item is measured', expr: 'up{job="logs"} == 0', firing: ['0x1'] },
  { name: 'gives series of several names', expr: '{__name__=~"a_total|b_total",class="logs"} > 4', firing: ['4.2x1'] },
  { name: 'of no item is none', expr: 'up{job="below"} == 0', firing: [] },
])('a target in the configuration itself $name', ({ expr, firing }) => {
  const jobOf = (job_name: string, labels: JsonObject) => ({
    job_name,
    static_configs: [{ targets: ['a:1'], labels }],
  });
  const jobs = [jobOf('logs', { item: 'logs-1', class: 'logs' }), jobOf('below', { stack: 'x' })];
  const rules = [rule({ expr, annotations: {} })];
  const resources = [
    resource('prometheus-rules', 'logs', { group: { name: 'logs', rules } }),
    resource('prometheus-config', 'main', { config: { scrape_configs: jobs } }),
  ];
  const { tests } = generateTests({ resources, declared: [], isPaced: false, isWanted: () => true });
  expect(
    describe(tests)
      .slice(0, 1)
      .flatMap(({ series }) => series),
  ).toEqual(firing);
});

it('an alert that always fires has nothing to be tested', () => {
  const { tests, uncovered, alerts } = generate([rule({ alert: 'Watchdog', expr: 'vector(1)', annotations: {} })]);
  expect({ tests, uncovered, alerts }).toEqual({ tests: [], uncovered: [], alerts: [] });
});

it('of items that share a threshold by a case of the alert, one is tested, and each that is tuned', () => {
  const own = (item: string, threshold: number, variant: string) =>
    printAlertOverride({ alert: 'PumpHot', item, variant, threshold });
  const variant = (name: string) => `override:threshold{alert="PumpHot",variant="${name}"}`;
  const common = '(temperature{class="pump"} unless on (item) override:threshold{alert="PumpHot"}) > 60';
  const others = ['declared', 'tuned-1'].map(
    (name) => `temperature{class="pump"} > on (item) group_left () ${variant(name)}`,
  );
  const { tests, uncovered } = generate(
    [
      own('pump-1', 80, 'declared'),
      own('pump-2', 80, 'declared'),
      own('pump-3', 90, 'declared'),
      own('pump-4', 70, 'tuned-1'),
      own('pump-5', 70, 'tuned-1'),
      rule({ expr: [common, ...others].join(' or '), annotations: {} }),
    ],
    [],
    ['pump-1', 'pump-2', 'pump-3', 'pump-4', 'pump-5', 'pump-6'],
  );
  expect(uncovered).toEqual([]);
  const firing = tests.filter((test) => test.case === 'firing').map(({ item, slice }) => `${item} ${slice.length}`);
  expect(firing).toEqual(['pump-1 4', 'pump-3 4', 'pump-4 3', 'pump-5 3', 'pump-6 3']);
});

function generate(rules: readonly JsonObject[], declared: readonly DeclaredAlert[] = [], items = ['pump-1']) {
  const resources = [
    resource('prometheus-rules', 'pump', { group: { name: 'pump', rules } }),
    resource('prometheus-targets', 'pump-own', {
      name: 'pump-own',
      groups: items.map((item) => ({
        targets: [`${item}:1`],
        labels: { item, class: 'pump', __param_module: 'x' },
      })),
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
