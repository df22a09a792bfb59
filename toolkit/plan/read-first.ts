import { counted } from '../diagnostics/index.ts';
import { everyItem } from '../model/index.ts';
import { describeOverrides } from './describe-overrides.ts';
import type { ItemMove } from './item-moves.ts';
import { lostAlerts, whatGoesWith } from './lost-alerts.ts';
import { lostItems } from './lost-items.ts';
import type { PlannedChange, UnmanagedObject, WeakenedPolicy } from './plan.ts';
import { specsOf } from './specs-of-change.ts';

/**
 * What somebody who is told today will not be told tomorrow, then what cannot be taken back easily: one line each.
 * Objects that go with an item are one line together.
 */
export function readFirst(
  changes: readonly PlannedChange[],
  moves: readonly ItemMove[],
  weakened: readonly WeakenedPolicy[] = [],
  unmanaged: readonly UnmanagedObject[] = [],
): readonly string[] {
  const moving = new Set(moves.flatMap(({ deleted }) => deleted));
  const removed = changes.filter(({ address }) => !moving.has(address)).flatMap(removalOf);
  // What moves is made elsewhere: its alerts are not lost.
  const movedOn = new Set(
    moves.flatMap(({ arrival, deleted }) => (arrival === null || arrival === 'left-out' ? [] : deleted)),
  );
  const losing = changes.filter(({ address }) => !movedOn.has(address));
  const kinds = [
    concerns(unmanaged),
    sayWeakened(weakened),
    losses(losing),
    lostItems(changes),
    moves.map(sayMove),
    removed,
    changes.flatMap(protectionOf),
  ];
  return kinds.flatMap((lines) => [...new Set(lines)].sort());
}

/** In force already, whatever becomes of the plan. */
function concerns(unmanaged: readonly UnmanagedObject[]): readonly string[] {
  return unmanaged.flatMap(({ stack, target, concern }) =>
    concern === undefined ? [] : [`${stack} ${target}: ${concern}.`],
  );
}

/** What nobody judges any more lets later changes through, so it is told as early as what they do. */
function sayWeakened(weakened: readonly WeakenedPolicy[]): readonly string[] {
  return [...Map.groupBy(weakened, ({ before, after }) => `${before} ${after}`).values()].map((alike) => {
    const names = alike.map(({ policy }) => policy).sort();
    const { before, after } = alike[0] as WeakenedPolicy;
    const [kind, are] =
      names.length === 1 ? [`the ${before} policy`, 'is'] : [`${names.length} ${before} policies`, 'are'];
    const lost = after === null ? `${are} gone: it judged what was applied last` : `${are} ${after} now`;
    return `${kind} ${names.join(', ')} ${names.length === 1 ? lost : lost.replace('it judged', 'they judged')}.`;
  });
}

function sayMove({ item, from, to, arrival, deleted, created }: ItemMove): string {
  const gone = `${counted(deleted.length, 'object')} deleted`;
  if (to === null) return `item ${item} goes from ${from}: ${gone}.`;
  const moved = `item ${item} moved: from stack ${from} to stack ${to}`;
  if (arrival === 'left-out')
    return `${moved}, which this plan leaves out (${gone} in ${from}): nobody measures it until ${to} is applied.`;
  const made =
    arrival === 'in-place' ? `${to} has it already` : `${counted(created.length, 'object')} created in ${to}`;
  return `${moved} (${gone} in ${from}, ${made}).`;
}

function removalOf({ address, change }: PlannedChange): readonly string[] {
  // Where a silence ends, somebody is told more.
  if (change.action === 'delete' && change.observed.type === 'alertmanager-silence') return [];
  if (change.action === 'delete') return [`${address} is deleted from ${change.observed.target}.`];
  return change.action === 'replace' ? [`${address} is removed from ${change.observed.target} and made again.`] : [];
}

function protectionOf({ address, change, applied }: PlannedChange): readonly string[] {
  const isLifted = applied?.lifecycle.protect === true && 'desired' in change && !change.desired.lifecycle.protect;
  return isLifted ? [`${address} is no longer protected.`] : [];
}

/** What is lost in many places alike, such as one receiver at every plant, is said once. */
function losses(changes: readonly PlannedChange[]): readonly string[] {
  const lost = changes.flatMap((change) => lossOf(change).map((text) => ({ text, address: change.address })));
  return [...Map.groupBy(lost, ({ text }) => text)].map(([text, places]) => {
    const addresses = places.map(({ address }) => address).sort();
    return `${addresses.join(', ')}: ${text}.`;
  });
}

function lossOf(planned: PlannedChange): readonly string[] {
  const { change } = planned;
  const [before, after] = specsOf(planned);
  if (change.action === 'delete') return whatGoesWith(before);
  if (!('desired' in change) || change.action === 'no-op') return [];
  const described = describeOverrides(before, after, change.desired);
  const patched = new Set(described.filter(({ item }) => item === everyItem).map(({ alert }) => alert));
  const lost = change.action === 'create' ? [] : lostAlerts(before, after, patched);
  const overrides = described.flatMap(({ alert, item, severity, reason }) => {
    const why = reason === null ? '' : ` (${reason.replace(/[.。]$/, '')})`;
    // What is off everywhere is told, however urgent it was.
    if (item === everyItem && severity.after === null)
      return [`the ${severity.before} alert ${alert} is disabled${why}`];
    if (severity.before !== 'critical' || severity.after === 'critical') return [];
    const whom = item === everyItem ? '' : ` for ${item}`;
    return severity.after === null
      ? [`the critical alert ${alert} is waived${whom}${why}`]
      : [`the alert ${alert} is critical no longer${whom}, but ${severity.after}${why}`];
  });
  // From the matchers alone nobody sees whom a silence keeps from hearing what: the compiler says it.
  const silenced = change.desired.derivation.filter(({ kind }) => kind === 'silence').map(({ text }) => text);
  return [...lost, ...overrides, ...silenced];
}
