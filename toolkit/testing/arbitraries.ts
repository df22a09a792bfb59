import fc from 'fast-check';
import {
  type Address,
  type AppliedResource,
  digestOf,
  type JsonObject,
  type JsonValue,
  makeAddress,
  type Observation,
  plainLifecycle,
  type Resource,
  type ResourceTypeDefinition,
  type StackState,
} from '../model/index.ts';

/** What one plan or apply may start from: declarations, an earlier state of each stack, and what the targets hold. */
export interface World {
  readonly desired: readonly Resource[];
  readonly states: readonly StackState[];
  /** By the address of the state where there is a record, else by the desired one. */
  readonly observed: ReadonlyMap<Address, Observation>;
}

export interface WorldOptions {
  /** How many resources at most; 12 unless told. */
  readonly maxResources?: number;
  /** Objects that nobody has a record of may stand where a resource is declared, so a plan may be refused. */
  readonly unmanaged?: boolean;
  /** Resources may be protected, so a plan may be stopped. */
  readonly protect?: boolean;
}

/** Two types that differ in all that a type may define; both are known to nobody but tests. */
export const testTypes: ReadonlyMap<string, ResourceTypeDefinition> = new Map<string, ResourceTypeDefinition>([
  // `tags` is a set, and `path` is where the object stands, so that another path is another object.
  ['note', { type: 'note', canonical: (spec) => ({ ...spec, tags: sortedTags(spec.tags) }), replaceOn: ['/path'] }],
  // `interval` has a default.
  ['rule', { type: 'rule', canonical: (spec) => ({ interval: '1m', ...spec }) }],
]);

function sortedTags(tags: JsonValue | undefined): JsonValue {
  return Array.isArray(tags) ? [...tags].sort() : [];
}

/** Any JSON of modest size, with the keys and texts that trouble pointers, patterns and prototypes. */
export function arbitraryJson(): fc.Arbitrary<JsonValue> {
  const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<JsonValue>(null, true, false, 0, 1, -0.5, 1e21, '', 'a', 'b', '~1', '值', 'two\nlines'),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'c'), value: tie('value') }), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'name', 'x/y', '~', '', '0', '值'), tie('value'), { maxKeys: 4 }),
    ),
  }));
  return value;
}

/**
 * Declarations over two stacks, without cycles, an earlier state and an observation that agree and differ in every way:
 * new, changed, drifted, renamed, moved, removed, vanished and broken objects. `observed` knows of an unrecorded object only if `unmanaged` is set.
 */
export function arbitraryWorld(options: WorldOptions = {}): fc.Arbitrary<World> {
  return fc.array(arbitrarySlot(options), { maxLength: options.maxResources ?? 12 }).map(worldOf);
}

/** A state as an engine would have left it. */
export function stateOf(stack: string, records: readonly AppliedResource[], serial = 1): StackState {
  const content = {
    stack,
    environment: 'test',
    lineage: `lineage-${stack}`,
    serial,
    salt: 'salt',
    uncommittedTargets: [],
    identities: {},
  };
  const sorted = [...records].sort((left, right) => (left.address < right.address ? -1 : 1));
  return {
    ...content,
    resources: new Map(sorted.map((record) => [record.address, record])),
    digest: digestOf({ ...content, resources: sorted as unknown as JsonValue }),
  };
}

/** One object through its three sides; a side that is absent is null. Slots are tied together by `worldOf`. */
interface Slot {
  readonly stack: string;
  readonly type: string;
  readonly desired: Side | null;
  readonly applied: Side | null;
  readonly observed: 'as-applied' | 'as-desired' | 'absent' | 'malformed' | Side;
  readonly renamed: boolean;
  readonly unmanaged: boolean;
}

interface Side {
  readonly spec: JsonObject;
  readonly lifecycle: Resource['lifecycle'];
  /** Each number picks one of the slots before. */
  readonly dependsOn: readonly number[];
  readonly owner: string;
}

function arbitrarySlot(options: WorldOptions): fc.Arbitrary<Slot> {
  return arbitrarySide(options).chain((side) => {
    // Most objects have not changed since last time, as in life; without this no random world holds an unchanged one.
    const likely = fc.oneof(
      { weight: 3, arbitrary: fc.constant(side) },
      { weight: 2, arbitrary: arbitrarySide(options) },
    );
    return fc.record({
      stack: fc.constantFrom('east', 'west'),
      type: fc.constantFrom(...testTypes.keys()),
      desired: fc.option(likely, { freq: 5 }),
      applied: fc.option(likely, { freq: 3 }),
      observed: fc.oneof(
        { weight: 5, arbitrary: fc.constant('as-applied' as const) },
        { weight: 1, arbitrary: fc.constant('as-desired' as const) },
        { weight: 1, arbitrary: fc.constantFrom('absent' as const, 'malformed' as const) },
        { weight: 2, arbitrary: arbitrarySide(options) },
      ),
      renamed: fc.boolean(),
      unmanaged: options.unmanaged ? fc.boolean() : fc.constant(false),
    });
  });
}

function arbitrarySide(options: WorldOptions): fc.Arbitrary<Side> {
  return fc.record({
    spec: arbitrarySpec(),
    lifecycle: fc.record({
      protect: options.protect ? fc.boolean() : fc.constant(false),
      ignore: fc.constantFrom([], ['/level'], ['/rules/0/expr', '/absent/deep']),
      retainOnDelete: fc.nat(4).map((number) => number === 0),
    }),
    dependsOn: fc.array(fc.nat(), { maxLength: 3 }),
    owner: fc.constantFrom('team-a', 'team-b'),
  });
}

