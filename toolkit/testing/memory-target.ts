import type {
  Address,
  CommitOutcome,
  DiscoveredObject,
  HealthReference,
  HealthReport,
  ObjectReference,
  Observation,
  Provider,
  ProviderContext,
  ProviderSession,
  ResourceTypeDefinition,
  RunningState,
  StagedChange,
  TargetBinding,
} from '../model/index.ts';
import {
  addressFields,
  isJsonObject,
  isSecretReference,
  type JsonObject,
  type JsonValue,
  replacingPointers,
} from '../model/index.ts';

/** Where the objects of a fake target are: a map, or a folder when they must outlive the process. */
export interface ObjectStore {
  get(place: string): Promise<JsonObject | null>;
  set(place: string, spec: JsonObject): Promise<void>;
  delete(place: string): Promise<void>;
  places(): Promise<readonly string[]>;
}

/**
 * What a call does instead of its work. `fail`: throws, nothing done. `fail-late`: does it and throws. `hang`: never ends.
 * `lie`: says that it is done, and does nothing. `refuse`: a commit is refused, and what was staged goes back.
 */
export type Fault = 'fail' | 'fail-late' | 'hang' | 'lie' | 'refuse';

/** One call of a session, as faults are scheduled by. */
export type TargetCall =
  | { readonly operation: 'stage'; readonly change: StagedChange }
  | { readonly operation: 'commit' | 'identify' | 'read' | 'health' };

export interface MemoryTargetOptions {
  readonly store?: ObjectStore;
  readonly types: ReadonlyMap<string, ResourceTypeDefinition>;
  /** Changes are made when they are staged (an API), or only by the commit (files behind a reload). */
  readonly staging: 'direct' | 'deferred';
  readonly faultFor?: (call: TargetCall) => Fault | null;
  /** Who answers; `directory: memory` unless told. */
  readonly identity?: Readonly<Record<string, string>>;
  /** What the target runs; `as-placed` unless told. */
  readonly compareRunning?: () => RunningState;
  /** Whether an object works; it does unless told. */
  readonly health?: (reference: HealthReference) => Omit<HealthReport, 'address'>;
  /** Whether something runs that loads what a commit puts in place; true unless told. */
  readonly isRunning?: () => boolean;
  /** Called by each commit before it is accepted, like the reload of a real target. */
  readonly reload?: () => Promise<void>;
}

export interface MemoryTarget {
  readonly provider: Provider;
  readonly store: ObjectStore;
  /** Every call, in order, for assertions about order. */
  readonly calls: TargetCall[];
}

/** A fake real system with one kind of each fault, for laws about the engine. */
export function createMemoryTarget(options: MemoryTargetOptions): MemoryTarget {
  const store = options.store ?? createMapStore();
  const calls: TargetCall[] = [];
  const provider: Provider = {
    name: 'memory',
    resourceTypes: [...options.types.values()],
    bindingSchema: { type: 'object' },
    validate: () => [],
    open: (_, context) => openSession(options, store, calls, context),
  };
  return { provider, store, calls };
}

export function memoryBinding(stack: string, target = 'disk'): TargetBinding {
  return { stack, target, provider: 'memory', settings: {} };
}

export function createMapStore(): ObjectStore {
  const objects = new Map<string, JsonObject>();
  return {
    get: async (place) => objects.get(place) ?? null,
    set: async (place, spec) => void objects.set(place, spec),
    delete: async (place) => void objects.delete(place),
    places: async () => [...objects.keys()].sort(),
  };
}

/** Where an object is: by its `path` where that forces a replacement, else by the last part of it, else by its name. */
export function placeOf(
  { address, type, spec }: ObjectReference,
  types: ReadonlyMap<string, ResourceTypeDefinition>,
): string {
  const { stack, name } = addressFields(address);
  const path = spec['path'];
  if (typeof path !== 'string') return `${stack}/${type}/${name}`;
  const isMovedByPath = replacingPointers(types.get(type) ?? {}, spec, spec).includes('/path');
  return `${stack}/${type}/${isMovedByPath ? path : (path.split('/').at(-1) ?? path)}`;
}

/** Stands in the store for an object that cannot be read. */
export const malformedObject: JsonObject = { malformed: 'line 1 is not YAML' };

/** The value that a secret reference has in tests. */
export function testSecret(reference: string): string {
  return `value of ${reference}`;
}

