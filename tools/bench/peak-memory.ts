import { readFileSync } from 'node:fs';

const intervalMs = 10;

export interface MemoryWatch {
  /** Bytes; null where the system does not tell. */
  stop(): number | null;
}

/**
 * Follows a process and its children from outside, so that what is measured is the program as it is. The kernel keeps
 * each process's own peak (`VmHWM`), so what lies between two looks is not lost. The sum of the peaks is a little more
 * than the peak of the sum, and pages that two processes share count twice: the true number is below it.
 */
export function watchPeakMemory(pid: number | undefined): MemoryWatch {
  const peaks = new Map<number, number>();
  const look = () => {
    for (const process of pid === undefined ? [] : processTree(pid)) {
      const peak = peakOf(process);
      if (peak !== null) peaks.set(process, peak);
    }
  };
  const timer = setInterval(look, intervalMs);
  return {
    stop() {
      clearInterval(timer);
      return peaks.size === 0 ? null : [...peaks.values()].reduce((sum, peak) => sum + peak, 0);
    },
  };
}

function processTree(pid: number): readonly number[] {
  const children = textOf(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(processTree)];
}

function peakOf(pid: number): number | null {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(textOf(`/proc/${pid}/status`))?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

/** Empty when the process is gone, or the system has no /proc. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
