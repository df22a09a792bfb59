import { describe, expect, it } from 'vitest';
import { type Address, digestOf, type Observation, plainLifecycle, type Resource } from '../model/index.ts';
import { plainResource, stateOf, testTypes } from '../testing/arbitraries.ts';
import { appliedRecord } from './applied-record.ts';
import type { BrakeLimits, Plan } from './plan.ts';
import { planChanges } from './plan-changes.ts';

const digest = digestOf('test');
const free: BrakeLimits = { maxDeletes: 100, maxDeleteShare: 1, allowedDeletes: 0, allowEmpty: false };
const protection = { ...plainLifecycle, protect: true };

function notes(count: number, overrides: Partial<Resource> = {}): readonly Resource[] {
  return Array.from({ length: count }, (_, index) => note(index, overrides));
}

function note(index: number, overrides: Partial<Resource> = {}): Resource {
  return plainResource(`east/note/n${index}` as Address, { spec: { path: `p${index}`, tags: [] }, ...overrides });
}

function planOf(
  desired: readonly Resource[],
  applied: readonly Resource[],
  limits: Partial<BrakeLimits>,
  exclude: readonly string[] = [],
): Plan {
  const records = applied.map((resource) => appliedRecord(resource, {}));
  const observed = new Map<Address, Observation>(desired.map(({ address }) => [address, { state: 'absent' }]));
  for (const { address, spec } of records) observed.set(address, { state: 'present', spec });
  return planChanges({
    environment: 'test',
    types: testTypes,
    desired,
    states: [stateOf('east', records)],
    observed,
    unmanaged: [],
    identities: [],
    inputs: { content: digest, bindings: digest, policies: digest, program: 'test' },
    selection: { stacks: [], targets: [], exclude },
    adopt: new Set(),
    brakes: { ...free, ...limits },
    secrets: new Map(),
  });
}

describe('a brake', () => {
  it.each([
    { name: 'lets as many deletes through as the limit', keep: 7, limits: { maxDeletes: 3 }, kinds: [] },
    { name: 'stops one delete more', keep: 6, limits: { maxDeletes: 3 }, kinds: ['too-many-deletes null'] },
    { name: 'lets the share of the limit through', keep: 7, limits: { maxDeleteShare: 0.3 }, kinds: [] },
    { name: 'stops a larger share of a stack', keep: 6, limits: { maxDeleteShare: 0.3 }, kinds: ['delete-share east'] },
    {
      name: 'lets through as many deletes as were reviewed',
      keep: 6,
      limits: { maxDeletes: 0, maxDeleteShare: 0, allowedDeletes: 4 },
      kinds: [],
    },
    {
      name: 'stops more deletes than were reviewed',
      keep: 5,
      limits: { maxDeletes: 0, maxDeleteShare: 0, allowedDeletes: 4 },
      kinds: ['too-many-deletes null', 'delete-share east'],
    },
    { name: 'stops an empty desired set', keep: 0, limits: {}, kinds: ['empty-desired-set east'] },
    {
      name: 'stops an empty desired set however many deletes were reviewed',
      keep: 0,
      limits: { allowedDeletes: 100 },
      kinds: ['empty-desired-set east'],
    },
    {
      name: 'lets an empty desired set through that is meant, without counting its deletes',
      keep: 0,
      limits: { allowEmpty: true, maxDeletes: 1, maxDeleteShare: 0.1 },
      kinds: [],
    },
    {
      name: 'counts deletes elsewhere when an empty set is allowed but none is empty',
      keep: 1,
      limits: { allowEmpty: true, maxDeletes: 1 },
      kinds: ['too-many-deletes null'],
    },
  ])('$name', ({ keep, limits, kinds }) => {
    const { brakes } = planOf(notes(keep), notes(10), limits);
    expect(brakes.map(({ kind, stack }) => `${kind} ${stack}`)).toEqual(kinds);
  });

  it.each([
    {
      name: 'a delete, by the state, when nothing is declared any more',
      desired: [],
      applied: [note(0, { lifecycle: protection })],
    },
    {
      name: 'a replacement, by the state',
      desired: [note(0, { spec: { path: 'q' } })],
      applied: [note(0, { lifecycle: protection })],
    },
    {
      name: 'a replacement, by the declaration',
      desired: [note(0, { spec: { path: 'q' }, lifecycle: protection })],
      applied: [note(0)],
    },
    {
      name: 'a move to another target',
      desired: [note(0, { target: 'other' })],
      applied: [note(0, { lifecycle: protection })],
    },
    {
      name: 'a delete even when the stack is meant to be emptied',
      desired: [],
      applied: [note(0, { lifecycle: protection })],
      limits: { allowEmpty: true, allowedDeletes: 10 },
    },
  ])('protects against $name', ({ desired, applied, limits = { allowEmpty: true } }) => {
    expect(planOf(desired, applied, limits).brakes).toMatchObject([
      { kind: 'protected', stack: 'east', addresses: ['east/note/n0'] },
    ]);
  });

  it.each([
    { name: 'an update', desired: [note(0, { spec: { path: 'p0', tags: ['x'] }, lifecycle: protection })] },
    { name: 'lifting the protection', desired: [note(0)] },
  ])('does not protect against $name', ({ desired }) => {
    expect(planOf(desired, [note(0, { lifecycle: protection })], {}).brakes).toEqual([]);
  });

  it('does not count what is left out', () => {
    const plan = planOf(notes(5), notes(10), { maxDeletes: 3 }, ['*/n8', '*/n9']);
    expect(plan.brakes).toEqual([]);
  });

  it('says what to do', () => {
    expect(planOf(notes(1), notes(2), { maxDeletes: 0 }).brakes).toEqual([
      {
        kind: 'too-many-deletes',
        stack: null,
        addresses: ['east/note/n1'],
        detail: 'The plan deletes 1 object; more than 0 need a review as deletes.',
        lift: 'If these deletes are meant and reviewed, plan with `--allow-deletes 1`.',
      },
    ]);
  });
});
