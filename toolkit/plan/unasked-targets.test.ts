import { describe, expect, it } from 'vitest';
import { type Address, digestOf, type Observation, type Resource } from '../model/index.ts';
import { plainResource, stateOf, testTypes } from '../testing/arbitraries.ts';
import { appliedRecord } from './applied-record.ts';
import { planChanges } from './plan-changes.ts';

const digest = digestOf('test');

/** `name` on the target `near`, which answers, or `far`, which does not; `level` is what differs. */
function note(name: string, target: string, level = 1, dependsOn: readonly string[] = []): Resource {
  const waits = dependsOn.map((other) => `east/note/${other}` as Address);
  return plainResource(`east/note/${name}` as Address, {
    target,
    spec: { level, path: `p-${name}`, tags: [] },
    dependsOn: waits,
  });
}

/** What was applied to `near` is there; nothing is known of `far`. */
function planOf(desired: readonly Resource[], applied: readonly Resource[]) {
  const records = applied.map((resource) => appliedRecord(resource, {}));
  const isNear = ({ target }: { readonly target: string }) => target === 'near';
  const observed = new Map<Address, Observation>([
    ...desired.filter(isNear).map(({ address }) => [address, { state: 'absent' }] as const),
    ...records.filter(isNear).map(({ address, spec }) => [address, { state: 'present', spec }] as const),
  ]);
  const plan = planChanges({
    environment: 'test',
    types: testTypes,
    desired,
    states: [{ ...stateOf('east', records), uncommittedTargets: ['far', 'near'] }],
    observed,
    unmanaged: [],
    identities: [],
    unasked: [{ stack: 'east', target: 'far', reason: 'No answer.' }],
    inputs: { content: digest, bindings: digest, policies: digest, program: 'test' },
    selection: { stacks: [], targets: [], exclude: [] },
    adopt: new Set(),
    brakes: { maxDeletes: 100, maxDeleteShare: 1, allowedDeletes: 0, allowEmpty: true },
    secrets: new Map(),
  });
  const nameOf = (address: Address) => address.split('/')[2] ?? '';
  return {
    changes: plan.changes.map(({ address, change }) => `${change.action} ${nameOf(address)}`),
    unchanged: plan.unchanged.map(nameOf),
    drift: plan.drift,
    findings: plan.findings,
    owed: plan.owed.map(({ address, action, reason }) => `${action} ${nameOf(address)} ${reason}`),
    uncompared: plan.unasked?.map(({ target, objects }) => `${target} ${objects}`),
    uncommitted: plan.uncommitted.map(({ target }) => target),
  };
}

const nothingWrong = { drift: [], findings: [], uncommitted: ['near'] };

describe('objects of a target that could not be asked', () => {
  it.each([
    {
      name: 'are neither made nor compared where they are as applied, and what is elsewhere is',
      desired: [note('a', 'near'), note('b', 'near', 2), note('x', 'far')],
      applied: [note('a', 'near'), note('b', 'near'), note('x', 'far')],
      plan: { changes: ['update b'], unchanged: ['a'], owed: [], uncompared: ['far 1'] },
    },
    {
      name: 'are owed what is intended, and never made because nothing was seen',
      desired: [note('x', 'far', 2), note('y', 'far')],
      applied: [note('x', 'far'), note('z', 'far')],
      plan: {
        changes: [],
        unchanged: [],
        owed: ['update x not-asked', 'create y not-asked', 'delete z not-asked'],
        uncompared: ['far 3'],
      },
    },
    {
      name: 'hold back what waits for their change, and not what waits for them as they are',
      desired: [note('a', 'near', 1, ['x']), note('b', 'near', 1, ['y']), note('x', 'far', 2), note('y', 'far')],
      applied: [note('x', 'far'), note('y', 'far')],
      plan: {
        changes: ['create b'],
        unchanged: [],
        owed: ['create a depends-on-not-asked', 'update x not-asked'],
        uncompared: ['far 2'],
      },
    },
    {
      name: 'keep what may be in their place until now from being removed',
      desired: [note('x', 'far')],
      applied: [note('a', 'near')],
      plan: {
        changes: [],
        unchanged: [],
        owed: ['delete a depends-on-not-asked', 'create x not-asked'],
        uncompared: ['far 1'],
      },
    },
    {
      name: 'are owed their removal while the rest of a stack goes',
      desired: [],
      applied: [note('a', 'near'), note('x', 'far')],
      plan: { changes: ['delete a'], unchanged: [], owed: ['delete x not-asked'], uncompared: ['far 1'] },
    },
    {
      name: 'stay where they are when they are declared elsewhere now',
      desired: [note('x', 'near')],
      applied: [note('x', 'far')],
      plan: { changes: [], unchanged: [], owed: ['replace x not-asked'], uncompared: ['far 1'] },
    },
  ])('$name', ({ desired, applied, plan }) => {
    expect(planOf(desired, applied)).toEqual({ ...nothingWrong, ...plan });
  });
});
