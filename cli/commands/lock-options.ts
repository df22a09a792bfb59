import type { LockOptions } from '../../toolkit/engine/lock/acquire-lock.ts';
import { duration } from '../arguments/option.ts';
import type { Session } from '../session.ts';

/** `--lock-timeout 5m`, in milliseconds. */
export const lockTimeout = duration(
  '--lock-timeout <duration>',
  'How long to wait for a lock that somebody else holds.',
  '0s',
);

/** A command's wish for a lock, with its name for whoever meets the lock. */
export function lockOptions({ command, io }: Session, waitMs: number): LockOptions {
  return { command: `opsctl ${command}`, waitMs, signal: io.signal };
}
