import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { thisProcess } from '../process-identity.ts';
import { takeLease } from './target-lease.ts';

async function makeRoot(): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'opsctl-lease-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  return root;
}

const fileIn = (root: string) => path.join(root, '.opsctl-staged/lease-prometheus.yml.json');

async function leave(root: string, content: string, ageMs = 0): Promise<void> {
  await mkdir(path.dirname(fileIn(root)), { recursive: true });
  await writeFile(fileIn(root), content);
  const then = new Date(Date.now() - ageMs);
  await utimes(fileIn(root), then, then);
}

const take = (root: string) => takeLease(root, 'prometheus.yml');
const gone = { ...thisProcess(), pid: spawnSync('true').pid };
const elsewhere = { ...thisProcess(), host: 'other', machine: 'other', user: 'li-na' };
const leaseOf = (owner: object) => JSON.stringify({ id: 'x', owner, since: '2026-11-21T08:00:00Z' });

describe('the lease of files in a target', () => {
  it('has one holder, and leaves nothing behind', async () => {
    const root = await makeRoot();
    const first = await take(root);
    await expect(take(root)).rejects.toMatchObject({
      diagnostic: { code: 'file-set/in-use', detail: expect.stringContaining(`process ${process.pid} on `) },
    });
    await first?.assertHeld();
    await first?.release();
    expect(await readdir(root)).toEqual([]);
    await (await take(root))?.release();
  });

  it('is for the files of one provider, which others may lie beside', async () => {
    const root = await makeRoot();
    const leases = [await take(root), await takeLease(root, 'alertmanager.yml')];
    for (const lease of leases) await lease?.release();
    expect(await readdir(root)).toEqual([]);
  });

  it('is taken by exactly one of many that try at once', async () => {
    const root = await makeRoot();
    await leave(root, leaseOf(gone));
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => take(root)));
    const held = tries.flatMap((one) => (one.status === 'fulfilled' && one.value !== null ? [one.value] : []));
    const valid = await Promise.allSettled(held.map((lease) => lease.assertHeld()));
    expect(valid.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const lease of held) await lease.release();
  });

  it.each([
    { name: 'of a process that is gone', content: leaseOf(gone) },
    { name: 'of another machine without a sign of life for a minute', content: leaseOf(elsewhere), ageMs: 61_000 },
    { name: 'that was never written', content: '', ageMs: 61_000 },
    { name: 'that is no lease', content: '[]', ageMs: 61_000 },
  ])('$name is taken over', async ({ content, ageMs }) => {
    const root = await makeRoot();
    await leave(root, content, ageMs);
    const lease = await take(root);
    expect(JSON.parse(await readFile(fileIn(root), 'utf8'))).toMatchObject({ owner: { pid: process.pid } });
    await lease?.release();
    expect(await readdir(root)).toEqual([]);
  });

  it.each([
    { name: 'of another machine that gave a sign of life', content: leaseOf(elsewhere), who: 'li-na (process' },
    { name: 'that is being written', content: '', who: 'somebody who did not say who he is' },
  ])('$name keeps others out', async ({ content, who }) => {
    const root = await makeRoot();
    await leave(root, content);
    await expect(take(root)).rejects.toMatchObject({ diagnostic: { detail: expect.stringContaining(who) } });
  });

  it('that was taken away is noticed, and not given back', async () => {
    const root = await makeRoot();
    const lease = await take(root);
    await leave(root, leaseOf(elsewhere));
    await expect(lease?.assertHeld()).rejects.toMatchObject({ diagnostic: { code: 'file-set/lease-lost' } });
    await lease?.release();
    expect(await readFile(fileIn(root), 'utf8')).toBe(leaseOf(elsewhere));
  });

  it('is not needed where nothing can be written: the writes say why', async () => {
    const root = await makeRoot();
    await writeFile(path.join(root, 'file'), '');
    expect(await takeLease(path.join(root, 'file'), 'prometheus.yml')).toBeNull();
  });
});
