import { describe, expect, it } from 'vitest';
import {
  type Address,
  type AppliedResource,
  digestOf,
  type JsonObject,
  type Observation,
  plainLifecycle,
  type Resource,
  type ResourceTypeDefinition,
} from '../model/index.ts';
import { plainResource, stateOf, testTypes } from '../testing/arbitraries.ts';
import { effectOf } from './effect.ts';
import type { Plan, PlanInput } from './plan.ts';
import { planChanges } from './plan-changes.ts';
import { secretKey, unmatchedSecret } from './secret-mask.ts';

const digest = digestOf('test');
const one = 'east/rule/one' as Address;
const former = 'east/rule/former' as Address;
const secret = { $secret: 'env:TOKEN' };

interface Sides {
  readonly declared?: JsonObject;
  readonly resource?: Partial<Resource>;
  readonly applied?: JsonObject;
  readonly record?: Partial<AppliedResource>;
  /** What is there; absent unless told. */
  readonly seen?: JsonObject | Observation;
  readonly destination?: JsonObject;
  readonly input?: Partial<PlanInput>;
}

/** The plan of one object, `east/rule/one`, or what `resource` and `record` call it. */
function planOf({ declared, resource, applied, record, seen, destination, input }: Sides): Plan {
  const records = applied === undefined ? [] : [recordOf(applied, record)];
  const desired =
    declared === undefined ? [] : [plainResource(resource?.address ?? one, { spec: declared, ...resource })];
  const observation = observationOf(seen);
  const address = records[0]?.address ?? desired[0]?.address ?? one;
  return planChanges({
    environment: 'test',
    types: testTypes,
    desired,
    states: records.length === 0 ? [] : [stateOf('east', records)],
    observed: new Map([[address, observation]]),
    ...(destination === undefined ? {} : { destinations: new Map([[one, { state: 'present', spec: destination }]]) }),
    unmanaged: [],
    identities: [],
    inputs: { content: digest, bindings: digest, policies: digest, program: 'test' },
    selection: { stacks: [], targets: [], exclude: [] },
    adopt: new Set(),
    brakes: { maxDeletes: 100, maxDeleteShare: 1, allowedDeletes: 0, allowEmpty: true },
    secrets: new Map(),
    ...input,
  });
}

function observationOf(seen: Sides['seen']): Observation {
  if (seen === undefined) return { state: 'absent' };
  return 'state' in seen ? (seen as Observation) : { state: 'present', spec: seen };
}

function recordOf(spec: JsonObject, overrides: Partial<AppliedResource> = {}): AppliedResource {
  const { address, type, target, dependsOn, lifecycle, owner } = plainResource(one);
  return {
    address,
    type,
    target,
    spec: { interval: '1m', ...spec },
    secrets: {},
    dependsOn,
    lifecycle,
    owner,
    ...overrides,
  };
}

/** What a plan says about its one object, on a few lines. */
function told(plan: Plan) {
  return {
    changes: plan.changes.map((planned) => `${planned.change.action}, ${effectOf(planned)}: ${planned.cause.kind}`),
    drift: plan.drift.map(({ kind }) => kind),
    findings: plan.findings.map(({ code }) => code),
  };
}

const nothing = { changes: [], drift: [], findings: [] };
const ignoring = { ...plainLifecycle, ignore: ['/level'] };
const retained = { ...plainLifecycle, retainOnDelete: true };
const broken: Observation = { state: 'malformed', reason: 'line 3 is not YAML', spec: {} };

