import { spawn } from 'node:child_process';
import type { MemoryWatch, PeakMemory } from './peak-memory.ts';

export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end. Anything but success ends the benchmark: a failure is no measurement. */
export function runProgram(
  { file, args, cwd, env = {} }: Program,
  watch?: (pid: number) => MemoryWatch,
): Promise<PeakMemory | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
    const memory = child.pid === undefined ? undefined : watch?.(child.pid);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      const peak = memory?.stop() ?? null;
      if (code === 0) resolve(peak);
      else reject(new Error(`${file} ${args.join(' ')} ended with ${code}:\n${said.slice(-4000)}`));
    });
  });
}
