import { expect, it } from 'vitest';
import { makeAddress, type Resource } from '../model/index.ts';
import { readRules } from './read-rules.ts';
import { readUserTests } from './user-tests.ts';

const rules = readRules([
  ruleFile('plant', 'host', [
    { record: 'host:load', expr: 'node_load5' },
    { alert: 'HostBusy', expr: 'host:load > 5' },
    { alert: 'HostDown', expr: 'up == 0' },
  ]),
  ruleFile('plant', 'pump', [{ alert: 'PumpHot', expr: 'temperature > 60' }]),
  ruleFile('hq', 'host', [{ alert: 'HostDown', expr: 'up == 0' }]),
]);
const file = 'alerts/tests/mine.test.yaml';

it.each([
  {
    name: 'an alert brings what it depends on, from the file that is named',
    ruleFiles: ['plant/prometheus/rules/host.yaml'],
    test: 'alert_rule_test: [{ eval_time: 1m, alertname: HostBusy, exp_alerts: [] }]',
    slice: ['plant/host: host:load, HostBusy'],
  },
  {
    name: 'a star stands for any text, and what stands before the stack does not matter',
    ruleFiles: ['../../rendered/*/prometheus/rules/*.yaml'],
    test: 'alert_rule_test: [{ eval_time: 1m, alertname: HostDown, exp_alerts: [] }]',
    slice: ['plant/host: HostDown', 'hq/host: HostDown'],
  },
  {
    name: 'an expression brings the rules that give what it asks for',
    ruleFiles: ['plant/prometheus/rules/*.yaml'],
    test: `promql_expr_test: [{ expr: 'ALERTS{alertname="PumpHot"} or host:load', eval_time: 1m, exp_samples: [] }]`,
    slice: ['plant/host: host:load', 'plant/pump: PumpHot'],
  },
])('$name', ({ ruleFiles, test, slice }) => {
  const { tests, diagnostics } = read(`rule_files: ${JSON.stringify(ruleFiles)}\ntests: [{ ${test} }]\n`);
  expect(diagnostics).toEqual([]);
  const found = tests?.slice.map(
    ({ file: of, rules: own }) => `${of.stack}/${of.name}: ${own.map(({ name }) => name).join(', ')}`,
  );
  expect({ tests: tests?.tests, found }).toEqual({ tests: 1, found: slice });
});

it('a rule file beside the test stays as it is', () => {
  const { tests } = read('rule_files: [beside.yaml]\ntests: []\n');
  expect({ foreign: tests?.foreign, slice: tests?.slice }).toEqual({ foreign: ['beside.yaml'], slice: [] });
});

it.each([
  { name: 'no YAML', text: 'tests: [', code: 'yaml/syntax', line: 1 },
  { name: 'no test of promtool', text: 'tests: 5\n', code: 'rule-tests/test-file-unreadable', line: 1 },
  {
    name: 'rules that are not there',
    text: 'tests: []\nrule_files:\n  - plant/prometheus/rules/host.yaml\n  - west/prometheus/rules/host.yaml\n',
    code: 'rule-tests/no-rules-for-test',
    line: 4,
  },
])('$name is told at its place', ({ text, code, line }) => {
  const { tests, diagnostics } = read(text);
  expect(tests).toBeNull();
  expect(diagnostics.map((found) => ({ code: found.code, line: found.position?.line }))).toEqual([{ code, line }]);
});

function read(text: string) {
  return readUserTests(text, file, rules, (entry) => entry === 'beside.yaml');
}

function ruleFile(stack: string, name: string, own: readonly Readonly<Record<string, string>>[]): Resource {
  const address = makeAddress({ stack, type: 'prometheus-rules', name });
  // Reading looks at type, address and spec only.
  return { type: 'prometheus-rules', address, spec: { group: { name, rules: own } } } as unknown as Resource;
}