describe('the three-way decision', () => {
  it.each<Sides & { name: string; says: Partial<ReturnType<typeof told>> }>([
    {
      name: 'what is declared and not there is created',
      declared: { level: 1 },
      says: { changes: ['create, write: declared'] },
    },
    {
      name: 'what is as declared is left alone',
      declared: { level: 1 },
      applied: { level: 1 },
      seen: { level: 1 },
      says: {},
    },
    {
      name: 'a default that the target fills in is not drift',
      declared: { level: 1 },
      applied: { level: 1 },
      seen: { level: 1, interval: '1m' },
      says: {},
    },
    {
      name: 'a changed declaration is an update',
      declared: { level: 2 },
      applied: { level: 1 },
      seen: { level: 1 },
      says: { changes: ['update, write: declaration-changed'] },
    },
    {
      name: 'a change by hand is drift, and goes back',
      declared: { level: 1 },
      applied: { level: 1 },
      seen: { level: 5 },
      says: { changes: ['update, write: drifted'], drift: ['changed'] },
    },
    {
      name: 'a changed declaration and a change by hand are told apart and done at once',
      declared: { level: 2, owner: 'a' },
      applied: { level: 1, owner: 'a' },
      seen: { level: 1, owner: 'b' },
      says: { changes: ['update, write: declaration-changed-and-drifted'], drift: ['changed'] },
    },
    {
      name: 'a change by hand that equals the new declaration is recorded and not written over',
      declared: { level: 2 },
      applied: { level: 1 },
      seen: { level: 2 },
      says: { changes: ['no-op, record: already-in-place'], drift: ['changed'] },
    },
    {
      name: 'what was removed by hand is made again',
      declared: { level: 1 },
      applied: { level: 1 },
      says: { changes: ['create, write: vanished'], drift: ['vanished'] },
    },
    {
      name: 'what cannot be read is written whole',
      declared: { level: 1 },
      applied: { level: 1 },
      seen: broken,
      says: { changes: ['update, write: drifted'], drift: ['malformed'] },
    },
    {
      name: 'what is no longer declared is deleted',
      applied: { level: 1 },
      seen: { level: 1 },
      says: { changes: ['delete, remove: declaration-removed'] },
    },
    {
      name: 'what is no longer declared and was changed by hand is deleted, and said to have drifted',
      applied: { level: 1 },
      seen: { level: 5 },
      says: { changes: ['delete, remove: declaration-removed'], drift: ['changed'] },
    },
    {
      name: 'what is no longer declared and cannot be read is deleted',
      applied: { level: 1 },
      seen: broken,
      says: { changes: ['delete, remove: declaration-removed'], drift: ['malformed'] },
    },
    {
      name: 'what is no longer declared and gone is forgotten',
      applied: { level: 1 },
      says: { changes: ['forget, record: declaration-removed'], drift: ['vanished'] },
    },
    {
      name: 'what is to be retained is forgotten and stays',
      applied: { level: 1 },
      record: { lifecycle: retained },
      seen: { level: 1 },
      says: { changes: ['forget, record: declaration-removed'] },
    },
    {
      name: 'an ignored field that changed outside is neither drift nor written over',
      declared: { level: 1 },
      resource: { lifecycle: ignoring },
      applied: { level: 1 },
      record: { lifecycle: ignoring },
      seen: { level: 5 },
      says: {},
    },
    {
      name: 'an ignored field that the declaration changed is not written either',
      declared: { level: 9 },
      resource: { lifecycle: ignoring },
      applied: { level: 1 },
      record: { lifecycle: ignoring },
      seen: { level: 1 },
      says: {},
    },
    {
      name: 'a rename that names the former address changes nothing but the record',
      declared: { level: 1 },
      resource: { aliases: [former] },
      applied: { level: 1 },
      record: { address: former },
      seen: { level: 1 },
      says: { changes: ['no-op, record: renamed'] },
    },
    {
      name: 'a rename back is known by the earlier of two aliases',
      declared: { level: 1 },
      resource: { aliases: ['east/rule/never' as Address, former] },
      applied: { level: 1 },
      record: { address: former },
      seen: { level: 1 },
      says: { changes: ['no-op, record: renamed'] },
    },
    {
      name: 'a rename with a change is an update under the new address',
      declared: { level: 2 },
      resource: { aliases: [former] },
      applied: { level: 1 },
      record: { address: former },
      seen: { level: 1 },
      says: { changes: ['update, write: declaration-changed'] },
    },
    {
      name: 'another owner is a matter of the record',
      declared: { level: 1 },
      resource: { owner: 'team-b' },
      applied: { level: 1 },
      seen: { level: 1 },
      says: { changes: ['no-op, record: record-changed'] },
    },
    {
      name: 'lifting protection is a change of its own, of the record',
      declared: { level: 1 },
      applied: { level: 1 },
      record: { lifecycle: { ...plainLifecycle, protect: true } },
      seen: { level: 1 },
      says: { changes: ['no-op, record: record-changed'] },
    },
    {
      name: 'another target removes the object there and makes it here',
      declared: { level: 1 },
      resource: { target: 'other' },
      applied: { level: 1 },
      seen: { level: 1 },
      says: { changes: ['replace, write: target-changed'] },
    },
    {
      name: 'what is there unrecorded and exactly as declared is adopted without a write',
      declared: { level: 1 },
      seen: { level: 1, interval: '1m' },
      says: { changes: ['adopt, record: adopted'] },
    },
    {
      name: 'what is there unrecorded and differs is refused',
      declared: { level: 1 },
      seen: { level: 5 },
      says: { findings: ['plan/object-in-the-way'] },
    },
    {
      name: 'what is there unrecorded and unreadable is refused',
      declared: { level: 1 },
      seen: broken,
      says: { findings: ['plan/object-in-the-way'] },
    },
    {
      name: 'what differs is adopted when that is asked for',
      declared: { level: 1 },
      seen: { level: 5 },
      input: { adopt: new Set([one]) },
      says: { changes: ['adopt, write: adopted'] },
    },
    {
      name: 'what is unreadable is adopted when that is asked for',
      declared: { level: 1 },
      seen: broken,
      input: { adopt: new Set([one]) },
      says: { changes: ['adopt, write: adopted'] },
    },
    {
      name: 'asked to adopt what is not there, the plan creates it and says so',
      declared: { level: 1 },
      input: { adopt: new Set([one]) },
      says: { changes: ['create, write: declared'], findings: ['plan/nothing-to-adopt'] },
    },
    {
      name: 'asked to adopt what is not declared, the plan refuses',
      input: { adopt: new Set([one]) },
      says: { findings: ['plan/adopt-undeclared'] },
    },
    {
      name: 'a type that no provider serves is an error',
      declared: {},
      resource: { type: 'unheard-of' },
      says: { changes: ['create, write: declared'], findings: ['plan/unknown-type'] },
    },
    {
      name: 'a target that did not answer is an error, and what is recorded is not taken for gone',
      applied: { level: 1 },
      input: { observed: new Map() },
      says: { changes: ['delete, remove: declaration-removed'], findings: ['plan/not-observed'] },
    },
    {
      name: 'offline, the last applied spec stands for the observed one',
      declared: { level: 2 },
      applied: { level: 1 },
      input: { observed: null },
      says: { changes: ['update, write: declaration-changed'] },
    },
    {
      name: 'offline, what is not recorded is taken for absent',
      declared: { level: 2 },
      input: { observed: null, adopt: new Set([one]) },
      says: { changes: ['create, write: declared'] },
    },
  ])('$name', ({ says, name: _, ...sides }) => {
    expect(told(planOf(sides))).toEqual({ ...nothing, ...says });
  });
});

