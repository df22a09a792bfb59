import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, digestOf, type Observation } from '../model/index.ts';
import { arbitraryWorld, testTypes, type World } from '../testing/arbitraries.ts';
import { applyPerfectly } from '../testing/perfect-apply.ts';
import { effectOf, type Plan, type PlanInput, planChanges } from './index.ts';

const digest = digestOf('test');

function inputOf(world: World, overrides: Partial<PlanInput> = {}): PlanInput {
  return {
    environment: 'test',
    types: testTypes,
    desired: world.desired,
    states: world.states,
    observed: observedEverywhere(world),
    unmanaged: [],
    identities: [],
    inputs: { content: digest, bindings: digest, policies: digest, program: 'test' },
    selection: { stacks: [], targets: [], exclude: [] },
    adopt: new Set(),
    brakes: { maxDeletes: 1000, maxDeleteShare: 1, allowedDeletes: 1000, allowEmpty: true },
    secrets: new Map(),
    ...overrides,
  };
}

/** A target answers about every address that it is asked about. */
function observedEverywhere({ desired, states, observed }: World): ReadonlyMap<Address, Observation> {
  const asked = [...desired.map(({ address }) => address), ...states.flatMap(({ resources }) => [...resources.keys()])];
  return new Map(asked.map((address) => [address, observed.get(address) ?? { state: 'absent' }]));
}

function effects(plan: Plan) {
  return plan.changes.filter((change) => effectOf(change) !== 'none').map(({ address, change }) => [address, change.action]);
}

describe('laws of planning', () => {
  it('after an apply in which nothing fails there is nothing left to do', () => {
    fc.assert(
      fc.property(arbitraryWorld(), (world) => {
        const plan = planChanges(inputOf(world));
        expect(plan.findings.filter(({ code }) => code !== 'plan/dependency-removed')).toEqual([]);
        const after = applyPerfectly({ ...world, observed: observedEverywhere(world) }, plan);
        const again = planChanges(inputOf(after));
        expect(effects(again)).toEqual([]);
        expect(again.drift).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
