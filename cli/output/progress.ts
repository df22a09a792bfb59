import type { Spinner } from 'yocto-spinner';
import type { Io } from '../io.ts';

/** Tells on stderr what work of more than a second is at. */
export interface Progress {
  report(message: string): void;
  /** Takes the line away, before something else is written or at the end. */
  clear(): void;
}

const patienceMs = 1000;
/** Where lines cannot move, as in a log, they come now and then. */
const lineIntervalMs = 10_000;

export type ProgressKind = 'moving' | 'lines' | 'none';

export function createProgress(kind: ProgressKind, io: Pick<Io, 'stderr' | 'now'>): Progress {
  if (kind === 'none') return { report: () => undefined, clear: () => undefined };
  return kind === 'moving' ? createMovingProgress() : createLineProgress(io);
}

function createLineProgress({ stderr, now }: Pick<Io, 'stderr' | 'now'>): Progress {
  let spoke = now().getTime() + patienceMs - lineIntervalMs;
  return {
    report(message) {
      const time = now().getTime();
      if (time - spoke < lineIntervalMs) return;
      spoke = time;
      stderr.write(`${message}\n`);
    },
    clear: () => undefined,
  };
}

function createMovingProgress(): Progress {
  let message = '';
  let spinner: Spinner | undefined;
  let timer: NodeJS.Timeout | undefined;
  const start = async () => {
    const { default: yoctoSpinner } = await import('yocto-spinner');
    // Signals are the program's own business: a spinner that ends the process would cut an apply off.
    if (timer !== undefined) spinner = yoctoSpinner({ text: message, handleSignals: false }).start();
  };
  return {
    report(text) {
      message = text;
      if (spinner !== undefined) spinner.text = text;
      timer ??= setTimeout(() => void start(), patienceMs).unref();
    },
    clear() {
      clearTimeout(timer);
      timer = undefined;
      spinner?.stop();
      spinner = undefined;
    },
  };
}
