import type { Diagnostic } from '../../diagnostics/index.ts';
import { Unanswered } from '../../host/unanswered.ts';
import type { Address, CommitOutcome } from '../../model/index.ts';
import { engineDiagnostics } from '../engine-diagnostics.ts';
import type { Intent } from '../journal/journal-entry.ts';
import { noteAwaited } from '../run/note-awaited.ts';
import { type Run, stackRunOf, targetRunOf } from '../run/run.ts';
import { observeIntents } from '../state/observe-uncertain.ts';
import { decideIntent } from '../state/resolve-uncertain.ts';
import { bounded } from '../targets/bounded.ts';
import { readTarget, reasonOf, targetKey } from '../targets/target-run.ts';

export type CommitResult =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly blamed: readonly Address[]; readonly diagnostic: Diagnostic }
  /** No answer: it may be live or not. The target stays marked, and the next run begins with its commit. */
  | { readonly kind: 'unclear'; readonly diagnostic: Diagnostic };

/**
 * Makes what was handed to a target live, with the outcome in the journal before anybody builds on it. What the target
 * refused, it has put back: that is not believed but looked at. `settles` is false for the first half of a change that is
 * not done until another target has accepted too.
 */
export async function commitTarget(
  run: Run,
  stack: string,
  target: string,
  intents: readonly Intent[],
  settles: boolean,
): Promise<CommitResult> {
  const { journal } = stackRunOf(run, stack);
  const { identity } = targetRunOf(run, stack, target);
  run.options.onEvent({ kind: 'commit-started', stack, target, changes: intents.length });
  journal.note({ kind: 'commit-started', target, changes: intents.length });
  await journal.sync();
  const outcome = await askToCommit(run, stack, target);
  if ('kind' in outcome) {
    run.options.onEvent({ kind: 'commit-done', stack, target, accepted: false, note: outcome.diagnostic.detail });
    return outcome;
  }
  if (!outcome.accepted) {
    journal.note({ kind: 'commit-refused', target, reason: outcome.reason });
    await noteWhatWentBack(run, stack, target, intents);
    await journal.flush();
    run.options.onEvent({ kind: 'commit-done', stack, target, accepted: false, note: outcome.reason });
    const facts = { stack, target, reason: outcome.reason };
    const diagnostic =
      outcome.diagnostic ?? engineDiagnostics.create('target-refused', facts, { subject: `${stack}/${target}` });
    return { kind: 'refused', blamed: outcome.blamed, diagnostic };
  }
  const addresses = settles ? intents.map(({ address }) => address) : [];
  const earlier = [...(journal.record.pending.get(target)?.keys() ?? [])];
  journal.note({ kind: 'commit-accepted', target, identity, addresses });
  noteAwaited(run, stack, target, [...earlier, ...addresses]);
  await journal.flush();
  run.committed.add(targetKey(stack, target));
  if ('notRunning' in outcome) run.notRunning.set(targetKey(stack, target), outcome.notRunning);
  run.options.onEvent({ kind: 'commit-done', stack, target, accepted: true, note: outcome.note });
  return { kind: 'accepted' };
}

async function askToCommit(
  run: Run,
  stack: string,
  target: string,
): Promise<CommitOutcome | Extract<CommitResult, { readonly kind: 'unclear' }>> {
  const { session, timeouts } = targetRunOf(run, stack, target);
  try {
    return await bounded(() => session.commit(), timeouts.commitMs);
  } catch (error) {
    const facts = { stack, target, reason: reasonOf(error) };
    const code = error instanceof Unanswered ? 'target-not-answering' : 'commit-unclear';
    return { kind: 'unclear', diagnostic: engineDiagnostics.create(code, facts, { subject: `${stack}/${target}` }) };
  }
}

/** Changes of this run, and those that an earlier one had left in place. What cannot be seen to be back stays as it is. */
async function noteWhatWentBack(run: Run, stack: string, target: string, intents: readonly Intent[]): Promise<void> {
  const { journal } = stackRunOf(run, stack);
  const { types } = targetRunOf(run, stack, target);
  const read = (name: string, references: Parameters<typeof readTarget>[1]) =>
    readTarget(targetRunOf(run, stack, name), references);
  const sightings = await observeIntents(intents, journal.record, read);
  for (const intent of intents) {
    const sighting = sightings.get(intent.address);
    const found = sighting && decideIntent(intent, journal.record, sighting, types);
    if (found === 'former' || found === 'absent') journal.note({ kind: 'resolved', address: intent.address, found });
  }
  const pending = [...(journal.record.pending.get(target)?.values() ?? [])];
  if (pending.length === 0) return;
  // Judged against the record from before them, which is what they go back to.
  const before = { ...journal.record, resources: new Map(journal.record.resources) };
  for (const { intent, former } of pending) {
    before.resources.delete(intent.address);
    if (former !== null) before.resources.set(former.address, former);
  }
  const pendingSightings = await observeIntents(
    pending.map(({ intent }) => intent),
    before,
    read,
  );
  for (const { intent } of pending) {
    const sighting = pendingSightings.get(intent.address);
    const found = sighting && decideIntent(intent, before, sighting, types);
    if (found === 'former' || found === 'absent')
      journal.note({ kind: 'put-back', address: intent.address, target, found });
  }
}
