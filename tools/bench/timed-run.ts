import { type PeakMemory, watchMemory } from './peak-memory.ts';
import { childrenSeconds } from './processor-time.ts';
import { type Program, runProgram } from './run-program.ts';
import { median } from './statistics.ts';

export interface TimedRun {
  readonly seconds: number;
  /** Of the whole process tree; null where the system does not tell. */
  readonly processorSeconds: number | null;
}

/** Runs a program from start to exit. */
export async function timeRun(program: Program): Promise<TimedRun> {
  const started = performance.now();
  const usedBefore = childrenSeconds();
  await runProgram(program);
  const seconds = (performance.now() - started) / 1000;
  const used = childrenSeconds();
  return { seconds, processorSeconds: used === null || usedBefore === null ? null : used - usedBefore };
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

/** Empty where the system does not tell. */
export async function measureMemory(program: Program, runs: number): Promise<readonly PeakMemory[]> {
  const peaks: PeakMemory[] = [];
  for (let run = 0; run < runs; run += 1) {
    const ended = await runProgram(program, watchMemory);
    if (ended !== null) peaks.push(ended);
  }
  return peaks;
}
