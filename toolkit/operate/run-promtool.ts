import { constants } from 'node:fs';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inParallel } from '../host/in-parallel.ts';
import { runProgram } from '../host/run-program.ts';
import type { JsonObject } from '../model/index.ts';
import { type FileVerdict, readPromtoolResult } from '../rule-tests/index.ts';

/** One file of tests, with the rule files that it names. */
export interface PromtoolJob {
  readonly tests: JsonObject;
  readonly rules: Readonly<Record<string, JsonObject>>;
}

export interface PromtoolOptions {
  readonly program: string;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

/** Few enough that progress is seen, many enough that starting promtool costs nothing. */
const filesAtOnce = 40;
const width = 2;
const timeoutMs = 600_000;

/** Runs files of tests and gives a verdict for each, in order. JSON is YAML to promtool, and quicker to write. */
export async function runPromtool(
  jobs: readonly PromtoolJob[],
  options: PromtoolOptions,
): Promise<readonly FileVerdict[]> {
  const folder = await mkdtemp(join(await fastFolder(), 'opsctl-test-'));
  try {
    const parts = Array.from({ length: Math.ceil(jobs.length / filesAtOnce) }, (_, index) => index * filesAtOnce);
    let done = 0;
    const verdicts = await inParallel(parts, width, async (from) => {
      const part = await runPart(jobs.slice(from, from + filesAtOnce), from, folder, options);
      done += part.length;
      options.onProgress(done);
      return part;
    });
    return verdicts.flat();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** promtool makes a database on disk for every test: in memory, that takes a third of the time. */
async function fastFolder(): Promise<string> {
  try {
    await access('/dev/shm', constants.W_OK | constants.X_OK);
    return '/dev/shm';
  } catch {
    return tmpdir();
  }
}

async function runPart(
  jobs: readonly PromtoolJob[],
  from: number,
  folder: string,
  { program, signal }: PromtoolOptions,
): Promise<readonly FileVerdict[]> {
  const files = await Promise.all(jobs.map((job, index) => writeJob(job, folder, `${from + index}`)));
  const env = { TMPDIR: folder };
  const limits = { cwd: folder, env, timeoutMs, maxOutputBytes: 64 * 1024 * 1024, signal };
  const { stdout, stderr } = await runProgram(program, ['test', 'rules', ...files], limits);
  const verdicts = new Map(readPromtoolResult(stdout, stderr).map((verdict) => [verdict.file, verdict]));
  // A file of which nothing is said was not run, so nothing of it has passed.
  return files.map((file) => verdicts.get(file) ?? { file, passed: false, failures: new Map([['', stderr.trim()]]) });
}

async function writeJob({ tests, rules }: PromtoolJob, folder: string, name: string): Promise<string> {
  const renamed = new Map(Object.keys(rules).map((file) => [file, `${name}-${file}`]));
  const named = Array.isArray(tests.rule_files) ? tests.rule_files.map(String) : [];
  const document = { ...tests, rule_files: named.map((file) => renamed.get(file) ?? file) };
  const written = Object.entries(rules).map(([file, rule]) => [renamed.get(file) ?? file, rule] as const);
  const all = [...written, [`${name}.test.json`, document] as const];
  await Promise.all(all.map(([file, value]) => writeFile(join(folder, file), JSON.stringify(value))));
  return `${name}.test.json`;
}
