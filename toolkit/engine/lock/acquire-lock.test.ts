import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type ProcessIdentity, thisProcess } from '../../host/process-identity.ts';
import { createMemoryBackend } from '../../testing/memory-backend.ts';
import { createFileBackend } from '../state/file-backend.ts';
import type { StackStore } from '../state/state-backend.ts';
import { acquireLock, acquireLocks, releaseLocks } from './acquire-lock.ts';
import { type HeldLease, judgeLease, printLease, readLease } from './lease.ts';
import { breakLock, listLocks } from './list-locks.ts';

const options = { command: 'test', waitMs: 0 };
const here = thisProcess();
const now = Date.parse('2026-11-21T12:00:00Z');

function leaseOf(owner: Partial<ProcessIdentity>, heartbeatAgeMs = 0): HeldLease {
  const heartbeat = new Date(now - heartbeatAgeMs).toISOString();
  return {
    state: 'held',
    owner: { ...here, ...owner },
    id: 'somebody/1',
    command: 'opsctl apply',
    since: '2026-11-21T11:00:00.000Z',
    heartbeat,
    expiresAfterMs: 30_000,
  };
}

function changed(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ format: 1, ...leaseOf({}), ...fields });
}

describe('a lease', () => {
  it.each([
    { name: 'of a process that is there keeps others out', lease: leaseOf({}), verdict: 'held' },
    {
      name: 'of a process that is there does not expire, however late its heartbeat',
      lease: leaseOf({}, 9e6),
      verdict: 'held',
    },
    { name: 'of a process that is gone counts no more', lease: leaseOf({ pid: 2 ** 22 + 1 }), verdict: 'owner-gone' },
    {
      name: 'of a process whose number somebody else has now counts no more',
      lease: leaseOf({ started: '1' }),
      verdict: 'owner-gone',
    },
    {
      name: 'from before the machine was started again counts no more',
      lease: leaseOf({ boot: 'earlier' }),
      verdict: 'owner-gone',
    },
    {
      name: 'of another machine stands while its heart beats',
      lease: leaseOf({ host: 'b', machine: 'b' }, 29_000),
      verdict: 'held',
    },
    { name: 'of another machine expires', lease: leaseOf({ host: 'b', machine: 'b' }, 31_000), verdict: 'expired' },
    {
      name: 'of another container stands while its heart beats',
      lease: leaseOf({ pidNamespace: 'pid:[1]', pid: 1 }, 1_000),
      verdict: 'held',
    },
    {
      name: 'of another container expires',
      lease: leaseOf({ pidNamespace: 'pid:[1]', pid: 1 }, 31_000),
      verdict: 'expired',
    },
    {
      name: 'of another machine with a heartbeat from the future tells nothing of its age',
      lease: leaseOf({ host: 'b', machine: 'b' }, -31_000),
      verdict: 'ahead',
    },
    {
      name: 'of another machine whose clock is a little ahead stands',
      lease: leaseOf({ host: 'b', machine: 'b' }, -29_000),
      verdict: 'held',
    },
    {
      name: 'of a process that is gone counts no more, whenever its heart will beat',
      lease: leaseOf({ pid: 2 ** 22 + 1 }, -9e9),
      verdict: 'owner-gone',
    },
    { name: 'that was released is free', lease: { state: 'released', by: 'x', at: 'y' }, verdict: 'free' },
  ] as const)('$name', ({ lease, verdict }) => {
    expect(judgeLease(lease, here, now)).toBe(verdict);
    expect(readLease(printLease(lease))).toEqual({ ok: true, lease: { format: 1, ...lease } });
  });

  it.each([
    { text: '', problem: 'no content' },
    { text: 'null', problem: 'no JSON object' },
    { text: '[]', problem: 'no JSON object' },
    { text: '{', problem: 'no JSON object' },
    { text: '\0', problem: 'no JSON object' },
    { text: '{"state":"released"}', problem: 'format null, and 1 is known' },
    { text: '{"format":2,"state":"released"}', problem: 'format 2, and 1 is known' },
    { text: '{"format":1,"state":"released"}', problem: 'no by' },
    { text: '{"format":1,"state":"mine"}', problem: 'neither "held" nor "released" as its state' },
    { text: '{"format":1,"state":"held"}', problem: 'no owner' },
    { text: '{"format":1,"state":"held","owner":{"pid":1}}', problem: 'no host of its owner' },
    { text: changed({ owner: { ...here, pid: 0 } }), problem: 'no process number of its owner' },
    { text: changed({ owner: { ...here, pid: -1 } }), problem: 'no process number of its owner' },
    { text: changed({ owner: { ...here, pid: 1.5 } }), problem: 'no process number of its owner' },
    { text: changed({ id: undefined }), problem: 'no id' },
    { text: changed({ command: 7 }), problem: 'no command' },
    { text: changed({ since: undefined }), problem: 'no since' },
    { text: changed({ heartbeat: 'soon' }), problem: 'no heartbeat' },
    { text: changed({ expiresAfterMs: 1e300 }), problem: 'no expiresAfterMs from 1 to 3600000' },
    { text: changed({ expiresAfterMs: 0 }), problem: 'no expiresAfterMs from 1 to 3600000' },
  ])('is not read from what has $problem: $text', ({ text, problem }) => {
    expect(readLease(text)).toEqual({ ok: false, problem });
  });
});

