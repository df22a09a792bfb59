import { describe, expect, it } from 'vitest';
import { type Address, digestOf, type JsonObject, type Observation, plainLifecycle } from '../model/index.ts';
import { plainResource, stateOf, testTypes } from '../testing/arbitraries.ts';
import { appliedRecord } from './applied-record.ts';
import { planChanges } from './plan-changes.ts';
import { isAsPlanned } from './world-moved.ts';

const address = 'east/rule/a' as Address;
const digest = digestOf('test');
const absent: Observation = { state: 'absent' };
const broken: Observation = { state: 'malformed', reason: 'broken', spec: {} };
const type = testTypes.get('rule')!;

function present(spec: JsonObject): Observation {
  return { state: 'present', spec };
}

interface Case {
  readonly declared?: JsonObject;
  readonly applied?: JsonObject;
  readonly atPlan: Observation;
  readonly later: Observation;
  readonly ignore?: readonly string[];
}

function isStillAsPlanned({ declared, applied, atPlan, later, ignore = [] }: Case): boolean {
  const lifecycle = { ...plainLifecycle, ignore };
  const plan = planChanges({
    environment: 'test',
    types: testTypes,
    desired: declared === undefined ? [] : [plainResource(address, { spec: declared, lifecycle })],
    states:
      applied === undefined
        ? []
        : [stateOf('east', [appliedRecord(plainResource(address, { spec: applied, lifecycle }), {})])],
    observed: new Map([[address, atPlan]]),
    unmanaged: [],
    identities: [],
    inputs: { content: digest, bindings: digest, policies: digest, program: 'test' },
    selection: { stacks: [], targets: [], exclude: [] },
    adopt: new Set([address]),
    brakes: { maxDeletes: 1, maxDeleteShare: 1, allowedDeletes: 0, allowEmpty: true },
    secrets: new Map(),
  });
  return plan.changes.every((planned) => isAsPlanned(planned, later, type));
}

const x = { x: 1, interval: '1m' };
const y = { x: 2, interval: '1m' };
const secret = { ...x, token: { $secret: 'env:TOKEN' } };

describe('between plan and apply', () => {
  it.each<Case & { name: string; holds: boolean }>([
    { name: 'what is to be created is still not there', declared: x, atPlan: absent, later: absent, holds: true },
    { name: 'what is to be created has appeared', declared: x, atPlan: absent, later: present(x), holds: false },
    {
      name: 'what is to be updated is as it was',
      declared: y,
      applied: x,
      atPlan: present(x),
      later: present({ x: 1 }),
      holds: true,
    },
    {
      name: 'what is to be updated has changed',
      declared: y,
      applied: x,
      atPlan: present(x),
      later: present({ x: 3 }),
      holds: false,
    },
    {
      name: 'what is to be updated has vanished',
      declared: y,
      applied: x,
      atPlan: present(x),
      later: absent,
      holds: false,
    },
    { name: 'what is to be updated broke', declared: y, applied: x, atPlan: present(x), later: broken, holds: false },
    { name: 'what was broken still is', declared: x, applied: x, atPlan: broken, later: broken, holds: true },
    { name: 'what was broken was mended', declared: x, applied: x, atPlan: broken, later: present(x), holds: false },
    {
      name: 'what is ignored has changed',
      declared: { ...y, z: 1 },
      applied: { ...x, z: 1 },
      atPlan: present({ ...x, z: 1 }),
      later: present({ ...x, z: 9 }),
      ignore: ['/z'],
      holds: true,
    },
    { name: 'what is to be deleted is as it was', applied: x, atPlan: present(x), later: present(x), holds: true },
    { name: 'what is to be deleted has changed', applied: x, atPlan: present(x), later: present(y), holds: false },
    { name: 'what is to be deleted is gone already', applied: x, atPlan: present(x), later: absent, holds: true },
    { name: 'what is to be adopted is as it was', declared: x, atPlan: present(y), later: present(y), holds: true },
    {
      name: 'what is to be adopted has changed',
      declared: x,
      atPlan: present(y),
      later: present({ x: 3 }),
      holds: false,
    },
    {
      name: 'what was already in place has changed',
      declared: y,
      applied: x,
      atPlan: present(y),
      later: present(x),
      holds: false,
    },
    { name: 'what is to be forgotten does not matter', applied: x, atPlan: absent, later: present(x), holds: true },
    {
      name: 'a former secret is still there, which nobody may compare in the plain',
      declared: { ...secret, x: 2 },
      applied: secret,
      atPlan: present({ ...x, token: 'plain' }),
      later: present({ ...x, token: 'plain' }),
      holds: true,
    },
  ])('$name', ({ holds, name: _, ...given }) => {
    expect(isStillAsPlanned(given)).toBe(holds);
  });
});
