import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestBed, type TestBed } from './test-bed.ts';

let bed: TestBed;
beforeAll(() => {
  bed = createTestBed();
});
afterAll(() => bed[Symbol.dispose]());

it('an endless loop ends with the time limit and names the file that had begun', async () => {
  const started = performance.now();
  expect(await run('for (;;);', { timeoutMs: 1500 })).toMatchObject({
    ok: false,
    denial: { kind: 'timed-out', found: '1500 ms', file: 'stacks/main.ts' },
  });
  expect(performance.now() - started).toBeLessThan(10_000);
});

it('an endless chain of timers ends with the time limit', async () => {
  const text = 'setInterval(() => {}, 1); await new Promise(() => {});';
  expect(await run(text, { timeoutMs: 1500 })).toMatchObject({ ok: false, denial: { kind: 'timed-out' } });
});

it('a promise that never settles is told at once', async () => {
  expect(await run('await new Promise(() => {});')).toMatchObject({
    ok: false,
    denial: { kind: 'never-settled', file: 'stacks/main.ts' },
  });
});

it.each([
  { name: 'objects', text: 'const all: object[] = []; for (;;) all.push(new Array(1000).fill({}));' },
  { name: 'one text', text: `let all = 'x'; for (;;) all = [...all, ...all].join('');` },
  {
    name: 'bytes outside the heap',
    text: 'const all: Uint8Array[] = []; for (;;) all.push(new Uint8Array(50_000_000).fill(1));',
  },
])('a memory bomb of $name ends with the memory limit', async ({ text }) => {
  expect(await run(text, { memoryMb: 64 })).toMatchObject({
    ok: false,
    denial: { kind: 'out-of-memory', file: 'stacks/main.ts' },
  });
});

it('bytes that do not fit into the limit at once are denied where they are asked for', async () => {
  expect(await run('\nexport default new Uint8Array(2e9).length;', { memoryMb: 64 })).toMatchObject({
    ok: false,
    denial: { kind: 'out-of-memory', file: 'stacks/main.ts', line: 2 },
  });
});

it.each([
  { name: 'above the limit', length: 2_000, found: '2002 bytes' },
  { name: 'longer than a text can be', length: 2 ** 29 - 25, found: 'a text longer than the language allows' },
])('an answer $name is denied with its size', async ({ length, found }) => {
  const text = `export default 'x'.repeat(${length});`;
  expect(await run(text, { outputBytes: 1_000, memoryMb: 4_000 })).toMatchObject({
    ok: false,
    denial: { kind: 'answer-too-large', found },
  });
});

it('what content prints is cut', async () => {
  const answer = await run(
    `for (let i = 0; i < 10_000; i++) console.log('a long line to fill the notes'); export default 1;`,
  );
  expect(answer).toMatchObject({ ok: true, value: 1 });
  expect(answer.notes.length).toBe(16 * 1024);
});

async function run(text: string, limits: Partial<TestBed['options']['limits']> = {}) {
  bed.write({ 'stacks/main.ts': text });
  return await bed.ask({ files: ['stacks/main.ts'] }, { limits });
}
