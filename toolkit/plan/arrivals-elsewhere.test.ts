import { describe, expect, it } from 'vitest';
import { type Address, digestOf } from '../model/index.ts';
import { plainResource, stateOf, testTypes } from '../testing/arbitraries.ts';
import { describePlan } from './describe-plan.ts';
import type { PlanInput } from './plan.ts';
import { planChanges } from './plan-changes.ts';

const [here, there] = ['ward/cmdb-record/pump', 'hospital/cmdb-record/pump'] as [Address, Address];
const digest = digestOf('test');

/** What is read first of a plan of the ward, which the pump has left. */
function readFirstOf(fields: Partial<PlanInput>): readonly string[] {
  const known = plainResource(here, { type: 'cmdb-record' });
  const { address, type, target, spec, dependsOn, lifecycle, owner } = known;
  const record = { address, type, target, spec, secrets: {}, dependsOn, lifecycle, owner };
  const plan = planChanges({
    environment: 'test',
    types: new Map([...testTypes, ['cmdb-record', { type: 'cmdb-record', canonical: (one) => one, replaceOn: [] }]]),
    desired: [],
    states: [stateOf('ward', [record])],
    observed: new Map([
      [here, { state: 'present', spec }],
      [there, { state: 'absent' }],
    ]),
    unmanaged: [],
    identities: [],
    inputs: { content: digest, bindings: digest, policies: digest, program: 'test' },
    selection: { stacks: ['ward'], targets: [], exclude: [] },
    adopt: new Set(),
    brakes: { maxDeletes: 100, maxDeleteShare: 1, allowedDeletes: 0, allowEmpty: true },
    secrets: new Map(),
    ...fields,
  });
  return describePlan(plan).readFirst;
}

const arrival = plainResource(there, { type: 'cmdb-record' });
const settled = { ...arrival, secrets: {} };

describe('an item that leaves a stack', () => {
  it.each<{ name: string; fields: Partial<PlanInput>; told: string }>([
    { name: 'for good', fields: {}, told: 'item pump goes from ward: 1 object deleted.' },
    {
      name: 'for one that the plan leaves out',
      fields: { desired: [arrival] },
      told: 'item pump moved: from stack ward to stack hospital, which this plan leaves out (1 object deleted in ward): nobody measures it until hospital is applied.',
    },
    {
      name: 'for one of which the selection leaves it out',
      fields: { desired: [arrival], selection: { stacks: [], targets: [], exclude: ['hospital/*'] } },
      told: 'item pump moved: from stack ward to stack hospital, which this plan leaves out (1 object deleted in ward): nobody measures it until hospital is applied.',
    },
    {
      name: 'for one that is applied already',
      fields: {
        desired: [arrival],
        states: [stateOf('ward', [{ ...settled, address: here }]), stateOf('hospital', [settled])],
      },
      told: 'item pump moved: from stack ward to stack hospital (1 object deleted in ward, hospital has it already).',
    },
    {
      name: 'for one of the same plan',
      fields: { desired: [arrival], selection: { stacks: [], targets: [], exclude: [] } },
      told: 'item pump moved: from stack ward to stack hospital (1 object deleted in ward, 1 object created in hospital).',
    },
  ])('$name', ({ fields, told }) => {
    expect(readFirstOf(fields)).toEqual([told]);
  });
});
