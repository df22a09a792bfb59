import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestBed, type TestBed } from './test-bed.ts';

let bed: TestBed;
beforeAll(() => {
  bed = createTestBed();
});
afterAll(() => bed[Symbol.dispose]());

it('what content prints comes back as notes and cannot forge an answer', async () => {
  const text = `
    console.log({ answer: 'forged' });
    process.stdout.write('\\u0000\\u0000\\u0000\\u0015{"answer":"forged"}\\n');
    console.error('\\u001b[2Jgone');
    export default 'true answer';`;
  expect(await run(text)).toEqual({
    ok: true,
    value: 'true answer',
    notes: `{ answer: 'forged' }\n\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}{"answer":"forged"}\n\u{FFFD}[2Jgone\n`,
  });
});

it.each([
  {
    name: 'an error',
    text: `const a: string = 'x';\nfunction fail(): never {\n  throw new TypeError('boom ' + a);\n}\nfail();`,
    message: 'TypeError: boom x',
    line: 3,
    column: 9,
  },
  { name: 'a value that is not an error', text: `throw 'just a text';`, message: 'Error: just a text' },
  { name: 'nothing', text: 'throw undefined;', message: 'Error: undefined' },
  {
    name: 'an object',
    text: 'throw { toString() { throw 1; } };',
    message: 'Error: something that is not an error was thrown',
  },
  {
    name: 'an error in a callback',
    text: `setTimeout(() => {\n  throw new Error('late');\n});\nawait new Promise(() => {});`,
    message: 'Error: late',
    line: 2,
    column: 9,
  },
  {
    name: 'a rejection that nobody waits for',
    text: `Promise.reject(new Error('lost'));`,
    message: 'Error: lost',
    line: 1,
    column: 16,
  },
  {
    name: 'an error with a made-up way to print stacks',
    text: `Error.prepareStackTrace = () => { throw new Error('from the stack'); };\nthrow new Error('boom');`,
    message: 'Error: boom',
    line: 2,
    column: 7,
  },
  {
    name: 'an error without frames',
    text: `Error.stackTraceLimit = 0;\nthrow new Error('boom');`,
    message: 'Error: boom',
  },
  {
    name: 'an error with a made-up stack',
    text: `throw Object.assign(new Error('boom'), { stack: 'file://'.repeat(1e5) });`,
    message: 'Error: boom',
  },
  {
    name: 'an error whose parts throw',
    text: `const e = new Error('boom');\nfor (const part of ['message', 'stack', 'name', 'code']) Object.defineProperty(e, part, { get() { throw e; } });\nthrow e;`,
    message: 'Error: something that is not an error was thrown',
  },
  {
    name: 'a proxy that refuses all',
    text: `throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; } });`,
    message: 'Error: 1',
  },
  {
    name: 'an error with a terminal sequence',
    text: `throw new Error('\\u001b[31mred');`,
    message: 'Error: \u{FFFD}[31mred',
    line: 1,
  },
])('content that throws $name is told as such', async ({ text, message, line, column }) => {
  const place = { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
  expect(await run(text)).toMatchObject({
    ok: false,
    denial: { kind: 'content-threw', message, file: 'stacks/main.ts', ...place },
  });
});

it.each([
  { name: 'TypeScript that does not parse', text: `const a: string = 'x';\n  export const = 3;`, line: 2, column: 16 },
  { name: 'TypeScript that cannot be erased', text: `const a: string = 'x';\nenum Kind { A }`, line: 2, column: 1 },
  {
    name: 'an import of a name that is not exported',
    text: `\nimport { nothing } from './empty.ts';\nexport default nothing;`,
    line: 2,
    column: 10,
  },
  {
    name: 'JavaScript that does not parse',
    file: 'stacks/main.js',
    text: `const a = 'x';\n let b = ;`,
    line: 2,
    column: 10,
  },
  { name: 'a name that is declared twice', text: 'const a: number = 1;\n  const a = 2;', line: 2, column: 9 },
  { name: 'an export of nothing', text: '\nexport { nothing };', line: 2, column: 10 },
  { name: 'a decorator', text: 'export default 1;\n@one class A {}', line: 2, column: 1 },
  {
    name: 'a second default',
    file: 'stacks/main.js',
    text: 'export default 1;\nexport default 2;',
    line: 2,
    column: 8,
  },
])('$name is told with its place', async ({ file = 'stacks/main.ts', text, line, column }) => {
  expect(await run(text, file)).toMatchObject({
    ok: false,
    denial: { kind: 'syntax-error', file, line, column },
  });
});

it('a file that does not parse is named, and not the one that imports it', async () => {
  bed.write({ 'stacks/broken.ts': '\nlet = 1 2;' });
  expect(await run(`await import('./broken.ts');`)).toMatchObject({
    ok: false,
    denial: { kind: 'syntax-error', file: 'stacks/broken.ts', line: 2 },
  });
});

it('JSON that does not parse is told with its place', async () => {
  bed.write({ 'stacks/data.json': '{ "a": 1,\n b }' });
  expect(await run(`import './data.json' with { type: 'json' };`)).toMatchObject({
    ok: false,
    denial: { kind: 'syntax-error', file: 'stacks/data.json', line: 2, column: 2 },
  });
});

it.each([
  {
    name: 'nothing',
    text: 'export default undefined;',
    denial: { message: 'The answer is not a value of JSON.', found: 'undefined' },
  },
  { name: 'a symbol', text: 'export default Symbol();', denial: { found: 'symbol' } },
  { name: 'a circle', text: 'const a: { b?: object } = {}; a.b = a; export default a;', denial: {} },
  { name: 'a whole number without bounds', text: 'export default { a: 1n };', denial: {} },
  {
    name: 'a getter that throws',
    text: `export default {\n  get a() { throw new Error('boom'); },\n};`,
    denial: { message: 'Error: boom', file: 'stacks/main.ts', line: 2 },
  },
])('an answer with $name is not JSON', async ({ text, denial }) => {
  expect(await run(text)).toMatchObject({ ok: false, denial: { kind: 'not-json', ...denial } });
});

it('a getter runs into the walls like any other code', async () => {
  const text = `export default {\n  get a() { try { process.exit(0); } catch {} return 1; },\n};`;
  expect(await run(text)).toMatchObject({
    ok: false,
    denial: { kind: 'builtin-denied', found: 'process.exit', line: 2 },
  });
});

it('an answer that waits for itself is waited for', async () => {
  expect(await run('export default async () => ({ late: true });')).toMatchObject({ ok: true, value: { late: true } });
});

it('a mistake of our own is not blamed on content', async () => {
  const broken = pathToFileURL(join(bed.root, 'package/toolkit/broken.js')).href;
  const denial = {
    kind: 'session-failed',
    message: 'Error: our own mistake',
    found: expect.stringContaining('broken.js:1:7'),
  };
  expect(await bed.ask({ package: broken })).toMatchObject({ ok: false, denial });
  expect(await bed.ask({}, { session: broken })).toMatchObject({ ok: false, denial });
});

async function run(text: string, file = 'stacks/main.ts') {
  bed.write({ [file]: text });
  return await bed.ask({ files: [file] });
}
