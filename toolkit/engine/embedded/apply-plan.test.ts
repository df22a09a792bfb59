import { describe, expect, it } from 'vitest';
import { Failure } from '../../diagnostics/index.ts';
import { type Address, makeAddress, type Resource } from '../../model/index.ts';
import { digestOfPlan, type Plan } from '../../plan/index.ts';
import { applyOnBench, type Bench, type BenchApplyOptions, planOnBench } from '../../testing/apply-harness.ts';
import { plainResource, testTypes } from '../../testing/arbitraries.ts';
import { createMemoryBackend } from '../../testing/memory-backend.ts';
import {
  createMemoryTarget,
  type Fault,
  type MemoryTarget,
  type MemoryTargetOptions,
} from '../../testing/memory-target.ts';
import { acquireLock } from '../lock/acquire-lock.ts';
import type { StackStore, StateBackend } from '../state/state-backend.ts';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => makeAddress({ stack: 'east', type: 'note', name })) as [
  Address,
  Address,
  Address,
  Address,
];

function note(address: Address, overrides: Partial<Resource> = {}, level = 0): Resource {
  return plainResource(address, { spec: { path: `main/${address.split('/')[2]}`, level, tags: [] }, ...overrides });
}

interface Lab {
  readonly bench: Bench;
  readonly backend: ReturnType<typeof createMemoryBackend>;
  readonly target: MemoryTarget;
}

function labOf(options: Partial<MemoryTargetOptions> = {}, targets: readonly string[] = ['disk']): Lab {
  const backend = createMemoryBackend();
  const target = createMemoryTarget({ types: testTypes, staging: 'deferred', ...options });
  return {
    backend,
    target,
    bench: { backend, providers: [target.provider], types: testTypes, stacks: ['east'], targets },
  };
}

async function apply({ bench }: Lab, desired: readonly Resource[], options: BenchApplyOptions = {}) {
  const { plan } = await planOnBench(bench, desired);
  return await applyOnBench(bench, plan, options);
}

/** The provider of a bench, and which targets are opened with it. */
function watched({ providers }: Bench) {
  const opened: string[] = [];
  const watching = providers.map((provider) => ({
    ...provider,
    open(...[binding, context]: Parameters<typeof provider.open>) {
      opened.push(`${binding.stack}/${binding.target}`);
      return provider.open(binding, context);
    },
  }));
  return { providers: watching, opened };
}

/** Outcomes as `address status` and why, in the order of the plan. */
function told(result: Awaited<ReturnType<typeof applyOnBench>>): readonly string[] {
  return result.outcomes.map((outcome) => {
    const name = outcome.address.split('/')[2];
    if (outcome.status === 'done') return `${name} done`;
    if (outcome.status === 'failed') return `${name} failed ${outcome.diagnostic.code}`;
    const { because } = outcome;
    return `${name} skipped ${because.kind}${'address' in because ? ` ${because.address.split('/')[2]}` : ''}`;
  });
}

async function textOf(store: StackStore): Promise<string> {
  const parts = [
    await store.readState('latest'),
    await store.readState('previous'),
    await store.readJournal('latest'),
    await store.readJournal('previous'),
  ];
  return parts.map((part) => Buffer.from(part ?? []).toString('utf8')).join('\n');
}

const east = { environment: 'test', stack: 'east' };
const faultOn =
  (address: Address, fault: Fault): NonNullable<MemoryTargetOptions['faultFor']> =>
  (call) =>
    call.operation === 'stage' && call.change.address === address ? fault : null;
const chain = [note(a), note(b, { dependsOn: [a] }), note(c, { dependsOn: [b] }), note(d)];