function openSession(
  options: MemoryTargetOptions,
  store: ObjectStore,
  calls: TargetCall[],
  context: ProviderContext,
): ProviderSession {
  let undo: (() => Promise<void>)[] = [];
  let deferred: StagedChange[] = [];
  const faulty = async <Result>(call: TargetCall, work: () => Promise<Result>, lie: Result): Promise<Result> => {
    calls.push(call);
    const fault = options.faultFor?.(call) ?? null;
    if (fault === 'hang') return await new Promise<never>(() => {});
    if (fault === 'fail') throw new Error('The connection was reset');
    if (fault === 'lie') {
      // What it calls accepted is behind it: a later refusal puts back only what was staged since.
      if (call.operation === 'commit') [deferred, undo] = [[], []];
      return lie;
    }
    const result = await work();
    if (fault === 'fail-late') throw new Error('The connection was reset');
    return result;
  };
  const make = async (change: StagedChange): Promise<void> => {
    const place = placeOf(change, options.types);
    const former = await store.get(place);
    undo.push(() => (former === null ? store.delete(place) : store.set(place, former)));
    if (change.kind === 'remove') await store.delete(place);
    else await store.set(place, change.spec);
  };
  const commit = async (): Promise<CommitOutcome> => {
    const staged = deferred;
    deferred = [];
    for (const change of staged) await make(change);
    const isRefused = options.faultFor?.({ operation: 'commit' }) === 'refuse';
    const steps = undo.reverse();
    undo = [];
    if (isRefused) {
      for (const step of steps) await step();
      return { accepted: false, reason: 'The configuration is not valid.', blamed: [] };
    }
    await options.reload?.();
    if (options.isRunning?.() === false)
      return { accepted: true, note: 'not loaded', notRunning: 'Nothing listens there.' };
    return { accepted: true, note: 'loaded' };
  };
  return {
    identify: () => faulty({ operation: 'identify' }, async () => options.identity ?? { directory: 'memory' }, {}),
    readMany: (references) =>
      faulty(
        { operation: 'read' },
        async () => {
          const seen = new Map<Address, Observation>();
          for (const reference of references)
            seen.set(reference.address, await observe(reference, options, store, context));
          return seen;
        },
        new Map(),
      ),
    compareRunning: async () => options.compareRunning?.() ?? { state: 'as-placed' },
    stage: (change) =>
      faulty<void>(
        { operation: 'stage', change },
        async () => {
          if (options.staging === 'deferred') deferred.push(change);
          else await make(change);
        },
        undefined,
      ),
    commit: () => faulty<CommitOutcome>({ operation: 'commit' }, commit, { accepted: true, note: 'not really' }),
    health: (references) =>
      faulty(
        { operation: 'health' },
        async () =>
          references.map((reference) => ({
            address: reference.address,
            ...(options.health?.(reference) ?? { healthy: true, detail: 'It is there.' }),
          })),
        [],
      ),
    discover: (managed) => discoverObjects(managed, options, store),
    inspect: async () => [],
    close: async () => {},
  };
}

async function discoverObjects(
  managed: readonly ObjectReference[],
  { types }: MemoryTargetOptions,
  store: ObjectStore,
): Promise<readonly DiscoveredObject[]> {
  const known = new Set(managed.map((reference) => placeOf(reference, types)));
  const found: DiscoveredObject[] = [];
  for (const location of await store.places()) {
    const [, type = 'file', name = location] = location.split('/');
    const spec = await store.get(location);
    if (!known.has(location) && spec !== null) found.push({ type, name, spec, location });
  }
  return found;
}

async function observe(
  reference: ObjectReference,
  options: MemoryTargetOptions,
  store: ObjectStore,
  context: ProviderContext,
): Promise<Observation> {
  const found = await store.get(placeOf(reference, options.types));
  if (found === null) return { state: 'absent' };
  if (typeof found['malformed'] === 'string')
    return { state: 'malformed', reason: found['malformed'], spec: reference.spec };
  return { state: 'present', spec: (await withReferences(found, reference.spec, context)) as JsonObject };
}

/** Puts references back where the value is the present one, as the contract of `readMany` asks. */
async function withReferences(
  found: JsonValue,
  known: JsonValue | undefined,
  context: ProviderContext,
): Promise<JsonValue> {
  if (isSecretReference(known)) return found === (await context.resolveSecret(known.$secret)) ? known : found;
  if (!isJsonObject(found)) return found;
  const fields: [string, JsonValue][] = [];
  for (const [key, value] of Object.entries(found))
    fields.push([key, await withReferences(value, isJsonObject(known) ? known[key] : undefined, context)]);
  return Object.fromEntries(fields);
}