function arbitrarySpec(): fc.Arbitrary<JsonObject> {
  return fc.record(
    {
      folder: fc.constantFrom('main', 'main', 'main', 'other'),
      level: fc.constantFrom(0, 1, 2),
      interval: fc.constantFrom('1m', '5m'),
      tags: fc.shuffledSubarray(['a', 'b', 'c']),
      rules: fc.uniqueArray(
        fc.record({ alert: fc.constantFrom('Down', 'Slow', 'Full'), expr: fc.constantFrom('up', 'x > 1') }),
        {
          selector: (rule) => rule.alert,
        },
      ),
      token: fc.constantFrom({ $secret: 'env:TOKEN' }, { $secret: 'file:token.key' }),
    },
    { requiredKeys: ['folder'] },
  );
}

function worldOf(slots: readonly Slot[]): World {
  const desired = slots.flatMap((slot, index) => (slot.desired ? [desiredResource(slots, index, slot.desired)] : []));
  const records = slots.flatMap((slot, index) => (slot.applied ? [appliedRecord(slots, index, slot.applied)] : []));
  const stacks = [...new Set(slots.map((slot) => slot.stack))].sort();
  return {
    desired,
    states: stacks.map((stack) =>
      stateOf(
        stack,
        records.filter((record) => record.address.startsWith(`${stack}/`)),
      ),
    ),
    observed: new Map(slots.map((slot, index) => [observedAddress(slots, index), observationOf(slot, index)])),
  };
}

function desiredResource(slots: readonly Slot[], index: number, side: Side): Resource {
  const address = slotAddress(slots, index, 'n');
  const { type } = slotAt(slots, index);
  return {
    address,
    aliases: isRenamed(slotAt(slots, index)) ? [slotAddress(slots, index, 'former')] : [],
    type,
    target: 'disk',
    spec: placedSpec(side.spec, index),
    dependsOn: earlierSlots(side, index)
      .filter((earlier) => slotAt(slots, earlier).desired !== null)
      .map((earlier) => slotAddress(slots, earlier, 'n')),
    owner: side.owner,
    tenant: null,
    tier: 'L3',
    criticality: 'medium',
    clauses: [],
    lifecycle: side.lifecycle,
    source: { file: 'stacks/test.ts', line: index + 1, column: 1 },
    derivation: [{ kind: 'declaration', subject: `item-${index}`, text: 'A test declares it.' }],
    parts: [],
  };
}

function appliedRecord(slots: readonly Slot[], index: number, side: Side): AppliedResource {
  const { type } = slotAt(slots, index);
  return {
    address: observedAddress(slots, index),
    type,
    target: 'disk',
    spec: canonicalSpec(type, placedSpec(side.spec, index)),
    secrets: {},
    dependsOn: earlierSlots(side, index)
      .filter((earlier) => slotAt(slots, earlier).applied !== null)
      .map((earlier) => observedAddress(slots, earlier)),
    lifecycle: side.lifecycle,
    owner: side.owner,
  };
}

function observationOf(slot: Slot, index: number): Observation {
  const side = observedSide(slot);
  if (slot.applied === null && slot.desired !== null && !slot.unmanaged) return { state: 'absent' };
  if (slot.observed === 'malformed') return { state: 'malformed', reason: 'line 1 is not YAML', spec: {} };
  return side === null ? { state: 'absent' } : { state: 'present', spec: placedSpec(side.spec, index) };
}

function observedSide(slot: Slot): Side | null {
  if (typeof slot.observed === 'object') return slot.observed;
  if (slot.observed === 'as-applied') return slot.applied ?? slot.desired;
  if (slot.observed === 'as-desired') return slot.desired ?? slot.applied;
  return null;
}

function observedAddress(slots: readonly Slot[], index: number): Address {
  return slotAddress(slots, index, isRenamed(slotAt(slots, index)) ? 'former' : 'n');
}

function isRenamed(slot: Slot): boolean {
  return slot.renamed && slot.desired !== null && slot.applied !== null;
}

function earlierSlots(side: Side, index: number): readonly number[] {
  return index === 0 ? [] : [...new Set(side.dependsOn.map((number) => number % index))];
}

function slotAddress(slots: readonly Slot[], index: number, prefix: string): Address {
  const { stack, type } = slotAt(slots, index);
  return makeAddress({ stack, type, name: `${prefix}${index}` });
}

function slotAt(slots: readonly Slot[], index: number): Slot {
  const slot = slots[index];
  if (slot === undefined) throw new Error(`Bug: there is no slot ${index}.`);
  return slot;
}

/** Each slot has a place of its own: two declarations never name one object. */
function placedSpec({ folder, ...spec }: JsonObject, index: number): JsonObject {
  return { ...spec, path: `${String(folder)}/${index}` };
}

function canonicalSpec(type: string, spec: JsonObject): JsonObject {
  return testTypes.get(type)?.canonical(spec) ?? spec;
}

/** A resource with nothing special about it; tests name what they are about. */
export function plainResource(address: Address, overrides: Partial<Resource> = {}): Resource {
  const [, type = ''] = address.split('/');
  return {
    address,
    aliases: [],
    type,
    target: 'disk',
    spec: {},
    dependsOn: [],
    owner: 'team-a',
    tenant: null,
    tier: 'L3',
    criticality: 'medium',
    clauses: [],
    lifecycle: plainLifecycle,
    source: { file: 'stacks/test.ts', line: 1, column: 1 },
    derivation: [],
    parts: [],
    ...overrides,
  };
}
