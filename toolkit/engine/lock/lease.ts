import { livenessOf, type ProcessIdentity } from '../../host/process-identity.ts';
import { isJsonObject, type JsonValue } from '../../model/index.ts';

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

/** Null for a text that is no lease: an owner that wrote nonsense can only be broken by hand. */
export function parseLease(text: string): Lease | null {
  const value = parseJson(text);
  if (!isJsonObject(value) || value['format'] !== 1) return null;
  if (value['state'] === 'released') return value as unknown as Lease;
  const isHeld =
    value['state'] === 'held' &&
    isJsonObject(value['owner']) &&
    typeof value['owner']['pid'] === 'number' &&
    Number.isFinite(Date.parse(String(value['heartbeat']))) &&
    typeof value['expiresAfterMs'] === 'number';
  return isHeld ? (value as unknown as Lease) : null;
}

/** Whether a lease keeps others out, and why not if it does not. */
export type Verdict = 'free' | 'held' | 'owner-gone' | 'expired';

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
      return now - Date.parse(lease.heartbeat) > lease.expiresAfterMs ? 'expired' : 'held';
  }
}

function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