describe('an apply', () => {
  it('makes what is declared, and the plan after it is empty', async () => {
    const lab = labOf();
    const result = await apply(lab, chain, { healthTimeoutMs: 1_000 });
    expect(told(result)).toEqual(['a done', 'b done', 'c done', 'd done'].sort());
    expect(result).toMatchObject({ diagnostics: [], interrupted: false });
    expect(result.health.map(({ address }) => address).sort()).toEqual([a, b, c, d]);
    expect((await planOnBench(lab.bench, chain)).plan.changes).toEqual([]);
  });

  it('of nothing takes no step in any target, and writes nothing', async () => {
    const lab = labOf();
    await apply(lab, chain);
    const before = await textOf(lab.backend.open(east));
    lab.target.calls.length = 0;
    const { plan } = await planOnBench(lab.bench, chain);
    lab.target.calls.length = 0;
    expect(told(await applyOnBench(lab.bench, plan))).toEqual([]);
    expect(lab.target.calls).toEqual([]);
    expect(await textOf(lab.backend.open(east))).toBe(before);
  });

  it('tells each step as it happens', async () => {
    const { events } = await apply(labOf(), [note(a), note(b, { dependsOn: [a] })]);
    expect(events.map((event) => event.kind)).toEqual([
      'started',
      ...['change-started', 'commit-started', 'commit-done', 'change-done'],
      ...['change-started', 'commit-started', 'commit-done', 'change-done'],
    ]);
  });

  it('commits a target once for all changes that need not wait for each other', async () => {
    const lab = labOf();
    await apply(lab, chain);
    expect(lab.target.calls.filter(({ operation }) => operation === 'commit')).toHaveLength(3);
  });

  it('moves the record of a renamed object and touches nothing', async () => {
    const lab = labOf();
    await apply(lab, [note(a), note(b, { dependsOn: [a] })]);
    const renamed = [{ ...note(a), address: c, aliases: [a] }, note(b, { dependsOn: [c] })];
    lab.target.calls.length = 0;
    expect(told(await apply(lab, renamed))).toEqual(expect.arrayContaining(['c done']));
    expect(lab.target.calls.filter(({ operation }) => operation === 'stage')).toEqual([]);
    expect((await planOnBench(lab.bench, renamed)).plan.changes).toEqual([]);
  });

  it('leaves the object of a record that is forgotten', async () => {
    const lab = labOf();
    const lifecycle = { protect: false, ignore: [], retainOnDelete: true };
    await apply(lab, [note(a, { lifecycle })]);
    expect(told(await apply(lab, []))).toEqual(['a done']);
    expect(await lab.target.store.places()).toEqual(['east/note/main/a']);
    expect((await planOnBench(lab.bench, [])).plan.changes).toEqual([]);
  });

  it('takes an object away from its former target before it makes it in the new one', async () => {
    const lab = labOf({}, ['disk', 'other']);
    await apply(lab, [note(a)]);
    lab.target.calls.length = 0;
    const { plan } = await planOnBench(lab.bench, [note(a, { target: 'other' })]);
    expect(plan.changes.map(({ change }) => change.action)).toEqual(['replace']);
    const result = await applyOnBench(lab.bench, plan);
    expect(told(result)).toEqual(['a done']);
    const steps = lab.target.calls.map((call) => (call.operation === 'stage' ? call.change.kind : call.operation));
    const changing = steps.filter((step) => step !== 'identify' && step !== 'read');
    expect(changing).toEqual(['remove', 'commit', 'write', 'commit']);
  });

  it('gives secret values to the target, and to nothing that is kept', async () => {
    const lab = labOf();
    const spec = { path: 'main/a', tags: [], token: { $secret: 'env:TOKEN' } };
    const bench = { ...lab.bench, resolveSecret: async () => 'hunter2-hunter2' };
    const { plan } = await planOnBench(bench, [note(a, { spec })]);
    await applyOnBench(bench, plan);
    expect(await lab.target.store.get('east/note/main/a')).toEqual({ ...spec, token: 'hunter2-hunter2' });
    const kept = await textOf(lab.backend.open(east));
    expect(kept).toContain('hmac-sha256:');
    expect(kept).not.toContain('hunter2');
  });
});

