import { describe, expect, it } from 'vitest';
import type { Address, Observation } from '../model/index.ts';
import { plainResource, testTypes } from '../testing/arbitraries.ts';
import { appliedRecord } from './applied-record.ts';
import { decideChange } from './decide-change.ts';

const address = 'east/note/a' as Address;
const desired = plainResource(address, { spec: { text: 'ours', size: 1 } });
const pair = { address, desired, record: appliedRecord(desired, {}) };

function decide(seen: Observation, adopted: readonly Address[] = []) {
  return decideChange(pair, {
    types: testTypes,
    observed: new Map([[address, seen]]),
    adopt: new Set(adopted),
    secrets: new Map(),
  });
}

describe('a field that somebody else holds', () => {
  const theirs: Observation = { state: 'present', spec: { text: 'theirs', size: 1 }, heldBy: { '/text': 'kubectl' } };

  it('is told where it would be written over', () => {
    const { change, findings } = decide(theirs);
    expect(change?.change.action).toBe('update');
    expect(findings).toMatchObject([
      {
        code: 'plan/field-held',
        severity: 'warning',
        detail: expect.stringContaining('/text of east/note/a is held by kubectl'),
      },
    ]);
  });

  it('is taken over where the object is to be adopted', () => {
    const { change, findings, drift } = decide(theirs, [address]);
    expect(findings).toEqual([]);
    expect(change).toMatchObject({ cause: { kind: 'adopted' }, change: { action: 'adopt' } });
    expect(change?.explanation).toContain('/text of kubectl');
    expect(drift?.fields.map(({ pointer }) => pointer)).toEqual(['/text']);
  });

  it.each<{ name: string; seen: Observation }>([
    { name: 'another one differs', seen: { ...theirs, spec: { text: 'ours', size: 2 } } as Observation },
    { name: 'nothing differs', seen: { ...theirs, spec: desired.spec } as Observation },
  ])('is nobody to ask where $name', ({ seen }) => {
    expect(decide(seen).findings).toEqual([]);
  });
});

describe('an object that is being deleted', () => {
  const seen: Observation = { state: 'present', spec: desired.spec, leaving: 'it waits for a finalizer' };

  it('is refused where it is declared', () => {
    const { change, isRefused, findings } = decide(seen);
    expect({ change, isRefused }).toEqual({ change: null, isRefused: true });
    expect(findings).toMatchObject([{ code: 'plan/leaving', position: desired.source }]);
  });

  it('is deleted on where it is not', () => {
    const input = {
      types: testTypes,
      observed: new Map([[address, seen]]),
      adopt: new Set<Address>(),
      secrets: new Map(),
    };
    expect(decideChange({ ...pair, desired: null }, input).change?.change.action).toBe('delete');
  });
});
