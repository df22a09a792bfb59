import { spawn } from 'node:child_process';
import { watchPeakMemory } from './peak-memory.ts';

export interface TimedRun {
  readonly seconds: number;
  /** Of the whole process tree; null where the system does not tell. */
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
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
    const memory = child.pid === undefined ? null : watchPeakMemory(child.pid);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('error', reject);
    child.once('exit', () => void memory?.stop());
    child.once('close', (code) => {
      const run = { seconds: (performance.now() - started) / 1000, peakBytes: memory?.stop() ?? null };
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