describe('when something fails', () => {
  it('what depends on it is skipped with the first cause, and the rest goes on', async () => {
    const result = await apply(labOf({ faultFor: faultOn(a, 'fail') }), chain);
    expect(told(result)).toEqual([
      'a failed engine/change-failed',
      'b skipped dependency-failed a',
      'c skipped dependency-failed a',
      'd done',
    ]);
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['engine/change-failed']);
  });

  it.each([
    { name: 'a call that hangs has an unknown outcome', fault: 'hang', code: 'engine/change-unclear' },
    { name: 'a call that does nothing is found out by looking', fault: 'lie', code: 'engine/inconsistent-result' },
  ] as const)('$name', async ({ fault, code }) => {
    const result = await apply(labOf({ faultFor: faultOn(a, fault) }), chain);
    expect(told(result)).toEqual([
      `a failed ${code}`,
      'b skipped dependency-failed a',
      'c skipped dependency-failed a',
      'd done',
    ]);
  });

  it('a refused commit is told once, and the state keeps its former value', async () => {
    let isRefusing = false;
    const lab = labOf({ faultFor: ({ operation }) => (isRefusing && operation === 'commit' ? 'refuse' : null) });
    await apply(lab, [note(a), note(d)]);
    isRefusing = true;
    const result = await apply(lab, [note(a, {}, 1), note(b, { dependsOn: [a] }), note(d, {}, 1)]);
    expect(told(result)).toEqual([
      'a failed engine/target-refused',
      'b skipped dependency-failed a',
      'd failed engine/target-refused',
    ]);
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['engine/target-refused']);
    isRefusing = false;
    const { plan } = await planOnBench(lab.bench, [note(a), note(d)]);
    expect({ changes: plan.changes, uncommitted: plan.uncommitted }).toEqual({ changes: [], uncommitted: [] });
  });

  it('a commit without answer leaves the target to be committed first by the next run', async () => {
    let isHanging = true;
    const lab = labOf({
      reload: () => (isHanging ? new Promise(() => {}) : Promise.resolve()),
    });
    expect(told(await apply(lab, [note(a)]))).toEqual(['a failed engine/commit-unclear']);
    isHanging = false;
    const { plan } = await planOnBench(lab.bench, [note(a)]);
    expect({ changes: plan.changes, uncommitted: plan.uncommitted }).toEqual({
      changes: [],
      uncommitted: [{ stack: 'east', target: 'disk' }],
    });
    const result = await applyOnBench(lab.bench, plan);
    expect(result.events.map(({ kind }) => kind)).toEqual(['commit-started', 'commit-done', 'started']);
    expect((await planOnBench(lab.bench, [note(a)])).plan.uncommitted).toEqual([]);
  });

  it('leaves a stack alone that could not be asked, with what a run that was cut off has left there', async () => {
    let isHanging = true;
    const lab = labOf({ reload: () => (isHanging ? new Promise(() => {}) : Promise.resolve()) });
    const west = note(makeAddress({ stack: 'west', type: 'note', name: 'w' }));
    const bench: Bench = { ...lab.bench, stacks: ['east', 'west'] };
    const { plan: first } = await planOnBench({ ...bench, stacks: ['west'] }, [west]);
    await applyOnBench(bench, first);
    isHanging = false;
    const { plan: whole } = await planOnBench(bench, [note(a), west]);
    expect(whole.uncommitted).toEqual([{ stack: 'west', target: 'disk' }]);
    const asked = whole.targets.filter(({ stack }) => stack === 'east');
    const unasked = [{ stack: 'west', target: 'disk', reason: 'No answer.', objects: 1 }];
    const { digest: _, ...plan } = { ...whole, targets: asked, uncommitted: [], unasked };
    const { providers, opened } = watched(bench);
    const result = await applyOnBench({ ...bench, providers }, { ...plan, digest: digestOfPlan(plan) });
    expect(told(result)).toEqual(['a done']);
    expect(opened).toEqual(['east/disk']);
    expect((await planOnBench(bench, [note(a), west])).plan.uncommitted).toEqual(whole.uncommitted);
  });

  it('asks nothing of a target that could not be asked, not even what was not seen to work there', async () => {
    const health = () => ({ healthy: false, detail: 'It is down.' });
    const lab = labOf({ health }, ['disk', 'far']);
    await apply(lab, [note(a), note(b, { target: 'far' })], { healthTimeoutMs: 10 });
    const { plan: whole } = await planOnBench(lab.bench, [note(a, {}, 1), note(b, { target: 'far' })]);
    const unasked = [{ stack: 'east', target: 'far', reason: 'No answer.', objects: 1 }];
    const { digest: _, ...plan } = {
      ...whole,
      targets: whole.targets.filter(({ target }) => target === 'disk'),
      unasked,
    };
    const { providers, opened } = watched(lab.bench);
    const result = await applyOnBench({ ...lab.bench, providers }, { ...plan, digest: digestOfPlan(plan) });
    expect(told(result)).toEqual(['a done']);
    expect(opened).toEqual(['east/disk']);
  });

  it('a secret that cannot be had fails its change before anything is announced', async () => {
    const lab = labOf();
    const spec = { path: 'main/a', tags: [], token: { $secret: 'env:TOKEN' } };
    const { plan } = await planOnBench(lab.bench, [note(a, { spec }), note(b, { dependsOn: [a] }), note(d)]);
    const missing = { code: 'secrets/missing', severity: 'error', summary: 'x', detail: 'x', hint: 'x' } as const;
    const result = await applyOnBench(lab.bench, plan, { resolveSecret: () => Promise.reject(new Failure(missing)) });
    expect(told(result)).toEqual(['a failed secrets/missing', 'b skipped dependency-failed a', 'd done']);
  });

  it.each([
    {
      name: 'an unhealthy object is told',
      report: { healthy: false, detail: 'It is down.' },
      codes: ['engine/not-healthy'],
    },
    { name: 'a healthy one is not', report: { healthy: true, detail: 'It is up.' }, codes: [] },
  ])('$name after the apply', async ({ report, codes }) => {
    const lab = labOf();
    const provider = withSession(lab.target, { health: async () => [{ address: a, ...report }] });
    const result = await apply({ ...lab, bench: { ...lab.bench, providers: [provider] } }, [note(a)], {
      healthTimeoutMs: 100,
    });
    expect({ told: told(result), codes: result.diagnostics.map(({ code }) => code) }).toEqual({
      told: ['a done'],
      codes,
    });
  });

  it('health that nobody can see is told, and the apply stands', async () => {
    const lab = labOf({ faultFor: ({ operation }) => (operation === 'health' ? 'fail' : null) });
    const result = await apply(lab, [note(a)], { healthTimeoutMs: 100 });
    expect(told(result)).toEqual(['a done']);
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['engine/health-unknown']);
  });

  it('a journal that cannot be written ends the run, and nothing is begun that it does not announce', async () => {
    const lab = labOf();
    const full = new Failure({ code: 'host/disk-full', severity: 'error', summary: 'x', detail: 'x', hint: 'x' });
    const { plan } = await planOnBench(lab.bench, chain);
    const backend = withAppend(lab.backend, async () => {
      throw full;
    });
    const result = await applyOnBench({ ...lab.bench, backend }, plan);
    expect(told(result)).toEqual(['a', 'b', 'c', 'd'].map((name) => `${name} skipped run-stopped`));
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['host/disk-full']);
    expect(await lab.target.store.places()).toEqual([]);
    expect(told(await apply(lab, chain))).toEqual(['a done', 'b done', 'c done', 'd done']);
  });
});

