import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { realPrograms } from '../../test/support/programs.ts';
import { type Expression, parseExpression, printExpression } from '../languages/promql/index.ts';
import { expandRecorded, type RecordedRule } from './expand-recorded.ts';

function parsed(text: string): Expression {
  const result = parseExpression(text);
  if (result.kind === 'refused') throw new Error(`${text} is refused.`);
  return result.expression;
}

const written = [
  { record: 'job:up:ratio', expr: 'avg by (job) (up)' },
  { record: 'limit', expr: 'vector(0.6)', labels: { alert: 'A', job: 'a' } },
  { record: 'limit', expr: 'vector(0.2)', labels: { alert: 'A', job: 'b' } },
  { record: 'limit', expr: 'vector(9)', labels: { alert: 'B', job: 'a' } },
  { record: 'job:up:low', expr: 'job:up:ratio{job=~"a|c"} < 1' },
  { record: 'own', expr: 'own + 1' },
];
const rules = written.map(
  ({ record, expr, labels = {} }): RecordedRule => ({ name: record, expression: parsed(expr), labels }),
);
const expand = (text: string) => expandRecorded(parsed(text), rules, () => true, 60_000);

describe('an expression of recorded series', () => {
  it.each([
    { name: 'one rule', text: 'job:up:ratio < 0.9', expanded: ['job:up:ratio'] },
    { name: 'a rule of a rule', text: 'job:up:low', expanded: ['job:up:low', 'job:up:ratio'] },
    { name: 'what no rule records', text: 'up == 0', expanded: [] },
  ])('takes $name', ({ text, expanded }) => {
    expect(expand(text)).toMatchObject({ expanded, kept: [] });
  });

  it.each([
    {
      name: 'the past of a series',
      text: 'job:up:ratio offset 5m',
      reason: 'it is read at another moment than that of the evaluation',
    },
    { name: 'a series of itself', text: 'own > 3', reason: 'it is recorded from itself' },
  ])('leaves $name as it was recorded, and says so', ({ text, reason }) => {
    expect(expand(text).kept).toEqual([{ name: expect.any(String), reason }]);
  });

  it('leaves what is not asked for', () => {
    const { expression } = expandRecorded(parsed('job:up:low'), rules, (name) => name === 'job:up:low', 60_000);
    expect(printExpression(expression)).toContain('job:up:ratio');
  });
});

const programs = realPrograms(['promtool']);
const folder = mkdtempSync(join(tmpdir(), 'opsctl-expand-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!programs.available)(programs.title('to Prometheus, the rules in place of their series'), () => {
  it.each([
    { text: 'job:up:ratio < 0.9', count: 2 },
    { text: 'job:up:ratio{job="a"}', count: 1 },
    { text: 'job:up:ratio{job!="a"}', count: 2 },
    { text: 'job:up:ratio{job=~"a|c"}', count: 2 },
    { text: 'job:up:ratio{job!~"a|c"}', count: 1 },
    { text: 'job:up:low', count: 1 },
    { text: 'limit{alert="A"}', count: 2 },
    { text: 'job:up:ratio < on (job) group_left () limit{alert="A"}', count: 2 },
    { text: 'job:up:ratio unless on (job) limit{alert="B"}', count: 2 },
    { text: 'max_over_time(job:up:ratio[5m])', count: 3 },
  ])('give the same for $text', ({ text, count }) => {
    const whole = printExpression(expand(text).expression);
    const tests = [
      { expr: `count(${text})`, exp_samples: [{ labels: '{}', value: count }] },
      { expr: `(${text}) unless (${whole})`, exp_samples: [] },
      { expr: `(${whole}) unless (${text})`, exp_samples: [] },
      { expr: `(${whole}) != (${text})`, exp_samples: [] },
    ];
    expect(judge(tests.map((test) => ({ ...test, eval_time: '10m' })))).toEqual({ status: 0, said: '' });
  });
});

/** `a` has one of two up, `b` none of one, `c` all. */
const input = [
  { series: 'up{job="a",instance="1"}', values: '1x20' },
  { series: 'up{job="a",instance="2"}', values: '0x20' },
  { series: 'up{job="b",instance="1"}', values: '0x20' },
  { series: 'up{job="c",instance="1"}', values: '1x20' },
];

function judge(promql_expr_test: readonly object[]) {
  const recorded = written.filter(({ record }) => record !== 'own');
  writeFileSync(join(folder, 'rules.json'), JSON.stringify({ groups: [{ name: 'g', rules: recorded }] }));
  const test = { interval: '1m', input_series: input, promql_expr_test };
  const document = { rule_files: ['rules.json'], evaluation_interval: '1m', tests: [test] };
  writeFileSync(join(folder, 'test.json'), JSON.stringify(document));
  const ended = spawnSync(programs.path('promtool'), ['test', 'rules', 'test.json'], { cwd: folder, encoding: 'utf8' });
  return { status: ended.status, said: ended.status === 0 ? '' : ended.stdout + ended.stderr };
}
