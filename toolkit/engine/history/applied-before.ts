import type { Plan } from '../../plan/plan.ts';
import type { StackKey, StackStore, StateBackend } from '../state/state-backend.ts';
import { type StateSource, statesOf } from '../state/state-source.ts';
import { type HistoryEntry, parseHistory } from './history-entry.ts';

/** What the history knows of a plan that somebody wants to carry out (again). */
export type AppliedBefore =
  | { readonly kind: 'never' }
  /** All of it was done, and every state is as that run left it. */
  | { readonly kind: 'in-place'; readonly run: HistoryEntry }
  /** It was begun, and not all of it was done, or states have changed since. */
  | { readonly kind: 'moved-on'; readonly run: HistoryEntry; readonly changed: readonly string[] };

/** The history is in the backend whichever engine ran; the states are that engine's. */
export async function findAppliedBefore(
  plan: Plan,
  backend: StateBackend,
  states: StateSource = statesOf(backend),
): Promise<AppliedBefore> {
  const stores = plan.stacks.map(({ stack }) => backend.open({ environment: plan.environment, stack }));
  const told = (await Promise.all(stores.map(runsOf))).flat().filter((entry) => entry.plan === plan.digest);
  const last = told.toSorted((left, right) => (left.startedAt < right.startedAt ? -1 : 1)).at(-1);
  if (last === undefined) return { kind: 'never' };
  const ofRun = told.filter(({ run }) => run === last.run);
  const worst = ofRun.find(({ outcome }) => outcome !== 'done');
  const changed = await changedSince(plan, ofRun, stores, states);
  if (worst === undefined && changed.length === 0) return { kind: 'in-place', run: last };
  return { kind: 'moved-on', run: worst ?? last, changed };
}

async function runsOf(store: StackStore): Promise<readonly HistoryEntry[]> {
  return parseHistory(await store.readHistory()).entries;
}

/** Stacks whose state is not the one that the run left; one that it did not touch is as the plan saw it. */
async function changedSince(
  plan: Plan,
  ofRun: readonly HistoryEntry[],
  stores: readonly StackStore[],
  states: StateSource,
): Promise<readonly string[]> {
  const isAsLeft = async (store: StackStore) => {
    const loaded = await states.load(store.key);
    return loaded.ok && loaded.loaded.state.serial === serialAfter(plan, ofRun, store.key);
  };
  const asLeft = await Promise.all(stores.map(isAsLeft));
  return stores.flatMap(({ key }, index) => (asLeft[index] ? [] : [key.stack]));
}

function serialAfter(plan: Plan, ofRun: readonly HistoryEntry[], { stack }: StackKey): number | undefined {
  const entry = ofRun.find((one) => one.stack === stack);
  return entry?.serial ?? plan.stacks.find((planned) => planned.stack === stack)?.serial;
}