describe.each(['memory', 'files'])('a lock in %s', (kind) => {
  const roots: string[] = [];
  afterEach(async () => {
    for (const root of roots.splice(0)) await rm(root, { recursive: true });
  });
  const openStores = async (...stacks: readonly string[]): Promise<StackStore[]> => {
    const root = await mkdtemp(join(tmpdir(), 'opsctl-lock-'));
    roots.push(root);
    const backend = kind === 'files' ? createFileBackend(root) : createMemoryBackend();
    return stacks.map((stack) => backend.open({ environment: 'test', stack }));
  };
  const openStore = async () => (await openStores('east'))[0]!;

  it('keeps a second taker out, tells who has it, and is free after release', async () => {
    const store = await openStore();
    const lock = await acquireLock(store, { command: 'opsctl apply', waitMs: 0 });
    await expect(acquireLock(store, options)).rejects.toMatchObject({
      diagnostic: {
        code: 'lock/held',
        subject: 'east',
        detail: expect.stringContaining(`process ${process.pid} on ${here.host}`),
      },
    });
    expect(await listLocks([store])).toMatchObject({
      locks: [{ stack: 'east', fence: 1, verdict: 'held', lease: { command: 'opsctl apply' } }],
      diagnostics: [],
    });
    await lock.release();
    expect(await listLocks([store])).toEqual({ locks: [], diagnostics: [] });
    expect((await acquireLock(store, options)).fence).toBe(2);
  });

  it('is waited for', async () => {
    const store = await openStore();
    const lock = await acquireLock(store, options);
    const waited: string[] = [];
    const second = acquireLock(store, {
      ...options,
      waitMs: 10_000,
      onWait: ({ diagnostic }) => waited.push(diagnostic.code),
    });
    setTimeout(() => void lock.release(), 100);
    expect((await second).fence).toBe(2);
    expect(waited).toEqual(['lock/held']);
  });

  it('is no longer waited for when the user stops', async () => {
    const store = await openStore();
    await acquireLock(store, options);
    const stop = new AbortController();
    const second = acquireLock(store, { ...options, waitMs: 10_000, signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    await expect(second).rejects.toThrow('aborted');
  });

  it('goes to one of many who find its owner dead', async () => {
    const store = await openStore();
    await store.lock.swap(await store.lock.read(), printLease(leaseOf({ started: '1' })));
    const takers = await Promise.allSettled(Array.from({ length: 20 }, () => acquireLock(store, options)));
    expect(takers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('taken away stops its holder before the next write', async () => {
    const store = await openStore();
    const lock = await acquireLock(store, options);
    expect(await breakLock(store)).toMatchObject({ fence: 1, verdict: 'held' });
    await expect(lock.assertHeld()).rejects.toMatchObject({ diagnostic: { code: 'lock/lost' } });
    await lock.release();
    expect(await breakLock(store)).toBeNull();
    expect((await acquireLock(store, options)).fence).toBe(3);
  });

  it('with nonsense in it is told as such, and can be taken away', async () => {
    const store = await openStore();
    await store.lock.swap(await store.lock.read(), 'nonsense');
    await expect(acquireLock(store, options)).rejects.toMatchObject({ diagnostic: { code: 'lock/unreadable' } });
    expect(await breakLock(store)).toMatchObject({ verdict: 'unreadable' });
    expect((await acquireLock(store, options)).fence).toBe(3);
  });

  it('with a heartbeat from the future is told as such, and can be taken away', async () => {
    const store = await openStore();
    const ahead = { ...leaseOf({ host: 'b', machine: 'b' }), heartbeat: '2999-01-01T00:00:00.000Z' };
    await store.lock.swap(await store.lock.read(), printLease(ahead));
    await expect(acquireLock(store, options)).rejects.toMatchObject({ diagnostic: { code: 'lock/ahead' } });
    expect(await breakLock(store)).toMatchObject({ verdict: 'ahead' });
    expect((await acquireLock(store, options)).fence).toBe(3);
  });

  it('with a heartbeat from the future goes to whoever waits until its heart should have beaten', async () => {
    const store = await openStore();
    const heartbeat = '2999-01-01T00:00:00.000Z';
    const ahead = { ...leaseOf({ host: 'b', machine: 'b' }), heartbeat, expiresAfterMs: 20 };
    await store.lock.swap(await store.lock.read(), printLease(ahead));
    expect((await acquireLock(store, { ...options, waitMs: 10_000 })).fence).toBe(2);
  });

  it('whose release could not be written does not keep its own process out', async () => {
    const store = await openStore();
    const broken = { ...store, lock: { ...store.lock, renew: () => Promise.reject(new Error('disk full')) } };
    await (await acquireLock(broken, options)).release();
    expect((await acquireLock(store, options)).fence).toBe(2);
  });

  it('renews its heartbeat', async () => {
    const store = await openStore();
    const lock = await acquireLock(store, { ...options, heartbeatMs: 10 });
    const beatOf = async () => readLease((await store.lock.read()).text ?? '');
    const first = await beatOf();
    await expect.poll(beatOf).not.toEqual(first);
    await lock.release();
    expect(await beatOf()).toMatchObject({ ok: true, lease: { state: 'released' } });
  });

  it('of several stacks is taken in name order, and given back when one of them is held', async () => {
    const stores = await openStores('west', 'east', 'north');
    const held = await acquireLock(stores[2]!, options);
    await expect(acquireLocks(stores, options)).rejects.toMatchObject({ diagnostic: { subject: 'north' } });
    expect((await listLocks(stores)).locks.map(({ stack }) => stack)).toEqual(['north']);
    await held.release();
    const locks = await acquireLocks(stores, options);
    expect(locks.map(({ key }) => key.stack)).toEqual(['east', 'north', 'west']);
    await releaseLocks(locks);
  });
});

it('a swap that was read too long ago does not count, for what it read may be gone', async () => {
  const root = await mkdtemp(join(tmpdir(), 'opsctl-lock-'));
  const store = createFileBackend(root).open({ environment: 'test', stack: 'east' });
  expect(await store.lock.swap({ version: 0, text: null }, 'never read')).toBe(false);
  expect(await store.lock.read()).toEqual({ version: 0, text: null });
  await writeFile(join(store.location, 'lock.not-a-number.json'), 'ignored');
  expect(await store.lock.swap(await store.lock.read(), 'mine')).toBe(true);
  await rm(root, { recursive: true });
});

it('a lock whose files were removed by hand is lost to its holder, who leaves the next one alone', async () => {
  const root = await mkdtemp(join(tmpdir(), 'opsctl-lock-'));
  const store = createFileBackend(root).open({ environment: 'test', stack: 'east' });
  const first = await acquireLock(store, { ...options, heartbeatMs: 10 });
  await rm(join(store.location, 'lock.1.json'));
  await expect(first.assertHeld()).rejects.toMatchObject({ diagnostic: { code: 'lock/lost' } });
  const second = await acquireLock(store, options);
  expect(second.fence).toBe(first.fence);
  await expect(first.assertHeld()).rejects.toMatchObject({ diagnostic: { code: 'lock/lost' } });
  await first.release();
  await second.assertHeld();
  await second.release();
  await rm(root, { recursive: true });
});

describe('a lock file that is none', () => {
  const text = printLease(leaseOf({}));
  it.each([
    { name: 'a folder', make: (path: string) => mkdir(path), code: 'host/is-a-directory' },
    { name: 'a link that leads nowhere', make: (path: string) => symlink('nowhere', path), code: 'lock/unreadable' },
    { name: 'an empty file', make: (path: string) => writeFile(path, ''), code: 'lock/unreadable' },
    { name: 'half a lease', make: (path: string) => writeFile(path, text.slice(0, 60)), code: 'lock/unreadable' },
  ])('$name is told as such, and can be taken away', async ({ make, code }) => {
    const root = await mkdtemp(join(tmpdir(), 'opsctl-lock-'));
    const store = createFileBackend(root).open({ environment: 'test', stack: 'east' });
    await mkdir(store.location, { recursive: true });
    await make(join(store.location, 'lock.5.json'));
    await expect(acquireLock(store, options)).rejects.toMatchObject({ diagnostic: { code } });
    expect(await listLocks([store])).toMatchObject({ locks: [{ stack: 'east', fence: 5, verdict: 'unreadable' }] });
    expect(await breakLock(store)).toMatchObject({ verdict: 'unreadable' });
    expect((await acquireLock(store, options)).fence).toBe(7);
    await rm(root, { recursive: true });
  });

  it('with the highest number there is is told, and named', async () => {
    const root = await mkdtemp(join(tmpdir(), 'opsctl-lock-'));
    const store = createFileBackend(root).open({ environment: 'test', stack: 'east' });
    await mkdir(store.location, { recursive: true });
    const path = join(store.location, 'lock.999999999999999.json');
    await writeFile(path, printLease({ state: 'released', by: 'x', at: 'y' }));
    await expect(acquireLock(store, options)).rejects.toMatchObject({
      diagnostic: { code: 'state/lock-number', subject: path },
    });
    await rm(root, { recursive: true });
  });

  it('in a folder that cannot be looked into keeps the other locks from nobody', async () => {
    const root = await mkdtemp(join(tmpdir(), 'opsctl-lock-'));
    const backend = createFileBackend(root);
    const [east, west] = ['east', 'west'].map((stack) => backend.open({ environment: 'test', stack }));
    await acquireLock(west!, options);
    await writeFile(east!.location, 'no folder');
    expect(await listLocks([east!, west!])).toMatchObject({
      locks: [{ stack: 'west' }],
      diagnostics: [{ code: 'host/not-a-directory' }],
    });
    await rm(root, { recursive: true });
  });
});
