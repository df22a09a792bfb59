import { existsSync } from 'node:fs';

const shell = '/bin/sh';
/** What Node maps before it runs anything, most of it room for machine code that is never touched. */
const nodeOwnMb = 1024;
/** The parent keeps the time; this is for a child whose parent was killed. Several threads spend it at once. */
const cpuFactor = 8;

/**
 * Limits that hold whatever runs in the process: no file is ever written, nothing is left behind by a crash, memory
 * outside the JavaScript heap is bounded too. The shell replaces itself, so the process id stays the one that was
 * started. Where there is no shell the child runs without them.
 */
export function withKernelLimits(
  command: readonly [string, ...string[]],
  limits: { readonly timeoutMs: number; readonly memoryMb: number },
): readonly [string, ...string[]] {
  if (!existsSync(shell)) return command;
  const limit = (option: string, value: number) => `ulimit -${option} ${value} 2>/dev/null`;
  const cpuSeconds = Math.ceil((limits.timeoutMs / 1000) * cpuFactor) + 10;
  const dataKb = (limits.memoryMb + nodeOwnMb) * 1024;
  const script = [limit('c', 0), limit('f', 0), limit('t', cpuSeconds), limit('d', dataKb), 'exec "$@"'].join('; ');
  return [shell, '-c', script, 'sh', ...command];
}
