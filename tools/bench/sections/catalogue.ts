import { execFile } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { promisify } from 'node:util';
import { wholeCatalogue } from '../../../test/support/whole-catalogue.ts';
import { compileGroup } from '../../../toolkit/compile/compile-group.ts';
import { findProgram } from '../../programs.ts';
import { root } from '../../run-tool.ts';
import { notMeasured, type Result, timed } from '../result.ts';
import { opsctl } from '../synthetic.ts';
import { type TimedRun, timeRun, timeRuns } from '../timed-run.ts';
import { type Bench, count, type Section } from './section.ts';

const items = 2_000;

/** What the classes and their alerts cost: compiled for many items, and tested by promtool. */
export const catalogue: Section = {
  name: 'catalogue',
  run: async (bench) => [...compileItems(bench), await testRules(bench)],
};

function compileItems({ runs, say }: Bench): readonly Result[] {
  const work = `compile of ${count(items)} items of every class`;
  say(work);
  const declarations = wholeCatalogue(items);
  const times = Array.from({ length: runs + 1 }, (): TimedRun => {
    const [started, used] = [performance.now(), process.cpuUsage()];
    compileGroup(declarations);
    const { user, system } = process.cpuUsage(used);
    return { seconds: (performance.now() - started) / 1000, processorSeconds: (user + system) / 1e6 };
  });
  // The first run also makes the machine code, as it does in every command.
  return [timed(`${work}, first time in a process`, times.slice(0, 1), 1), timed(work, times.slice(1), 1)];
}

/** The generated tests of the reference organisation, brought to a thousand. */
async function testRules({ runs, say }: Bench): Promise<Result> {
  const work = 'opsctl test, 1,000 generated rule tests';
  const promtool = findProgram('promtool');
  if (promtool === undefined) return notMeasured(work, 'promtool is not installed.');
  say(work);
  const env = { PATH: `${dirname(promtool)}${delimiter}${process.env.PATH ?? ''}` };
  const program = { ...opsctl(root, 'test'), env };
  await timeRun(program);
  const scale = 1_000 / (await countTests(env));
  const times = await timeRuns(program, Math.min(runs, 3));
  const scaled = times.map(({ seconds, processorSeconds }) => ({
    seconds: seconds * scale,
    processorSeconds: processorSeconds === null ? null : processorSeconds * scale,
  }));
  return timed(work, scaled, 30);
}

async function countTests(env: Readonly<Record<string, string>>): Promise<number> {
  const { file, args } = opsctl(root, 'test', '--json');
  const options = { cwd: root, env: { ...process.env, ...env }, maxBuffer: 256 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(file, args, options);
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly event: string; readonly tests?: number });
  const tests = events.find(({ event }) => event === 'rule-tests')?.tests;
  if (tests === undefined) throw new Error('opsctl test --json does not say how many tests it ran.');
  return tests;
}