describe('replacing', () => {
  const note = 'east/note/one' as Address;
  const placed = { resource: { address: note, type: 'note' }, record: { address: note, type: 'note' } };
  const moved = {
    ...placed,
    declared: { path: 'there', tags: [] },
    applied: { path: 'here', tags: [] },
    seen: { path: 'here', tags: [] },
  };

  it('is forced by the fields that the type names', () => {
    const [planned] = planOf(moved).changes;
    expect(planned?.change).toMatchObject({
      action: 'replace',
      forcedBy: [{ pointer: '/path', before: 'here', after: 'there' }],
    });
    expect(planned?.explanation).toBe('The object is removed and made again, because path cannot be changed in place.');
  });

  it.each([
    { name: 'goes on where nothing stands', destination: null, codes: [] },
    { name: 'goes on where the object itself stands', destination: { path: 'here', tags: [] }, codes: [] },
    { name: 'goes on where a cut-off run made it already', destination: { path: 'there', tags: [] }, codes: [] },
    {
      name: 'is refused where something else stands',
      destination: { path: 'there', tags: ['x'] },
      codes: ['plan/place-taken'],
    },
  ])('$name', ({ destination, codes }) => {
    const destinations = new Map<Address, Observation>([[note, observationOf(destination ?? undefined)]]);
    const plan = planOf({ ...moved, input: { destinations } });
    expect(plan.findings.map(({ code }) => code)).toEqual(codes);
  });

  it('in another target is refused where something stands that only looks like it', () => {
    const target = { declared: { level: 2 }, resource: { target: 'other' }, applied: { level: 1 }, seen: { level: 1 } };
    expect(planOf({ ...target, destination: { level: 1 } }).findings.map(({ code }) => code)).toEqual([
      'plan/place-taken',
    ]);
  });

  it('that was cut off after the object was made ends by recording it', () => {
    const destinations = new Map<Address, Observation>([
      [note, { state: 'present', spec: { path: 'there', tags: [] } }],
    ]);
    const { seen: _, ...gone } = moved;
    expect(told(planOf({ ...gone, input: { destinations } }))).toEqual({
      changes: ['no-op, record: already-in-place'],
      drift: ['vanished'],
      findings: [],
    });
  });

  it('is not a way to adopt', () => {
    const { applied: _, record: __, ...unrecorded } = moved;
    expect(told(planOf({ ...unrecorded, input: { adopt: new Set([note]) } }))).toEqual({
      ...nothing,
      findings: ['plan/adopt-needs-replace'],
    });
  });
});

