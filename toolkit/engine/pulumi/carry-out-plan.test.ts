import { describe, expect, it } from 'vitest';
import { type Address, type Change, plainLifecycle } from '../../model/index.ts';
import type { ChangeCause, Plan, PlannedChange } from '../../plan/plan.ts';
import { aResource } from '../../testing/index.ts';
import { emptyRecord } from '../state/stack-record.ts';
import { appliedOf, type WrittenObject } from './object-properties.ts';
import { programOfPlan } from './program-of-plan.ts';
import { settleOutcomes } from './settle-outcomes.ts';
import { stackOrder } from './stack-order.ts';

const place = { project: 'opsctl', stack: 'lab.plant' };
const urn = (name: string) => `urn:pulumi:lab.plant::opsctl::pulumi-nodejs:dynamic/opsctl:file::plant/file/${name}`;
const address = (name: string) => `plant/file/${name}` as Address;

const written = (name: string, text: string): WrittenObject => ({
  environment: 'lab',
  address: address(name),
  type: 'file',
  target: 'files',
  owner: 'ops',
  spec: { text },
  dependsOn: [],
  lifecycle: plainLifecycle,
  salt: null,
  binding: null,
  secrets: {},
  identity: {},
  malformed: null,
});

const desired = (name: string, text: string) => aResource(`plant/file/${name}`, { target: 'files', spec: { text } });

function planned(name: string, change: object, more: Partial<PlannedChange> = {}): PlannedChange {
  const cause: ChangeCause = { kind: 'declared' };
  const whole = { address: address(name), change: change as Change, cause, explanation: '', reverse: null };
  return { ...whole, waitsFor: [], applied: appliedOf(written(name, 'old')), ...more };
}

const observed = (name: string, text = 'old') => ({ ...written(name, text) });
const planOf = (changes: readonly PlannedChange[]) =>
  ({ environment: 'lab', changes, stacks: [{ stack: 'plant' }] }) as unknown as Plan;
const deployed = (...objects: readonly WrittenObject[]) => ({
  record: emptyRecord({ environment: 'lab', stack: 'plant' }, { lineage: 'l', salt: 's' }),
  objects: new Map(objects.map((object) => [object.address, object])),
  isBorn: true,
});

describe('a plan as a program', () => {
  it('holds what is recorded, with the changes in their places, and may touch nothing else', () => {
    const plan = planOf([
      planned('new', { action: 'create', desired: desired('new', 'n') }, { applied: null }),
      planned('changed', {
        action: 'update',
        desired: desired('changed', 'c'),
        observed: observed('changed'),
        fields: [],
      }),
      planned('gone', { action: 'delete', observed: observed('gone'), applied: written('gone', 'old') }),
    ]);
    const program = programOfPlan(
      plan,
      'plant',
      deployed(written('changed', 'old'), written('gone', 'old'), written('same', 's')),
      place,
    );
    expect(program.objects.map((object) => [object.address, object.spec])).toEqual([
      ['plant/file/changed', { text: 'c' }],
      ['plant/file/new', { text: 'n' }],
      ['plant/file/same', { text: 's' }],
    ]);
    expect(program.targets).toEqual([urn('new'), urn('changed'), urn('gone')]);
    expect([program.refreshed, program.forgotten, program.adopted]).toEqual([[], [], []]);
  });

  it('a renamed object has its former name as an alias', () => {
    const change = { action: 'no-op', desired: desired('b', 'old') };
    const rename = planned('b', change, {
      formerAddress: address('a'),
      cause: { kind: 'renamed', from: address('a') },
    });
    const program = programOfPlan(planOf([rename]), 'plant', deployed(written('a', 'old')), place);
    expect(program.objects.map(({ address: name, aliases }) => [name, aliases])).toEqual([
      ['plant/file/b', ['plant/file/a']],
    ]);
    expect(program.targets).toEqual([urn('b')]);
  });

  it.each([
    { name: 'drifted', cause: { kind: 'drifted' }, refreshed: [urn('a')] },
    { name: 'vanished', cause: { kind: 'vanished' }, refreshed: [urn('a')] },
    { name: 'declared otherwise', cause: { kind: 'declaration-changed' }, refreshed: [] },
  ] as const)('of an object that has $name, $refreshed is looked at first', ({ cause, refreshed }) => {
    const change = { action: 'update', desired: desired('a', 'c'), observed: observed('a', 'by hand'), fields: [] };
    const program = programOfPlan(
      planOf([planned('a', change, { cause })]),
      'plant',
      deployed(written('a', 'old')),
      place,
    );
    expect(program.refreshed).toEqual(refreshed);
  });

  it('what is adopted may be written over, and a record that is dropped in the run leaves its object alone', () => {
    const plan = planOf([
      planned('left', { action: 'forget', applied: written('left', 'old') }),
      planned(
        'taken',
        { action: 'adopt', desired: desired('taken', 't'), observed: observed('taken'), fields: [] },
        { applied: null },
      ),
    ]);
    const program = programOfPlan(plan, 'plant', deployed(written('left', 'old')), place);
    expect({ ...program, objects: program.objects.length }).toEqual({
      objects: 1,
      targets: [urn('left'), urn('taken')],
      refreshed: [],
      released: ['plant/file/left'],
      forgotten: [],
      ownWork: new Set(),
      adopted: ['plant/file/taken'],
    });
  });

  it.each([
    { name: 'that is protected', type: 'file', lifecycle: { protect: true }, forgotten: [urn('left')] },
    {
      name: 'of an object in a cluster that is not to be kept there',
      type: 'kubernetes-object',
      lifecycle: {},
      forgotten: [
        'urn:pulumi:lab.plant::opsctl::opsctl:kubernetes:Object$kubernetes:core/v1:ConfigMap::plant/kubernetes-object/left',
        'urn:pulumi:lab.plant::opsctl::opsctl:kubernetes:Object::plant/kubernetes-object/left',
      ],
    },
  ])('a record $name is dropped before the run, in which Pulumi would refuse, or ask the cluster', (one) => {
    const left = {
      ...written('left', 'old'),
      address: `plant/${one.type}/left` as Address,
      type: one.type,
      spec: { apiVersion: 'v1', kind: 'ConfigMap' },
      lifecycle: { ...plainLifecycle, ...one.lifecycle },
    };
    const forgetting = planned('left', { action: 'forget', applied: left }, { address: left.address, applied: left });
    const program = programOfPlan(planOf([forgetting]), 'plant', deployed(left), place);
    expect([program.forgotten, program.released, program.targets]).toEqual([one.forgotten, [], []]);
    expect(program.ownWork).toEqual(new Set([left.address]));
  });

  it('the first run of a stack makes its record too', () => {
    const program = programOfPlan(planOf([]), 'plant', { ...deployed(), isBorn: false }, place);
    expect(program.targets).toEqual(['urn:pulumi:lab.plant::opsctl::pulumi-nodejs:dynamic/opsctl:_stack::plant']);
  });
});

