import { expect, it } from 'vitest';
import { makeAddress, type Resource } from '../../model/index.ts';
import { applyOnBench, type Bench, planOnBench } from '../../testing/apply-harness.ts';
import { plainResource, testTypes } from '../../testing/arbitraries.ts';
import { createMemoryBackend } from '../../testing/memory-backend.ts';
import { createMemoryTarget, type Fault } from '../../testing/memory-target.ts';

function note(name: string): Resource {
  const address = makeAddress({ stack: 'east', type: 'note', name });
  return plainResource(address, { spec: { path: `main/${name}`, level: 0, tags: [] } });
}

async function applyWith(faults: Readonly<Record<string, Fault>>) {
  const target = createMemoryTarget({
    types: testTypes,
    staging: 'deferred',
    faultFor: (call) => (call.operation === 'stage' ? (faults[call.change.address.split('/')[2] ?? ''] ?? null) : null),
  });
  const bench: Bench = {
    backend: createMemoryBackend(),
    providers: [target.provider],
    types: testTypes,
    stacks: ['east'],
  };
  const { plan } = await planOnBench(bench, ['a', 'b', 'c', 'd'].map(note));
  const { diagnostics, outcomes } = await applyOnBench(bench, plan);
  return {
    told: diagnostics.map(({ code, subject, detail }) => `${code} at ${subject}: ${detail}`),
    statuses: outcomes.map(({ address, status }) => `${address.split('/')[2]} ${status}`).sort(),
  };
}

it('what a target takes nothing of is told once, with the number of changes; the others go on', async () => {
  expect(await applyWith({ a: 'fail', b: 'fail', c: 'fail' })).toEqual({
    told: [
      'engine/changes-failed at east/disk: 3 changes of target disk of stack east failed alike, east/note/a among them: The connection was reset.',
    ],
    statuses: ['a failed', 'b failed', 'c failed', 'd done'],
  });
});

it('one change that fails, and changes whose outcome is not known, are told one by one', async () => {
  const { told, statuses } = await applyWith({ a: 'fail', b: 'hang', c: 'hang' });
  expect(told.map((text) => text.slice(0, text.indexOf(':')))).toEqual([
    'engine/change-failed at east/note/a',
    'engine/change-unclear at east/note/b',
    'engine/change-unclear at east/note/c',
  ]);
  expect(statuses).toEqual(['a failed', 'b failed', 'c failed', 'd done']);
});
