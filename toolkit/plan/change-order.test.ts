import { describe, expect, it } from 'vitest';
import { type Address, digestOf, type Observation } from '../model/index.ts';
import { plainResource, stateOf, testTypes } from '../testing/arbitraries.ts';
import { appliedRecord } from './applied-record.ts';
import type { Plan, PlanInput } from './plan.ts';
import { planChanges } from './plan-changes.ts';

const digest = digestOf('test');

/** `'a: b c'` is a, which depends on b and c; `'west/a'` is in another stack; `'a/2'` has another spec, `'a//p'` another path. */
interface Case {
  readonly desired?: readonly string[];
  readonly applied?: readonly string[];
  readonly targets?: readonly string[];
  readonly exclude?: readonly string[];
  readonly stacks?: readonly string[];
}

function parse(text: string) {
  const [head = '', waits = ''] = text.split(':');
  const [name = '', level = '1', path = 'p'] = head.trim().split('/');
  const dependsOn = waits.split(' ').flatMap((word) => (word === '' ? [] : [at(word)]));
  return plainResource(at(name), { spec: { level, path: `${path}-${name}`, tags: [] }, dependsOn });
}

function at(name: string): Address {
  const [last = '', stack = 'east'] = name.split('@');
  return `${stack}/note/${last}` as Address;
}

function planOf({ desired = [], applied = [], targets = [], exclude = [], stacks = [] }: Case): Plan {
  const declared = desired.map(parse);
  const records = applied.map((text) => appliedRecord(parse(text), {}));
  const observed = new Map<Address, Observation>(declared.map(({ address }) => [address, { state: 'absent' }]));
  for (const { address, spec } of records) observed.set(address, { state: 'present', spec });
  const inStates = Map.groupBy(records, ({ address }) => address.split('/')[0] ?? '');
  const input: PlanInput = {
    environment: 'test',
    types: testTypes,
    desired: declared,
    states: [...inStates].map(([stack, own]) => stateOf(stack, own)),
    observed,
    unmanaged: [],
    identities: [],
    inputs: { content: digest, bindings: digest, policies: digest, program: 'test' },
    selection: { stacks, targets, exclude },
    adopt: new Set(),
    brakes: { maxDeletes: 100, maxDeleteShare: 1, allowedDeletes: 0, allowEmpty: true },
    secrets: new Map(),
  };
  return planChanges(input);
}

/** `create b < a` is: create b, which waits for a. */
function told(plan: Plan): readonly string[] {
  return plan.changes.map(({ address, change, waitsFor }) => {
    const waits = waitsFor.length === 0 ? '' : ` < ${waitsFor.map(shortName).join(' ')}`;
    return `${change.action} ${shortName(address)}${waits}`;
  });
}

function shortName(address: Address): string {
  const [stack, , name] = address.split('/');
  return stack === 'east' ? String(name) : `${name}@${stack}`;
}