describe('secrets', () => {
  const withSecret = { token: secret, level: 1 };
  const rotated = {
    declared: withSecret,
    applied: withSecret,
    record: { secrets: { 'env:TOKEN': 'digest of the former' } },
    input: { secrets: new Map([[secretKey('east', 'env:TOKEN'), 'digest of the present']]) },
  };

  it.each<Sides & { name: string; cause: string; fields: readonly string[]; drift: readonly string[] }>([
    {
      name: 'a rotated secret is an update of the fields that it stands in',
      ...rotated,
      seen: withSecret,
      cause: 'secret-rotated',
      fields: ['/token'],
      drift: [],
    },
    {
      name: 'the former value in the target is no drift when the secret was rotated',
      ...rotated,
      seen: { token: 'plain former value', level: 1 },
      cause: 'secret-rotated',
      fields: ['/token'],
      drift: [],
    },
    {
      name: 'a change by hand beside a rotated secret is drift',
      ...rotated,
      seen: { token: 'plain former value', level: 7 },
      cause: 'drifted',
      fields: ['/level', '/token'],
      drift: ['/level'],
    },
    {
      name: 'another value in the target is drift when the secret was not rotated',
      declared: withSecret,
      applied: withSecret,
      seen: { token: 'plain other value', level: 1 },
      cause: 'drifted',
      fields: ['/token'],
      drift: ['/token'],
    },
  ])('$name', ({ cause, fields, drift, ...sides }) => {
    const plan = planOf(sides);
    const [planned] = plan.changes;
    expect(planned?.cause.kind).toBe(cause);
    expect(planned?.change.action === 'update' && planned.change.fields.map(({ pointer }) => pointer)).toEqual(fields);
    expect(plan.drift.flatMap((entry) => entry.fields.map(({ pointer }) => pointer))).toEqual(drift);
    expect(JSON.stringify(plan)).not.toContain('plain');
  });

  it('a plain value that becomes a secret reference is the declaration’s doing, and nobody else’s', () => {
    const plan = planOf({
      declared: withSecret,
      applied: { token: 'plain', level: 1 },
      seen: { token: 'plain', level: 1 },
    });
    expect({ cause: plan.changes[0]?.cause.kind, drift: plan.drift }).toEqual({
      cause: 'declaration-changed',
      drift: [],
    });
  });

  it('a value that is not at hand is not taken for rotated', () => {
    expect(told(planOf({ ...rotated, seen: withSecret, input: {} }))).toEqual(nothing);
  });

  it('an object whose secret cannot be put back has no reverse step', () => {
    const [planned] = planOf({ applied: withSecret, seen: { token: 'plain', level: 1 } }).changes;
    expect(planned?.change.action === 'delete' && planned.change.observed.spec.token).toEqual(unmatchedSecret);
    expect(planned?.reverse).toBeNull();
  });
});

