import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

const ticksPerSecond = 100; // USER_HZ: the same on every Linux, whatever the kernel's own clock.

/** Processor time of all processes that this one has started and that have ended; null where the system does not tell. */
export function childrenSeconds(): number | null {
  const stat = statOfThisProcess();
  // Fields 16 and 17 of proc_pid_stat(5), counted from behind the name, which may hold blanks.
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(13, 15)
    .map(Number);
  return user === undefined || system === undefined ? null : (user + system) / ticksPerSecond;
}

/** Begins to watch; the answer is how many cores were busy, on average, with what is not part of the benchmark. */
export function watchOtherWork(): () => number | null {
  const before = { machine: machineSeconds(), own: ownSeconds(), at: performance.now() };
  return () => {
    if (childrenSeconds() === null) return null;
    const others = machineSeconds() - before.machine - (ownSeconds() - before.own);
    return Math.max(0, (others * 1000) / (performance.now() - before.at));
  };
}

function ownSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000 + (childrenSeconds() ?? 0);
}

function machineSeconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1000;
}

function statOfThisProcess(): string {
  try {
    return readFileSync('/proc/self/stat', 'utf8');
  } catch {
    return '';
  }
}
