import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, digestOf, type Observation, plainLifecycle, type Resource } from '../model/index.ts';
import { arbitraryWorld, testTypes, type World } from '../testing/arbitraries.ts';
import { applyPerfectly } from '../testing/perfect-apply.ts';
import { addressPattern } from './address-pattern.ts';
import { effectOf } from './effect.ts';
import type { Plan, PlanInput, PlannedChange } from './plan.ts';
import { planChanges } from './plan-changes.ts';
import { serialisePlan } from './plan-file.ts';

const digest = digestOf('test');
const everything = { stacks: [], targets: [], exclude: [] };

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
    selection: everything,
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

function answered(world: World): World {
  return { ...world, observed: observedEverywhere(world) };
}

/** `update east/rule/a`, of changes that do something. */
function effects(plan: Plan): readonly string[] {
  return plan.changes
    .filter((change) => effectOf(change) !== 'none')
    .map(({ address, change }) => `${change.action} ${address}`);
}

/** Each list of a world in another order. */
function shuffled(world: World): fc.Arbitrary<World> {
  const shuffle = <Entry>(entries: readonly Entry[]) =>
    fc.shuffledSubarray([...entries], { minLength: entries.length });
  return fc
    .tuple(shuffle(world.desired), shuffle(world.states), shuffle([...world.observed]))
    .map(([desired, states, observed]) => ({
      desired,
      states: states.map((state) => ({ ...state, resources: new Map([...state.resources].reverse()) })),
      observed: new Map(observed),
    }));
}

const worlds = arbitraryWorld().map(answered);
const anyWorlds = arbitraryWorld({ unmanaged: true, protect: true }).map(answered);