describe('the order of changes', () => {
  it.each<Case & { name: string; order: readonly string[] }>([
    {
      name: 'is that of addresses where nothing waits',
      desired: ['c', 'a', 'b'],
      order: ['create a', 'create b', 'create c'],
    },
    {
      name: 'puts what is depended on first',
      desired: ['a: b', 'b: c', 'c'],
      order: ['create c', 'create b < c', 'create a < b'],
    },
    {
      name: 'removes dependants first',
      applied: ['a: b', 'b: c', 'c'],
      order: ['delete a', 'delete b < a', 'delete c < b'],
    },
    {
      name: 'writes before it removes, where either may go first',
      desired: ['z'],
      applied: ['a'],
      order: ['create z', 'delete a'],
    },
    {
      name: 'removes what was let go only after that is written',
      desired: ['a/2: new', 'new'],
      applied: ['a: old', 'old'],
      order: ['create new', 'update a < new', 'delete old < a'],
    },
    {
      name: 'removes what was let go only after the record of that is written',
      desired: ['a'],
      applied: ['a: old', 'old'],
      order: ['no-op a', 'delete old < a'],
    },
    {
      name: 'replaces before what depends on it, and after the removal of what did',
      desired: ['a/1/q', 'b/2: a'],
      applied: ['a', 'b: a', 'gone: a'],
      order: ['delete gone', 'replace a < gone', 'update b < a'],
    },
    {
      name: 'gives up an edge of the past where it would close a circle',
      desired: ['a/1/q', 'c/2: a'],
      applied: ['a', 'b: a', 'c: b'],
      order: ['replace a', 'update c < a', 'delete b < c'],
    },
    {
      name: 'crosses stacks',
      desired: ['a: b@west', 'b@west'],
      order: ['create b@west', 'create a < b@west'],
    },
    {
      name: 'goes through what is unchanged',
      desired: ['a/2: b', 'b: c', 'c/2'],
      applied: ['a: b', 'b: c', 'c'],
      order: ['update c', 'no-op b < c', 'update a < b'],
    },
    {
      name: 'lists nothing unchanged that stands at an end',
      desired: ['a: b', 'b/2: c', 'c'],
      applied: ['a: b', 'b: c', 'c'],
      order: ['update b'],
    },
    {
      name: 'solves a circle among removals',
      applied: ['a: b', 'b: a', 'c: a'],
      order: ['delete b', 'delete c', 'delete a < c'],
    },
  ])('$name', ({ order, name: _, ...given }) => {
    const plan = planOf(given);
    expect(plan.findings).toEqual([]);
    expect(told(plan)).toEqual(order);
  });

  it.each<Case & { name: string; findings: readonly string[] }>([
    {
      name: 'a cycle is shown whole',
      desired: ['a: b', 'b: c', 'c: a', 'd: a'],
      findings: ['east/note/a -> east/note/b -> east/note/c -> east/note/a wait for each other, so none can go first.'],
    },
    {
      name: 'what depends on itself is a cycle',
      desired: ['a: a'],
      findings: ['east/note/a -> east/note/a wait for each other, so none can go first.'],
    },
    {
      name: 'two cycles are two findings',
      desired: ['a: b', 'b: a', 'c: d', 'd: c a'],
      findings: [
        'east/note/a -> east/note/b -> east/note/a wait for each other, so none can go first.',
        'east/note/c -> east/note/d -> east/note/c wait for each other, so none can go first.',
      ],
    },
    {
      name: 'the shortest way round is shown',
      desired: ['a: b', 'b: c a', 'c: a'],
      findings: ['east/note/a -> east/note/b -> east/note/a wait for each other, so none can go first.'],
    },
    {
      name: 'a dependency that nobody knows',
      desired: ['a: nobody'],
      findings: ['east/note/a depends on east/note/nobody, which is neither declared nor in a state.'],
    },
    {
      name: 'a dependency that this plan removes',
      desired: ['a: old'],
      applied: ['old'],
      findings: [
        'east/note/a depends on east/note/old, which is in the state but no longer declared, so this plan removes it.',
      ],
    },
    {
      name: 'a dependency on a stack outside the plan is none of its business',
      desired: ['a: b@west', 'b@west'],
      stacks: ['east'],
      findings: [],
    },
    {
      name: 'a dependency on a record of a stack outside the plan neither',
      desired: ['a: b@west'],
      applied: ['b@west'],
      stacks: ['east'],
      findings: [],
    },
    {
      name: 'a removal under what another stack has',
      applied: ['a', 'b@west: a'],
      stacks: ['east'],
      findings: ['east/note/a would be removed while west/note/b, in a stack outside this plan, depends on it.'],
    },
  ])('$name', ({ findings, name: _, ...given }) => {
    expect(planOf(given).findings.map(({ detail }) => detail)).toEqual(findings);
  });

  it('keeps waiting for a renamed resource by its former name', () => {
    const renamed = plainResource(at('new'), { aliases: [at('old')], spec: { level: '2', path: 'p-old', tags: [] } });
    const waiting = parse('a/2: old');
    const applied = [appliedRecord(parse('old'), {}), appliedRecord(parse('a: old'), {})];
    const plan = planChanges({
      environment: 'test',
      types: testTypes,
      desired: [renamed, waiting],
      states: [stateOf('east', applied)],
      observed: null,
      unmanaged: [],
      identities: [],
      inputs: { content: digest, bindings: digest, policies: digest, program: 'test' },
      selection: { stacks: [], targets: [], exclude: [] },
      adopt: new Set(),
      brakes: { maxDeletes: 0, maxDeleteShare: 0, allowedDeletes: 0, allowEmpty: false },
      secrets: new Map(),
    });
    expect(told(plan)).toEqual(['update new', 'update a < new']);
  });
});

describe('a selection', () => {
  const chain = { desired: ['a: b', 'b: c', 'c', 'd'] };

  it.each<Case & { name: string; order: readonly string[]; owed: readonly string[] }>([
    {
      name: 'brings along what a target waits for',
      ...chain,
      targets: ['east/note/b'],
      order: ['create c', 'create b < c'],
      owed: ['create a not-targeted', 'create d not-targeted'],
    },
    {
      name: 'leaves out what waits for something excluded',
      ...chain,
      exclude: ['*/c'],
      order: ['create d'],
      owed: ['create a depends-on-excluded', 'create b depends-on-excluded', 'create c excluded'],
    },
    {
      name: 'excludes rather than targets',
      ...chain,
      targets: ['*/b'],
      exclude: ['*/c'],
      order: [],
      owed: ['create a not-targeted', 'create b depends-on-excluded', 'create c excluded', 'create d not-targeted'],
    },
    {
      name: 'brings along the removals that a removal waits for',
      applied: ['a: b', 'b', 'c'],
      targets: ['east/note/b'],
      order: ['delete a', 'delete b < a'],
      owed: ['delete c not-targeted'],
    },
    {
      name: 'leaves out a removal when what still needs it is left out',
      applied: ['a: b', 'b', 'c'],
      exclude: ['east/note/a'],
      order: ['delete c'],
      owed: ['delete a excluded', 'delete b depends-on-excluded'],
    },
    {
      name: 'owes nothing for what is unchanged',
      desired: ['a: b', 'b/2', 'c'],
      applied: ['a: b', 'b', 'c'],
      targets: ['*/c'],
      order: [],
      owed: ['update b not-targeted'],
    },
    {
      name: 'does not hold back what depends on something unchanged that is excluded',
      desired: ['a/2: b', 'b'],
      applied: ['a: b', 'b'],
      exclude: ['*/b'],
      order: ['update a'],
      owed: [],
    },
  ])('$name', ({ order, owed, name: _, ...given }) => {
    const plan = planOf(given);
    expect(plan.findings).toEqual([]);
    expect(told(plan)).toEqual(order);
    expect(plan.owed.map(({ address, action, reason }) => `${action} ${shortName(address)} ${reason}`)).toEqual(owed);
  });

  it.each<Case & { name: string; detail: string }>([
    {
      name: 'target',
      desired: ['a'],
      targets: ['*/z'],
      detail: '*/z matches no address that is declared or in a state of this plan.',
    },
    {
      name: 'exclusion',
      desired: ['a'],
      exclude: ['east/note'],
      detail: 'east/note matches no address that is declared or in a state of this plan.',
    },
  ])('refuses a $name that matches nothing', ({ detail, name: _, ...given }) => {
    expect(planOf(given).findings).toMatchObject([{ code: 'plan/pattern-matches-nothing', detail }]);
  });
});
