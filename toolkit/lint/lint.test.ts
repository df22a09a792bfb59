import { describe, expect, it } from 'vitest';
import { printSpan } from '../diagnostics/index.ts';
import { currentDialect, debianDialect } from '../languages/promql/index.ts';
import { applyEdits } from './apply-edits.ts';
import { applyWaivers } from './apply-waivers.ts';
import { type LintFinding, type LintRequest, lint } from './lint.ts';
import { readForeign } from './read/read-foreign.ts';
import { readExample } from './read-example.ts';

const request: LintRequest = {
  dialect: currentDialect,
  today: '2026-11-21',
  scrapeIntervalMs: null,
  retentionMs: null,
  isWanted: () => true,
  severities: new Map(),
};

function findingsIn(example: string, change: Partial<LintRequest> = {}): readonly LintFinding[] {
  return lint(readForeign(readExample(example), '0.34').input, { ...request, ...change });
}

function told(findings: readonly LintFinding[]): readonly string[] {
  return findings.map(
    ({ diagnostic: { code, severity, position } }) => `${severity} ${code} ${position && printSpan(position)}`,
  );
}

const only = (...codes: readonly string[]) => ({ isWanted: (code: string) => codes.includes(code) });

describe('a finding', () => {
  it('of the parser stands at its place in the expression', () => {
    const rule = '- alert: A\n  expr: |\n    up == 0\n      and nofunc(up)\n';
    expect(told(findingsIn(rule, only('promql/unknown-function')))).toEqual([
      'error promql/unknown-function file-0.yaml:7:17',
    ]);
  });

  it('can be given another severity', () => {
    const severities = new Map([['for-missing', 'error'] as const]);
    const rule = '- alert: A\n  expr: up == 0\n';
    expect(told(findingsIn(rule, { ...only('for-missing'), severities }))).toEqual([
      'error lint/for-missing file-0.yaml:4:9',
    ]);
  });

  it('is told for each rule that has the same expression', () => {
    const rule = '- record: a:b:c\n  expr: rate(a_total[10s])\n';
    expect(told(findingsIn(rule + rule, only('range-too-short')))).toEqual([
      'warning lint/range-too-short file-0.yaml:5:20',
      'warning lint/range-too-short file-0.yaml:7:20',
    ]);
  });

  it('of a function that the release does not have depends on the release', () => {
    const rule = '- record: a:b:c\n  expr: first_over_time(up[5m])\n';
    expect(told(findingsIn(rule, only('promql/not-in-version')))).toEqual([]);
    const older = { ...only('promql/not-in-version'), dialect: debianDialect };
    expect(told(findingsIn(rule, older))).toEqual(['error promql/not-in-version file-0.yaml:5:15']);
  });

  it('of a range goes by the job that is selected', () => {
    const jobs =
      '---\nglobal: {scrape_interval: 15s}\nscrape_configs:\n  - job_name: a\n  - {job_name: snmp, scrape_interval: 3m}\n';
    const rule = (job: string) => `- record: a:b:c\n  expr: rate(a_total{job="${job}"}[2m])\n${jobs}`;
    expect(told(findingsIn(rule('a'), only('range-too-short')))).toEqual([]);
    expect(findingsIn(rule('snmp'), only('range-too-short'))[0]?.diagnostic).toMatchObject({
      expected: '6m or more',
      found: '2m',
    });
  });

  it('of a panel is placed as the file has it, with variables in it', () => {
    const dashboard =
      '{"title": "A", "schemaVersion": 39,\n "panels": [{"targets": [{"expr": "up{job=~\\"$job\\"} / nofunc(up)"}]}]}';
    expect(told(findingsIn(dashboard, only('promql/unknown-function')))).toEqual([
      'error promql/unknown-function file-0.json:2:56',
    ]);
  });
});

