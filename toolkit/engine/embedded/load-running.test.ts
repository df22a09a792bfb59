import { describe, expect, it } from 'vitest';
import { Failure } from '../../diagnostics/index.ts';
import { Unanswered } from '../../host/unanswered.ts';
import { makeAddress, type Resource, type RunningState } from '../../model/index.ts';
import { isEmptyPlan } from '../../plan/index.ts';
import { applyOnBench, type Bench, planOnBench } from '../../testing/apply-harness.ts';
import { plainResource, testTypes } from '../../testing/arbitraries.ts';
import { createMemoryBackend } from '../../testing/memory-backend.ts';
import { createMemoryTarget, type MemoryTargetOptions } from '../../testing/memory-target.ts';

const behind: RunningState = { state: 'behind', differences: ['It runs another rule.'], isLoadable: true };

function note(name: string, level = 0): Resource {
  const address = makeAddress({ stack: 'east', type: 'note', name });
  return plainResource(address, { spec: { path: `main/${name}`, level, tags: [] } });
}

function labOf(options: Partial<MemoryTargetOptions>) {
  const backend = createMemoryBackend();
  const target = createMemoryTarget({ types: testTypes, staging: 'deferred', ...options });
  const bench: Bench = { backend, providers: [target.provider], types: testTypes, stacks: ['east'] };
  const commits = () => target.calls.filter(({ operation }) => operation === 'commit').length;
  return { bench, commits };
}

async function apply({ bench }: { readonly bench: Bench }, desired: readonly Resource[]) {
  const { plan } = await planOnBench(bench, desired);
  return await applyOnBench(bench, plan);
}

describe('a target that runs something else than what lies in it', () => {
  it('is committed although nothing is to be changed, and then left alone', async () => {
    let running: RunningState = { state: 'as-placed' };
    const lab = labOf({
      compareRunning: () => running,
      reload: async () => {
        running = { state: 'as-placed' };
      },
    });
    await apply(lab, [note('a')]);
    running = behind;
    const result = await apply(lab, [note('a')]);
    expect({ outcomes: result.outcomes, diagnostics: result.diagnostics, commits: lab.commits() }).toEqual({
      outcomes: [],
      diagnostics: [],
      commits: 2,
    });
    await apply(lab, [note('a')]);
    expect(lab.commits()).toBe(2);
  });

  it('is committed once when something in it is changed as well', async () => {
    const lab = labOf({ compareRunning: () => behind });
    await apply(lab, [note('a')]);
    expect(lab.commits()).toBe(1);
  });

  it('is not made to load what a failed change has left as it was', async () => {
    const lab = labOf({
      compareRunning: () => behind,
      faultFor: ({ operation }) => (operation === 'commit' ? 'refuse' : null),
    });
    const result = await apply(lab, [note('a')]);
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['engine/target-refused']);
    expect(lab.commits()).toBe(1);
  });

  it('and that may not be reloaded is left alone', async () => {
    const lab = labOf({ compareRunning: () => ({ ...behind, isLoadable: false }) });
    await apply(lab, []);
    expect(lab.commits()).toBe(0);
  });
});

describe('a target whose server does not answer', () => {
  it('and does not run has its changes done, is told once, and nobody waits for its health', async () => {
    const lab = labOf({ isRunning: () => false });
    const { plan } = await planOnBench(lab.bench, [note('a'), note('b')]);
    const result = await applyOnBench(lab.bench, plan, { healthTimeoutMs: 1000 });
    expect(result.outcomes.map(({ status }) => status)).toEqual(['done', 'done']);
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['engine/target-not-running']);
    expect(result.health).toEqual([]);
    const next = await planOnBench(lab.bench, [note('a'), note('b')]);
    expect({ changes: next.plan.changes, uncommitted: next.plan.uncommitted }).toEqual({
      changes: [],
      uncommitted: [],
    });
  });

  it('and may have loaded the changes keeps them, and is committed first by the next run', async () => {
    let isSilent = true;
    const silence = new Failure({
      code: 'http/timeout',
      severity: 'error',
      summary: 'Server does not answer in time',
      detail: 'POST http://prometheus/-/reload: no full answer within 10 s.',
      hint: 'Wait.',
    });
    const lab = labOf({ reload: async () => (isSilent ? Promise.reject(new Unanswered(silence)) : undefined) });
    const result = await apply(lab, [note('a')]);
    expect(result.outcomes.map(({ status }) => status)).toEqual(['failed']);
    expect(result.diagnostics.map(({ code, detail }) => ({ code, detail }))).toEqual([
      {
        code: 'engine/target-not-answering',
        detail: expect.stringMatching(/not known: Server does not answer in time\. POST .* within 10 s\.$/),
      },
    ]);
    isSilent = false;
    const { plan } = await planOnBench(lab.bench, [note('a')]);
    expect(plan).toMatchObject({ changes: [], uncommitted: [{ stack: 'east', target: 'disk' }] });
    await applyOnBench(lab.bench, plan);
    expect((await planOnBench(lab.bench, [note('a')])).plan.uncommitted).toEqual([]);
  });
});

