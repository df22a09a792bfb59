import { expect, it } from 'vitest';
import { type HealthReference, type HealthReport, makeAddress, type Resource } from '../../model/index.ts';
import { applyOnBench, type Bench, planOnBench } from '../../testing/apply-harness.ts';
import { plainResource, testTypes } from '../../testing/arbitraries.ts';
import { createMemoryBackend } from '../../testing/memory-backend.ts';
import { createMemoryTarget } from '../../testing/memory-target.ts';
import { handOverRecords } from '../state/edit-state.ts';
import { mustLoadStack } from '../state/load-stack.ts';

const broken = { healthy: false, detail: '1 of 2 targets is not up.', excused: ['old 1'] };
const fine = { healthy: true, detail: 'All of it is up.' };

function note(name: string, level = 0): Resource {
  const address = makeAddress({ stack: 'east', type: 'note', name });
  return plainResource(address, { spec: { path: `main/${name}`, level, tags: [] } });
}

/** One stack with one target, whose objects work as `seen` says by their name. */
function labOf(seen: Record<string, Omit<HealthReport, 'address'>>) {
  const asked: HealthReference[][] = [];
  const target = createMemoryTarget({
    types: testTypes,
    staging: 'deferred',
    health(reference) {
      asked.at(-1)?.push(reference);
      return seen[reference.address.split('/')[2] ?? ''] ?? fine;
    },
  });
  const bench: Bench = {
    backend: createMemoryBackend(),
    providers: [target.provider],
    types: testTypes,
    stacks: ['east'],
  };
  return { bench, asked, seen };
}

async function apply({ bench, asked }: ReturnType<typeof labOf>, desired: readonly Resource[], healthTimeoutMs = 100) {
  asked.push([]);
  const { plan } = await planOnBench(bench, desired);
  const { diagnostics, recovered = [] } = await applyOnBench(bench, plan, { healthTimeoutMs });
  const looked = (asked.at(-1) ?? []).map(({ address, excused = null }) => ({ address, excused }));
  return { looked, told: diagnostics.map(({ code, subject }) => `${code} ${subject}`), recovered };
}

/** Ends without another word once all is in place and nobody has looked yet. */
async function applyUntilKilled({ bench, asked }: ReturnType<typeof labOf>, desired: readonly Resource[]) {
  asked.push([]);
  const { plan } = await planOnBench(bench, desired);
  const killed = applyOnBench(bench, plan, {
    healthTimeoutMs: 100,
    onEvent: ({ kind }) => {
      if (kind === 'waiting-for-health') throw new Error('Killed.');
    },
  });
  await expect(killed).rejects.toThrow('Killed.');
}

it('what was not seen to work is looked at by each run, until it was seen to', async () => {
  const lab = labOf({ a: broken });
  const desired = [note('a'), note('b')];
  await apply(lab, desired);
  const again = { looked: [{ address: 'east/note/a', excused: ['old 1'] }], recovered: [] };
  expect(await apply(lab, desired)).toEqual({ ...again, told: ['engine/still-not-healthy east/note/a'] });
  expect(await apply(lab, desired, 0)).toEqual({ ...again, told: ['engine/still-not-healthy east/note/a'] });
  lab.seen.a = fine;
  expect(await apply(lab, desired)).toEqual({ ...again, told: [], recovered: ['east/note/a'] });
  expect(await apply(lab, desired)).toEqual({ looked: [], told: [], recovered: [] });
});

it('a change of something else looks at it as well, and a change of itself once', async () => {
  const lab = labOf({ a: broken });
  await apply(lab, [note('a'), note('b')]);
  const { looked, told } = await apply(lab, [note('a', 1), note('b', 1)]);
  expect(looked).toEqual([
    { address: 'east/note/a', excused: ['old 1'] },
    { address: 'east/note/b', excused: null },
  ]);
  expect(told).toEqual(['engine/still-not-healthy east/note/a']);
});

it('what was excused at first stays so, when a later look sees nothing', async () => {
  const lab = labOf({ a: broken });
  await apply(lab, [note('a')]);
  lab.seen.a = { healthy: false, detail: 'The server does not answer.' };
  await apply(lab, [note('a')]);
  expect((await apply(lab, [note('a')])).looked).toEqual([{ address: 'east/note/a', excused: ['old 1'] }]);
});

it('what a run was interrupted over before it was seen to work is looked at by the next', async () => {
  const lab = labOf({ a: broken });
  const interruption = new AbortController();
  lab.asked.push([]);
  const { plan } = await planOnBench(lab.bench, [note('a'), note('b')]);
  const applying = applyOnBench(lab.bench, plan, {
    healthTimeoutMs: 100,
    signal: interruption.signal,
    onEvent: ({ kind }) => kind === 'waiting-for-health' && interruption.abort(),
  });
  expect(await applying).toMatchObject({ interrupted: true, health: [] });
  const looked = [
    { address: 'east/note/a', excused: [] },
    { address: 'east/note/b', excused: [] },
  ];
  const told = ['engine/still-not-healthy east/note/a'];
  expect(await apply(lab, [note('a'), note('b')])).toEqual({ looked, told, recovered: ['east/note/b'] });
});

it('files that are in place are not told as working now', async () => {
  const lab = labOf({ a: { ...fine, extent: 'in-place' } });
  await applyUntilKilled(lab, [note('a')]);
  expect(await apply(lab, [note('a')])).toMatchObject({ told: [], recovered: [] });
});

it('what was committed when a run was killed is looked at by the next', async () => {
  const lab = labOf({ a: broken });
  await applyUntilKilled(lab, [note('a')]);
  expect((await apply(lab, [note('a')])).told).toEqual(['engine/still-not-healthy east/note/a']);
});

it('what is removed is not waited for', async () => {
  const lab = labOf({ a: broken });
  await apply(lab, [note('a')]);
  await apply(lab, []);
  expect(await apply(lab, [])).toEqual({ looked: [], told: [], recovered: [] });
});

it('stays remembered when another engine takes the objects over', async () => {
  const lab = labOf({ a: broken });
  await apply(lab, [note('a')]);
  const store = lab.bench.backend.open({ environment: 'test', stack: 'east' });
  await handOverRecords(store, { command: 'test', waitMs: 0 }, async () => {});
  const { record } = await mustLoadStack(store);
  expect([[...record.resources], [...record.unhealthy]]).toEqual([[], [['east/note/a', ['old 1']]]]);
});
