import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileGroup } from '../../../toolkit/compile/compile-group.ts';
import { runProgram } from '../../../toolkit/host/run-program.ts';
import { debianDialect } from '../../../toolkit/languages/promql/versions.ts';
import { sampleGroup } from '../../../toolkit/testing/sample-group.ts';
import { realPrograms } from '../../support/programs.ts';
import { compareVerdicts } from './compare-verdicts.ts';
import { expressionsToJudge } from './expressions.ts';

const programs = realPrograms(['promtool']);

describe.skipIf(!programs.available)(programs.title('PromQL as promtool of Debian judges it'), () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opsctl-promql-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([1, 2, 3])('thousands of expressions and mutants, seed %i', async (seed) => {
    const texts = expressionsToJudge(6000, seed);
    const refused = await refusedByPromtool(texts, folder);
    const { recall, falseAlarmRate, missed, falseAlarms, ...counts } = compareVerdicts(
      texts,
      (_, index) => refused.has(index),
      debianDialect,
    );
    expect(counts.refusedCount, 'half of them are wrong').toBeGreaterThan(2000);
    expect(counts.readCount, 'and a third are right').toBeGreaterThan(1500);
    expect(recall, missed.join('\n')).toBeGreaterThanOrEqual(0.995);
    expect(falseAlarmRate, falseAlarms.join('\n')).toBeLessThanOrEqual(0.001);
  });

  it('every rule that this repository compiles', async () => {
    const texts = compiledExpressions();
    expect(texts.length).toBeGreaterThan(50);
    expect(await refusedByPromtool(texts, folder)).toEqual(new Set());
    expect(compareVerdicts(texts, () => false, debianDialect).falseAlarms).toEqual([]);
  });
});

/** One file with a group for each expression: promtool names the group of every one that it refuses. */
async function refusedByPromtool(texts: readonly string[], folder: string): Promise<ReadonlySet<number>> {
  const file = join(folder, 'rules.yaml');
  const groups = texts.map(
    (text, index) => `- name: g${index}\n  rules: [{record: r, expr: ${JSON.stringify(text)}}]\n`,
  );
  await writeFile(file, `groups:\n${groups.join('')}`);
  const { stdout, stderr } = await runProgram(programs.path('promtool'), ['check', 'rules', file], {
    timeoutMs: 60_000,
  });
  const output = `${stdout}${stderr}`;
  expect(output).toMatch(/FAILED|SUCCESS/);
  return new Set([...output.matchAll(/: group "g(\d+)", rule/g)].map(([, index]) => Number(index)));
}

function compiledExpressions(): readonly string[] {
  const rules = compileGroup(sampleGroup()).resources.filter(({ type }) => type === 'prometheus-rules');
  return rules.flatMap(({ spec }) =>
    (spec.group as { readonly rules: readonly { expr: string }[] }).rules.map(({ expr }) => expr),
  );
}
