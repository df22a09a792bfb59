import { standardAlerts } from 'opsctl/alerts';
import { describe, expect, it } from 'vitest';
import type { JsonObject, Resource } from '../../toolkit/model/index.ts';
import { runPromtool } from '../../toolkit/operate/run-promtool.ts';
import {
  batchTests,
  type GeneratedTests,
  generateTests,
  mutatedSlice,
  type Rule,
  readRules,
  ruleDocument,
  testDocument,
} from '../../toolkit/rule-tests/index.ts';
import { renderTemplate } from '../../toolkit/rule-tests/template/render-template.ts';
import { realPrograms } from '../support/programs.ts';
import { compileWholeCatalogue } from '../support/whole-catalogue.ts';

const programs = realPrograms(['promtool']);
const declared = standardAlerts.flatMap((pack) => Object.values(pack.alerts));
const { resources } = compileWholeCatalogue();

/** Generated tests, judged by Prometheus' own tool: it alone decides whether the model of PromQL was right. */
describe.skipIf(!programs.available)(programs.title('generated rule tests under promtool'), () => {
  it.each(ruleFiles())(
    'cover every alert of %s and pass, all of them',
    async (name) => {
      const generated = generate(resources, ({ file }) => file.name === name);
      expect(describeGaps(generated)).toEqual([]);
      expect(await failuresOf(generated)).toEqual([]);
    },
    180_000,
  );

  it.each([
    {
      name: 'another threshold',
      alert: 'HostMemoryShort',
      change: { expr: withText('< 0.1', '< 0.2') },
      cases: ['quiet', 'resolved'],
    },
    {
      name: 'the other direction',
      alert: 'HostCpuBusy',
      change: { expr: withText('> 0.9', '< 0.9') },
      cases: ['firing', 'resolved'],
    },
    { name: 'another waiting time', alert: 'HostDown', change: { for: () => '10m' }, cases: ['firing', 'resolved'] },
    {
      name: 'another severity',
      alert: 'HostDown',
      change: { labels: () => ({ severity: 'info' }) },
      cases: ['firing', 'resolved'],
    },
  ])('$name than declared makes them fail', async ({ alert, change, cases }) => {
    const wrong = resources.map((resource) => withChangedRule(resource, alert, change));
    const generated = generate(wrong, ({ file, name }) => file.stack === 'plant' && name === alert);
    const failed = await failuresOf(generated);
    expect(failed.map((name) => name.replace(`plant/host ${alert} host-1 `, ''))).toEqual(cases);
  });

  it('a summary is what promtool makes of it', async () => {
    const values = [
      0,
      1,
      0.945,
      1 / 3,
      1234567.5,
      0.0001234,
      12.5,
      999.96,
      59.99,
      90_061,
      1e15,
      3 * 1024 ** 3,
      -42.5,
      -3700,
    ];
    const pipes = ['', ' | humanize', ' | humanize1024', ' | humanizeDuration', ' | humanizePercentage'];
    const annotations = Object.fromEntries(pipes.map((pipe, index) => [`a${index}`, `{{ $value${pipe} }}`]));
    const rules = values.map((value, index) => ({ alert: `A${index}`, expr: `vector(${value})`, annotations }));
    const expected = values.map((value) =>
      Object.fromEntries(Object.entries(annotations).map(([name, text]) => [name, renderTemplate(text, {}, value)])),
    );
    const checks = expected.map((exp_annotations, index) => ({
      eval_time: '1m',
      alertname: `A${index}`,
      exp_alerts: [{ exp_annotations }],
    }));
    const tests = { rule_files: ['rules.json'], tests: [{ name: 'templates', alert_rule_test: checks }] };
    const job = { tests: tests as JsonObject, rules: { 'rules.json': ruleDocument(rules) } };
    const [verdict] = await runPromtool([job], options());
    expect(verdict).toEqual({ file: '0.test.json', passed: true, failures: new Map() });
  });

  it('rules that are put back as they were pass as before, so that a noticed mistake is noticed for itself', async () => {
    const generated = generate(resources, ({ file }) => file.address === 'plant/prometheus-rules/host');
    const jobs = generated.alerts.map((rule) => {
      const slice = mutatedSlice(
        rule,
        { kind: 'for', title: '', expression: rule.expression, forMs: rule.forMs },
        generated.rules,
      );
      const [batch] = batchTests(generated.tests.filter((test) => test.rule === rule));
      if (batch === undefined) throw new Error(`${rule.name} has no tests.`);
      return { tests: testDocument(batch, 'rules.json'), rules: { 'rules.json': ruleDocument(slice) } };
    });
    const verdicts = await runPromtool(jobs, options());
    expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
  });
});

/** Names of the rule files that have alerts, such as those of classes. */
function ruleFiles(): readonly string[] {
  const alerts = readRules(resources).filter(({ kind }) => kind === 'alert');
  return [...new Set(alerts.map(({ file }) => file.name))].sort();
}

function generate(from: readonly Resource[], isWanted: (rule: Rule) => boolean): GeneratedTests {
  return generateTests({ resources: from, declared, isPaced: false, isWanted });
}

/** The region of the sample group has no items, so nothing of it can be escalated. */
function describeGaps({ uncovered }: GeneratedTests): readonly string[] {
  const own = uncovered.filter(({ rule }) => rule.file.stack !== 'region');
  return own.map(({ rule, cases, reason }) => `${rule.file.address} ${rule.name}: ${cases.join(', ')}: ${reason}`);
}

async function failuresOf({ tests }: GeneratedTests): Promise<readonly string[]> {
  const jobs = batchTests(tests).map((batch) => ({
    tests: testDocument(batch, 'rules.json'),
    rules: { 'rules.json': ruleDocument(batch.rules) },
  }));
  const verdicts = await runPromtool(jobs, options());
  return verdicts.flatMap(({ passed, failures }) => (passed ? [] : [...failures.keys()]));
}

function options() {
  return { program: programs.path('promtool'), signal: new AbortController().signal, onProgress: () => undefined };
}

type Change = Readonly<Record<string, (value: string) => JsonObject[string]>>;

function withText(from: string, to: string) {
  return (text: string): string => {
    if (!text.includes(from)) throw new Error(`${text} has no ${from}.`);
    return text.replace(from, to);
  };
}

function withChangedRule(resource: Resource, alert: string, change: Change): Resource {
  const group = resource.spec.group as JsonObject | undefined;
  if (resource.type !== 'prometheus-rules' || group === undefined) return resource;
  const rules = (group.rules as readonly JsonObject[]).map((rule) => {
    if (rule.alert !== alert) return rule;
    const changed = Object.entries(change).map(([field, of]) => [field, of(String(rule[field]))] as const);
    return { ...rule, ...Object.fromEntries(changed) };
  });
  return { ...resource, spec: { ...resource.spec, group: { ...group, rules } } };
}
