import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  Address,
  JsonObject,
  ObjectReference,
  Provider,
  ProviderContext,
  ProviderSession,
  Resource,
  TargetBinding,
} from '../model/index.ts';

/** One object to put into the target, and what it is changed to. Objects of one harness are independent. */
export interface ProviderSample {
  readonly address: Address;
  readonly type: string;
  readonly spec: JsonObject;
  readonly changedSpec: JsonObject;
  /** `present`: a fresh target already has one, because it does not run without. Default `absent`. */
  readonly initially?: 'absent' | 'present';
}

/** An object that the target refuses when it is to become live, although `validate` has nothing against it. */
export interface RefusedSample {
  readonly address: Address;
  readonly type: string;
  readonly spec: JsonObject;
  /** What the reason must say. */
  readonly reason: RegExp;
}

/** A real system, or something that answers like it, made for one test. */
export interface TargetUnderTest {
  readonly binding: TargetBinding;
  /** All that the target holds, such as each file with its bytes and mode: a restored target is equal. */
  contents(): Promise<unknown>;
  /** As `contents`, and different after any write at all, even of the same bytes. */
  fingerprint(): Promise<unknown>;
  /** Changes the object as a person would who goes around opsctl. */
  changeByHand(sample: ObjectReference): Promise<void>;
  /** Makes the object unreadable as what it should be; absent where nothing can be so. */
  breakByHand?(sample: ObjectReference): Promise<void>;
  close(): Promise<void>;
}

export interface ProviderHarness {
  readonly provider: Provider;
  open(): Promise<TargetUnderTest>;
  readonly samples: readonly [ProviderSample, ...ProviderSample[]];
  readonly refused?: RefusedSample;
  /** Any spec of a type, for the laws about its canonical form. */
  readonly specs?: Readonly<Record<string, fc.Arbitrary<JsonObject>>>;
  /** How long one test may take where the target is slow. */
  readonly timeoutMs?: number;
}

/**
 * What the engine and the plan rely on in every provider. Whoever writes one runs this against the real system:
 *
 * ```ts
 * describeProvider('files', { provider: filesProvider, open: openDirectory, samples: [motd, hosts] });
 * ```
 */
