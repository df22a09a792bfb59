import { Failure } from '../../diagnostics/index.ts';
import type { LockCell, LockRegister, StackKey } from '../state/state-backend.ts';
import { type HeldLease, type Lease, printLease, readLease } from './lease.ts';
import { lockDiagnostics } from './lock-diagnostics.ts';
import { forgetLockId } from './own-locks.ts';

/** A lock that this process has, kept alive by a heartbeat until it is released. */
export class HeldLock {
  readonly key: StackKey;
  /** Rises with every owner. What is written under a lower one does not count. */
  readonly fence: number;
  readonly #register: LockRegister;
  readonly #timer: NodeJS.Timeout;
  readonly #lease: HeldLease;
  #beat: Promise<void> = Promise.resolve();
  #isReleased = false;

  constructor(key: StackKey, register: LockRegister, fence: number, lease: HeldLease, heartbeatMs: number) {
    this.key = key;
    this.fence = fence;
    this.#register = register;
    this.#lease = lease;
    this.#timer = setInterval(() => this.#renew(), heartbeatMs);
    this.#timer.unref();
  }

  /** Throws a Failure when the lock is somebody else's by now. Called before every write under it. */
  async assertHeld(): Promise<void> {
    if (this.#isReleased) throw new Error('Bug: a released lock is used.');
    const cell = await this.#register.read();
    if (this.#isMine(cell)) return;
    const { text, trouble } = cell;
    if (trouble !== undefined) throw trouble;
    throw new Failure(
      lockDiagnostics.create('lost', { ...this.key, by: describeTaker(text) }, { subject: this.key.stack }),
    );
  }

  async release(): Promise<void> {
    if (this.#isReleased) return;
    this.#isReleased = true;
    clearInterval(this.#timer);
    await this.#beat;
    forgetLockId(this.#lease.id);
    const { owner } = this.#lease;
    const at = new Date().toISOString();
    const lease: Lease = { state: 'released', by: `${owner.user}@${owner.host} (process ${owner.pid})`, at };
    // On a full disk nothing can be written, not even this. Nobody waits for it: see `own-locks.ts`.
    await this.#renewAs(lease).catch(() => {});
  }

  // A beat that fails is not the end: the lease stands until it expires, and every write looks whether it still does.
  #renew(): void {
    const lease: Lease = { ...this.#lease, heartbeat: new Date().toISOString() };
    this.#beat = this.#beat.then(() => this.#renewAs(lease)).catch(() => {});
  }

  /** Leaves alone what is no longer its own: whoever took the lock since would lose it to a dead hand. */
  async #renewAs(lease: Lease): Promise<void> {
    if (this.#isMine(await this.#register.read())) await this.#register.renew(this.fence, printLease(lease));
  }

  // The number alone does not tell: where somebody removes the files of a lock, the next holder counts from one again.
  #isMine({ version, text }: LockCell): boolean {
    const read = readLease(text ?? '');
    return version === this.fence && read.ok && read.lease.state === 'held' && read.lease.id === this.#lease.id;
  }
}

function describeTaker(text: string | null): string {
  const read = readLease(text ?? '');
  if (!read.ok) return 'nobody can say by whom';
  const { lease } = read;
  if (lease.state === 'released') return `released by ${lease.by} at ${lease.at}`;
  return `by ${lease.owner.user}@${lease.owner.host} (process ${lease.owner.pid}, \`${lease.command}\`)`;
}