describe('what a change says', () => {
  const rules = (...names: readonly string[]) => ({ rules: names.map((alert) => ({ alert, expr: 'up' })) });

  it.each<Sides & { name: string; explanation: string; reverse: string | null }>([
    {
      name: 'names the fields that the declaration changed',
      declared: { ...rules('a', 'b'), level: 2 },
      applied: { ...rules('a'), level: 1 },
      seen: { ...rules('a'), level: 1 },
      explanation: 'The declaration changed level and rules[b].',
      reverse: 'Write the former values back to disk.',
    },
    {
      name: 'says who changed what',
      declared: { a: 2, b: 1, c: 2 },
      applied: { a: 1, b: 1, c: 1 },
      seen: { a: 1, b: 5, c: 2 },
      explanation:
        'The declaration changed a and c; something other than opsctl changed b in disk, which will be as declared again; something other than opsctl changed c in disk to what is declared now.',
      reverse: 'Write the former values back to disk.',
    },
    {
      name: 'counts what would be too much to name',
      declared: { a: 2, b: 2, c: 2, d: 2, e: 2 },
      applied: { a: 1, b: 1, c: 1, d: 1, e: 1 },
      seen: { a: 1, b: 1, c: 1, d: 1, e: 1 },
      explanation: 'The declaration changed a, b, c and 2 more.',
      reverse: 'Write the former values back to disk.',
    },
    {
      name: 'says that protection ends with it',
      declared: { a: 2 },
      applied: { a: 1 },
      record: { lifecycle: { ...plainLifecycle, protect: true } },
      seen: { a: 1 },
      explanation: 'The declaration changed a. Its protection is lifted.',
      reverse: 'Write the former value back to disk.',
    },
    {
      name: 'says why nothing can undo it',
      declared: { a: 1 },
      applied: { a: 1 },
      seen: broken,
      explanation:
        'What disk has cannot be read (line 3 is not YAML), so it is written whole; the former content cannot be put back.',
      reverse: null,
    },
    {
      name: 'names the former address of a rename',
      declared: { a: 1 },
      resource: { aliases: [former] },
      applied: { a: 1 },
      record: { address: former },
      seen: { a: 1 },
      explanation: 'It was called east/rule/former; the object stays as it is and only its record moves.',
      reverse: null,
    },
  ])('$name', ({ explanation, reverse, ...sides }) => {
    const [planned] = planOf(sides).changes;
    expect({ explanation: planned?.explanation, reverse: planned?.reverse?.text ?? null }).toEqual({
      explanation,
      reverse,
    });
  });

  it('carries what is ignored over into what is written', () => {
    const [planned] = planOf({
      declared: { level: 1, other: 2 },
      resource: { lifecycle: ignoring },
      applied: { level: 1, other: 1 },
      record: { lifecycle: ignoring },
      seen: { level: 7, other: 1 },
    }).changes;
    expect(planned?.change.action === 'update' && planned.change.desired.spec).toEqual({
      interval: '1m',
      level: 7,
      other: 2,
    });
  });

  it('compares as the type says where it has a comparison of its own', () => {
    const type: ResourceTypeDefinition = { type: 'rule', canonical: (spec) => spec, diff: () => [] };
    const plan = planOf({
      declared: { a: 1 },
      applied: { a: 2 },
      seen: { a: 3 },
      input: { types: new Map([['rule', type]]) },
    });
    expect(told(plan)).toEqual(nothing);
  });
});

