import { type Diagnostic, Failure } from '../diagnostics/index.ts';
import type { LoadedStack } from '../engine/state/load-stack.ts';
import type { TargetBinding } from '../model/index.ts';
import type { UnaskedTarget } from '../plan/index.ts';
import type { Repository } from './contract.ts';
import { targetKey } from './target-sessions.ts';

/**
 * The targets that could not be asked while a plan was made. One cluster that is cut off must not keep the others from
 * being looked at and repaired: the plan does without it, says so once, and does nothing there.
 */
export class UnaskedTargets {
  readonly #reasons = new Map<string, string>();
  readonly #diagnostics: Diagnostic[] = [];

  /** What each ran into, once. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics;
  }

  has(key: string): boolean {
    return this.#reasons.has(key);
  }

  hasAnyOf(stack: string): boolean {
    return [...this.#reasons.keys()].some((key) => key.startsWith(`${stack}/`));
  }

  /** Asks what a plan has to know. A target that cannot be asked is left alone from then on: nobody waits for it twice. */
  async ask<Value>(key: string, reading: () => Promise<Value>, fallback: Value): Promise<Value> {
    if (this.has(key)) return fallback;
    try {
      return await reading();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.leave(key, error.diagnostic);
      return fallback;
    }
  }

  leave(key: string, diagnostic: Diagnostic): void {
    if (this.has(key)) return;
    this.#reasons.set(key, `${diagnostic.summary}. ${diagnostic.detail}`);
    this.#diagnostics.push({ ...diagnostic, subject: diagnostic.subject ?? key });
  }

  /** Those that did not answer when they were looked at ahead, and are not waited for a second time. */
  async leaveSilent(earlyReadings: Repository['earlyReadings']): Promise<void> {
    for (const [key, diagnostic] of await earlyReadings.unanswered()) this.leave(key, diagnostic);
  }

  /**
   * A run that was cut off in a target that cannot be asked now has an end that nobody knows, and no other run of that
   * stack may begin before it is known: its other targets are left alone too.
   */
  leaveUnsettled(loaded: readonly LoadedStack[], targets: readonly TargetBinding[]): void {
    for (const { state, uncertain } of loaded) {
      const { stack, uncommittedTargets } = state;
      const isCutOff = uncertain.size > 0 || uncommittedTargets.length > 0;
      if (!isCutOff || !this.hasAnyOf(stack)) continue;
      for (const binding of targets) {
        const key = targetKey(stack, binding.target);
        if (binding.stack === stack && !this.has(key)) this.#reasons.set(key, unsettled(stack));
      }
    }
  }

  /** For the plan. */
  list(): readonly UnaskedTarget[] {
    return [...this.#reasons].map(([key, reason]) => {
      const [stack = '', target = ''] = key.split('/');
      return { stack, target, reason };
    });
  }
}

function unsettled(stack: string): string {
  return `An earlier run of ${stack} was cut off, and how it ended is not known before the others answer.`;
}
