import { exitCodes } from './exit-code.ts';

/**
 * Asked once (Ctrl-C, a supervisor's SIGTERM, a terminal that is closed), the program stops cleanly; asked twice, at once.
 * A closed terminal does not count as asking: kernel, shell and supervisor each send their own signal then, and nobody
 * has lost patience.
 */
export function stopSignal(program: SignalledProgram): AbortSignal {
  const stop = new AbortController();
  let isAsked = false;
  const onAsked = () => {
    if (isAsked) program.exit(exitCodes.interrupted);
    isAsked = true;
    if (!stop.signal.aborted) program.stderr.write(stopping);
    stop.abort();
  };
  program.on('SIGINT', onAsked);
  program.on('SIGTERM', onAsked);
  program.on('SIGHUP', () => stop.abort());
  return stop.signal;
}

const stopping = '\nStopping: what has begun is brought to its end. Once more stops at once.\n';

/** What is used of `process`. */
export interface SignalledProgram {
  on(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown;
  exit(code: number): void;
  readonly stderr: { write(text: string): unknown };
}
