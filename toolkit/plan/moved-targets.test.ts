import { describe, expect, it } from 'vitest';
import {
  type Address,
  type AppliedResource,
  digestOf,
  type JsonObject,
  type Observation,
  type Resource,
} from '../model/index.ts';
import { plainResource, stateOf, testTypes } from '../testing/arbitraries.ts';
import type { Plan, PlanInput } from './plan.ts';
import { planChanges } from './plan-changes.ts';

const digest = digestOf('test');
const names = ['one', 'two'] as const;
const move = { stack: 'east', target: 'disk', from: '/old', to: '/new', isReviewed: false };

interface Sides {
  readonly declared?: JsonObject | null;
  readonly applied?: JsonObject;
  /** At the new place; absent unless told. */
  readonly seen?: JsonObject;
}

/** The plan of `east/rule/one` and `east/rule/two`, which were applied to a target that is bound to `/new` now. */
function planOf(sides: Readonly<Record<(typeof names)[number], Sides>>, input: Partial<PlanInput> = {}): Plan {
  const desired = names.flatMap((name): Resource[] => {
    const { declared = { level: 1 } } = sides[name];
    return declared === null ? [] : [plainResource(addressOf(name), { spec: declared })];
  });
  const records = names.map((name) => recordOf(name, sides[name].applied ?? { level: 1 }));
  const observed = names.map((name): [Address, Observation] => {
    const { seen } = sides[name];
    return [addressOf(name), seen === undefined ? { state: 'absent' } : { state: 'present', spec: seen }];
  });
  return planChanges({
    environment: 'test',
    types: testTypes,
    desired,
    states: [stateOf('east', records)],
    observed: new Map(observed),
    unmanaged: [],
    identities: [],
    moved: [move],
    inputs: { content: digest, bindings: digest, policies: digest, program: 'test' },
    selection: { stacks: [], targets: [], exclude: [] },
    adopt: new Set(),
    brakes: { maxDeletes: 100, maxDeleteShare: 1, allowedDeletes: 0, allowEmpty: true },
    secrets: new Map(),
    ...input,
  });
}

function addressOf(name: string): Address {
  return `east/rule/${name}` as Address;
}

function recordOf(name: string, spec: JsonObject): AppliedResource {
  const { address, type, target, dependsOn, lifecycle, owner } = plainResource(addressOf(name));
  return { address, type, target, spec: { interval: '1m', ...spec }, secrets: {}, dependsOn, lifecycle, owner };
}

function told({ changes, drift, brakes }: Plan) {
  return {
    changes: changes.map(({ address, change, cause }) => `${change.action} ${address}: ${cause.kind}`),
    drift: drift.map(({ address, detail }) => `${address}: ${detail}`),
    brakes: brakes.map(({ kind, addresses }) => `${kind} ${addresses.join(' ')}`),
  };
}

const reviewed = { moved: [{ ...move, isReviewed: true }] };
const gone = {};
const there = { seen: { level: 1 } };

describe('a target that is bound to another place than it was applied to', () => {
  it('stops the plan, and blames nobody for what is not at the new place', () => {
    const plan = planOf({ one: gone, two: gone });
    const detail = 'disk moved from /old to /new, where it is not as applied.';
    expect(told(plan)).toEqual({
      changes: ['create east/rule/one: target-moved', 'create east/rule/two: target-moved'],
      drift: [`east/rule/one: ${detail}`, `east/rule/two: ${detail}`],
      brakes: ['target-moved east/rule/one east/rule/two'],
    });
    expect(plan.brakes[0]).toMatchObject({
      stack: 'east',
      detail:
        'disk of east was applied to /old and is bound to /new now; 2 objects would be left behind at the former place.',
      lift: expect.stringContaining('`--target-moved east/disk`'),
    });
    expect(plan.changes[0]?.explanation).toBe(
      'Disk moved from /old to /new, which does not have it yet; what was applied to /old stays there.',
    );
  });

  it('is made anew without a stop or drift once the move was reviewed', () => {
    expect(told(planOf({ one: gone, two: gone }, reviewed))).toEqual({
      changes: ['create east/rule/one: target-moved', 'create east/rule/two: target-moved'],
      drift: [],
      brakes: [],
    });
  });

  it('needs no word when its objects came along', () => {
    expect(told(planOf({ one: there, two: there }))).toEqual({ changes: [], drift: [], brakes: [] });
    expect(told(planOf({ one: { ...there, declared: { level: 2 } }, two: there }))).toEqual({
      changes: ['update east/rule/one: declaration-changed'],
      drift: [],
      brakes: [],
    });
  });

  it.each([
    {
      name: 'something else in the place of an object is told as such',
      one: { seen: { level: 7 } },
      changes: ['update east/rule/one: target-moved'],
      explanation: /^Disk moved from \/old to \/new, where something else is in its place/,
    },
    {
      name: 'an object that is not declared any more is forgotten where it was',
      one: { declared: null },
      changes: ['forget east/rule/one: declaration-removed'],
      explanation:
        /^It is no longer declared\. Disk moved from \/old to \/new; what was applied to \/old stays there\./,
    },
    {
      name: 'an object that is there as declared already is only recorded',
      one: { declared: { level: 2 }, seen: { level: 2 } },
      changes: ['no-op east/rule/one: target-moved'],
      explanation: /^Disk moved from \/old to \/new, which has it as declared already/,
    },
  ])('$name', ({ one, changes, explanation }) => {
    const plan = planOf({ one, two: there });
    expect(told(plan)).toMatchObject({ changes, brakes: ['target-moved east/rule/one'] });
    expect(plan.changes[0]?.explanation).toMatch(explanation);
  });

  it('does not stop a plan that leaves it alone, and stops one that would move it by halves', () => {
    const only = (pattern: string) => ({ selection: { stacks: [], targets: [pattern], exclude: [] } });
    const halves = planOf({ one: gone, two: gone }, { ...reviewed, ...only('east/rule/one') });
    expect(told(halves).brakes).toEqual(['target-moved east/rule/one east/rule/two']);
    expect(halves.brakes[0]?.lift).toBe('Plan all of disk of east at once: without --target and --exclude.');
    expect(told(planOf({ one: there, two: gone }, only('east/rule/one'))).brakes).toEqual([]);
  });
});
