import { type Address, type AppliedResource, addressFields, type Resource, type StackState } from '../model/index.ts';
import type { Brake, BrakeLimits, PlannedChange } from './plan.ts';

/**
 * What stops a plan until somebody has looked at it as what it is. Only the changes of the plan count; what is owed is
 * not done. A stack that is meant to be emptied (`opsctl destroy`) does not count as deletes, but protection still holds.
 */
export function findBrakes(
  changes: readonly PlannedChange[],
  desired: readonly Resource[],
  states: readonly StackState[],
  limits: BrakeLimits,
): readonly Brake[] {
  const emptied = emptiedStacks(changes, desired, states);
  const deletes = changes.filter(({ change }) => change.action === 'delete').map(({ address }) => address);
  const counted = limits.allowEmpty ? deletes.filter((address) => !emptied.has(addressFields(address).stack)) : deletes;
  const isReviewed = counted.length <= limits.allowedDeletes;
  return [
    ...(isReviewed ? [] : [...tooManyDeletes(counted, limits), ...largeShares(counted, states, limits)]),
    ...(limits.allowEmpty ? [] : [...emptied].map(([stack, addresses]) => emptyDesiredSet(stack, addresses))),
    ...protectedObjects(changes),
  ];
}

/** Stacks of which nothing is declared any more and from which something would go, with what would go. */
function emptiedStacks(
  changes: readonly PlannedChange[],
  desired: readonly Resource[],
  states: readonly StackState[],
): ReadonlyMap<string, readonly Address[]> {
  const declared = new Set(desired.map(({ address }) => addressFields(address).stack));
  const empty = states.filter(({ stack, resources }) => resources.size > 0 && !declared.has(stack));
  const going = byStack(changes.filter(({ change }) => !('desired' in change)).map(({ address }) => address));
  return new Map(empty.flatMap(({ stack }) => (going.has(stack) ? [[stack, going.get(stack) ?? []] as const] : [])));
}

function tooManyDeletes(deletes: readonly Address[], { maxDeletes }: BrakeLimits): readonly Brake[] {
  if (deletes.length <= maxDeletes) return [];
  return [
    {
      kind: 'too-many-deletes',
      stack: null,
      addresses: [...deletes].sort(),
      detail: `The plan deletes ${objects(deletes.length)}; more than ${maxDeletes} need a review as deletes.`,
      lift: liftByCount(deletes.length),
    },
  ];
}

function largeShares(
  deletes: readonly Address[],
  states: readonly StackState[],
  limits: BrakeLimits,
): readonly Brake[] {
  const managed = new Map<string, number>(states.map(({ stack, resources }) => [stack, resources.size]));
  return [...byStack(deletes)].flatMap(([stack, addresses]) => {
    const share = addresses.length / Math.max(1, managed.get(stack) ?? 0);
    if (share <= limits.maxDeleteShare) return [];
    const [part, limit] = [share, limits.maxDeleteShare].map((value) => `${Math.round(value * 100)} %`);
    const all = objects(managed.get(stack) ?? 0);
    const detail = `The plan deletes ${addresses.length} of ${all} in ${stack}, ${part}; more than ${limit} need a review as deletes.`;
    return [{ kind: 'delete-share', stack, addresses, detail, lift: liftByCount(deletes.length) } as const];
  });
}

function liftByCount(deletes: number): string {
  return `If these deletes are meant and reviewed, plan with \`--allow-deletes ${deletes}\`.`;
}

function emptyDesiredSet(stack: string, addresses: readonly Address[]): Brake {
  return {
    kind: 'empty-desired-set',
    stack,
    addresses,
    detail: `Nothing is declared in ${stack} any more, so everything recorded there would go: ${objects(addresses.length)}.`,
    lift: `If that is meant, use \`opsctl destroy --stack ${stack}\`; if not, find out why no declaration was read.`,
  };
}

/** Protection counts from the state, where it outlives its declaration, as well as from the declaration. */
function protectedObjects(changes: readonly PlannedChange[]): readonly Brake[] {
  const stopped = changes.filter(({ change, applied }) => {
    if (change.action === 'delete') return isProtected(applied);
    return change.action === 'replace' && (isProtected(applied) || isProtected(change.desired));
  });
  return [...byStack(stopped.map(({ address }) => address))].map(([stack, addresses]) => ({
    kind: 'protected',
    stack,
    addresses,
    detail: `${addresses.join(', ')} would be removed or replaced, and ${addresses.length === 1 ? 'is' : 'are'} protected.`,
    lift: 'Lift the protection first: take its .protect(...) out of the stack while the object is still declared, have that reviewed and applied; remove or replace it then.',
  }));
}

function isProtected(side: AppliedResource | Resource | null): boolean {
  return side?.lifecycle.protect ?? false;
}

/** Stacks by name, the addresses of each in order. */
function byStack(addresses: readonly Address[]): ReadonlyMap<string, readonly Address[]> {
  const sorted = [...addresses].sort();
  return Map.groupBy(sorted, (address) => addressFields(address).stack);
}

function objects(count: number): string {
  return count === 1 ? '1 object' : `${count} objects`;
}