describe('renaming without saying so', () => {
  const desired = [plainResource(one, { spec: { path: 'p', level: 1 } })];
  const states = [stateOf('east', [recordOf({ path: 'p', level: 1 }, { address: former })])];
  const seen: Observation = { state: 'present', spec: { path: 'p', level: 1, interval: '1m' } };

  it('is refused, since removing the former would take the object from the new one', () => {
    const plan = planOf({
      input: {
        desired,
        states,
        observed: new Map([
          [one, seen],
          [former, seen],
        ]),
      },
    });
    expect(plan.findings).toMatchObject([
      {
        code: 'plan/rename-without-alias',
        subject: one,
        hint: "Say so in the stack: .renamed('rule/former', 'rule/one'). Where the record was given that name by mistake, `opsctl state mv east/rule/former east/rule/one` takes it back.",
      },
    ]);
    expect(plan.changes.map(({ change }) => change.action)).toEqual(['delete']);
  });

  it('is a new object and a removed one where the two stand apart', () => {
    const apart: Observation = { state: 'present', spec: { path: 'q', level: 1 } };
    const plan = planOf({
      input: {
        desired,
        states,
        observed: new Map([
          [one, seen],
          [former, apart],
        ]),
      },
    });
    expect(told(plan)).toEqual({
      changes: ['adopt, record: adopted', 'delete, remove: declaration-removed'],
      drift: ['changed'],
      findings: [],
    });
  });
});

describe('a plan', () => {
  it('is over the selected stacks and says so', () => {
    const desired = [plainResource(one), plainResource('west/rule/two' as Address)];
    const west = recordOf({}, { address: 'west/rule/gone' as Address });
    const plan = planOf({
      input: {
        desired,
        states: [stateOf('west', [west]), stateOf('east', [])],
        observed: new Map([[one, { state: 'absent' }]]),
        selection: { stacks: ['east'], targets: [], exclude: [] },
        unmanaged: ['east', 'west'].map((stack) => ({
          stack,
          target: 'disk',
          type: 'rule',
          name: 'x',
          location: 'x.yml',
        })),
      },
    });
    expect(plan.stacks.map(({ stack }) => stack)).toEqual(['east']);
    expect(plan.changes.map(({ address }) => address)).toEqual([one]);
    expect(plan.unmanaged.map(({ stack }) => stack)).toEqual(['east']);
  });

  it('refuses a stack that does not exist', () => {
    const plan = planOf({ declared: {}, input: { selection: { stacks: ['nowhere'], targets: [], exclude: [] } } });
    expect(plan.findings).toMatchObject([{ code: 'plan/unknown-stack', subject: 'nowhere' }]);
  });

  it('keeps the content of unmanaged objects out', () => {
    const found = {
      stack: 'east',
      target: 'disk',
      type: 'rule',
      name: 'x',
      location: 'x.yml',
      spec: { password: 'hunter2' },
    };
    expect(JSON.stringify(planOf({ input: { unmanaged: [found] } }))).not.toContain('hunter2');
  });

  it('plans nothing about an object that cannot be looked at, and goes on with the others', () => {
    const other = 'east/rule/other' as Address;
    const plan = planOf({
      input: {
        desired: [plainResource(one), plainResource(other)],
        states: [stateOf('east', [recordOf({})])],
        observed: new Map<Address, Observation>([
          [one, { state: 'unreadable', reason: 'No permission.' }],
          [other, { state: 'absent' }],
        ]),
      },
    });
    expect(told(plan)).toEqual({ changes: ['create, write: declared'], drift: [], findings: ['plan/unreadable'] });
    expect(plan.unchanged).toEqual([]);
  });

  it('names the targets that run something else than what lies in them, of the stacks that are planned', () => {
    const running = (stack: string, target: string) => ({
      stack,
      target,
      running: { state: 'behind', differences: ['A rule.'], isLoadable: true } as const,
    });
    const asked = [running('east', 'prometheus'), running('east', 'alertmanager'), running('elsewhere', 'disk')];
    const selection = { stacks: ['east'], targets: [], exclude: [] };
    expect(planOf({ input: { states: [stateOf('east', [])], running: asked, selection } }).running).toEqual([
      running('east', 'alertmanager'),
      running('east', 'prometheus'),
    ]);
  });

  it('names the targets that a cut-off run left unreloaded', () => {
    const state = { ...stateOf('east', []), uncommittedTargets: ['prometheus', 'alertmanager'] };
    expect(planOf({ input: { states: [state] } }).uncommitted).toEqual([
      { stack: 'east', target: 'alertmanager' },
      { stack: 'east', target: 'prometheus' },
    ]);
  });
});
