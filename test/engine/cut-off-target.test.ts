import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wire } from '../../cli/wire.ts';
import { Failure } from '../../toolkit/diagnostics/index.ts';
import type { LoadedStack } from '../../toolkit/engine/state/load-stack.ts';
import type { Address, AppliedResource, Provider, ProviderSession } from '../../toolkit/model/index.ts';
import { makePlan, type PlanRequest, type Repository } from '../../toolkit/operate/index.ts';
import { operateDiagnostics } from '../../toolkit/operate/operate-diagnostics.ts';
import { plainResource, stateOf, testTypes } from '../../toolkit/testing/arbitraries.ts';
import { createMapStore, createMemoryTarget, memoryBinding, placeOf } from '../../toolkit/testing/memory-target.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'opsctl-cut-off-'));
});
afterAll(() => rm(root, { recursive: true }));

const { providers, optionalProviders = [] } = wire('/nowhere', 'test');
for (const { load } of optionalProviders) await load();

/** One question of a session fails, as it does when nobody answers. */
const questions = ['identify', 'readMany', 'compareRunning'] as const satisfies readonly (keyof ProviderSession)[];
const cases = providers.flatMap((provider) =>
  questions.map((question) => ({ name: provider.name, provider, question })),
);

describe('a plan of two stacks, of which one has a target that does not answer', () => {
  it.each(cases)('does without $name where $question fails, and plans the other', async ({ provider, question }) => {
    const { plan, diagnostics } = await planWith(silenced(provider, question));
    expect(plan?.changes.map(({ address, change }) => `${change.action} ${address}`)).toEqual(['delete near/note/a']);
    expect(plan?.owed).toEqual([{ address: farAddress(provider), action: 'delete', reason: 'not-asked' }]);
    expect(plan?.unasked).toMatchObject([{ stack: 'far', target: 'system', objects: 1 }]);
    expect(plan?.targets.map(({ stack }) => stack)).toEqual(['near']);
    expect(diagnostics.map(({ code, subject }) => `${code} ${subject}`)).toEqual([
      'operate/target-not-answering far/system',
    ]);
  });
});

function silenced(provider: Provider, question: (typeof questions)[number]): Provider {
  const silent = () => {
    const facts = { stack: 'far', target: 'system', reason: 'Nobody answers.' };
    return Promise.reject(new Failure(operateDiagnostics.create('target-not-answering', facts)));
  };
  const quiet = {
    identify: async () => ({}),
    readMany: async (references: Parameters<ProviderSession['readMany']>[0]) =>
      new Map(references.map(({ address }) => [address, { state: 'absent' } as const])),
    compareRunning: async () => ({ state: 'as-placed' }) as const,
    discover: async () => [],
    health: async () => [],
    close: async () => {},
  };
  return { ...provider, open: () => ({ ...quiet, [question]: silent }) as unknown as ProviderSession };
}

function farAddress({ resourceTypes }: Provider): Address {
  return `far/${resourceTypes[0]?.type}/b` as Address;
}

async function planWith(provider: Provider) {
  const near = recordOf(plainResource('near/note/a' as Address, { target: 'disk', spec: { level: 1 } }));
  const far = recordOf(
    plainResource(farAddress(provider), {
      type: provider.resourceTypes[0]?.type ?? '',
      target: 'system',
      spec: {},
    }),
  );
  const store = createMapStore();
  await store.set(placeOf(near, testTypes), near.spec);
  const memory = createMemoryTarget({ types: testTypes, staging: 'direct', store });
  const { value, diagnostics } = await makePlan(
    repositoryOf(provider, [near, far]),
    null,
    { ...wire('/nowhere', 'test'), providers: [memory.provider, provider], optionalProviders: [] },
    request,
  );
  return { plan: value, diagnostics };
}

function recordOf(resource: ReturnType<typeof plainResource>): AppliedResource {
  const { aliases: _, source: __, derivation: ___, ...record } = resource;
  return { ...record, secrets: {} };
}

function repositoryOf(provider: Provider, records: readonly AppliedResource[]): Repository {
  const loaded = records.map((record) => {
    const state = stateOf(record.address.split('/')[0] ?? '', [record]);
    const stack = { state, uncertain: new Map(), notices: [], record: { resources: state.resources } };
    return [state.stack, { ok: true, loaded: stack as unknown as LoadedStack }] as const;
  });
  const targets = [
    memoryBinding('near'),
    { stack: 'far', target: 'system', provider: provider.name, settings: { directory: join(root, 'far') } },
  ];
  return {
    root,
    environment: 'test',
    bindingsFile: join(root, 'test.yaml'),
    bindings: { environment: 'test', targets, addresses: {}, speed: 1 },
    boundAt: () => ({ file: 'test.yaml', line: 1, column: 1 }),
    stateRoot: join(root, 'state'),
    states: { listStacks: async () => [], load: () => Promise.reject(new Error('not asked')) },
    recordedStates: async () => new Map(loaded),
    earlyReadings: { begin: () => undefined, of: async () => new Map(), unanswered: async () => new Map() },
  } as unknown as Repository;
}

const request: PlanRequest = {
  ...{ stacks: [], targets: [], exclude: [], adopt: [], targetMoved: [] },
  ...{ offline: false, destroy: true, today: '2026-11-22', parallel: 4 },
  brakes: { maxDeletes: 100, maxDeleteShare: 1, allowedDeletes: 0, allowEmpty: true },
  onProgress: () => undefined,
  signal: new AbortController().signal,
};
