import { sshLogins } from 'opsctl/alerts';
import { expect, it } from 'vitest';
import { parseExpression } from '../../languages/promql/index.ts';
import {
  alertOf,
  definePipeline,
  defineStack,
  isJsonObject,
  items,
  type JsonObject,
  type PipelineAlert,
  type StackDeclaration,
  standardTargets,
} from '../../model/index.ts';
import { sampleGroup, sampleStacks } from '../../testing/sample-group.ts';
import { compileGroup } from '../compile-group.ts';

const hosts = items.where({ class: 'host', site: 'plant' });
const first = items.where({ id: 'host-1' });
const quiet: PipelineAlert = {
  ...({ name: 'SshLogSilent', for: '5m', severity: 'warning', runbook: 'logs/ssh-password-guessing' } as const),
  ...{
    when: { silent: { count: 'auth_log_lines_total' }, in: '1h' },
    rationale: 'Nothing comes any more.',
    clauses: [],
  },
  summary: { en: '{item} logs nothing', zh: '{item} 无日志' },
};
const { kind: _, source: __, ...declared } = sshLogins();
const logins = definePipeline({ ...declared, alerts: [...(declared.alerts ?? []), quiet] });

const guessing = alertOf(logins, 'SshPasswordGuessing');
const after = alertOf(logins, 'SshLoginAfterGuessing');
const silent = alertOf(logins, 'SshLogSilent');
const terms = { reason: 'A honeypot.', approver: 'lead', until: '2099-12-31' };

function compiled(change: (plant: StackDeclaration) => StackDeclaration) {
  const [hq, region] = sampleStacks();
  const head = { name: 'plant', tier: 'L3', site: 'plant', parent: 'region', team: 'plant-ops' } as const;
  const plant = defineStack({ ...head, targets: [...standardTargets, 'mtail'] })
    .operate(items.where({ site: 'plant' }))
    .collect(logins, hosts);
  const group = sampleGroup({ stacks: [hq, region, change(plant)] as readonly StackDeclaration[] });
  const { resources, diagnostics } = compileGroup(group);
  const spec = resources.find(({ address }) => address === 'plant/prometheus-rules/logs-ssh-logins')?.spec.group;
  const rules = isJsonObject(spec ?? null) ? ((spec as JsonObject).rules as unknown as readonly JsonObject[]) : [];
  return { rules, diagnostics: diagnostics.filter(({ severity }) => severity === 'error') };
}

function named(rules: readonly JsonObject[], name: string): readonly JsonObject[] {
  return rules.filter(({ alert }) => alert === name);
}

const plain = compiled((plant) => plant).rules;
const valueIn = (name: string, comparison: RegExp) => String(named(plain, name)[0]?.expr).split(comparison)[0] ?? '';

it('a threshold of some items is a series, which the common rule leaves out and takes back', () => {
  const { rules, diagnostics } = compiled((plant) =>
    plant.tune(first, guessing, { threshold: 300, reason: 'A jump host that everybody mistypes at.' }),
  );
  const value = valueIn('SshPasswordGuessing', / > 30$/);
  expect(diagnostics).toEqual([]);
  expect(rules.filter(({ record }) => record !== undefined)).toEqual([
    {
      record: 'override:threshold',
      expr: 'vector(300)',
      labels: { alert: 'SshPasswordGuessing', item: 'host-1', variant: 'tuned-1' },
    },
  ]);
  expect(named(rules, 'SshPasswordGuessing').map(({ expr }) => expr)).toEqual([
    `((${value}) unless on (item) override:threshold{alert="SshPasswordGuessing"}) > 30 or ` +
      `(${value}) > on (item) group_left () override:threshold{alert="SshPasswordGuessing",variant="tuned-1"}`,
  ]);
});

it('what else has to be true of a share stays true of the tuned', () => {
  const { rules } = compiled((plant) => plant.tune(first, after, { threshold: 0.2, reason: 'Many log in here.' }));
  const [common = ''] = named(rules, 'SshLoginAfterGuessing').map(({ expr }) => String(expr));
  expect(common.match(/ >= 50(?= or |$)/g)).toHaveLength(2);
});

it('another severity is a rule of its own, also where there is no number', () => {
  const { rules } = compiled((plant) =>
    plant.tune(first, silent, { severity: 'critical', reason: 'The only machine that may not be silent.' }),
  );
  expect(named(rules, 'SshLogSilent').map(({ expr, labels }) => [String(expr).slice(-78), labels])).toEqual([
    [expect.stringContaining('unless on (item) override:threshold{alert="SshLogSilent"})'), { severity: 'warning' }],
    [
      expect.stringContaining('and on (item) override:threshold{alert="SshLogSilent",variant="tuned-1"}'),
      { severity: 'critical' },
    ],
  ]);
});

it('whatever is tuned is PromQL', () => {
  const { rules } = compiled((plant) =>
    plant
      .tune(first, guessing, { threshold: 300, for: '5m', reason: 'Why.' })
      .tune(first, after, { threshold: 0.2, reason: 'Why.' })
      .tune(items.where({ id: 'host-2' }), after, { severity: 'warning', reason: 'Why.' })
      .waive(first, silent, terms),
  );
  expect(rules.filter(({ expr }) => parseExpression(String(expr)).kind === 'refused')).toEqual([]);
});

it('one that is waived for an item is told of the others only', () => {
  const { rules, diagnostics } = compiled((plant) => plant.waive(first, guessing, terms));
  expect(diagnostics).toEqual([]);
  expect(rules[0]?.labels).toEqual({ alert: 'SshPasswordGuessing', item: 'host-1', variant: 'waived' });
  expect(named(rules, 'SshPasswordGuessing')).toHaveLength(1);
  expect(String(named(rules, 'SshPasswordGuessing')[0]?.expr)).toMatch(
    /unless on \(item\) override:threshold\S+ > 30$/,
  );
});

it.each<{ name: string; change: (plant: StackDeclaration) => StackDeclaration; code: string }>([
  {
    name: 'a number for what has none',
    change: (plant) => plant.tune(first, silent, { threshold: 1, reason: 'Why.' }),
    code: 'pipeline/no-threshold',
  },
  {
    name: 'an item that the pipeline has nothing of',
    change: (plant) => plant.tune(items.where({ id: 'web-1' }), guessing, { threshold: 1, reason: 'Why.' }),
    code: 'compile/matches-nothing',
  },
  {
    name: 'one item twice',
    change: (plant) => plant.tune(hosts, guessing, { threshold: 1, reason: 'Why.' }).waive(first, guessing, terms),
    code: 'compile/tuned-twice',
  },
  {
    name: 'an alert of a pipeline that nobody collects',
    change: (plant) => plant.waive(first, { ...guessing, pipeline: 'other', id: 'other.X' }, terms),
    code: 'compile/alert-not-in-use',
  },
  {
    name: 'a tuning that changes nothing',
    change: (plant) => plant.tune(first, guessing, { reason: 'Why.' }),
    code: 'compile/tuning-empty',
  },
])('$name is an error', ({ change, code }) => {
  expect(compiled(change).diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
});

it('an alert that the pipeline does not have is refused where it is named', () => {
  expect(() => alertOf(logins, 'SshPasswordGuesing')).toThrow(/SshPasswordGuessing/);
});
