import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Address, isJsonObject, isSecretReference, type JsonValue, type Resource } from '../../model/index.ts';
import { effectOf, type Plan } from '../../plan/index.ts';
import { applyOnBench, type Bench, planOnBench, storeState } from '../../testing/apply-harness.ts';
import { arbitraryWorld, testTypes, type World } from '../../testing/arbitraries.ts';
import { createMemoryBackend, type MemoryBackend } from '../../testing/memory-backend.ts';
import {
  createMapStore,
  createMemoryTarget,
  type Fault,
  type MemoryTarget,
  malformedObject,
  type ObjectStore,
  placeOf,
  testSecret,
} from '../../testing/memory-target.ts';
import { loadStack } from '../state/load-stack.ts';
import type { StackStore, StateBackend } from '../state/state-backend.ts';

const runs = Number(process.env['OPSCTL_LAW_RUNS'] ?? 150);
const staging = fc.constantFrom('direct' as const, 'deferred' as const);
const stacks = ['east', 'west'];

it('after an apply the plan is empty and the target holds what is declared', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryWorld(), staging, async (world, mode) => {
      const lab = await labOf(world, mode);
      const plan = await executablePlan(lab, world);
      if (plan === null) return;
      const result = await applyOnBench(lab.bench, plan);
      expect(result.diagnostics).toEqual([]);
      expect(result.outcomes.every(({ status }) => status === 'done')).toBe(true);
      await expectConverged(lab, world);
    }),
    { numRuns: runs },
  );
});

it('no change is handed to a target before what it waits for is live', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryWorld(), staging, async (world, mode) => {
      const lab = await labOf(world, mode);
      const plan = await executablePlan(lab, world);
      if (plan === null) return;
      await applyOnBench(lab.bench, plan);
      const { staged, commits } = timesOf(lab.target);
      for (const change of plan.changes) {
        for (const earlier of waitsOf(plan, change.address)) {
          const [begun, first] = [staged.get(change.address), staged.get(earlier)];
          if (begun === undefined || first === undefined) continue;
          expect(commits.some((commit) => commit > first.last && commit < begun.first)).toBe(true);
        }
      }
    }),
    { numRuns: runs },
  );
});

it.each([
  { name: 'whatever fails, hangs or is interrupted', faults: ['fail', 'fail-late', 'hang', 'refuse'] },
  { name: 'whatever a provider says that it has done and has not', faults: ['lie', 'lie', 'fail', 'refuse'] },
] as const)('$name, the state is valid, no object is lost, and the next runs converge', async ({ faults: kinds }) => {
  const fault = fc.constantFrom<Fault>(...kinds);
  const schedule = fc.array(fc.option(fault, { freq: 4 }), { minLength: 1, maxLength: 30 });
  const interruption = fc.option(fc.nat(20), { freq: 3 });
  await fc.assert(
    fc.asyncProperty(arbitraryWorld(), staging, schedule, interruption, async (world, mode, faults, interruptAt) => {
      const abort = new AbortController();
      let calls = 0;
      let isFaulty = false;
      const lab = await labOf(world, mode, ({ operation }) => {
        if (!isFaulty || operation === 'identify' || operation === 'read') return null;
        if (calls === interruptAt) abort.abort();
        const next = faults[calls++ % faults.length] ?? null;
        return next === 'refuse' && operation !== 'commit' ? null : next;
      });
      const plan = await executablePlan(lab, world);
      if (plan === null) return;
      isFaulty = true;
      const result = await applyOnBench(lab.bench, plan, {
        signal: abort.signal,
        settings: { timeouts: { readMs: 200, stageMs: 5, commitMs: 5 } },
      });
      isFaulty = false;
      expectAccountable(plan, result.outcomes);
      // Where a removal was a lie, the record keeps the former place; the new one is declared, and the next plan finds it.
      await expectNothingLost(lab, kinds[0] === 'lie' ? placesOf(world.desired) : []);
      await converge(lab, world);
    }),
    { numRuns: runs },
  );
});

