import type { Diagnostic } from '../../diagnostics/index.ts';
import type { Address } from '../../model/index.ts';
import type { Plan, PlannedChange } from '../../plan/plan.ts';
import type { ApplyOptions, ChangeOutcome, SkipReason } from '../engine.ts';
import type { RunStart } from '../history/run-start.ts';
import type { JournalWriter } from '../journal/journal-writer.ts';
import type { HeldLock } from '../lock/held-lock.ts';
import type { StackStore } from '../state/state-backend.ts';
import { type TargetRun, targetKey } from '../targets/target-run.ts';

/** One apply under way, by whichever engine. */
export interface Run {
  readonly plan: Plan;
  readonly options: ApplyOptions;
  readonly stacks: ReadonlyMap<string, StackRun>;
  readonly targets: ReadonlyMap<string, TargetRun>;
  /** By address: what became of each change so far. */
  readonly outcomes: Map<Address, ChangeOutcome>;
  /** The failed change at the root of each change that failed or was skipped because of one. */
  readonly roots: Map<Address, Address>;
  readonly diagnostics: Diagnostic[];
  /** Keys of targets that accepted a commit of this run. */
  readonly committed: Set<string>;
  /** Of these, targets that nothing runs in, by key, with what was seen: nobody could say that it works. */
  readonly notRunning: Map<string, string>;
  /** Objects that an earlier run had not seen to work, and that were seen to work now. */
  readonly recovered: Address[];
}

export interface StackRun {
  readonly store: StackStore;
  readonly lock: HeldLock;
  readonly journal: JournalWriter;
  /** Serial when the run began: tells whether there is a state to write at its end. */
  readonly serial: number;
  /** As its journal and its history call it. */
  readonly start: RunStart;
  /**
   * Where the engine keeps its objects in a state of its own: the serial of that one. The record beside the journal then
   * remembers what it does not say, such as what was not seen to work, and its resources are a copy for the time of the run.
   */
  elsewhere?: { serial: number };
}

export function stackRunOf(run: Run, stack: string): StackRun {
  const found = run.stacks.get(stack);
  if (found === undefined) throw new Error(`Bug: stack ${stack} is no part of this run.`);
  return found;
}

export function targetRunOf(run: Run, stack: string, target: string): TargetRun {
  const found = run.targets.get(targetKey(stack, target));
  if (found === undefined) throw new Error(`Bug: target ${target} of stack ${stack} was not opened.`);
  return found;
}

export function stackOf(address: Address): string {
  return address.slice(0, address.indexOf('/'));
}

export function settleDone(run: Run, { address, change }: PlannedChange): void {
  settle(run, { status: 'done', address, action: change.action });
}

/** The diagnostic is in the outcome and, once per cause, among those of the run. */
export function settleFailed(run: Run, { address, change }: PlannedChange, diagnostic: Diagnostic): void {
  run.roots.set(address, address);
  if (!run.diagnostics.includes(diagnostic)) run.diagnostics.push(diagnostic);
  settle(run, { status: 'failed', address, action: change.action, diagnostic });
}

export function settleSkipped(run: Run, { address, change }: PlannedChange, because: SkipReason): void {
  run.roots.set(address, because.kind === 'dependency-failed' ? because.address : address);
  settle(run, { status: 'skipped', address, action: change.action, because });
}

function settle(run: Run, outcome: ChangeOutcome): void {
  run.outcomes.set(outcome.address, outcome);
  run.options.onEvent({ kind: 'change-done', outcome });
}