describe('laws of planning', () => {
  it('after an apply in which nothing fails there is nothing left to do', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const plan = planChanges(inputOf(world));
        const again = planChanges(inputOf(applyPerfectly(world, plan)));
        expect({ effects: effects(again), drift: again.drift }).toEqual({ effects: [], drift: [] });
      }),
      { numRuns: 1000 },
    );
  });

  it('after any part of an apply in its order the rest is still to be done, and then nothing', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), (world, number) => {
        const plan = planChanges(inputOf(world));
        const done = plan.changes.slice(0, number % (plan.changes.length + 1));
        const halfway = applyPerfectly(world, { ...plan, changes: done });
        const rest = planChanges(inputOf(halfway));
        const open = plan.changes.slice(done.length).filter((change) => effectOf(change) !== 'none');
        expect([...effects(rest)].sort()).toEqual(
          open.map(({ address, change }) => `${change.action} ${address}`).sort(),
        );
        expect(effects(planChanges(inputOf(applyPerfectly(halfway, rest))))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('a run cut off between an effect and its record leads to recording it, and to nothing done twice', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), (world, number) => {
        const changes = planChanges(inputOf(world)).changes.filter((change) =>
          ['write', 'remove'].includes(effectOf(change)),
        );
        const cut = changes[number % Math.max(1, changes.length)];
        fc.pre(cut !== undefined);
        const { observed, destinations } = afterEffect(world, cut);
        const again = planChanges(inputOf({ ...world, observed }, { destinations }));
        const sequel = again.changes.filter(({ address }) => address === cut.address);
        expect(again.findings.map(({ code }) => code).filter((code) => code !== 'plan/dependency-removed')).toEqual([]);
        // What only went back to what was applied needs no record either, and may still stand between two others.
        expect(sequel.map(effectOf).filter((effect) => effect !== 'record' && effect !== 'none')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('equal inputs in any order give equal bytes', () => {
    const pairs = anyWorlds.chain((world) => fc.tuple(fc.constant(world), shuffled(world)));
    fc.assert(
      fc.property(pairs, ([world, other]) => {
        expect(serialisePlan(planChanges(inputOf(other)))).toBe(serialisePlan(planChanges(inputOf(world))));
      }),
      { numRuns: 500 },
    );
  });

  it('the digest covers every byte but itself', () => {
    fc.assert(
      fc.property(anyWorlds, anyWorlds, (one, other) => {
        const [left, right] = [planChanges(inputOf(one)), planChanges(inputOf(other))];
        expect(left.digest === right.digest).toBe(serialisePlan(left) === serialisePlan(right));
      }),
    );
  });

  it('a change stands after all that it waits for, and waits for what it depends on', () => {
    fc.assert(
      fc.property(anyWorlds, (world) => {
        const { changes } = planChanges(inputOf(world));
        const place = new Map(changes.map(({ address }, index) => [address, index]));
        for (const { address, change, waitsFor } of changes) {
          for (const other of waitsFor) expect(place.get(other)).toBeLessThan(place.get(address)!);
          const dependencies =
            'desired' in change ? change.desired.dependsOn.filter((other) => isWritten(changes, other)) : [];
          expect(waitsFor).toEqual(expect.arrayContaining([...dependencies]));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('what is deleted goes after all that depended on it and goes too', () => {
    fc.assert(
      fc.property(anyWorlds, (world) => {
        const { changes } = planChanges(inputOf({ ...world, desired: [] }));
        const place = new Map(changes.map(({ address }, index) => [address, index]));
        for (const { address, applied } of changes) {
          for (const dependency of applied?.dependsOn ?? [])
            expect(place.get(dependency)).toBeGreaterThan(place.get(address)!);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('no managed object is lost: each is changed, unchanged, owed, or refused by name', () => {
    const excludes = fc.constantFrom<readonly string[]>([], ['*/n1'], ['east/*', '*/n2']);
    fc.assert(
      fc.property(anyWorlds, excludes, (world, exclude) => {
        const plan = planChanges(inputOf(world, { selection: { ...everything, exclude } }));
        const told = new Set([
          ...plan.changes.flatMap(({ address, formerAddress }) => [address, formerAddress]),
          ...plan.unchanged.flatMap((address) => [address, formerName(world, address)]),
          ...plan.owed.flatMap(({ address }) => [address, formerName(world, address)]),
        ]);
        const managed = world.states.flatMap(({ resources }) => [...resources.keys()]);
        expect(managed.filter((address) => !told.has(address))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('nothing outside of the selection is touched, and what is left out is owed', () => {
    const selections = fc.record({
      stacks: fc.constantFrom<readonly string[]>([], ['east'], ['west']),
      targets: fc.constantFrom<readonly string[]>([], ['*/n1'], ['east/rule/*']),
      exclude: fc.constantFrom<readonly string[]>([], ['*/n0'], ['west/*']),
    });
    fc.assert(
      fc.property(worlds, selections, (world, selection) => {
        const plan = planChanges(inputOf(world, { selection }));
        const whole = planChanges(inputOf(world, { selection: { ...everything, stacks: selection.stacks } }));
        const owed = plan.owed.map(({ address, action }) => `${action} ${address}`);
        expect([...effects(plan), ...owed].sort()).toEqual([...effects(whole)].sort());
        const isExcluded = (address: Address) => selection.exclude.some((pattern) => addressPattern(pattern)(address));
        for (const { address } of plan.changes.filter((change) => effectOf(change) !== 'none')) {
          expect(isExcluded(address)).toBe(false);
          expect(selection.stacks.length === 0 || selection.stacks.includes(address.split('/')[0] ?? '')).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('a rename that names the former address touches nothing', () => {
    fc.assert(
      fc.property(worlds, (start) => {
        const world = applyPerfectly(start, planChanges(inputOf(start)));
        const desired = world.desired.map(renamed);
        const plan = planChanges(inputOf({ ...world, desired }));
        expect(plan.findings.filter(({ code }) => code !== 'plan/dependency-removed')).toEqual([]);
        expect(plan.changes.filter((change) => ['write', 'remove'].includes(effectOf(change)))).toEqual([]);
        const after = applyPerfectly(world, plan);
        expect(effects(planChanges(inputOf({ ...after, desired })))).toEqual([]);
        expect(
          effects(
            planChanges(inputOf({ ...after, desired: desired.map((resource) => ({ ...resource, aliases: [] })) })),
          ),
        ).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('a protected object is never removed without a brake', () => {
    fc.assert(
      fc.property(anyWorlds, (world) => {
        const { changes, brakes } = planChanges(inputOf(world));
        const braked = brakes.flatMap(({ kind, addresses }) => (kind === 'protected' ? addresses : []));
        const removed = changes.filter(({ change, applied }) => {
          const isRemoving = change.action === 'delete' || change.action === 'replace';
          return isRemoving && applied?.lifecycle.protect === true;
        });
        expect(removed.map(({ address }) => address).filter((address) => !braked.includes(address))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('more deletes than allowed are never without a brake', () => {
    fc.assert(
      fc.property(anyWorlds, fc.nat(4), fc.nat(4), (world, maxDeletes, allowedDeletes) => {
        const limits = { maxDeletes, maxDeleteShare: 1, allowedDeletes, allowEmpty: false };
        const { changes, brakes } = planChanges(inputOf(world, { brakes: limits }));
        const deletes = changes.filter(({ change }) => change.action === 'delete').length;
        const isStopped = brakes.some(({ kind }) => kind === 'too-many-deletes');
        expect(isStopped).toBe(deletes > maxDeletes && deletes > allowedDeletes);
      }),
      { numRuns: 500 },
    );
  });

  it('an object of somebody else is never written over or removed unasked', () => {
    fc.assert(
      fc.property(anyWorlds, (world) => {
        const managed = new Set(world.states.flatMap(({ resources }) => [...resources.keys()]));
        const { changes } = planChanges(inputOf(world));
        for (const planned of changes.filter((change) => ['write', 'remove'].includes(effectOf(change)))) {
          const address = planned.applied?.address ?? planned.address;
          if (!managed.has(address)) expect(world.observed.get(address)).toEqual({ state: 'absent' });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('offline, an apply that changed nothing outside plans the same as online', () => {
    fc.assert(
      fc.property(worlds, (start) => {
        const world = applyPerfectly(start, planChanges(inputOf(start)));
        const changed = {
          ...world,
          desired: start.desired.map((resource) => ({ ...resource, spec: { ...resource.spec, level: 9 } })),
        };
        expect(effects(planChanges(inputOf(changed, { observed: null })))).toEqual(
          effects(planChanges(inputOf(changed))),
        );
      }),
      { numRuns: 300 },
    );
  });
});

/** The targets after the effect of one change, while the state knows nothing of it. */
function afterEffect({ observed }: World, { address, applied, change }: PlannedChange) {
  const place = applied?.address ?? address;
  const made: Observation = 'desired' in change ? { state: 'present', spec: change.desired.spec } : { state: 'absent' };
  const isMoved = change.action === 'replace' || (change.action === 'create' && applied !== null);
  if (!isMoved) return { observed: new Map([...observed, [place, made] as const]), destinations: new Map() };
  return {
    observed: new Map([...observed, [place, { state: 'absent' }] as const]),
    destinations: new Map([[address, made]]),
  };
}

function isWritten(changes: Plan['changes'], address: Address): boolean {
  return changes.some((planned) => planned.address === address && 'desired' in planned.change);
}

function formerName({ desired }: World, address: Address): Address | undefined {
  return desired.find((resource) => resource.address === address)?.aliases[0];
}

function renamed(resource: Resource): Resource {
  const rename = (address: Address) => `${address}-renamed` as Address;
  return {
    ...resource,
    address: rename(resource.address),
    aliases: [resource.address],
    dependsOn: resource.dependsOn.map(rename),
    lifecycle: { ...plainLifecycle, ...resource.lifecycle },
  };
}
