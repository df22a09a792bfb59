import { describe, expect, it } from 'vitest';
import { type Address, type AppliedResource, plainLifecycle } from '../../model/index.ts';
import { emptyRecord } from '../state/stack-record.ts';
import { rememberedState } from './remembered-state.ts';
import { refuseMovedState } from './unmoved-state.ts';

const address = (name: string) => `plant/file/${name}` as Address;

function deployed(texts: Readonly<Record<string, string>>, lineage = 'l') {
  const record = emptyRecord({ environment: 'lab', stack: 'plant' }, { lineage, salt: 's' });
  for (const [name, text] of Object.entries(texts))
    record.resources.set(address(name), {
      ...{ address: address(name), type: 'file', target: 'files', owner: 'ops', spec: { text } },
      ...{ secrets: {}, dependsOn: [], lifecycle: plainLifecycle },
    } satisfies AppliedResource);
  return { record, objects: new Map(), isBorn: true };
}

describe('a state that is looked at again under the lock of Pulumi', () => {
  const before = deployed({ a: 'one', b: 'two' });

  it.each([
    { name: 'it is as it was', now: deployed({ a: 'one', b: 'two' }) },
    { name: 'what this run has dropped itself is gone', now: deployed({ a: 'one' }) },
  ])('is taken when $name', ({ now }) => {
    expect(() => refuseMovedState(before, now, new Set([address('b')]))).not.toThrow();
  });

  it.each([
    { name: 'another object is gone', now: deployed({ b: 'two' }), told: 'plan was made: plant/file/a.' },
    { name: 'an object is another', now: deployed({ a: 'one', b: 'else' }), told: 'plan was made: plant/file/b.' },
    { name: 'there is one more', now: deployed({ a: 'one', b: 'two', c: 'x' }), told: 'plan was made: plant/file/c.' },
    { name: 'it is that of another birth', now: deployed({ a: 'one', b: 'two' }, 'other'), told: 'plan was made.' },
  ])('is refused when $name', ({ now, told }) => {
    expect(() => refuseMovedState(before, now, new Set([address('b')]))).toThrow(told);
  });
});

describe('what is remembered beside the state', () => {
  it('is seen by the next plan, and is no part of what a plan is compared with', () => {
    const stack = deployed({ a: 'one' });
    const memory = { unhealthy: new Map([[address('a'), []]]), awaited: new Map(), policies: { 'x/y': 'mandatory' } };
    const [plain, remembered] = [rememberedState(stack).state, rememberedState(stack, memory).state];
    expect([remembered.unhealthy, remembered.policies]).toEqual([memory.unhealthy, memory.policies]);
    expect([remembered.digest, remembered.serial]).toEqual([plain.digest, plain.serial]);
  });
});