export function describeProvider(name: string, harness: ProviderHarness): void {
  const { provider, samples, refused, specs = {} } = harness;
  const options = { timeout: harness.timeoutMs ?? 60_000 };

  describe(`the provider ${name}`, () => {
    describe('offline', () => {
      it.each(samples)('finds nothing wrong with $address', (sample) => {
        expect(provider.validate(resourceOf(sample))).toEqual([]);
      });

      it.each(samples)('has one canonical form of $address', ({ type, spec, changedSpec }) => {
        expect(canonical(provider, type, canonical(provider, type, spec))).toEqual(canonical(provider, type, spec));
        expect(canonical(provider, type, changedSpec)).not.toEqual(canonical(provider, type, spec));
      });

      it.each(Object.entries(specs))('has one canonical form of any %s', (type, spec) => {
        fc.assert(
          fc.property(spec, (any) => {
            const before = structuredClone(any);
            const once = canonical(provider, type, any);
            expect(canonical(provider, type, once)).toEqual(once);
            expect(any).toEqual(before);
          }),
        );
      });
    });

    describe('with a target', options, () => {
      let target: TargetUnderTest;
      let session: ProviderSession;
      beforeEach(async () => {
        target = await harness.open();
        session = openSession(provider, target);
      });
      afterEach(async () => {
        await session.close();
        await target.close();
      });

      it.each(samples)('creates, changes and removes $address', async (sample) => {
        if (sample.initially !== 'present') expect(await observe(session, sample)).toEqual({ state: 'absent' });

        await put(session, sample);
        expect(await observe(session, sample)).toEqual(present(provider, sample));

        const changed = { ...sample, spec: sample.changedSpec };
        await put(session, changed);
        expect(await observe(session, sample)).toEqual(present(provider, changed));

        await session.stage({ kind: 'remove', ...reference(sample) });
        expect(await session.commit()).toMatchObject({ accepted: true });
        expect(await observe(session, sample)).toEqual({ state: 'absent' });
      });

      it.each(Object.entries(specs))('reads any %s back as it was written', async (type, spec) => {
        for (const [index, any] of fc.sample(spec, { numRuns: 20, seed: 7 }).entries()) {
          const object = { address: `any/${type}/${index}` as Address, type, spec: any };
          await session.stage({ kind: 'write', ...object });
          // Whether the target likes the object is not the question here.
          const { accepted } = await session.commit();
          if (accepted) expect(await observe(session, object)).toEqual(present(provider, object));
          expect(await session.compareRunning()).toEqual({ state: 'as-placed' });
        }
      });

      it('writes nothing when everything is as it should be', async () => {
        await put(session, ...samples);
        const before = await target.fingerprint();
        await put(session, ...samples);
        expect(await target.fingerprint()).toEqual(before);
      });

      it('writes nothing when it reads', async () => {
        await put(session, ...samples);
        const before = await target.fingerprint();
        const fresh = openSession(provider, target);
        await fresh.identify();
        await fresh.readMany(samples.map(reference));
        await fresh.discover([]);
        await fresh.compareRunning();
        await fresh.health(samples.map(reference), 0);
        await fresh.whichRuns?.(samples.map(reference));
        await fresh.inspect();
        await fresh.close();
        expect(await target.fingerprint()).toEqual(before);
      });

      it('lets nobody else in while it is claimed, and leaves nothing of the claim behind', async () => {
        await put(session, ...samples);
        const before = await target.fingerprint();
        const other = openSession(provider, target);
        await session.claim?.();
        if (session.claim !== undefined) await expect(other.claim?.()).rejects.toThrow();
        expect(await session.discover(samples.map(reference))).toEqual(await other.discover(samples.map(reference)));
        await session.release?.();
        await other.claim?.();
        await other.close();
        expect(await target.fingerprint()).toEqual(before);
      });

      it('says of each object whether it runs as it lies there or as it was applied, where it says so at all', async () => {
        await put(session, ...samples);
        const sides = await session.whichRuns?.(samples.map(reference));
        if (sides !== undefined) expect([...sides.keys()].sort()).toEqual(samples.map(({ address }) => address).sort());
      });

      it('changes nothing that it was not asked to', async () => {
        const [first, ...others] = samples;
        await put(session, ...samples);
        const before = await session.readMany(others.map(reference));
        await put(session, { ...first, spec: first.changedSpec });
        expect(await session.readMany(others.map(reference))).toEqual(before);
      });

      it.each(samples)('sees $address changed by hand, and puts it right', async (sample) => {
        await put(session, sample);
        await target.changeByHand(reference(sample));
        const seen = await observe(session, sample);
        expect(seen.state).toBe('present');
        expect(seen).not.toEqual(present(provider, sample));
        await takeOver(session, sample);
        expect(await observe(session, sample)).toEqual(present(provider, sample));
      });

      it.each(samples)('says that $address was broken by hand, and puts it right', async (sample) => {
        if (target.breakByHand === undefined) return;
        await put(session, sample);
        await target.breakByHand(reference(sample));
        const seen = await observe(session, sample);
        // A plain text cannot be broken, only changed.
        expect(seen).not.toEqual(present(provider, sample));
        if (seen.state === 'malformed') expect(seen.reason).not.toBe('');
        await put(session, sample);
        expect(await observe(session, sample)).toEqual(present(provider, sample));
      });

      it('runs what was put there, and nothing else', async () => {
        await put(session, ...samples);
        expect(await session.compareRunning()).toEqual({ state: 'as-placed' });
        await put(session, ...samples.map((sample) => ({ ...sample, spec: sample.changedSpec })));
        expect(await session.compareRunning()).toEqual({ state: 'as-placed' });
      });

      it('discovers what nobody manages, and only that', async () => {
        await put(session, ...samples);
        const managed = samples.slice(1);
        const none = await session.discover(samples.map(reference));
        const found = await session.discover(managed.map(reference));
        expect(found).toEqual(expect.arrayContaining([...none]));
        const more = found.filter((one) => !none.some((other) => other.location === one.location));
        expect(more).toHaveLength(1);
        expect(more[0]?.location).not.toBe('');
      });

      it('takes changes at the same time', async () => {
        await Promise.all(samples.map((sample) => session.stage({ kind: 'write', ...reference(sample) })));
        expect(await session.commit()).toMatchObject({ accepted: true });
        const seen = await session.readMany(samples.map(reference));
        expect(seen).toEqual(new Map(samples.map((sample) => [sample.address, present(provider, sample)])));
      });

      it('goes on after a run that was cut off between staging and commit', async () => {
        const cutOff = openSession(provider, target);
        for (const sample of samples)
          await cutOff.stage({ kind: 'write', ...reference(sample), spec: sample.changedSpec });
        await cutOff.close();
        await put(session, ...samples);
        const seen = await session.readMany(samples.map(reference));
        expect(seen).toEqual(new Map(samples.map((sample) => [sample.address, present(provider, sample)])));
      });

      it('makes live again what a run that was cut off had left in place', async () => {
        await put(session, ...samples);
        const before = await target.fingerprint();
        const later = openSession(provider, target);
        expect(await later.commit()).toMatchObject({ accepted: true });
        await later.close();
        expect(await target.fingerprint()).toEqual(before);
      });

      it('tells the same target from one call to the next', async () => {
        const before = await session.identify();
        await put(session, ...samples);
        expect(await session.identify()).toMatchObject(before);
      });

      if (refused === undefined) return;
      const { reason, ...bad } = refused;

      it('puts everything back when the target refuses', async () => {
        expect(provider.validate(resourceOf(bad))).toEqual([]);
        await put(session, ...samples);
        const before = await target.contents();

        for (const sample of samples)
          await session.stage({ kind: 'write', ...reference(sample), spec: sample.changedSpec });
        await session.stage({ kind: 'write', ...bad });
        const outcome = await session.commit();

        expect(outcome).toEqual({ accepted: false, reason: expect.stringMatching(reason), blamed: [bad.address] });
        expect(await target.contents()).toEqual(before);
        await put(session, { ...samples[0], spec: samples[0].changedSpec });
      });
    });
  });
}