it('cut off at any moment and run again, it converges with nothing lost and nothing doubled', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryWorld({ maxResources: 6 }), staging, fc.nat(60), async (world, mode, moment) => {
      const lab = await labOf(world, mode);
      const plan = await executablePlan(lab, world);
      if (plan === null) return;
      const survivor = await cutOff(lab, mode, plan, moment);
      await expectNothingLost(survivor);
      await converge(survivor, world);
    }),
    { numRuns: runs * 2 },
  );
});

interface Lab {
  readonly bench: Bench;
  readonly backend: MemoryBackend;
  readonly target: MemoryTarget;
  readonly store: ObjectStore;
  /** Places that nobody manages, or that are to be left when their declaration goes. */
  readonly foreign: ReadonlySet<string>;
}

async function labOf(
  world: World,
  mode: 'direct' | 'deferred',
  faultFor: Parameters<typeof createMemoryTarget>[0]['faultFor'] = () => null,
): Promise<Lab> {
  const backend = createMemoryBackend();
  for (const state of world.states) await storeState(backend, state);
  const store = createMapStore();
  const foreign = new Set<string>();
  for (const [address, seen] of world.observed) {
    const record = world.states.flatMap(({ resources }) => resources.get(address) ?? [])[0];
    const known = record ?? world.desired.find((resource) => resource.address === address);
    if (!('spec' in seen) || known === undefined) continue;
    const place = placeOf({ address, type: known.type, spec: known.spec }, testTypes);
    // What is read at a place says that it is there, whatever the random world would have it say.
    const path = testTypes.get(known.type)?.replaceOn ? { path: known.spec['path'] ?? '' } : {};
    const spec = { ...(withValues(seen.spec) as typeof seen.spec), ...path };
    await store.set(place, seen.state === 'malformed' ? malformedObject : spec);
    if (record === undefined || record.lifecycle.retainOnDelete) foreign.add(place);
  }
  const target = createMemoryTarget({ types: testTypes, staging: mode, store, faultFor });
  const bench = { backend, providers: [target.provider], types: testTypes, stacks };
  return { bench, backend, target, store, foreign };
}

function withValues(value: JsonValue): JsonValue {
  if (isSecretReference(value)) return testSecret(value.$secret);
  if (Array.isArray(value)) return value.map(withValues);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withValues(child)]));
}

/** Null for a world that no plan may be carried out in. */
async function executablePlan({ bench }: Lab, world: World): Promise<Plan | null> {
  const { plan, diagnostics } = await planOnBench(bench, world.desired);
  const errors = [...plan.findings, ...diagnostics].filter(({ severity }) => severity === 'error');
  return errors.length > 0 || plan.brakes.length > 0 ? null : plan;
}

async function converge(lab: Lab, world: World): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const { plan, diagnostics } = await planOnBench(lab.bench, world.desired);
    expect([...diagnostics, ...plan.findings].filter(({ severity }) => severity === 'error')).toEqual([]);
    if (plan.changes.length === 0 && plan.uncommitted.length === 0) break;
    const result = await applyOnBench(lab.bench, plan);
    expect(result.diagnostics).toEqual([]);
  }
  await expectConverged(lab, world);
}

async function expectConverged(lab: Lab, world: World): Promise<void> {
  const { plan } = await planOnBench(lab.bench, world.desired);
  expect({ changes: plan.changes, uncommitted: plan.uncommitted, drift: plan.drift }).toEqual({
    changes: [],
    uncommitted: [],
    drift: [],
  });
  const declared = placesOf(world.desired);
  const places = await lab.store.places();
  expect(declared.filter((place) => !places.includes(place))).toEqual([]);
  const accounted = new Set([...declared, ...lab.foreign]);
  expect(places.filter((place) => !accounted.has(place))).toEqual([]);
}

