import { expect, it } from 'vitest';
import { makeAddress } from '../../model/index.ts';
import { plainResource, testTypes } from '../../testing/arbitraries.ts';
import { applyOnBench, planOnBench } from '../../testing/apply-harness.ts';
import { createMemoryBackend } from '../../testing/memory-backend.ts';
import { createMemoryTarget } from '../../testing/memory-target.ts';

it('a first apply makes what is declared, and a second plan is empty', async () => {
  const target = createMemoryTarget({ types: testTypes, staging: 'deferred' });
  const bench = { backend: createMemoryBackend(), providers: [target.provider], types: testTypes, stacks: ['east'] };
  const a = makeAddress({ stack: 'east', type: 'note', name: 'a' });
  const b = makeAddress({ stack: 'east', type: 'note', name: 'b' });
  const desired = [
    plainResource(b, { spec: { path: 'x/b', tags: ['b', 'a'], token: { $secret: 'env:TOKEN' } }, dependsOn: [a] }),
    plainResource(a, { spec: { path: 'x/a', tags: [] } }),
  ];
  const { plan } = await planOnBench(bench, desired);
  const result = await applyOnBench(bench, plan, { healthTimeoutMs: 100 });
  expect(result.outcomes).toEqual([
    { status: 'done', address: a, action: 'create' },
    { status: 'done', address: b, action: 'create' },
  ]);
  expect(result.diagnostics).toEqual([]);
  const again = await planOnBench(bench, desired);
  expect(again.plan.changes).toEqual([]);
  expect(again.plan.uncommitted).toEqual([]);
});