/** A context of a command that is never interrupted and has no secrets. */
export function plainContext(overrides: Partial<ProviderContext> = {}): ProviderContext {
  return {
    resolveSecret: (wanted) => Promise.reject(new Error(`No secret was expected to be asked for: ${wanted}`)),
    report: () => undefined,
    signal: new AbortController().signal,
    ...overrides,
  };
}

function openSession(provider: Provider, target: TargetUnderTest): ProviderSession {
  return provider.open(target.binding, plainContext());
}

function reference({ address, type, spec }: ObjectReference): ObjectReference {
  return { address, type, spec };
}

function canonical(provider: Provider, type: string, spec: JsonObject): JsonObject {
  const definition = provider.resourceTypes.find((candidate) => candidate.type === type);
  if (definition === undefined) throw new Error(`The provider ${provider.name} has no type ${type}.`);
  return definition.canonical(spec);
}

function present(provider: Provider, { type, spec }: { readonly type: string; readonly spec: JsonObject }) {
  return { state: 'present', spec: canonical(provider, type, spec) };
}

async function observe(session: ProviderSession, object: ObjectReference) {
  const observation = (await session.readMany([reference(object)])).get(object.address);
  if (observation === undefined) throw new Error(`readMany says nothing about ${object.address}.`);
  return observation;
}

async function put(session: ProviderSession, ...objects: readonly ObjectReference[]): Promise<void> {
  for (const object of objects) await session.stage({ kind: 'write', ...reference(object) });
  expect(await session.commit()).toMatchObject({ accepted: true });
}

/** As it is put right where a target keeps whose each field is: what somebody changed is theirs until then. */
async function takeOver(session: ProviderSession, object: ObjectReference): Promise<void> {
  await session.stage({ kind: 'write', ...reference(object), takeOver: true });
  expect(await session.commit()).toMatchObject({ accepted: true });
}

function resourceOf({ address, type, spec }: ObjectReference): Resource {
  return {
    address,
    aliases: [],
    type,
    target: 'target',
    spec,
    dependsOn: [],
    owner: 'team',
    tenant: null,
    tier: 'L3',
    criticality: 'low',
    clauses: [],
    lifecycle: { protect: false, ignore: [], retainOnDelete: false },
    source: { file: 'stacks/example.ts', line: 1, column: 1 },
    derivation: [],
    parts: [],
  };
}
