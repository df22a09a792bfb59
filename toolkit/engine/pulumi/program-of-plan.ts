import { type Address, addressFields } from '../../model/index.ts';
import { effectOf } from '../../plan/effect.ts';
import type { Plan, PlannedChange } from '../../plan/plan.ts';
import type { DeployedStack } from './read-deployment.ts';
import type { ObjectToRegister } from './register-objects.ts';
import { clusterChildUrn, clusterProviderUrn, type PulumiPlace, stackUrn, urnOf } from './urn.ts';

/** What one stack is to hold once its part of a plan is carried out, and what of it the run may touch. */
export interface StackProgram {
  readonly objects: readonly ObjectToRegister[];
  /** URNs: nothing else is made, changed or removed, whatever the backend holds. */
  readonly targets: readonly string[];
  /** URNs of objects that are not as they were applied: Pulumi has to look before it can see a difference. */
  readonly refreshed: readonly string[];
  /** Records that are dropped in the run while the objects stay, and are not looked at. */
  readonly released: readonly Address[];
  /** URNs of records that Pulumi would not drop in a run, or not without a look at the object: they go before it. */
  readonly forgotten: readonly string[];
  /** Objects whose records this work may take away before the changes begin. */
  readonly ownWork: ReadonlySet<Address>;
  /** Taken over as they are, or written over: nobody has recorded them. */
  readonly adopted: readonly Address[];
}

/**
 * The plan as a program: what the state records, with the changes of the plan in their places. The content does not run,
 * and what the plan does not change is registered as it was applied.
 */
export function programOfPlan(plan: Plan, stack: string, deployed: DeployedStack, place: PulumiPlace): StackProgram {
  const changes = changesOf(plan, stack);
  const objects = new Map<Address, ObjectToRegister>(
    [...deployed.objects.values()].map((object) => [object.address, { ...object, aliases: [] }]),
  );
  for (const { address, formerAddress, change } of changes) {
    objects.delete(formerAddress ?? address);
    if (!('desired' in change)) continue;
    const { type, target, owner, spec, dependsOn, lifecycle } = change.desired;
    const aliases = formerAddress === undefined ? [] : [formerAddress];
    const { environment } = plan;
    objects.set(address, {
      environment,
      address,
      type,
      target,
      owner,
      spec,
      dependsOn,
      lifecycle,
      aliases,
      binding: null,
    });
  }
  const urn = ({ address }: { readonly address: Address }) => urnOf(place, address);
  const isForgotten = ({ change }: PlannedChange) => change.action === 'forget';
  const apart = changes.filter((planned) => isForgotten(planned) && goesBefore(planned));
  const inRun = changes.filter((planned) => !apart.includes(planned));
  const looked = changes.filter(isUnlikeApplied);
  return {
    objects: [...objects.values()].sort((left, right) => (left.address < right.address ? -1 : 1)),
    targets: [
      ...(deployed.isBorn ? [] : [stackUrn(place, stack)]),
      ...new Set(inRun.flatMap((planned) => [urn(planned), ...inClusterOf(planned, stack, place)])),
    ],
    refreshed: looked.flatMap((planned) => {
      const { address, formerAddress = address, applied } = planned;
      const child = addressFields(address).type === 'kubernetes-object' && applied !== null;
      return [urnOf(place, formerAddress), ...(child ? [clusterChildUrn(place, formerAddress, applied.spec)] : [])];
    }),
    released: inRun.filter(isForgotten).map(({ address }) => address),
    forgotten: apart.flatMap((planned) => [...childOf(planned, place), urn(planned)]),
    ownWork: new Set([...apart, ...looked].map(({ address, formerAddress }) => formerAddress ?? address)),
    adopted: changes.filter(({ change }) => change.action === 'adopt').map(({ address }) => address),
  };
}

/**
 * Pulumi deletes nothing that is protected, not even a record. And what it has in a cluster it would delete there by name,
 * unless it was told at its making to keep it: somebody may have made it again.
 */
function goesBefore({ address, applied }: PlannedChange): boolean {
  const { protect = false, retainOnDelete = false } = applied?.lifecycle ?? {};
  return protect || (addressFields(address).type === 'kubernetes-object' && !retainOnDelete);
}

function childOf({ address, applied }: PlannedChange, place: PulumiPlace): readonly string[] {
  if (addressFields(address).type !== 'kubernetes-object' || applied === null) return [];
  return [clusterChildUrn(place, address, applied.spec)];
}

/** What stands for an object of a cluster besides its component: the provider of its target, and the object itself. */
function inClusterOf(
  { address, change, applied }: PlannedChange,
  stack: string,
  place: PulumiPlace,
): readonly string[] {
  if (addressFields(address).type !== 'kubernetes-object') return [];
  const sides = [...('desired' in change ? [change.desired] : []), ...(applied === null ? [] : [applied])];
  return sides.flatMap(({ target, spec }) => [
    clusterProviderUrn(place, `${stack}/${target}`),
    clusterChildUrn(place, address, spec),
  ]);
}

/** Changes of a stack that do something, if only to its record. */
export function changesOf({ changes }: Plan, stack: string): readonly PlannedChange[] {
  return changes.filter((planned) => effectOf(planned) !== 'none' && addressFields(planned.address).stack === stack);
}

function isUnlikeApplied({ cause, applied, change }: PlannedChange): boolean {
  if (applied === null || change.action === 'forget' || change.action === 'delete') return false;
  switch (cause.kind) {
    case 'drifted':
    case 'declaration-changed-and-drifted':
    case 'vanished':
    case 'target-moved':
    case 'already-in-place':
      return true;
    default:
      return false;
  }
}
