import { spawn } from 'node:child_process';

/** Waits until the disk has nothing to do any more, so that one measurement does not pay for the writes of another. */
export function flushDisk(): Promise<void> {
  return new Promise((resolve) => {
    const sync = spawn('sync', { stdio: 'ignore' });
    sync.once('error', () => resolve()); // Not there: the numbers are noisier, and no less true.
    sync.once('close', () => resolve());
  });
}
