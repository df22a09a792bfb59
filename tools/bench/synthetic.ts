import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../run-tool.ts';
import { flushDisk } from './flush-disk.ts';
import type { PeakMemory } from './peak-memory.ts';
import type { Program } from './run-program.ts';
import { measureMemory, type TimedRun, timeRun, timeRuns } from './timed-run.ts';

/** An organisation from `opsctl dev generate`, whose targets are directories of its own. */
export interface Synthetic {
  /** Plans when everything is applied; fails if a single object is not as declared. */
  planUnchanged(runs: number): Promise<readonly TimedRun[]>;
  /** Applies to empty targets with no state, each time anew. */
  applyNew(runs: number): Promise<readonly TimedRun[]>;
  /** After `planUnchanged`, the same plan. */
  planMemory(runs: number): Promise<readonly PeakMemory[]>;
  remove(): Promise<void>;
}

const seed = 1;

export function opsctl(cwd: string, ...args: readonly string[]): Program {
  return { file: join(root, 'opsctl'), args, cwd };
}

export async function generate(folder: string, resources: number): Promise<Synthetic> {
  const directory = join(folder, `opsctl-${resources}`);
  await rm(directory, { recursive: true, force: true });
  await timeRun(opsctl(folder, 'dev', 'generate', directory, '--resources', `${resources}`, '--seed', `${seed}`));
  const plan = opsctl(directory, 'plan', '--detailed-exitcode');
  const apply = opsctl(directory, 'apply', '--yes');
  return {
    async planUnchanged(runs) {
      // Applied already when an apply was measured before; once more then does nothing.
      await timeRun(apply);
      await timeRun(plan);
      return await timeRuns(plan, runs);
    },
    planMemory: (runs) => measureMemory(plan, runs),
    applyNew: (runs) => timeRuns(apply, runs, () => forgetEverything(directory)),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

async function forgetEverything(directory: string): Promise<void> {
  for (const made of ['out', '.opsctl']) await rm(join(directory, made), { recursive: true, force: true });
  await flushDisk();
}