describe('an interruption', () => {
  it('lets what is under way end, commits it, and leaves the rest for the next run', async () => {
    const stop = new AbortController();
    const lab = labOf({
      faultFor(call) {
        if (call.operation === 'stage' && call.change.address === a) stop.abort();
        return null;
      },
    });
    const result = await apply(lab, chain, { signal: stop.signal, parallel: 1 });
    expect(told(result)).toEqual(['a done', 'b skipped interrupted', 'c skipped interrupted', 'd skipped interrupted']);
    expect(result.interrupted).toBe(true);
    expect(told(await apply(lab, chain))).toEqual(['b done', 'c done', 'd done']);
  });
});

describe('a plan is refused before anything is done', () => {
  const refusalOf = async (lab: Lab, plan: Plan, bench: Bench = lab.bench) => {
    lab.target.calls.length = 0;
    const failure = await applyOnBench(bench, plan).catch((error: unknown) => error);
    expect(lab.target.calls.filter(({ operation }) => operation === 'stage' || operation === 'commit')).toEqual([]);
    return failure instanceof Failure ? failure.diagnostic.code : failure;
  };

  it('when the state has moved', async () => {
    const lab = labOf();
    const { plan } = await planOnBench(lab.bench, [note(a)]);
    await apply(lab, [note(b)]);
    expect(await refusalOf(lab, plan)).toBe('engine/stale-plan');
  });

  it('when it has been applied already', async () => {
    const lab = labOf();
    const { plan } = await planOnBench(lab.bench, [note(a)]);
    await applyOnBench(lab.bench, plan);
    expect(await refusalOf(lab, plan)).toBe('engine/stale-plan');
  });

  it('when a real object has moved', async () => {
    const lab = labOf();
    await apply(lab, [note(a)]);
    const { plan } = await planOnBench(lab.bench, [note(a, {}, 1)]);
    await lab.target.store.set('east/note/main/a', { path: 'main/a', level: 9, tags: [] });
    expect(await refusalOf(lab, plan)).toBe('engine/stale-plan');
  });

  it('when somebody made what it was to make', async () => {
    const lab = labOf();
    const { plan } = await planOnBench(lab.bench, [note(a)]);
    await lab.target.store.set('east/note/main/a', { path: 'main/a' });
    expect(await refusalOf(lab, plan)).toBe('engine/stale-plan');
  });

  it('when another target answers', async () => {
    const lab = labOf();
    const { plan } = await planOnBench(lab.bench, [note(a)]);
    const other = createMemoryTarget({ types: testTypes, staging: 'direct', identity: { directory: 'elsewhere' } });
    expect(await refusalOf(lab, plan, { ...lab.bench, providers: [other.provider] })).toBe('engine/other-target');
  });

  it('when its target does not answer', async () => {
    const lab = labOf();
    const { plan } = await planOnBench(lab.bench, [note(a)]);
    const silent = createMemoryTarget({ types: testTypes, staging: 'direct', faultFor: () => 'fail' });
    expect(await refusalOf(lab, plan, { ...lab.bench, providers: [silent.provider] })).toBe(
      'engine/target-unreachable',
    );
  });

  it('when its target is not bound', async () => {
    const lab = labOf();
    const { plan } = await planOnBench(lab.bench, [note(a)]);
    expect(await refusalOf(lab, plan, { ...lab.bench, targets: [] })).toBe('engine/no-binding');
  });

  it('when a brake stops it', async () => {
    const lab = labOf();
    const { plan } = await planOnBench(lab.bench, [note(a)]);
    const brake = { kind: 'protected', stack: 'east', addresses: [a], detail: 'It is protected.', lift: 'x' } as const;
    const braked = { ...plan, brakes: [brake] };
    expect(await refusalOf(lab, { ...braked, digest: digestOfPlan(braked) })).toBe('engine/plan-stopped');
  });

  it('when it was made with errors', async () => {
    const lab = labOf();
    const { plan } = await planOnBench(lab.bench, [note(a, { dependsOn: [b] }), note(b, { dependsOn: [a] })]);
    expect(await refusalOf(lab, plan)).toBe('engine/plan-has-errors');
  });

  it('when it was edited', async () => {
    const lab = labOf();
    const { plan } = await planOnBench(lab.bench, [note(a)]);
    expect(await refusalOf(lab, { ...plan, changes: [] })).toBe('engine/stale-plan');
  });

  it('when somebody works on the stack', async () => {
    const lab = labOf();
    const { plan } = await planOnBench(lab.bench, [note(a)]);
    await acquireLock(lab.backend.open(east), { command: 'opsctl apply', waitMs: 0 });
    expect(await refusalOf(lab, plan)).toBe('lock/held');
  });

  it('unless they end in time: the wait is told', async () => {
    const lab = labOf();
    const { plan } = await planOnBench(lab.bench, [note(a)]);
    const lock = await acquireLock(lab.backend.open(east), { command: 'opsctl apply', waitMs: 0 });
    setTimeout(() => void lock.release(), 50);
    const { events } = await applyOnBench(lab.bench, plan, { lockTimeoutMs: 10_000 });
    expect(events[0]).toMatchObject({
      kind: 'waiting-for-lock',
      stack: 'east',
      detail: expect.stringContaining('opsctl apply'),
    });
  });

  it('when the state cannot be read', async () => {
    const lab = labOf();
    const { plan } = await planOnBench(lab.bench, [note(a)]);
    await lab.backend.open(east).writeState(Buffer.from(''));
    expect(await refusalOf(lab, plan)).toBe('state/empty');
  });
});