function placesOf(desired: readonly Resource[]): readonly string[] {
  return desired.map((resource) => placeOf(resource, testTypes));
}

/** Every object in the target that is not somebody else's is known to the state, or to an intent that will be looked at. */
async function expectNothingLost({ backend, foreign, store }: Lab, declared: readonly string[] = []): Promise<void> {
  const known = new Set([...foreign, ...declared]);
  for (const stack of stacks) {
    const result = await loadStack(backend.open({ environment: 'test', stack }));
    expect(result).toMatchObject({ ok: true });
    if (!result.ok) return;
    const { record, uncertain } = result.loaded;
    const intents = [...uncertain.values()].flatMap(({ intended }) => intended ?? []);
    for (const resource of [...record.resources.values(), ...intents]) known.add(placeOf(resource, testTypes));
  }
  expect((await store.places()).filter((place) => !known.has(place))).toEqual([]);
}

function expectAccountable(
  plan: Plan,
  outcomes: readonly { readonly address: Address; readonly status: string }[],
): void {
  const effective = plan.changes.filter((change) => effectOf(change) !== 'none');
  expect(outcomes.map(({ address }) => address)).toEqual(effective.map(({ address }) => address));
}

function timesOf({ calls }: MemoryTarget) {
  const staged = new Map<Address, { readonly first: number; readonly last: number }>();
  const commits: number[] = [];
  for (const [index, call] of calls.entries()) {
    if (call.operation === 'commit') commits.push(index);
    if (call.operation !== 'stage') continue;
    const { address } = call.change;
    staged.set(address, { first: staged.get(address)?.first ?? index, last: index });
  }
  return { staged, commits };
}

/** What a change waits for, through resources without a change as well. */
function waitsOf(plan: Plan, address: Address): readonly Address[] {
  const change = plan.changes.find((candidate) => candidate.address === address);
  return (change?.waitsFor ?? []).flatMap((earlier) => [earlier, ...waitsOf(plan, earlier)]);
}

/**
 * Applies until the given durable step or call of the target, and then lets nothing happen any more. What is in backend
 * and target at that moment is what a killed process leaves.
 */
async function cutOff(lab: Lab, mode: 'direct' | 'deferred', plan: Plan, moment: number): Promise<Lab> {
  let steps = 0;
  let cut = () => {};
  const dead = new Promise<never>(() => {});
  const isCut = new Promise<void>((resolve) => {
    cut = resolve;
  });
  const step = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    steps += 1;
    if (steps > moment) {
      cut();
      return await dead;
    }
    return await work();
  };
  const backend = watched(lab.backend, step);
  const store: ObjectStore = {
    ...lab.store,
    set: (place, spec) => step(() => lab.store.set(place, spec)),
    delete: (place) => step(() => lab.store.delete(place)),
  };
  const target = createMemoryTarget({ types: testTypes, staging: mode, store, reload: () => step(async () => {}) });
  const timeouts = { readMs: 60_000, stageMs: 60_000, commitMs: 60_000 };
  const applied = applyOnBench({ ...lab.bench, backend, providers: [target.provider] }, plan, {
    settings: { timeouts },
  });
  await Promise.race([applied, isCut]);
  const survivors = lab.backend.fork();
  return { ...lab, backend: survivors, bench: { ...lab.bench, backend: survivors } };
}

function watched(backend: StateBackend, step: <Result>(work: () => Promise<Result>) => Promise<Result>): StateBackend {
  const watch = (store: StackStore): StackStore => ({
    ...store,
    writeState: (content) => step(() => store.writeState(content)),
    rotateJournal: (lines) => step(() => store.rotateJournal(lines)),
    async openJournal(length) {
      const appender = await store.openJournal(length);
      return {
        ...appender,
        append: (lines) => step(() => appender.append(lines)),
        sync: () => step(() => appender.sync()),
      };
    },
  });
  return { ...backend, open: (key) => watch(backend.open(key)) };
}
