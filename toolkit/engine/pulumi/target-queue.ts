import { setTimeout as wait } from 'node:timers/promises';
import { type Diagnostic, Failure } from '../../diagnostics/index.ts';
import type { Address, CommitOutcome, StagedChange } from '../../model/index.ts';
import { engineDiagnostics } from '../engine-diagnostics.ts';
import { bounded } from '../targets/bounded.ts';
import { reasonOf, type TargetRun } from '../targets/target-run.ts';

/**
 * Pulumi asks for one object at a time, and a target is checked and reloaded once for all that was staged. So changes
 * that are asked for while the target is busy wait, and go together in the next commit: with N objects and P of them in
 * flight at once, about N/P reloads, and none is said to be done before its target has accepted it.
 *
 * A refused commit puts back all that was staged. The changes that were blamed fail; the others are tried again without
 * them, and where nobody was blamed each is tried alone.
 */
export class TargetQueue {
  readonly #target: Pick<TargetRun, 'stack' | 'target' | 'session' | 'timeouts'>;
  readonly #claims: boolean;
  readonly #gatherMs: number;
  #waiting: Job[] = [];
  #isBusy = false;

  /** `claims`: other processes are kept from the target while anything waits for it. */
  constructor(target: Pick<TargetRun, 'stack' | 'target' | 'session' | 'timeouts'>, claims: boolean, gatherMs = 20) {
    this.#target = target;
    this.#claims = claims;
    this.#gatherMs = gatherMs;
  }

  /** Ends when the target has accepted the change; throws a Failure when it has not. */
  async submit(change: StagedChange): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push({ change, resolve, reject });
    if (!this.#isBusy) void this.#work();
    return await promise;
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    // The engine sends what may go at once one by one: a moment later most of it is here.
    await wait(this.#gatherMs);
    const refusal = await this.#claim();
    while (this.#waiting.length > 0) {
      const jobs = this.#waiting;
      this.#waiting = [];
      if (refusal === null) await this.#commit(jobs);
      else settle(jobs, refusal);
    }
    if (this.#claims) await this.#target.session.release?.();
    this.#isBusy = false;
    if (this.#waiting.length > 0) await this.#work();
  }

  async #claim(): Promise<Failure | null> {
    const { session, stack, target } = this.#target;
    try {
      if (this.#claims) await session.claim?.();
      return null;
    } catch (error) {
      if (error instanceof Failure) return error;
      const facts = { stack, target, operation: 'be claimed', reason: reasonOf(error) };
      return new Failure(engineDiagnostics.create('target-unreachable', facts, { subject: `${stack}/${target}` }));
    }
  }

  async #commit(jobs: readonly Job[]): Promise<void> {
    const staged: Job[] = [];
    for (const job of jobs) if (await this.#stage(job)) staged.push(job);
    if (staged.length === 0) return;
    const outcome = await this.#askToCommit();
    if (outcome instanceof Failure) return settle(staged, outcome);
    if (outcome.accepted) return settle(staged, null);
    const refusal = this.#refusal(outcome);
    const isBlamed = ({ change }: Job) => outcome.blamed.includes(change.address);
    const others = staged.filter((job) => !isBlamed(job));
    if (staged.length === 1) return settle(staged, refusal);
    settle(staged.filter(isBlamed), refusal);
    if (others.length < staged.length) return await this.#commit(others);
    for (const job of others) await this.#commit([job]);
  }

  async #stage(job: Job): Promise<boolean> {
    const { session, timeouts } = this.#target;
    try {
      await bounded(() => session.stage(job.change), timeouts.stageMs);
      return true;
    } catch (error) {
      job.reject(error instanceof Failure ? error : new Failure(changeFailed(job.change, reasonOf(error))));
      return false;
    }
  }

  async #askToCommit(): Promise<CommitOutcome | Failure> {
    const { session, timeouts, stack, target } = this.#target;
    try {
      return await bounded(() => session.commit(), timeouts.commitMs);
    } catch (error) {
      const facts = { stack, target, reason: reasonOf(error) };
      return new Failure(engineDiagnostics.create('commit-unclear', facts, { subject: `${stack}/${target}` }));
    }
  }

  #refusal({ reason, diagnostic }: Extract<CommitOutcome, { readonly accepted: false }>): Failure {
    const { stack, target } = this.#target;
    const facts = { stack, target, reason };
    return new Failure(
      diagnostic ?? engineDiagnostics.create('target-refused', facts, { subject: `${stack}/${target}` }),
    );
  }
}

interface Job {
  readonly change: StagedChange;
  readonly resolve: () => void;
  readonly reject: (failure: Failure) => void;
}

function settle(jobs: readonly Job[], failure: Failure | null): void {
  for (const job of jobs) failure === null ? job.resolve() : job.reject(failure);
}

function changeFailed(
  { address, kind }: { readonly address: Address; readonly kind: string },
  reason: string,
): Diagnostic {
  return engineDiagnostics.create('change-failed', { address, action: kind, reason }, { subject: address });
}
