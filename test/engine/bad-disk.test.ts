import { execFile } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../toolkit/diagnostics/index.ts';
import { createFileBackend } from '../../toolkit/engine/state/file-backend.ts';
import { loadStack } from '../../toolkit/engine/state/load-stack.ts';
import { makeAddress } from '../../toolkit/model/index.ts';
import { applyOnBench, type Bench, planOnBench } from '../../toolkit/testing/apply-harness.ts';
import { plainResource, testTypes } from '../../toolkit/testing/arbitraries.ts';
import { createMemoryTarget } from '../../toolkit/testing/memory-target.ts';

/** From nothing to almost all that the apply needs: it fails in its lock, its journal, its state. */
const leftovers = Array.from({ length: 15 }, (_, index) => index * 4096);
const east = { environment: 'test', stack: 'east' };
const run = promisify(execFile);
const desired = Array.from({ length: 40 }, (_, index) =>
  plainResource(makeAddress({ stack: 'east', type: 'note', name: `n${index}` }), {
    spec: { path: `main/${index}`, text: 'x'.repeat(500) },
  }),
);

describe('a disk that cannot be written', () => {
  let root = '';
  let isMounted = false;

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'opsctl-disk-'));
    isMounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=192k,nr_inodes=64', 'tmpfs', root]).then(
      () => true,
      () => false,
    );
  });
  afterEach(async () => {
    if (isMounted) await run('umount', [root]);
    rmSync(root, { recursive: true });
  });

  const benchOf = (): Bench => {
    const target = createMemoryTarget({ types: testTypes, staging: 'deferred' });
    return {
      backend: createFileBackend(join(root, 'state')),
      providers: [target.provider],
      types: testTypes,
      stacks: ['east'],
    };
  };
  const codeOf = (error: unknown) => (error instanceof Failure ? error.diagnostic.code : error);
  const filler = () => join(root, 'filler');
  const fill = (leaveBytes: number) => {
    const page = Buffer.alloc(4096);
    try {
      for (;;) appendFileSync(filler(), page);
    } catch {
      truncateSync(filler(), statSync(filler()).size - leaveBytes);
    }
  };
  const free = () => rmSync(filler());
  const expectConverges = async (bench: Bench) => {
    const { plan, diagnostics } = await planOnBench(bench, desired);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect((await applyOnBench(bench, plan)).diagnostics).toEqual([]);
    expect((await planOnBench(bench, desired)).plan).toMatchObject({ changes: [], uncommitted: [] });
  };

  it('when full refuses an apply before it begins, and lets it through when there is room', async ({ skip }) => {
    if (!isMounted) skip('mounting a tmpfs needs root');
    const bench = benchOf();
    const { plan } = await planOnBench(bench, desired);
    fill(0);
    expect(codeOf(await applyOnBench(bench, plan).catch((error: unknown) => error))).toBe('host/disk-full');
    free();
    await expectConverges(bench);
  });

  it.for(leftovers)(
    'with %i bytes left tells so once, keeps a valid state, and the next run converges',
    async (leaveBytes, { skip }) => {
      if (!isMounted) skip('mounting a tmpfs needs root');
      const bench = benchOf();
      const { plan } = await planOnBench(bench, desired);
      fill(leaveBytes);
      const told = await applyOnBench(bench, plan).then(
        ({ diagnostics }) => diagnostics.map(({ code }) => code),
        (error: unknown) => [codeOf(error)],
      );
      expect(told).toEqual(['host/disk-full']);
      expect(await loadStack(bench.backend.open(east))).toMatchObject({ ok: true });
      free();
      await expectConverges(bench);
    },
  );

  it('when read-only can still be planned from, and refuses an apply', async ({ skip }) => {
    if (!isMounted) skip('mounting a tmpfs needs root');
    const bench = benchOf();
    const first = await planOnBench(bench, desired.slice(0, 3));
    await applyOnBench(bench, first.plan);
    await run('mount', ['-o', 'remount,ro', root]);
    const { plan } = await planOnBench(bench, desired);
    expect(plan.changes).toHaveLength(desired.length - 3);
    expect(codeOf(await applyOnBench(bench, plan).catch((error: unknown) => error))).toBe('host/read-only');
    await run('mount', ['-o', 'remount,rw', root]);
    await expectConverges(bench);
  });
});
