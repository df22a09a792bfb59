import { livenessOf, type ProcessIdentity } from '../../host/process-identity.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/index.ts';

/** What a lock register holds: who has the stack, or that nobody has. */
export type Lease = HeldLease | { readonly state: 'released'; readonly by: string; readonly at: string };

export interface HeldLease {
  readonly state: 'held';
  readonly owner: ProcessIdentity;
  /** Tells the locks of one process apart. */
  readonly id: string;
  /** What it runs: `opsctl apply`. */
  readonly command: string;
  readonly since: string;
  /** Renewed while the owner lives. */
  readonly heartbeat: string;
  /** Without a heartbeat for this long, an owner that cannot be looked up counts as dead. */
  readonly expiresAfterMs: number;
}

export function printLease(lease: Lease): string {
  return `${JSON.stringify({ format: 1, ...lease }, null, 2)}\n`;
}

export type ReadLease =
  | { readonly ok: true; readonly lease: Lease }
  /** What the text has instead: "no owner". Only a person can tell whether somebody works on the stack. */
  | { readonly ok: false; readonly problem: string };

/** Reads what stands in a lock. Believes nothing: people write such files too, and half of one must lock nobody out. */
export function readLease(text: string): ReadLease {
  const value = parseJson(text);
  if (text.trim() === '') return { ok: false, problem: 'no content' };
  if (!isJsonObject(value)) return { ok: false, problem: 'no JSON object' };
  if (value['format'] !== 1)
    return { ok: false, problem: `format ${JSON.stringify(value['format'] ?? null)}, and 1 is known` };
  const problem = problemOf(value);
  return problem === null ? { ok: true, lease: value as unknown as Lease } : { ok: false, problem };
}

/** Long enough for any owner that beats, and short enough that nobody is locked out by a slip of the pen. */
const longestExpiryMs = 3_600_000;

function problemOf(value: JsonObject): string | null {
  if (value['state'] === 'released') return firstWrong(value, ['by', 'at'], isText);
  if (value['state'] !== 'held') return 'neither "held" nor "released" as its state';
  const { owner, expiresAfterMs } = value;
  if (!isJsonObject(owner)) return 'no owner';
  const wrong = firstWrong(owner, ['host', 'machine', 'boot', 'pidNamespace', 'started', 'user'], isText);
  if (wrong !== null) return `${wrong} of its owner`;
  if (!isProcessNumber(owner['pid'])) return 'no process number of its owner';
  return (
    firstWrong(value, ['id', 'command'], isText) ??
    firstWrong(value, ['since', 'heartbeat'], isTime) ??
    (isExpiry(expiresAfterMs) ? null : `no expiresAfterMs from 1 to ${longestExpiryMs}`)
  );
}

function firstWrong(
  value: JsonObject,
  fields: readonly string[],
  isRight: (field: JsonValue | undefined) => boolean,
): string | null {
  const wrong = fields.find((field) => !isRight(value[field]));
  return wrong === undefined ? null : `no ${wrong}`;
}

function isText(value: JsonValue | undefined): boolean {
  return typeof value === 'string';
}

function isTime(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && Number.isFinite(Date.parse(value));
}

// kill() takes zero and less for whole groups of processes.
function isProcessNumber(value: JsonValue | undefined): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0 && Number(value) < 2 ** 31;
}

function isExpiry(value: JsonValue | undefined): boolean {
  return typeof value === 'number' && value >= 1 && value <= longestExpiryMs;
}

/** Whether a lease keeps others out, and why not if it does not. */
export type Verdict =
  | 'free'
  | 'held'
  | 'owner-gone'
  | 'expired'
  /** Of an owner that cannot be looked up, with a heartbeat from the future: it keeps others out and tells nothing of its age. */
  | 'ahead';

/**
 * A process of this machine is looked up: as long as it is there it keeps its lock, however late its heartbeat, because
 * it may go on at any moment; once it is gone, nobody waits. Of an owner elsewhere only the heartbeat is known.
 */
export function judgeLease(lease: Lease, here: ProcessIdentity, now: number): Verdict {
  if (lease.state === 'released') return 'free';
  switch (livenessOf(lease.owner, here)) {
    case 'alive':
      return 'held';
    case 'dead':
      return 'owner-gone';
    default:
      return judgeAge(now - Date.parse(lease.heartbeat), lease.expiresAfterMs);
  }
}

function judgeAge(ageMs: number, expiresAfterMs: number): Verdict {
  if (ageMs < -expiresAfterMs) return 'ahead';
  return ageMs > expiresAfterMs ? 'expired' : 'held';
}

function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