describe('a change that was cut off and has turned into something else', () => {
  const cutOff = async () => {
    const lab = labOf({ staging: 'direct', reload: () => new Promise(() => {}) });
    await apply(lab, [note(a)]);
    await lab.target.store.set('east/note/main/a', { path: 'main/a', level: 5, tags: [], by: 'somebody' });
    const sane = createMemoryTarget({ types: testTypes, staging: 'direct', store: lab.target.store });
    return { ...lab, target: sane, bench: { ...lab.bench, providers: [sane.provider] } };
  };

  it('stops the plan, and says what is there and what to do', async () => {
    const { bench } = await cutOff();
    const { diagnostics } = await planOnBench(bench, [note(a)]);
    expect(diagnostics).toEqual([
      {
        code: 'state/uncertain',
        severity: 'error',
        summary: 'Outcome of a change is unknown',
        detail:
          'A run was stopped while it did the create of east/note/a, and what is there now is neither what was there before nor what was to be: an object with other values in by, level, path, tags.',
        hint: 'Look at the object. To take it over as it is, run `opsctl adopt east/note/a`; to have it made anew, remove it from its target. Then plan again.',
        subject: a,
      },
    ]);
  });

  it('is taken over when the user says so', async () => {
    const { bench } = await cutOff();
    const { plan, diagnostics } = await planOnBench(bench, [note(a)], [a]);
    expect(diagnostics).toEqual([]);
    expect(told(await applyOnBench(bench, plan))).toEqual(['a done']);
    expect((await planOnBench(bench, [note(a)])).plan).toMatchObject({ changes: [], uncommitted: [] });
  });

  it('is made anew once it was removed', async () => {
    const { bench, target } = await cutOff();
    await target.store.delete('east/note/main/a');
    const { plan } = await planOnBench(bench, [note(a)]);
    expect(told(await applyOnBench(bench, plan))).toEqual(['a done']);
  });
});

function withSession(target: MemoryTarget, methods: Partial<ReturnType<MemoryTarget['provider']['open']>>) {
  const { provider } = target;
  return {
    ...provider,
    open: (...input: Parameters<typeof provider.open>) => ({ ...provider.open(...input), ...methods }),
  };
}

function withAppend(backend: StateBackend, append: () => Promise<void>): StateBackend {
  return {
    ...backend,
    open(key) {
      const store = backend.open(key);
      return { ...store, openJournal: async (length) => ({ ...(await store.openJournal(length)), append }) };
    },
  };
}
