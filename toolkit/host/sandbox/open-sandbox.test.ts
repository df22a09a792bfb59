import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSandbox } from './open-sandbox.ts';
import { createTestBed, type TestBed, withoutBytes } from './test-bed.ts';

let bed: TestBed;
beforeAll(() => {
  bed = createTestBed({
    'stacks/count.ts': 'let count = 0;\nexport default () => ++count;',
    'stacks/loop.ts': 'for (;;);',
    'stacks/one.ts': 'export default 1;',
    'stacks/typed.ts': 'export default 3 as number;',
  });
});
afterAll(() => bed[Symbol.dispose]());

it('one child answers request after request, in their order', async () => {
  await using sandbox = openSandbox(bed.options);
  const answers = await Promise.all([1, 2, 3].map(() => sandbox.request({ files: ['stacks/count.ts'] })));
  expect(answers.map(withoutBytes)).toEqual([1, 2, 3].map((value) => ({ ok: true, value, notes: '' })));
});

it('without a cache the child takes the types out itself', async () => {
  const installation = { ...bed.installation, cache: null };
  expect(await bed.ask({ files: ['stacks/typed.ts'] }, { installation })).toEqual({ ok: true, value: 3, notes: '' });
});

it('what changed between two commands is what runs', async () => {
  expect(await bed.ask({ files: ['stacks/typed.ts'] })).toEqual({ ok: true, value: 3, notes: '' });
  bed.write({ 'stacks/typed.ts': 'export default 4 as number;' });
  expect(await bed.ask({ files: ['stacks/typed.ts'] })).toEqual({ ok: true, value: 4, notes: '' });
});

it('a file that comes up later than its neighbours were read is refused, with what to do', async () => {
  await using sandbox = openSandbox(bed.options);
  await sandbox.request({ files: ['stacks/one.ts'] });
  bed.write({ 'stacks/late.ts': 'export default 5 as number;' });
  expect(await sandbox.request({ files: ['stacks/late.ts'] })).toMatchObject({
    ok: false,
    denial: {
      kind: 'import-not-found',
      message: 'stacks/late.ts came up while the repository was being read. Run the command again.',
    },
  });
});

it('a request of many megabytes arrives whole', async () => {
  bed.write({ 'stacks/echo.ts': 'export default (request: { text: string }) => request.text;' });
  await using sandbox = openSandbox({ ...bed.options, limits: { ...bed.options.limits, outputBytes: 50e6 } });
  const text = 'ä'.repeat(10e6);
  const answer = await sandbox.request({ files: ['stacks/echo.ts'], text });
  expect(answer.ok && answer.value === text).toBe(true);
});

it('what was sent is with the child, however busy the parent is from then on', async () => {
  bed.write({ 'stacks/when.ts': 'export default () => Date.now();' });
  await using sandbox = openSandbox(bed.options);
  const asking = sandbox.request({ files: ['stacks/when.ts'], text: 'x'.repeat(2e6) });
  await sandbox.sent();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_000);
  const busyUntil = Date.now();
  const answer = await asking;
  expect(answer.ok && Number(answer.value)).toBeLessThan(busyUntil);
});

it('the child goes on with the next request while the parent is busy', async () => {
  bed.write({ 'stacks/when.ts': 'export default () => Date.now();' });
  await using sandbox = openSandbox(bed.options);
  const asking = [1, 2, 3].map(() => sandbox.request({ files: ['stacks/when.ts'] }));
  await sandbox.sent();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_000);
  const busyUntil = Date.now();
  const answers = await Promise.all(asking);
  expect(answers.map((answer) => answer.ok && Number(answer.value) < busyUntil)).toEqual([true, true, true]);
});

it('waiting until all is sent ends with the child', async () => {
  const sandbox = openSandbox(bed.options);
  const looping = sandbox.request({ files: ['stacks/loop.ts'] });
  const waiting = sandbox.request({ text: 'never read' });
  const sent = sandbox.sent();
  await sandbox.close();
  await expect(sent).resolves.toBeUndefined();
  expect([await looping, await waiting]).toMatchObject([{ ok: false }, { ok: false }]);
});

