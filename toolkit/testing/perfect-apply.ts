import type { Address, AppliedResource, Observation, StackState } from '../model/index.ts';
import { addressFields, secretReferencesIn } from '../model/index.ts';
import { appliedRecord, effectOf, type Plan, secretKey } from '../plan/index.ts';
import { stateOf, type World } from './arbitraries.ts';

/**
 * The world after an apply in which nothing fails: what every engine must come to, in the fewest words. `secrets` are
 * the digests of the values at hand, by `secretKey`.
 */
export function applyPerfectly(world: World, plan: Plan, secrets: ReadonlyMap<string, string> = new Map()): World {
  const records = new Map<Address, AppliedResource>(world.states.flatMap(({ resources }) => [...resources]));
  const observed = new Map<Address, Observation>(world.observed);
  for (const planned of plan.changes) {
    const { change, address, applied } = planned;
    if (effectOf(planned) === 'none') continue;
    const seen = observed.get(applied?.address ?? address) ?? { state: 'absent' };
    if (applied !== null) {
      records.delete(applied.address);
      observed.delete(applied.address);
    }
    if (change.action === 'delete' || change.action === 'forget') continue;
    records.set(address, appliedRecord(change.desired, digestsOf(planned.address, change.desired.spec, secrets)));
    observed.set(address, effectOf(planned) === 'write' ? { state: 'present', spec: change.desired.spec } : seen);
  }
  return { desired: world.desired, states: statesOf(world, records), observed };
}

function digestsOf(address: Address, spec: AppliedResource['spec'], secrets: ReadonlyMap<string, string>) {
  const { stack } = addressFields(address);
  const known = secretReferencesIn(spec).map(
    (reference) => [reference, secrets.get(secretKey(stack, reference))] as const,
  );
  return Object.fromEntries(
    known.flatMap(([reference, digest]) => (digest === undefined ? [] : [[reference, digest]])),
  );
}

/** Every stack of the plan has a state afterwards, also one that had none before. */
function statesOf({ desired, states }: World, records: ReadonlyMap<Address, AppliedResource>): readonly StackState[] {
  const serials = new Map(states.map(({ stack, serial }) => [stack, serial]));
  const stacks = new Set([...serials.keys(), ...desired.map(({ address }) => addressFields(address).stack)]);
  return [...stacks].sort().map((stack) => {
    const own = [...records.values()].filter(({ address }) => addressFields(address).stack === stack);
    return stateOf(stack, own, (serials.get(stack) ?? 0) + 1);
  });
}
