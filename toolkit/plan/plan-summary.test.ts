import { describe, expect, it } from 'vitest';
import { type Address, type DerivationStep, digestOf, type Observation } from '../model/index.ts';
import { plainResource, stateOf, testTypes } from '../testing/arbitraries.ts';
import { appliedRecord } from './applied-record.ts';
import type { PlanInput, TargetRunning } from './plan.ts';
import { planChanges } from './plan-changes.ts';
import { isEmptyPlan, isExecutable, planSummary } from './plan-summary.ts';

const digest = digestOf('test');
const none = { create: 0, update: 0, replace: 0, delete: 0, adopt: 0, forget: 0, record: 0 };

function declaration(subject: string): DerivationStep {
  return { kind: 'declaration', subject, text: 'It is declared.' };
}

function planOf(overrides: Partial<PlanInput> = {}) {
  const same = plainResource('east/rule/same' as Address);
  const desired = [
    same,
    plainResource('east/rule/db' as Address, { derivation: [declaration('east'), declaration('mes-db-1')] }),
    plainResource('east/rule/both' as Address, { derivation: [declaration('mes-db-1'), declaration('mes-db-2')] }),
    plainResource('west/rule/owner' as Address, { owner: 'new' }),
  ];
  const [, , , owner] = desired;
  const absent: Observation = { state: 'absent' };
  const present: Observation = { state: 'present', spec: {} };
  return planChanges({
    environment: 'test',
    types: testTypes,
    desired,
    states: [
      stateOf('east', [appliedRecord(same, {})]),
      stateOf('west', [{ ...appliedRecord(owner!, {}), owner: 'old' }]),
    ],
    observed: new Map(desired.map(({ address }, index) => [address, index === 1 || index === 2 ? absent : present])),
    unmanaged: [],
    identities: [],
    inputs: { content: digest, bindings: digest, policies: digest, program: 'test' },
    selection: { stacks: [], targets: [], exclude: [] },
    adopt: new Set(),
    brakes: { maxDeletes: 0, maxDeleteShare: 0, allowedDeletes: 0, allowEmpty: false },
    secrets: new Map(),
    ...overrides,
  });
}

describe('the summary of a plan', () => {
  it('counts by action, stack and item', () => {
    expect(planSummary(planOf())).toEqual({
      counts: { ...none, create: 2, record: 1 },
      unchanged: 1,
      drifted: 0,
      owed: 0,
      unmanaged: 0,
      byStack: { east: { ...none, create: 2 }, west: { ...none, record: 1 } },
      byItem: { 'mes-db-1': { ...none, create: 1 } },
    });
  });

  it.each([
    { name: 'with changes', overrides: {}, isEmpty: false, executable: true },
    { name: 'without', overrides: { desired: [], states: [] }, isEmpty: true, executable: true },
    { name: 'made offline', overrides: { observed: null }, isEmpty: false, executable: false },
    { name: 'with a brake', overrides: { desired: [] }, isEmpty: false, executable: false },
    { name: 'with an error', overrides: { types: new Map() }, isEmpty: false, executable: false },
    {
      name: 'with only a reload',
      overrides: { desired: [], states: [{ ...stateOf('east', []), uncommittedTargets: ['disk'] }] },
      isEmpty: false,
      executable: true,
    },
    {
      name: 'with only a server that runs something else',
      overrides: { desired: [], states: [stateOf('east', [])], running: [behind(true)] },
      isEmpty: false,
      executable: true,
    },
    {
      name: 'with only a server that runs something else and is not to be reloaded',
      overrides: { desired: [], states: [stateOf('east', [])], running: [behind(false)] },
      isEmpty: true,
      executable: true,
    },
    {
      name: 'with only a server that does not answer',
      overrides: {
        desired: [],
        states: [stateOf('east', [])],
        running: [{ stack: 'east', target: 'disk', running: { state: 'not-answering', reason: 'It hangs.' } as const }],
      },
      isEmpty: true,
      executable: true,
    },
  ])('of a plan $name', ({ overrides, isEmpty, executable }) => {
    const plan = planOf(overrides);
    expect({ isEmpty: isEmptyPlan(plan), executable: isExecutable(plan) }).toEqual({ isEmpty, executable });
  });
});

function behind(isLoadable: boolean): TargetRunning {
  return { stack: 'east', target: 'disk', running: { state: 'behind', differences: ['It runs else.'], isLoadable } };
}
