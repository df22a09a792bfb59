import { type Digest, isJsonObject, type JsonObject, type JsonValue } from '../../model/index.ts';
import type { StackKey } from '../state/state-backend.ts';

/**
 * How a run ended for one stack. `unhealthy`: all of it was done, and something does not work or was not loaded.
 * `cut-off`: nobody wrote its end down, so the next run did.
 */
export type RunOutcome = 'done' | 'unhealthy' | 'partial' | 'failed' | 'interrupted' | 'cut-off';

const runOutcomes: readonly string[] = [
  'done',
  'unhealthy',
  'partial',
  'failed',
  'interrupted',
  'cut-off',
] satisfies RunOutcome[];

/** Who did what to one stack, by whose approval, and how it ended: one line of a file that only grows. */
export interface HistoryEntry extends StackKey {
  readonly run: string;
  readonly startedAt: string;
  /** For a run that was cut off: when that was found. */
  readonly endedAt: string;
  readonly user: string;
  readonly host: string;
  /** `opsctl apply` */
  readonly command: string;
  /** Digest of the plan; null for an edit of the state. */
  readonly plan: Digest | null;
  readonly approvedBy: string | null;
  /** Codes of the findings that needed the approval. */
  readonly approved: readonly string[];
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  /** Changes of a run that was cut off whose outcome it did not write down. */
  readonly unsettled: number;
  readonly outcome: RunOutcome;
  /** Of the state that it left. */
  readonly serial: number;
}

export interface History {
  readonly entries: readonly HistoryEntry[];
  /** Lines that are no entry: half written when a machine stopped, or edited. */
  readonly unreadable: number;
}

export function printHistoryLine(entry: HistoryEntry): string {
  return `${JSON.stringify({ format: 1, ...entry })}\n`;
}

export function parseHistory(content: Uint8Array | null): History {
  const lines = Buffer.from(content ?? [])
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  const entries = lines.flatMap((line) => parseLine(line) ?? []);
  return { entries, unreadable: lines.length - entries.length };
}

function parseLine(line: string): HistoryEntry | null {
  const value = parseJson(line);
  if (!isJsonObject(value) || value.format !== 1) return null;
  const isWhole =
    texts.every((name) => typeof value[name] === 'string') &&
    counts.every((name) => Number.isSafeInteger(value[name])) &&
    [value.plan, value.approvedBy].every((field) => field === null || typeof field === 'string') &&
    Array.isArray(value.approved) &&
    value.approved.every((code) => typeof code === 'string') &&
    runOutcomes.includes(String(value.outcome));
  if (!isWhole) return null;
  const { format: _, ...entry } = value;
  return entry as JsonObject as unknown as HistoryEntry;
}

const texts = ['environment', 'stack', 'run', 'startedAt', 'endedAt', 'user', 'host', 'command'] as const;
const counts = ['done', 'failed', 'skipped', 'unsettled', 'serial'] as const;

function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
