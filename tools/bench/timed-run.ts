import { spawn } from 'node:child_process';
import { watchPeakMemory } from './peak-memory.ts';
import { childrenSeconds } from './processor-time.ts';
import { median } from './statistics.ts';

export interface TimedRun {
  readonly seconds: number;
  /** Of the whole process tree, as is the peak; null where the system does not tell. */
  readonly processorSeconds: number | null;
  readonly peakBytes: number | null;
}

export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program from start to exit. Anything but success ends the benchmark: a failure is no measurement. */
export function timeRun({ file, args, cwd, env = {} }: Program): Promise<TimedRun> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const usedBefore = childrenSeconds();
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
    const memory = watchPeakMemory(child.pid);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      const seconds = (performance.now() - started) / 1000;
      const used = childrenSeconds();
      const processorSeconds = used === null || usedBefore === null ? null : used - usedBefore;
      const run = { seconds, processorSeconds, peakBytes: memory.stop() };
      if (code === 0) resolve(run);
      else reject(new Error(`${file} ${args.join(' ')} ended with ${code}:\n${said.slice(-4000)}`));
    });
  });
}

/** Runs it several times, after `prepare` each time; what preparing takes does not count. */
export async function timeRuns(
  program: Program,
  runs: number,
  prepare: () => Promise<void> = async () => {},
): Promise<readonly TimedRun[]> {
  const timed: TimedRun[] = [];
  while (timed.length < runs) {
    await prepare();
    timed.push(await timeRun(program));
  }
  return timed;
}

export function medianSeconds(runs: readonly TimedRun[]): number {
  return median(runs.map(({ seconds }) => seconds));
}
