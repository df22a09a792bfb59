import { describe, expect, it } from 'vitest';
import type { Address, JsonObject } from '../model/index.ts';
import { plainResource } from '../testing/arbitraries.ts';
import { withSpec } from './with-spec.ts';

const spec: JsonObject = { groups: [{ name: 'b' }, { name: 'a', level: null }], steps: ['y', 'x'] };
const resource = plainResource('s/rule/r' as Address, {
  spec,
  parts: [
    { name: 'second', pointer: '/groups/0', derivation: [] },
    { name: 'first', pointer: '/groups/1', derivation: [] },
    { name: 'step', pointer: '/steps/0', derivation: [] },
    { name: 'gone', pointer: '/elsewhere/0', derivation: [] },
  ],
});

describe('a resource with its canonical spec', () => {
  it('has each part where the canonical form put it', () => {
    const canonical = { groups: [{ name: 'a' }, { name: 'b' }], steps: ['x', 'y'] };
    expect(withSpec(resource, canonical).parts.map(({ name, pointer }) => [name, pointer])).toEqual([
      ['second', '/groups/1'],
      ['first', '/groups/0'],
      ['step', '/steps/1'],
      ['gone', '/elsewhere/0'],
    ]);
  });

  it('is the same when its spec is', () => {
    expect(withSpec(resource, spec)).toBe(resource);
  });
});
