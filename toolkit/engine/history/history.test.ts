import { describe, expect, it } from 'vitest';
import { makeAddress, type Resource } from '../../model/index.ts';
import type { Plan } from '../../plan/index.ts';
import { applyOnBench, type Bench, type BenchApplyOptions, planOnBench } from '../../testing/apply-harness.ts';
import { plainResource, testTypes } from '../../testing/arbitraries.ts';
import { createMemoryBackend, type MemoryBackend } from '../../testing/memory-backend.ts';
import { createMemoryTarget, type MemoryTargetOptions } from '../../testing/memory-target.ts';
import { removeStateRecord } from '../state/edit-state.ts';
import { findAppliedBefore } from './applied-before.ts';
import { parseHistory, printHistoryLine } from './history-entry.ts';

const key = { environment: 'test', stack: 'east' };

function note(name: string, level = 0): Resource {
  const address = makeAddress({ stack: 'east', type: 'note', name });
  return plainResource(address, { spec: { path: `main/${name}`, level, tags: [] } });
}

function labOf(options: Partial<MemoryTargetOptions> = {}) {
  const backend = createMemoryBackend();
  const target = createMemoryTarget({ types: testTypes, staging: 'deferred', ...options });
  const bench: Bench = { backend, providers: [target.provider], types: testTypes, stacks: ['east'] };
  return { backend, bench };
}

async function apply(bench: Bench, desired: readonly Resource[], options: BenchApplyOptions = {}): Promise<Plan> {
  const { plan } = await planOnBench(bench, desired);
  await applyOnBench(bench, plan, options);
  return plan;
}

async function historyIn(backend: Bench['backend']) {
  return parseHistory(await backend.open(key).readHistory()).entries;
}

describe('the history of a stack', () => {
  it('says who did what by whose approval, and how it ended', async () => {
    const { backend, bench } = labOf();
    const { digest } = await apply(bench, [note('a'), note('b')], { approvedBy: 'anna' });
    expect(await historyIn(backend)).toEqual([
      {
        ...key,
        run: expect.any(String),
        startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        endedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        user: expect.stringMatching(/./),
        host: expect.stringMatching(/./),
        command: 'test apply',
        plan: digest,
        approvedBy: 'anna',
        approved: [],
        done: 2,
        failed: 0,
        skipped: 0,
        unsettled: 0,
        outcome: 'done',
        serial: expect.any(Number),
      },
    ]);
  });

  it('keeps an approval however many runs follow, and leaves out those that had nothing to do', async () => {
    const { backend, bench } = labOf();
    await apply(bench, [note('a')], { approvedBy: 'anna' });
    for (const level of [1, 1, 2, 3]) await apply(bench, [note('a', level)]);
    expect((await historyIn(backend)).map(({ approvedBy }) => approvedBy)).toEqual(['anna', null, null, null]);
  });

  it('has edits of the state as well', async () => {
    const { backend, bench } = labOf();
    await apply(bench, [note('a')]);
    await removeStateRecord(backend.open(key), note('a').address, { command: 'opsctl state rm', waitMs: 0 });
    expect(await historyIn(backend)).toMatchObject([
      { command: 'test apply' },
      { command: 'opsctl state rm', plan: null, done: 1, outcome: 'done' },
    ]);
  });

  it.each([
    { name: 'failed', fault: 'refuse', expected: { outcome: 'failed', done: 0, failed: 1 } },
    { name: 'left its outcome open', fault: 'hang', expected: { outcome: 'failed', done: 0, failed: 1 } },
  ] as const)('has a run that $name', async ({ fault, expected }) => {
    const { backend, bench } = labOf({ faultFor: ({ operation }) => (operation === 'commit' ? fault : null) });
    await apply(bench, [note('a')]);
    expect(await historyIn(backend)).toMatchObject([expected]);
  });

  it('has a run that was done, and whose server does not run, as one that was not seen to work', async () => {
    const { backend, bench } = labOf({ isRunning: () => false });
    await apply(bench, [note('a')]);
    expect(await historyIn(backend)).toMatchObject([{ outcome: 'unhealthy', done: 1 }]);
  });

  it('gets a run that was killed from the next one, with who ran it and who approved it', async () => {
    const { backend, bench } = labOf();
    const left: MemoryBackend[] = [];
    await apply(bench, [note('a')], {
      approvedBy: 'anna',
      onEvent: ({ kind }) => {
        if (kind === 'commit-started') left.push(backend.fork());
      },
    });
    const [killed] = left;
    if (killed === undefined) throw new Error('The run committed nothing.');
    expect(await historyIn(killed)).toEqual([]);
    const after: Bench = { ...bench, backend: killed };
    await apply(after, [note('a'), note('b')]);
    await apply(after, [note('a'), note('b', 1)]);
    expect(await historyIn(killed)).toMatchObject([
      { outcome: 'cut-off', approvedBy: 'anna', command: 'test apply', done: 0, unsettled: 1 },
      { outcome: 'done', approvedBy: null },
      { outcome: 'done', approvedBy: null },
    ]);
  });

  it('is read past a line that was cut off', () => {
    const text = 'null\n{"format":1,"run":"x"\n';
    expect(parseHistory(Buffer.from(text))).toEqual({ entries: [], unreadable: 2 });
  });

  it('is read as it was written', async () => {
    const { backend, bench } = labOf();
    await apply(bench, [note('a')]);
    const entries = await historyIn(backend);
    expect(parseHistory(Buffer.from(entries.map(printHistoryLine).join('')))).toEqual({ entries, unreadable: 0 });
  });
});

describe('a plan that somebody wants to carry out', () => {
  it('is known when all of it is in place, and no more once something else was applied', async () => {
    const { backend, bench } = labOf();
    const { plan } = await planOnBench(bench, [note('a')]);
    expect(await findAppliedBefore(plan, backend)).toEqual({ kind: 'never' });
    await applyOnBench(bench, plan);
    expect(await findAppliedBefore(plan, backend)).toMatchObject({ kind: 'in-place', run: { plan: plan.digest } });
    await apply(bench, [note('a', 1)]);
    expect(await findAppliedBefore(plan, backend)).toMatchObject({ kind: 'moved-on', changed: ['east'] });
  });

  it('is not in place when its run failed', async () => {
    const { backend, bench } = labOf({ faultFor: ({ operation }) => (operation === 'commit' ? 'refuse' : null) });
    const plan = await apply(bench, [note('a')]);
    expect(await findAppliedBefore(plan, backend)).toMatchObject({ kind: 'moved-on', run: { outcome: 'failed' } });
  });
});
