import { addressFields, type JsonObject } from '../model/index.ts';
import { mainConfigFault } from '../model/main-config-fault.ts';
import { describeChanges } from './describe-changes.ts';
import { describeFieldList, isToldBy } from './describe-fields.ts';
import { describeOverrides } from './describe-overrides.ts';
import { effectOf } from './effect.ts';
import { type ItemMove, itemMoves } from './item-moves.ts';
import { lostAlerts, whatGoesWith } from './lost-alerts.ts';
import type { Drift, Plan, PlannedChange } from './plan.ts';
import type {
  ChangeDescription,
  DescribeOptions,
  DriftDescription,
  GroupDescription,
  PlanDescription,
} from './plan-description.ts';
import { countActions, isEmptyPlan, isExecutable, itemOf, planSummary } from './plan-summary.ts';
import { readFirst } from './read-first.ts';

export function describePlan(plan: Plan, options: DescribeOptions = { verbose: false }): PlanDescription {
  const changes = plan.changes.filter((change) => effectOf(change) !== 'none');
  const moves = itemMoves(changes, plan.elsewhere);
  return {
    environment: plan.environment,
    offline: plan.offline,
    isEmpty: isEmptyPlan(plan),
    isExecutable: isExecutable(plan),
    summary: planSummary(plan),
    readFirst: readFirst(changes, moves, plan.weakened, plan.unmanaged),
    moves,
    stacks: groupsOf(changes, ({ address }) => addressFields(address).stack).map(([stack, own]) => ({
      stack,
      counts: countActions(own),
      groups: describeGroups(own, stack, moves, options),
    })),
    drift: describeDrifts(plan.drift, changes),
    unmanaged: plan.unmanaged,
    owed: plan.owed,
    uncommitted: plan.uncommitted,
    running: plan.running,
    unhealthy: plan.unhealthy ?? [],
    unasked: plan.unasked ?? [],
    brakes: plan.brakes,
    findings: plan.findings,
    digest: plan.digest,
  };
}

function groupsOf<Entry>(entries: readonly Entry[], keyOf: (entry: Entry) => string): readonly [string, Entry[]][] {
  return [...Map.groupBy(entries, keyOf)].sort(([left], [right]) => (left < right ? -1 : 1));
}

/** Items first, then what serves several items, by type. */
function describeGroups(
  changes: readonly PlannedChange[],
  stack: string,
  moves: readonly ItemMove[],
  options: DescribeOptions,
): readonly GroupDescription[] {
  const leaving = new Map(
    moves
      .filter(({ from }) => from === stack)
      .flatMap(({ item, deleted }) => deleted.map((address) => [address, item])),
  );
  const itemFor = (change: PlannedChange) => itemOf(change) ?? leaving.get(change.address) ?? null;
  const [ofItems, others] = [
    changes.filter((one) => itemFor(one) !== null),
    changes.filter((one) => itemFor(one) === null),
  ];
  return [
    ...groupsOf(ofItems, (change) => itemFor(change) ?? '').map(
      ([item, group]): GroupDescription => ({
        kind: 'item',
        title: item,
        note: noteOfMove(item, stack, moves),
        changes: describeChanges(group, options),
      }),
    ),
    ...groupsOf(others, ({ address }) => addressFields(address).type).map(
      ([type, group]): GroupDescription => ({
        kind: 'type',
        title: type,
        note: null,
        changes: describeChanges(group, options).map((change) => withLeavers(change, new Set(leaving.values()))),
      }),
    ),
  ];
}

/** The tuning of an item that leaves ends with it; that its alert would be as for all says nothing then. */
function withLeavers(change: ChangeDescription, leavers: ReadonlySet<string>): ChangeDescription {
  if (change.overrides.length === 0 || leavers.size === 0) return change;
  const overrides = change.overrides.map((override) =>
    override.symbol === '-' && leavers.has(override.item)
      ? { ...override, text: 'ends here, because the item goes' }
      : override,
  );
  return { ...change, overrides };
}

function noteOfMove(item: string, stack: string, moves: readonly ItemMove[]): string | null {
  const move = moves.find((one) => one.item === item && (one.from === stack || one.to === stack));
  if (move === undefined) return null;
  if (move.to === stack) return `moves here from ${move.from}`;
  return move.to === null ? 'goes from here' : `moves to ${move.to}`;
}

/** What was changed outside, in the words of the plan. */
export function describeDrifts(
  drifts: readonly Drift[],
  changes: readonly PlannedChange[],
): readonly DriftDescription[] {
  const byAddress = new Map(changes.map((planned) => [planned.address, planned]));
  return drifts.map((drift) => {
    const { address, kind, detail, fields } = drift;
    const planned = byAddress.get(address);
    const before = planned?.applied?.spec ?? {};
    const after = observedSpec(planned) ?? before;
    const overrides = describeOverrides(before, after, null);
    const told = fields.filter((field) => !isToldBy(overrides, field, before, after));
    const described = describeFieldList(told, before, after, [], []);
    const fault = faultOfConfig(planned, after);
    const isRefused = fault !== null && drift.runs !== 'found';
    const losses = planned === undefined || isRefused ? [] : lossesOf(kind, before, after);
    const live = isRefused ? sayRefused(fault, drift) : sayLive(drift, planned?.applied?.type);
    return { address, kind, detail, fields: described, overrides, losses, live };
  });
}

/** Of a file that cannot be read nothing can be told, and no server can load it. */
function lossesOf(kind: Drift['kind'], before: JsonObject, after: JsonObject): readonly string[] {
  if (kind === 'malformed') return [];
  return kind === 'vanished' ? whatGoesWith(before) : lostAlerts(before, after);
}

/** Null too where the field is one that was applied: then Prometheus has taken it. */
function faultOfConfig(planned: PlannedChange | undefined, after: JsonObject): string | null {
  if (planned?.applied?.type !== 'prometheus-config') return null;
  return mainConfigFault(after.config, planned.applied.spec.config);
}

function sayRefused(fault: string, { runs }: Drift): string {
  const now = runs === 'applied' ? ' and the server still runs what was applied' : '';
  return `Not live: ${fault}. Prometheus refuses the file at a reload${now}; it would not start with it.`;
}

/** Whether a change by hand works already is what somebody who finds it asks first. */
function sayLive({ kind, runs }: Drift, type: string | undefined): string | null {
  switch (runs) {
    case undefined:
      return null;
    case 'found':
      return kind === 'vanished' ? 'Live: the server runs without it.' : 'Live: the server runs it as it was found.';
    case 'applied':
      return kind === 'malformed'
        ? 'Not live: the server still runs what was applied, and cannot load this: it would not start with it.'
        : sayNotYet(type);
    case 'neither':
      return 'The server runs neither what was found nor what was applied.';
    case 'not-known':
      return 'Whether the server runs it is not known.';
    default:
      return runs satisfies never;
  }
}

function sayNotYet(type: string | undefined): string {
  return type === 'prometheus-targets'
    ? 'Not live yet: Prometheus watches its target files, and takes this within seconds, without a reload.'
    : 'Not live yet: the server still runs what was applied, until its next reload or start.';
}

function observedSpec(planned: PlannedChange | undefined): JsonObject | null {
  if (planned === undefined) return null;
  if ('observed' in planned.change) return planned.change.observed.spec;
  // Somebody already made it what is declared.
  return planned.change.action === 'no-op' ? planned.change.desired.spec : null;
}