it('closing ends a request that is under way', async () => {
  const sandbox = openSandbox(bed.options);
  const answer = sandbox.request({ files: ['stacks/loop.ts'] });
  await wait(300);
  await sandbox.close();
  expect(await answer).toMatchObject({ ok: false, denial: { kind: 'exited', message: 'The sandbox was closed.' } });
  expect(await sandbox.request({})).toMatchObject({ ok: false, denial: { kind: 'exited' } });
});

it('a child that cannot be started is a denial like any other', async () => {
  await using sandbox = openSandbox({ ...bed.options, world: { workingDirectory: `${bed.root}/nowhere` } });
  expect(await sandbox.request({})).toMatchObject({
    ok: false,
    denial: { kind: 'exited', found: expect.stringContaining('ENOENT') },
  });
});

it('a child that is killed is told with the signal', async () => {
  const { parent, childPid } = await startParent('await sandbox.request({ files: ["stacks/loop.ts"] })');
  process.kill(childPid, 'SIGTERM');
  expect(await textOf(parent.stdout)).toContain('signal SIGTERM');
});

it('a parent that forgets to close ends all the same, and takes the child with it', async () => {
  const { closed, childPid } = await startParent('await sandbox.request({ files: ["stacks/one.ts"] })');
  const [code] = await closed;
  expect(code).toBe(0);
  await expectGone(childPid);
});

it.each([
  { name: 'waits for a request', work: 'await wait(60_000)' },
  { name: 'waits for a timer', work: 'await sandbox.request({ files: ["stacks/timer.ts"] })' },
])('a parent that is killed takes a child with it that $name', async ({ work }) => {
  bed.write({ 'stacks/timer.ts': 'setInterval(() => {}, 10); await new Promise(() => {});' });
  const { parent, childPid } = await startParent(work);
  await wait(500);
  parent.kill('SIGKILL');
  await expectGone(childPid);
});

it('an interrupt from the terminal ends parent and child', async () => {
  const { parent, closed, childPid } = await startParent('await sandbox.request({ files: ["stacks/loop.ts"] })');
  await wait(500);
  // A terminal sends it to the whole group.
  process.kill(-Number(parent.pid), 'SIGINT');
  expect(await closed).toEqual([null, 'SIGINT']);
  await expectGone(childPid);
});

/** A program of its own that opens a sandbox, so that it can be killed. */
async function startParent(work: string) {
  const script = `
    import { setTimeout as wait } from 'node:timers/promises';
    import { openSandbox } from ${JSON.stringify(new URL('./open-sandbox.ts', import.meta.url).href)};
    const sandbox = openSandbox(${JSON.stringify(bed.options)});
    const { value } = await sandbox.request({ pid: true });
    console.log(value);
    const answer = ${work};
    console.log(JSON.stringify(answer));`;
  const args = ['--conditions=opsctl-source', '--input-type=module-typescript', '--eval', script];
  const parent = spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  // Asked for now: a parent with nothing left to do may be gone before the test has looked at it.
  const closed = once(parent, 'close');
  const [text] = await once(parent.stdout, 'data');
  const childPid = Number(String(text).split('\n', 1)[0]);
  expect(childPid).toBeGreaterThan(1);
  return { parent, closed, childPid };
}

async function textOf(stream: Readable): Promise<string> {
  return Buffer.concat(await stream.toArray()).toString('utf8');
}

async function expectGone(pid: number): Promise<void> {
  await expect.poll(() => isRunning(pid), { timeout: 5_000 }).toBe(false);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // Ended, but nobody has asked for its exit code yet: in a container without an init this may never happen.
  return !(existsSync(`/proc/${pid}/stat`) && / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')));
}
