import { type Action, addressFields, type Resource } from '../model/index.ts';
import { effectOf } from './effect.ts';
import type { Plan, PlannedChange } from './plan.ts';

/** Changes by what they do. `record` counts no-ops that only the state follows: renames, ownership, objects already right. */
export interface ActionCounts {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  readonly adopt: number;
  readonly forget: number;
  readonly record: number;
}

export interface PlanSummary {
  readonly counts: ActionCounts;
  readonly unchanged: number;
  readonly drifted: number;
  readonly owed: number;
  readonly unmanaged: number;
  readonly byStack: Readonly<Record<string, ActionCounts>>;
  /** By configuration item, where a change is about one. */
  readonly byItem: Readonly<Record<string, ActionCounts>>;
}

export function planSummary(plan: Plan): PlanSummary {
  const changes = plan.changes.filter((change) => effectOf(change) !== 'none');
  const unchanged = plan.changes.length - changes.length + plan.unchanged.length;
  const ofItems = changes.filter((change) => itemOf(change) !== null);
  return {
    counts: countActions(changes),
    unchanged,
    drifted: plan.drift.length,
    owed: plan.owed.length,
    unmanaged: plan.unmanaged.length,
    byStack: countBy(changes, ({ address }) => addressFields(address).stack),
    byItem: countBy(ofItems, (change) => itemOf(change) ?? ''),
  };
}

/** True when apply would have nothing to do: no change, no record to follow, no target left unreloaded. */
export function isEmptyPlan(plan: Plan): boolean {
  return (
    plan.uncommitted.length + targetsBehind(plan).length === 0 &&
    plan.changes.every((change) => effectOf(change) === 'none')
  );
}

/** Targets that run something else than what lies in them, and that apply makes load it. */
export function targetsBehind({ running }: Pick<Plan, 'running'>): Plan['running'] {
  return running.filter((entry) => entry.running.state === 'behind' && entry.running.isLoadable);
}

/** True when apply may carry the plan out: it was made from the real systems, and nothing in it refuses or stops it. */
export function isExecutable(plan: Plan): boolean {
  return !plan.offline && plan.brakes.length === 0 && plan.findings.every(({ severity }) => severity !== 'error');
}

export function countActions(changes: readonly PlannedChange[]): ActionCounts {
  const counts = { create: 0, update: 0, replace: 0, delete: 0, adopt: 0, forget: 0, record: 0 };
  for (const { change } of changes) counts[countedAs(change.action)] += 1;
  return counts;
}

function countedAs(action: Action): keyof ActionCounts {
  return action === 'no-op' ? 'record' : action;
}

function countBy(
  changes: readonly PlannedChange[],
  keyOf: (change: PlannedChange) => string,
): Readonly<Record<string, ActionCounts>> {
  const groups = [...Map.groupBy(changes, keyOf)].sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(groups.map(([key, group]) => [key, countActions(group)]));
}

/** The one configuration item that a change is about; null for what serves several, and for what is no longer declared. */
export function itemOf({ change }: PlannedChange): string | null {
  return 'desired' in change ? itemOfResource(change.desired) : null;
}

/** Declarations among the reasons of a resource are its items and its stack. */
function itemOfResource({ address, derivation }: Resource): string | null {
  const { stack } = addressFields(address);
  const declared = derivation.filter(({ kind, subject }) => kind === 'declaration' && subject !== stack);
  const items = new Set(declared.map(({ subject }) => subject));
  const [item] = items;
  return items.size === 1 && item !== undefined ? item : null;
}
