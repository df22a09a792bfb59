import { addressFields, type JsonObject } from '../model/index.ts';
import { describeChanges } from './describe-changes.ts';
import { describeField } from './describe-fields.ts';
import { effectOf } from './effect.ts';
import type { Drift, Plan, PlannedChange } from './plan.ts';
import type { DescribeOptions, DriftDescription, GroupDescription, PlanDescription } from './plan-description.ts';
import { countActions, isEmptyPlan, isExecutable, itemOf, planSummary } from './plan-summary.ts';

export function describePlan(plan: Plan, options: DescribeOptions = { verbose: false }): PlanDescription {
  const changes = plan.changes.filter((change) => effectOf(change) !== 'none');
  return {
    environment: plan.environment,
    offline: plan.offline,
    isEmpty: isEmptyPlan(plan),
    isExecutable: isExecutable(plan),
    summary: planSummary(plan),
    readFirst: changes.flatMap(warningOf).sort(),
    stacks: groupsOf(changes, ({ address }) => addressFields(address).stack).map(([stack, own]) => ({
      stack,
      counts: countActions(own),
      groups: describeGroups(own, options),
    })),
    drift: describeDrifts(plan.drift, changes),
    unmanaged: plan.unmanaged,
    owed: plan.owed,
    uncommitted: plan.uncommitted,
    brakes: plan.brakes,
    findings: plan.findings,
    digest: plan.digest,
  };
}

function groupsOf<Entry>(entries: readonly Entry[], keyOf: (entry: Entry) => string): readonly [string, Entry[]][] {
  return [...Map.groupBy(entries, keyOf)].sort(([left], [right]) => (left < right ? -1 : 1));
}

function warningOf({ address, change, applied }: PlannedChange): readonly string[] {
  if (change.action === 'delete') return [`${address} is deleted from ${change.observed.target}.`];
  if (change.action === 'replace') return [`${address} is removed from ${change.observed.target} and made again.`];
  const isLifted = applied?.lifecycle.protect === true && 'desired' in change && !change.desired.lifecycle.protect;
  return isLifted ? [`${address} is no longer protected.`] : [];
}

/** Items first, then what serves several items, by type. */
function describeGroups(changes: readonly PlannedChange[], options: DescribeOptions): readonly GroupDescription[] {
  const ofItems = changes.filter((change) => itemOf(change) !== null);
  const others = changes.filter((change) => itemOf(change) === null);
  const describe =
    (kind: GroupDescription['kind']) =>
    ([title, group]: [string, PlannedChange[]]): GroupDescription => ({
      kind,
      title,
      changes: describeChanges(group, options),
    });
  return [
    ...groupsOf(ofItems, (change) => itemOf(change) ?? '').map(describe('item')),
    ...groupsOf(others, ({ address }) => addressFields(address).type).map(describe('type')),
  ];
}

function describeDrifts(drifts: readonly Drift[], changes: readonly PlannedChange[]): readonly DriftDescription[] {
  const byAddress = new Map(changes.map((planned) => [planned.address, planned]));
  return drifts.map(({ address, kind, detail, fields }) => {
    const planned = byAddress.get(address);
    const before = planned?.applied?.spec ?? {};
    const after = observedSpec(planned) ?? before;
    return { address, kind, detail, fields: fields.map((field) => describeField(field, before, after, [], [])) };
  });
}

function observedSpec(planned: PlannedChange | undefined): JsonObject | null {
  if (planned === undefined) return null;
  if ('observed' in planned.change) return planned.change.observed.spec;
  // Somebody already made it what is declared.
  return planned.change.action === 'no-op' ? planned.change.desired.spec : null;
}