describe('a server that runs on although its files are gone', () => {
  const leftOver: RunningState = {
    state: 'behind',
    differences: ['It runs 3 rules.'],
    isLoadable: false,
    isLeftOver: true,
  };

  it('is told at the end of the run that removed them, and fails nothing', async () => {
    let running: RunningState = { state: 'as-placed' };
    const lab = labOf({ compareRunning: () => running });
    await apply(lab, [note('a')]);
    running = leftOver;
    const { outcomes, leftRunning, waiting, diagnostics } = await apply(lab, []);
    expect({ outcomes: outcomes.map(({ status }) => status), leftRunning, waiting }).toEqual({
      outcomes: ['done'],
      leftRunning: [{ stack: 'east', target: 'disk' }],
      waiting: [],
    });
    expect(diagnostics.map(({ code, severity, subject }) => ({ code, severity, subject }))).toEqual([
      { code: 'engine/left-running', severity: 'warning', subject: 'east/disk' },
    ]);
  });

  it('makes no plan a plan with changes', async () => {
    const lab = labOf({ compareRunning: () => leftOver });
    const { plan } = await planOnBench(lab.bench, []);
    expect({ isEmpty: isEmptyPlan(plan), running: plan.running.length }).toEqual({ isEmpty: true, running: 1 });
  });

  it('or was stopped before they were removed is no trouble', async () => {
    let isRunning = true;
    const lab = labOf({ isRunning: () => isRunning });
    await apply(lab, [note('a')]);
    isRunning = false;
    const { diagnostics, waiting } = await apply(lab, []);
    expect({ diagnostics, waiting }).toEqual({ diagnostics: [], waiting: [] });
  });
});

describe('a server that is needed and still does not answer', () => {
  it.each([
    { name: 'no change is left to do', desired: [note('a')], expected: ['engine/server-awaited'] },
    { name: 'nothing of it is needed any more', desired: [], expected: [] },
  ])('is told by each run, $name', async ({ desired, expected }) => {
    let running: RunningState = { state: 'as-placed' };
    const lab = labOf({ compareRunning: () => running });
    await apply(lab, [note('a')]);
    running = { state: 'not-answering', reason: 'Nothing listens there.' };
    const result = await apply(lab, desired);
    expect(result.diagnostics.map(({ code }) => code)).toEqual(expected);
    expect(result.waiting).toHaveLength(expected.length);
  });
});

describe('a plan from before its server ran, or while it did', () => {
  it.each([
    {
      name: 'says less of itself',
      planned: { directory: 'd', stack: 'east' },
      found: { directory: 'd' },
      refused: false,
    },
    {
      name: 'says more of itself',
      planned: { directory: 'd' },
      found: { directory: 'd', stack: 'east' },
      refused: false,
    },
    { name: 'says something else', planned: { directory: 'd' }, found: { directory: 'e' }, refused: true },
  ])('is refused when the target $name: $refused', async ({ planned, found, refused }) => {
    const lab = labOf({ identity: planned });
    const { plan } = await planOnBench(lab.bench, [note('a')]);
    const other = createMemoryTarget({ types: testTypes, staging: 'deferred', identity: found });
    const applied = applyOnBench({ ...lab.bench, providers: [other.provider] }, plan).then(
      () => null,
      (error: Failure) => error.diagnostic.code,
    );
    expect(await applied).toBe(refused ? 'engine/other-target' : null);
  });
});
