import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestBed, type TestBed } from './test-bed.ts';

let bed: TestBed;
beforeAll(() => {
  bed = createTestBed();
});
afterAll(() => bed[Symbol.dispose]());

it.each([
  { name: 'process.binding', code: `process.binding('fs')` },
  { name: 'process.getBuiltinModule', code: `process.getBuiltinModule('fs')` },
  { name: 'process.dlopen', code: `process.dlopen({}, 'x.node')` },
  { name: 'process.kill', code: `process.kill(1)` },
  { name: 'process.mainModule', code: `process.mainModule` },
  { name: 'process.exit', code: `process.exit(0)` },
  { name: 'process.report', code: `process.report.writeReport()` },
  { name: 'process.permission', code: `process.permission` },
  { name: 'process.on', code: `process.on('exit', () => {})` },
  { name: 'fetch', code: `fetch('http://169.254.169.254/')` },
  { name: 'WebSocket', code: `new WebSocket('ws://localhost')` },
  { name: 'code made from text (eval, Function)', code: `globalThis.constructor.constructor('return process')()` },
  {
    name: 'code made from text (eval, Function)',
    code: `new (async () => {}).constructor('return import("node:fs")')`,
  },
])('$code is denied where it stands', async ({ name, code }) => {
  expect(await run(`const x: number = 1;\nexport default ${code};`)).toMatchObject({
    ok: false,
    denial: { kind: 'builtin-denied', found: name, file: 'stacks/main.ts', line: 2 },
  });
});

it('eval is denied', async () => {
  // A direct eval has no position of its own.
  expect(await run(`export default eval('1');`)).toMatchObject({
    ok: false,
    denial: { kind: 'builtin-denied', found: 'code made from text (eval, Function)', file: 'stacks/main.ts' },
  });
});

it.each([
  'BroadcastChannel',
  'MessageChannel',
  'WebAssembly',
  'SharedArrayBuffer',
  'Atomics',
  'localStorage',
  'navigator',
  'crypto',
  'require',
  'Request',
])('there is no %s', async (name) => {
  expect(await run(`export default typeof ${name};`)).toMatchObject({ ok: true, value: 'undefined' });
});

it('content sees no environment and cannot leave one behind', async () => {
  expect(await run('export default { ...process.env };')).toMatchObject({ ok: true, value: {} });
  expect(await run(`process.env.NODE_OPTIONS = '--require=x';`)).toMatchObject({
    ok: false,
    denial: { kind: 'content-threw', line: 1 },
  });
});

it('the child has two variables, of the locale and the time zone', async () => {
  const answer = await bed.ask({ environment: true });
  // A shell may add its own; none comes from the parent.
  expect(answer).toMatchObject({ ok: true, value: { TZ: 'UTC', LC_ALL: 'en_US.UTF-8' } });
  const names = Object.keys(answer.ok && typeof answer.value === 'object' ? (answer.value ?? {}) : {});
  expect(names.filter((name) => !['TZ', 'LC_ALL', 'PWD', 'OLDPWD', 'SHLVL', '_'].includes(name))).toEqual([]);
});

describe('what everyone shares cannot be replaced', () => {
  it.each([
    'Object.prototype.polluted = 1',
    'Object.defineProperty(Object.prototype, "exports", { set() {} })',
    'Object.prototype.toJSON = () => "forged"',
    'Object.prototype.toString = () => "forged"',
    'Array.prototype.map = () => []',
    'String.prototype.startsWith = () => true',
    'RegExp.prototype.exec = () => null',
    'JSON.stringify = () => "{}"',
    'globalThis.JSON = {}',
    'globalThis.Buffer = {}',
    'globalThis.WebAssembly = {}',
    'Object.defineProperty(globalThis, "require", { value: 1 }); globalThis.crypto = 1',
    'Promise.prototype.then = () => {}',
    'URL.prototype.toString = 1',
    'Reflect.get = 1',
    'Object.getPrototypeOf(function* () {}).prototype.next = 1',
    'Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())).map = 1',
    'Temporal.Now.instant = 1',
    'Error.captureStackTrace = 1',
    'console.log = 1',
    'process.platform = "x"',
    '(await import("node:path")).default.join = () => "/etc/passwd"',
  ])('%s', async (code) => {
    expect(await run(`${code};\nexport default 1;`)).toMatchObject({
      ok: false,
      denial: { kind: 'content-threw', message: expect.stringMatching(/^TypeError/), file: 'stacks/main.ts', line: 1 },
    });
  });

  it("but an object of one's own can have any property", async () => {
    const text = `
      const error = new Error('a'); error.name = 'MyError'; error.message = 'b';
      class Mine extends Map { toString() { return 'mine'; } }
      const own: Record<string, unknown> = {}; own.toString = () => 'own'; own.constructor = 1; own.hasOwnProperty = 2;
      const call = () => 1; call.toString = () => 'call';
      Error.stackTraceLimit = 5;
      export default [String(error), String(new Mine()), String(own), String(call), Object.keys(own)];`;
    const value = ['MyError: b', 'mine', 'own', 'call', ['toString', 'constructor', 'hasOwnProperty']];
    expect(await run(text)).toMatchObject({ ok: true, value });
  });
});

it('a stack shows positions, and none of the objects behind them', async () => {
  const text = `
    const seen: string[] = [];
    Error.prepareStackTrace = (_, sites) => {
      for (const site of sites) seen.push(typeof site.getThis(), typeof site.getFunction());
      return '';
    };
    for (const fail of [() => new URL('no'), () => structuredClone(() => 1), () => [1].map(() => { throw new Error(); })]) {
      try { fail(); } catch (error) { void (error as Error).stack; }
    }
    await new Promise((resolve) => setTimeout(() => resolve(new Error().stack), 1));
    export default [seen.length > 10, [...new Set(seen)]];`;
  expect(await run(text)).toMatchObject({ ok: true, value: [true, ['undefined']] });
});

it('what is left of the platform works', async () => {
  const text = `
    const controller = new AbortController();
    let aborted = 0;
    controller.signal.addEventListener('abort', () => aborted++);
    controller.abort();
    await new Promise((resolve) => setTimeout(resolve, 1));
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => queueMicrotask(() => resolve(1)));
    await new Promise((resolve) => process.nextTick(resolve));
    const interval = setInterval(() => {}, 1);
    clearInterval(interval);
    export default [
      aborted, structuredClone({ a: [1] }), new TextDecoder().decode(new TextEncoder().encode('ä')), atob(btoa('b')),
      new URL('../c?d=e', 'http://f/g/h').href, [...new URLSearchParams('a=1')], Buffer.from('i').toString('base64'),
      new Intl.NumberFormat().format(1234.5), performance.now() > 0, [...new Intl.Segmenter().segment('xy')].length,
    ];`;
  const value = [1, { a: [1] }, 'ä', 'b', 'http://f/c?d=e', [['a', '1']], 'aQ==', '1,234.5', true, 2];
  expect(await run(text)).toMatchObject({ ok: true, value });
});

async function run(text: string) {
  bed.write({ 'stacks/main.ts': text });
  return await bed.ask({ files: ['stacks/main.ts'] });
}