describe('a waiver', () => {
  const rule = '- alert: A\n  expr: up == 0\n';
  const waive = (comment: string) => {
    const example = readExample(`- record: a:b:c\n  expr: up\n# opsctl-lint: ${comment}\n${rule}`);
    const findings = lint(readForeign(example, '0.34').input, { ...request, ...only('for-missing') });
    return applyWaivers(findings, new Map(example.map(({ path, text }) => [path, text])), request.today);
  };

  it('makes the finding a notice that says why it passes', () => {
    const { findings, diagnostics } = waive(
      'disable=for-missing until=2027-01-01 by=zhang reason=One sample is enough.',
    );
    expect(findings[0]?.diagnostic).toMatchObject({
      severity: 'notice',
      waiver: { reason: 'One sample is enough.', approver: 'zhang', until: '2027-01-01' },
    });
    expect(diagnostics).toEqual([]);
  });

  it.each([
    { comment: 'disable=for-missing until=2026-01-01 reason=x', code: 'lint-waiver/expired' },
    { comment: 'disable=for-mising until=2027-01-01 reason=x', code: 'lint-waiver/unknown-code' },
    { comment: 'disable=regex-unneeded until=2027-01-01 reason=x', code: 'lint-waiver/unused' },
    { comment: 'disable=for-missing until=2027-01-01', code: 'lint-waiver/no-reason' },
  ])('that lets nothing pass is told: $comment', ({ comment, code }) => {
    const { findings, diagnostics } = waive(comment);
    expect(findings.map(({ diagnostic }) => diagnostic.waiver)).toEqual([undefined]);
    expect(diagnostics.map((diagnostic) => [diagnostic.code, diagnostic.position?.line])).toEqual([[code, 6]]);
  });

  it('of pint is told, and lets nothing pass', () => {
    const text = `groups:\n  - name: a\n    rules:\n      # pint disable alerts/for\n`;
    expect(applyWaivers([], new Map([['a.yml', text]]), request.today).diagnostics).toMatchObject([
      { code: 'lint-waiver/pint-comment', position: { file: 'a.yml', line: 4, column: 7 } },
    ]);
  });
});

describe('mending', () => {
  it.each([
    { written: 'up{job=~"^a.*$", x=~"b"} == 0', mended: 'up{job=~"a.*", x="b"} == 0' },
    { written: '"up{job!~\\"b\\"} == 0"', mended: '"up{job!=\\"b\\"} == 0"' },
    { written: '|\n    up{job=~"a",\n       x=~"b"} == 0', mended: '|\n    up{job="a",\n       x="b"} == 0' },
  ])('writes $mended', ({ written, mended }) => {
    const [file] = readExample(`- record: a:b:c\n  expr: ${written}\n`);
    if (file === undefined) throw new Error('An example has a file.');
    const findings = lint(readForeign([file], '0.34').input, request);
    const { text } = applyEdits(
      file.text,
      findings.flatMap(({ edit }) => edit ?? []),
    );
    expect(text).toBe(readExample(`- record: a:b:c\n  expr: ${mended}\n`)[0]?.text);
    const again = lint(readForeign([{ ...file, text }], '0.34').input, request);
    expect(again.flatMap(({ edit }) => edit ?? [])).toEqual([]);
  });

  it('counts no byte order mark, and of two edits of one place makes the first', () => {
    const edits = [
      { file: 'a', start: 0, end: 2, text: 'x' },
      { file: 'a', start: 1, end: 3, text: 'y' },
    ];
    expect(applyEdits('\ufeffabc', edits)).toEqual({ text: '\ufeffxc', applied: 1 });
  });
});

describe('no finding', () => {
  const linked = (includeVars: boolean) =>
    JSON.stringify({
      title: 'A',
      schemaVersion: 39,
      links: [{ type: 'dashboards', includeVars }],
      templating: { list: [{ name: 'site', type: 'query' }] },
      panels: [],
    });
  const deadMan = (match: string) =>
    `route:\n  receiver: rest\n  routes: [{matchers: [${match}], receiver: out}]\nreceivers:\n  - name: rest\n  - name: out\n    webhook_configs: [{url: "https://out.example/", send_resolved: false}]\n`;

  it.each([
    { name: 'is made of a variable that a link leaves behind', text: linked(false), code: 'unused-variable', count: 1 },
    { name: 'is none of a variable that a link takes along', text: linked(true), code: 'unused-variable', count: 0 },
    { name: 'is made of a pager that hears no end', text: deadMan('team="a"'), code: 'end-not-told', count: 1 },
    {
      name: 'is none of who waits for the silence of a watchdog',
      text: deadMan('alertname="Watchdog"'),
      code: 'end-not-told',
      count: 0,
    },
  ])('$name', ({ text, code, count }) => {
    expect(findingsIn(text, only(code))).toHaveLength(count);
  });
});

describe('the time in which a critical alert is told', () => {
  const rule = '- alert: A\n  expr: up == 0\n  for: 10m\n  labels: {severity: critical}\n';
  const routes =
    '---\nroute: {receiver: a, group_interval: 5m}\nreceivers: [{name: a, webhook_configs: [{url: "https://a.example/"}]}]\n';

  it.each([
    { name: 'is an hour when nobody says it', tellWithinMs: null, found: [] },
    { name: 'is what somebody says', tellWithinMs: 600_000, found: ['17m'] },
  ])('$name', ({ tellWithinMs, found }) => {
    const told = findingsIn(rule + routes, { ...only('told-late'), tellWithinMs });
    expect(told.map(({ diagnostic }) => diagnostic.found)).toEqual(found);
  });
});
