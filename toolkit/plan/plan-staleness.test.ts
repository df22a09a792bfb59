import { describe, expect, it } from 'vitest';
import { type Address, digestOf } from '../model/index.ts';
import { plainResource, stateOf, testTypes } from '../testing/arbitraries.ts';
import type { PlannedTarget } from './plan.ts';
import { planChanges } from './plan-changes.ts';
import { findStaleReasons, type PresentWorld } from './plan-staleness.ts';

const digest = digestOf('test');
const inputs = { content: digest, bindings: digest, policies: digest, program: '1.0.0' };
const state = stateOf('east', [], 4);
const disk: PlannedTarget = {
  stack: 'east',
  target: 'disk',
  provider: 'files',
  identity: { directory: '/a', device: '7' },
};

const plan = planChanges({
  environment: 'production',
  types: testTypes,
  desired: [plainResource('east/rule/a' as Address)],
  states: [state],
  observed: new Map([['east/rule/a' as Address, { state: 'absent' }]]),
  unmanaged: [],
  identities: [disk],
  inputs,
  selection: { stacks: [], targets: [], exclude: [] },
  adopt: new Set(),
  brakes: { maxDeletes: 1, maxDeleteShare: 1, allowedDeletes: 0, allowEmpty: false },
  secrets: new Map(),
});

const world: PresentWorld = { environment: 'production', states: [state], inputs, identities: [disk] };

describe('a saved plan', () => {
  it.each<{ name: string; present: PresentWorld; reasons: readonly string[] }>([
    { name: 'fits the world that it was made from', present: world, reasons: [] },
    { name: 'is not held to what is not known', present: {}, reasons: [] },
    {
      name: 'is for its environment',
      present: { ...world, environment: 'laboratory' },
      reasons: ['environment: The plan is for the environment production, and this is laboratory.'],
    },
    {
      name: 'is stale when the state has moved',
      present: { ...world, states: [stateOf('east', [], 5)] },
      reasons: ['state-moved: The state of east has moved from serial 4 to 5 since the plan was made.'],
    },
    {
      name: 'is stale when the state was changed under the same serial',
      present: { ...world, states: [{ ...state, digest: digestOf('other') }] },
      reasons: ['state-moved: The state of east has moved from serial 4 to 4 since the plan was made.'],
    },
    {
      name: 'is not for a state of the same name',
      present: { ...world, states: [{ ...state, lineage: 'other' }] },
      reasons: [
        'other-state: The state of east is not the one that the plan was made from: its lineage is other, not lineage-east.',
      ],
    },
    {
      name: 'is stale when the state is gone',
      present: { ...world, states: [] },
      reasons: ['other-state: The plan was made from a state of east, and there is none.'],
    },
    {
      name: 'is stale when what it was made from has changed',
      present: { ...world, inputs: { content: digestOf('new'), program: '1.0.1' } },
      reasons: [
        `input-changed: The content has changed since the plan was made: ${digest} then, ${digestOf('new')} now.`,
        'input-changed: The program has changed since the plan was made: 1.0.0 then, 1.0.1 now.',
      ],
    },
    {
      name: 'is not for another system that answers',
      present: { ...world, identities: [{ ...disk, identity: { directory: '/b', device: '7' } }] },
      reasons: [
        'other-target: Another system answers for disk of east now: files (device 7, directory /b) instead of files (device 7, directory /a).',
      ],
    },
    {
      name: 'is stale when nobody answers',
      present: { ...world, identities: [] },
      reasons: ['other-target: Nobody answers for disk of east now.'],
    },
  ])('$name', ({ present, reasons }) => {
    expect(findStaleReasons(plan, present).map(({ kind, detail }) => `${kind}: ${detail}`)).toEqual(reasons);
  });
});