describe('outcomes', () => {
  const changes = [
    planned('a', { action: 'create', desired: desired('a', 'a') }, { applied: null }),
    planned('b', { action: 'create', desired: desired('b', 'b') }, { applied: null, waitsFor: [address('a')] }),
    planned('c', { action: 'delete', observed: observed('c'), applied: written('c', 'old') }),
  ];
  const outcomesWith = (resources: readonly WrittenObject[], more: object = {}) =>
    settleOutcomes({
      changes,
      report: { failures: new Map(), ended: new Set([address('a'), address('b'), address('c')]), error: null },
      resources: new Map(resources.map((object) => [object.address, appliedOf(object)])),
      types: new Map(),
      interrupted: false,
      roots: new Map(),
      ...more,
    }).map((outcome) => [outcome.address, outcome.status, 'because' in outcome ? outcome.because : null]);

  it('what the state records as planned is done', () => {
    expect(outcomesWith([written('a', 'a'), written('b', 'b')])).toEqual([
      ['plant/file/a', 'done', null],
      ['plant/file/b', 'done', null],
      ['plant/file/c', 'done', null],
    ]);
  });

  it('what failed is told, and what waits for it is skipped with the cause', () => {
    const report = { failures: new Map([[address('a'), 'no room']]), ended: new Set([address('c')]), error: 'failed' };
    expect(outcomesWith([], { report })).toEqual([
      ['plant/file/a', 'failed', null],
      ['plant/file/b', 'skipped', { kind: 'dependency-failed', address: 'plant/file/a' }],
      ['plant/file/c', 'done', null],
    ]);
  });

  it('what an interruption kept from beginning is skipped', () => {
    const report = { failures: new Map(), ended: new Set([address('a')]), error: 'cancelled' };
    expect(outcomesWith([written('a', 'a'), written('c', 'old')], { report, interrupted: true })).toEqual([
      ['plant/file/a', 'done', null],
      ['plant/file/b', 'skipped', { kind: 'interrupted' }],
      ['plant/file/c', 'skipped', { kind: 'interrupted' }],
    ]);
  });

  it('an object that the state has otherwise than planned is not done, whatever Pulumi said', () => {
    expect(outcomesWith([written('a', 'other'), written('b', 'b')])[0]).toEqual(['plant/file/a', 'failed', null]);
  });
});

describe('the order of stacks', () => {
  const waits = (from: string, to: string) => planned('x', {}, { address: from as Address, waitsFor: [to as Address] });
  const plan = (...changes: readonly PlannedChange[]) =>
    ({ stacks: ['a', 'b', 'c'].map((stack) => ({ stack })), changes }) as unknown as Plan;

  it('a stack goes after those that it waits for', () => {
    expect(stackOrder(plan(waits('a/file/x', 'c/file/x'), waits('c/file/x', 'b/file/x')))).toEqual(['b', 'c', 'a']);
  });

  it('stacks that wait for each other are refused, by name', () => {
    expect(() => stackOrder(plan(waits('a/file/x', 'b/file/x'), waits('b/file/y', 'a/file/y')))).toThrow(
      expect.objectContaining({ diagnostic: expect.objectContaining({ code: 'pulumi/crosses-stacks' }) }),
    );
  });
});
