import type { Diagnostic } from '../../diagnostics/index.ts';
import { type Address, type AppliedResource, jsonEquals, type ResourceTypeDefinition } from '../../model/index.ts';
import { effectOf } from '../../plan/effect.ts';
import type { PlannedChange } from '../../plan/plan.ts';
import type { ChangeOutcome, SkipReason } from '../engine.ts';
import { engineDiagnostics } from '../engine-diagnostics.ts';
import type { StackRunReport } from './run-stack.ts';

export interface AfterRun {
  readonly changes: readonly PlannedChange[];
  readonly report: StackRunReport;
  /** What the state records now. */
  readonly resources: ReadonlyMap<Address, AppliedResource>;
  readonly types: ReadonlyMap<string, ResourceTypeDefinition>;
  readonly interrupted: boolean;
  /** Changes of stacks that ran before, which did not get through: what waits for them is skipped. */
  readonly roots: ReadonlyMap<Address, Address>;
}

/**
 * What became of each change: by what the state says now, and for what is not as planned by what Pulumi told of it. What
 * neither failed nor was done was not begun, and the failure that it waits for is named.
 */
export function settleOutcomes(after: AfterRun): readonly ChangeOutcome[] {
  const roots = new Map(after.roots);
  return after.changes.map((planned): ChangeOutcome => {
    const { address, change } = planned;
    const action = change.action;
    const failure = after.report.failures.get(address);
    if (failure === undefined && isDone(planned, after)) return { status: 'done', address, action };
    if (failure !== undefined) {
      roots.set(address, address);
      return { status: 'failed', address, action, diagnostic: failed(planned, failure) };
    }
    const because = reasonOf(planned, after, roots);
    if (because === null) {
      roots.set(address, address);
      const reason = after.report.error ?? 'Pulumi did not say why.';
      return { status: 'failed', address, action, diagnostic: failed(planned, reason) };
    }
    roots.set(address, because.kind === 'dependency-failed' ? because.address : address);
    return { status: 'skipped', address, action, because };
  });
}

function reasonOf(
  { waitsFor }: PlannedChange,
  { interrupted, report }: AfterRun,
  roots: ReadonlyMap<Address, Address>,
): SkipReason | null {
  const needed = waitsFor.map((address) => roots.get(address)).find((root) => root !== undefined);
  if (needed !== undefined) return { kind: 'dependency-failed', address: needed };
  if (interrupted) return { kind: 'interrupted' };
  return report.failures.size > 0 ? { kind: 'run-stopped' } : null;
}

function isDone(planned: PlannedChange, { resources, types, report }: AfterRun): boolean {
  const { address, change } = planned;
  const recorded = resources.get(address);
  if (!('desired' in change)) return recorded === undefined;
  if (recorded === undefined || recorded.target !== change.desired.target) return false;
  const canonical = types.get(recorded.type)?.canonical ?? ((spec) => spec);
  const isRecorded = jsonEquals(canonical(recorded.spec), canonical(change.desired.spec));
  return isRecorded && (effectOf(planned) === 'record' || report.ended.has(address));
}

function failed({ address, change }: PlannedChange, reason: string): Diagnostic {
  const told = /[.!?]$/.test(reason) ? reason : `${reason}.`;
  return engineDiagnostics.create(
    'change-failed',
    { address, action: change.action, reason: told },
    { subject: address },
  );
}
