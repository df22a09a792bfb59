import type { Address, ResourceTypeDefinition } from '../../model/index.ts';
import { type JsonValue, jsonEquals } from '../../model/index.ts';
import type { PlannedChange } from '../../plan/plan.ts';
import { stale } from '../check-plan.ts';
import { type Run, settleFailed, settleSkipped, stackOf, stackRunOf, targetRunOf } from '../run/run.ts';
import { observeUncertain } from '../state/observe-uncertain.ts';
import { decideIntent, unresolved } from '../state/resolve-uncertain.ts';
import { readTarget } from '../targets/target-run.ts';
import { commitTarget } from './commit-target.ts';

/**
 * Finishes what a run that was cut off has left: decides by looking what became of its changes, as planning did, and
 * lets the targets load what they hold. The plan stands on both.
 */
export async function settleEarlierRun(run: Run): Promise<void> {
  for (const stack of run.stacks.keys()) await resolveEarlierIntents(run, stack);
  for (const [stack, { journal }] of run.stacks) {
    for (const target of [...journal.record.pending.keys()].sort()) await commitEarlierChanges(run, stack, target);
  }
}

async function resolveEarlierIntents(run: Run, stack: string): Promise<void> {
  const { journal } = stackRunOf(run, stack);
  const { record } = journal;
  if (record.uncertain.size === 0) return;
  const sightings = await observeUncertain(record, (target, references) =>
    readTarget(targetRunOf(run, stack, target), references),
  );
  const planned = new Map(run.plan.changes.map((change) => [change.address, change]));
  for (const [address, intent] of [...record.uncertain]) {
    const sighting = sightings.get(address);
    const change = planned.get(address);
    const found =
      sighting === undefined ? null : decideIntent(intent, record, sighting, typesOf(run, stack, intent.target));
    if (found !== null) journal.note({ kind: 'resolved', address, found });
    else if (change?.change.action === 'adopt') journal.note({ kind: 'resolved', address, found: 'former' });
    else if (change !== undefined) settleFailed(run, change, unresolved(intent, sighting));
    if (change !== undefined && found !== null && !isBasedOn(change, record.resources)) {
      await journal.flush();
      throw stale(`${address} is not as it was when the plan was made: an interrupted change of it has come to light.`);
    }
  }
  await journal.sync();
}

function typesOf(run: Run, stack: string, target: string): ReadonlyMap<string, ResourceTypeDefinition> {
  return targetRunOf(run, stack, target).types;
}

/** True when the record that the plan saw is the one that the look gave. */
function isBasedOn(change: PlannedChange, resources: ReadonlyMap<Address, { readonly spec: JsonValue }>): boolean {
  const record = resources.get(change.formerAddress ?? change.address);
  return jsonEquals(change.applied?.spec, record?.spec);
}

async function commitEarlierChanges(run: Run, stack: string, target: string): Promise<void> {
  const { journal } = stackRunOf(run, stack);
  const before = journal.record.pending.get(target)?.size ?? 0;
  const result = await commitTarget(run, stack, target, [], true);
  if (result.kind === 'accepted') return;
  const left = journal.record.pending.get(target)?.size ?? 0;
  if (result.kind === 'refused' && left < before) {
    await journal.sync();
    throw stale(`Target ${target} of stack ${stack} refused what an interrupted run had left there, and put it back.`);
  }
  // What is there is not accepted. A change of this plan to the same target may be what mends it.
  const mending = run.plan.changes.filter((change) => stackOf(change.address) === stack && targetOf(change) === target);
  if (result.kind === 'refused' && mending.length > 0) return;
  run.diagnostics.push(result.diagnostic);
  if (result.kind === 'unclear')
    for (const change of mending) settleSkipped(run, change, { kind: 'target-refused', target });
}

function targetOf({ change }: PlannedChange): string {
  return 'desired' in change ? change.desired.target : change.applied.target;
}
