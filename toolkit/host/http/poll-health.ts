import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../diagnostics/index.ts';

export interface Health<Key extends string> {
  readonly address: Key;
  readonly healthy: boolean;
  readonly detail: string;
  /** It has failed for good: nobody waits for it. */
  readonly isFinal?: boolean;
}

export interface PollOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  report(message: string): void;
}

const firstPauseMs = 100;
const longestPauseMs = 2000;

/** Looks again and again until everything is healthy or the time is over, and gives what was seen last. */
export async function pollUntilHealthy<Key extends string>(
  { timeoutMs, signal, report }: PollOptions,
  look: () => Promise<readonly Health<Key>[]>,
): Promise<readonly Health<Key>[]> {
  const end = Date.now() + timeoutMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const reports = await look();
    const [waiting, ...others] = reports.filter((one) => !one.healthy && one.isFinal !== true);
    const leftMs = end - Date.now();
    if (waiting === undefined || leftMs <= 0 || signal.aborted) return reports;
    report(`${others.length + 1} of ${reports.length} not healthy yet; ${waiting.address}: ${waiting.detail}`);
    await sleep(Math.min(pauseMs, leftMs), undefined, { signal }).catch(() => undefined);
  }
}

/** For a server that is healthy or not as a whole: `objection` says what is still missing, or null. */
export function pollServer<Key extends string>(
  inPlace: readonly Health<Key>[],
  options: PollOptions,
  objection: () => Promise<string | null>,
): Promise<readonly Health<Key>[]> {
  return pollUntilHealthy(options, async () => {
    const detail = await sayFailure(objection);
    // What was seen of the file alone (`extent`) does not go along: now the program itself was asked.
    const seen = { healthy: detail === null, detail: detail ?? 'It is loaded.' };
    return inPlace.map((one) => (one.healthy ? { address: one.address, ...seen } : one));
  });
}

async function sayFailure(objection: () => Promise<string | null>): Promise<string | null> {
  try {
    return await objection();
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    return `${cause.diagnostic.summary}. ${cause.diagnostic.detail}`;
  }
}
