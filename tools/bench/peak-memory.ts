import { readFileSync } from 'node:fs';

export interface PeakMemory {
  /** The most that all processes held at one moment, a page that several of them share counted once (`Pss`). */
  readonly heldBytes: number;
  /** Each process's own peak as the kernel keeps it (`VmHWM`), added up: shared pages count more than once. */
  readonly residentBytes: number;
}

export interface MemoryWatch {
  /** Null where the system does not tell. */
  stop(): PeakMemory | null;
}

const intervalMs = 10;

/**
 * Follows a process and its children from outside, so that what is measured is the program as it is. Looking takes the
 * kernel a millisecond or two, so nothing is timed meanwhile.
 */
export function watchMemory(pid: number): MemoryWatch {
  const resident = new Map<number, number>();
  let held = 0;
  const timer = setInterval(() => {
    const processes = processTree(pid);
    held = Math.max(held, sum(processes.map((process) => kilobytes(`/proc/${process}/smaps_rollup`, 'Pss') ?? 0)));
    for (const process of processes) {
      const peak = kilobytes(`/proc/${process}/status`, 'VmHWM');
      if (peak !== null) resident.set(process, peak);
    }
  }, intervalMs);
  return {
    stop() {
      clearInterval(timer);
      return held === 0 ? null : { heldBytes: held * 1024, residentBytes: sum([...resident.values()]) * 1024 };
    },
  };
}

function processTree(pid: number): readonly number[] {
  const children = textOf(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(processTree)];
}

function kilobytes(file: string, field: string): number | null {
  const [, amount] = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(textOf(file)) ?? [];
  return amount === undefined ? null : Number(amount);
}

/** Empty when the process is gone, or the system has no /proc. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
