import { beforeEach, describe, expect, it } from 'vitest';
import { makeAddress } from '../../model/index.ts';
import { applyOnBench, type Bench, planOnBench } from '../../testing/apply-harness.ts';
import { plainResource, testTypes } from '../../testing/arbitraries.ts';
import { createMemoryBackend } from '../../testing/memory-backend.ts';
import { createMemoryTarget } from '../../testing/memory-target.ts';
import { moveStateRecord, removeStateRecord } from './edit-state.ts';
import { loadStack } from './load-stack.ts';
import type { StackStore } from './state-backend.ts';

const options = { command: 'test', waitMs: 0 };
const [a, b, c] = ['a', 'b', 'c'].map((name) => makeAddress({ stack: 'east', type: 'note', name })) as [
  ReturnType<typeof makeAddress>,
  ReturnType<typeof makeAddress>,
  ReturnType<typeof makeAddress>,
];
const note = (address: typeof a, path: string, dependsOn: readonly (typeof a)[] = []) =>
  plainResource(address, { spec: { path, tags: [] }, dependsOn });

describe('an edit of the state', () => {
  let bench: Bench;
  let store: StackStore;
  beforeEach(async () => {
    const target = createMemoryTarget({ types: testTypes, staging: 'direct' });
    const backend = createMemoryBackend();
    bench = { backend, providers: [target.provider], types: testTypes, stacks: ['east'] };
    store = backend.open({ environment: 'test', stack: 'east' });
    const { plan } = await planOnBench(bench, [note(a, 'main/a'), note(b, 'main/b', [a])]);
    await applyOnBench(bench, plan);
  });
  const records = async () => {
    const result = await loadStack(store);
    return result.ok
      ? [...result.loaded.state.resources.values()].map(({ address, dependsOn }) => [address, dependsOn])
      : result;
  };

  it('moves a record, and what depends on it follows', async () => {
    await moveStateRecord(store, a, c, options);
    expect(await records()).toEqual([
      [b, [c]],
      [c, []],
    ]);
    const { plan } = await planOnBench(bench, [note(c, 'main/a'), note(b, 'main/b', [c])]);
    expect(plan.changes).toEqual([]);
  });

  it('drops a record, and the object stays', async () => {
    expect(await removeStateRecord(store, a, options)).toMatchObject({ address: a });
    expect(await records()).toEqual([[b, []]]);
    const { plan } = await planOnBench(bench, [note(a, 'main/a'), note(b, 'main/b', [a])]);
    expect(plan.changes.map(({ address, change }) => [address, change.action])).toEqual([
      [a, 'adopt'],
      [b, 'no-op'],
    ]);
  });

  it.each([
    {
      name: 'of a record that is not there',
      edit: () => removeStateRecord(store, c, options),
      code: 'state/no-such-resource',
    },
    {
      name: 'to an address that is taken',
      edit: () => moveStateRecord(store, a, b, options),
      code: 'state/address-taken',
    },
    {
      name: 'to another stack',
      edit: () => moveStateRecord(store, a, makeAddress({ stack: 'west', type: 'note', name: 'a' }), options),
      code: 'state/address-elsewhere',
    },
  ])('$name is refused, and changes nothing', async ({ edit, code }) => {
    const before = await records();
    await expect(edit()).rejects.toMatchObject({ diagnostic: { code } });
    expect(await records()).toEqual(before);
  });
});
