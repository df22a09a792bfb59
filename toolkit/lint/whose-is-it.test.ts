import { describe, expect, it } from 'vitest';
import { currentDialect } from '../languages/promql/index.ts';
import { applyEdits } from './apply-edits.ts';
import { type LintRequest, lint } from './lint.ts';
import { readForeign } from './read/read-foreign.ts';
import { readExample } from './read-example.ts';

function found(code: string, ...documents: readonly string[]) {
  const request: LintRequest = {
    dialect: currentDialect,
    today: '2026-11-21',
    scrapeIntervalMs: null,
    retentionMs: null,
    isWanted: (wanted) => wanted === code,
    severities: new Map(),
  };
  const files = readExample(documents.join('---\n'));
  const findings = lint(readForeign(files, '0.34').input, request);
  return { files, findings, details: findings.map(({ diagnostic }) => diagnostic.detail) };
}

const ruleOf = (expression: string, labels = 'tenant: mes') =>
  `- alert: A\n  expr: ${expression}\n  for: 5m\n  labels: {${labels}}\n`;

describe('tenant-not-pinned', () => {
  it.each([
    {
      name: 'a selector of all tenants',
      rule: ruleOf('q > 1'),
      details: ['The rule is of the tenant mes, and q is read of all.'],
    },
    {
      name: 'one of another tenant',
      rule: ruleOf(`'q{tenant="erp"} > 1'`),
      details: ['The rule is of the tenant mes, and q is read of another.'],
    },
    { name: 'one of the own', rule: ruleOf(`'q{tenant="mes"} > 1'`), details: [] },
    { name: 'one of an item', rule: ruleOf(`'q{item="mes-1"} > 1'`), details: [] },
    {
      name: 'what is recorded for the tenant',
      rule: `- record: own\n  expr: 'q{tenant="mes"}'\n  labels: {tenant: mes}\n${ruleOf('own > 1')}`,
      details: [],
    },
    { name: 'a rule for all', rule: ruleOf('q > 1', 'tenant: shared'), details: [] },
    {
      name: 'a rule whose tenant its series says',
      rule: ruleOf('q > 1', `tenant: '{{ $labels.tenant }}'`),
      details: [],
    },
    {
      name: 'a join across tenants, whose ever the rule is',
      rule: ruleOf(`'q{tenant="mes"} > on() q{tenant="erp"}'`, 'severity: warning'),
      details: ['One expression joins what is of the tenants erp, mes.'],
    },
  ])('$name', ({ rule, details }) => {
    expect(found('tenant-not-pinned', rule).details).toEqual(details);
  });

  it.each([
    { name: 'without braces', from: 'q > 1', to: 'q{tenant="mes"} > 1' },
    { name: 'with some', from: `'rate(q{a="b"}[5m]) > 1'`, to: `'rate(q{a="b",tenant="mes"}[5m]) > 1'` },
    { name: 'with empty ones', from: `'q{} > 1'`, to: `'q{tenant="mes"} > 1'` },
    { name: 'but not where an offset follows', from: 'q offset 5m > 1', to: 'q offset 5m > 1' },
  ])('adds the tenant to a selector $name', ({ from, to }) => {
    const { files, findings } = found('tenant-not-pinned', ruleOf(from));
    const [file] = files;
    const edits = findings.flatMap(({ edit }) => edit ?? []);
    expect(applyEdits(file?.text ?? '', edits).text).toBe(file?.text.replace(from, to));
  });

  it.each([
    {
      name: 'each panel uses it where targets are labelled by tenant',
      targets: [`[{"targets": ["ups-1:9100"], "labels": {"item": "ups-1", "tenant": "mes"}}]\n`],
      read: 'q, w',
    },
    { name: 'elsewhere, panels that read what another one pins', targets: [], read: 'q' },
  ])('in a dashboard that has a variable for it: $name', ({ targets, read }) => {
    const panel = (id: number, expr: string) => ({
      ...{ id, type: 'timeseries', title: 'Q', datasource: { type: 'prometheus', uid: 'x' } },
      targets: [{ expr, refId: 'A' }],
    });
    const dashboard = {
      ...{ title: 'D', uid: 'd', schemaVersion: 39, time: {} },
      templating: { list: [{ name: 'tenant', type: 'query', query: 'label_values(q, tenant)' }] },
      panels: [panel(1, 'q{tenant=~"$tenant"}'), panel(2, 'q + w')],
    };
    expect(found('tenant-not-pinned', `${JSON.stringify(dashboard)}\n`, ...targets).details).toEqual([
      `The dashboard is opened for a tenant, and ${read} is read of all.`,
    ]);
  });
});

describe('class-without-alerts', () => {
  const targets = `[{"targets": ["ups-1:9100"], "labels": {"item": "ups-1", "class": "ups"}}]\n`;
  it.each([
    {
      name: 'an alert on what a rule records of the class',
      rules: `- record: charge\n  expr: 'battery{class="ups"}'\n- alert: Low\n  expr: charge < 1\n`,
      told: 0,
    },
    { name: 'a pattern that takes it', rules: `- alert: Low\n  expr: 'battery{class=~"u.*|v"} < 1'\n`, told: 0 },
    { name: 'one that does not', rules: `- alert: Low\n  expr: 'battery{class=~"u"} < 1'\n`, told: 1 },
    { name: 'whatever is down', rules: '- alert: Down\n  expr: up == 0\n', told: 0 },
    { name: 'a rule that only records it', rules: `- record: charge\n  expr: 'battery{class="ups"}'\n`, told: 1 },
  ])('$name', ({ rules, told }) => {
    expect(found('class-without-alerts', rules, targets).details).toHaveLength(told);
  });
});

describe('backup-without-freshness', () => {
  it.each([
    {
      name: 'each tool by its own metric',
      rules:
        '- alert: A\n  expr: velero_backup_failure_total > 0\n- alert: B\n  expr: time() - restic_backup_timestamp > 1e5\n',
      details: ['No alert looks at when the last good backup by Velero was made.'],
    },
    {
      name: 'an age that another rule records',
      rules: '- record: age\n  expr: time() - restic_backup_timestamp\n- alert: B\n  expr: age > 1e5\n',
      details: [],
    },
    {
      name: 'drills that are measured and not told',
      rules:
        '- record: drill\n  expr: restore_drill_last_success_timestamp_seconds\n- alert: B\n  expr: time() - backup_last_success_timestamp_seconds > 1e5\n',
      details: ['Restore drills are measured, and no alert says that the last one is long ago.'],
    },
    { name: 'no backups at all', rules: '- alert: A\n  expr: up == 0\n', details: [] },
  ])('$name', ({ rules, details }) => {
    expect(found('backup-without-freshness', rules).details).toEqual(details);
  });
});
