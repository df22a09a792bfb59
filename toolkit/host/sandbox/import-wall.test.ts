import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestBed, type TestBed } from './test-bed.ts';

let bed: TestBed;
beforeAll(() => {
  bed = createTestBed({
    'stacks/plant.ts': 'export const plant: string = "plant-east-1";\n',
    'stacks/plant.js': 'export default 2;\n',
    'stacks/numbers.json': '{ "a": 1 }',
    'stacks/notes.txt': 'a text',
    'stacks/old.cjs': 'module.exports = require;',
    'stacks/.hidden.json': '{}',
    'stacks/.env': 'TOKEN=1',
    'cmdb/items/hosts.ts': `export { plant } from '../../stacks/plant.ts';\n`,
    'records/private.json': '{}',
    'tool.ts': 'export default 1;',
    '.env': 'TOKEN=1',
    'package.json': '{ "imports": { "#fs": "node:fs" } }',
    'node_modules/left-pad/index.js': 'export default 1;',
    'node_modules/left-pad/package.json': '{ "name": "left-pad", "type": "module" }',
    'node_modules/opsctl/index.js': 'export const defineStack = () => "another opsctl";',
    'node_modules/opsctl/package.json': '{ "name": "opsctl", "type": "module", "exports": "./index.js" }',
  });
  writeFileSync(join(bed.root, 'outside.json'), '{}');
});
afterAll(() => bed[Symbol.dispose]());

it.each([
  {
    name: 'a relative TypeScript file',
    text: `import { plant } from './plant.ts'; export default plant;`,
    value: 'plant-east-1',
  },
  {
    name: 'a file of another content folder',
    text: `import { plant } from '../cmdb/items/hosts.ts'; export default plant;`,
    value: 'plant-east-1',
  },
  { name: 'JSON', text: `import it from './numbers.json' with { type: 'json' }; export default it;`, value: { a: 1 } },
  {
    name: 'a file by a dynamic import',
    text: `export default (await import('./plant.ts')).plant;`,
    value: 'plant-east-1',
  },
  {
    name: 'node:path and node:url',
    text: `import { join } from 'node:path'; import { URL } from 'node:url'; export default join('a', new URL('http://b').host);`,
    value: 'a/b',
  },
  {
    name: 'opsctl, and not the one that the repository has',
    text: `import { defineStack } from 'opsctl'; export default defineStack({ a: 1 });`,
    value: { a: 1, defined: true },
  },
])('content imports $name', async ({ text, value }) => {
  expect(await run(text)).toEqual({ ok: true, value, notes: '' });
});

it.each([
  ...['node:fs', 'fs', 'node:sqlite', 'node:child_process', 'node:worker_threads', 'node:module', 'node:process'].map(
    named,
  ),
  ...['node:vm', 'node:inspector', 'node:net', 'node:ffi', 'node:v8', 'node:path/posix', 'path'].map(named),
  { name: 'a package of the repository', specifier: 'left-pad' },
  { name: 'the part of opsctl that reads and writes', specifier: 'opsctl/toolkit' },
  { name: 'a name of the manifest of the repository', specifier: '#fs' },
  { name: 'a file by its path', specifier: '/etc/passwd' },
  { name: 'a file by its URL', specifier: 'file:///etc/passwd' },
  { name: 'code in the name', specifier: 'data:text/javascript,export default 1' },
  { name: 'code from the network', specifier: 'https://example.org/a.js' },
  { name: 'a file outside the content folders', specifier: '../tool.ts' },
  {
    name: 'JSON outside the content folders',
    specifier: '../records/private.json',
    attributes: ` with { type: 'json' }`,
  },
  { name: 'JSON outside the repository', specifier: '../../outside.json', attributes: ` with { type: 'json' }` },
  {
    name: 'a way out that is encoded',
    specifier: './%2e%2e/%2e%2e/outside.json',
    attributes: ` with { type: 'json' }`,
  },
  {
    name: 'a way out with encoded slashes',
    specifier: './..%2f..%2foutside.json',
    attributes: ` with { type: 'json' }`,
  },
  { name: 'a text as a module', specifier: './notes.txt' },
  { name: 'a text as a text', specifier: '../.env', attributes: ` with { type: 'text' }` },
  { name: 'a file with secrets in a content folder', specifier: './.env', attributes: ` with { type: 'json' }` },
  { name: 'a hidden file', specifier: './.hidden.json', attributes: ` with { type: 'json' }` },
  { name: 'a CommonJS file, which would be handed require', specifier: './old.cjs' },
  { name: 'a second copy of a file', specifier: './plant.ts?again' },
  { name: 'JSON as code', specifier: './numbers.json' },
])('content may not import $name', async ({ specifier, attributes = '' }) => {
  const denial = { kind: 'import-denied', found: specifier, file: 'stacks/main.ts', line: 3 };
  const statement = `// First a line with a type.\nconst x: number = 1;\nimport it from '${specifier}'${attributes};\nexport default [x, it];`;
  expect(await run(statement)).toMatchObject({ ok: false, denial: { ...denial, column: 16 } });
  const dynamic = `// It may also be built, so that no search finds it.\nconst name = ${JSON.stringify([...specifier])}.join('');\nexport default (await import(name${attributes && `, { with: { type: ${/'(\w+)'/.exec(attributes)?.[0]} } }`})).default;`;
  expect(await run(dynamic)).toMatchObject({ ok: false, denial });
});

it.each([
  { name: 'a relative file', specifier: './plnat.ts' },
  { name: 'a file without its extension', specifier: './plant', kind: 'import-denied' },
  { name: 'a part of opsctl', specifier: 'opsctl/nothing' },
])(
  '$name that is not there is named with the place that asks for it',
  async ({ specifier, kind = 'import-not-found' }) => {
    expect(await run(`\n  import '${specifier}';`)).toMatchObject({
      ok: false,
      denial: { kind, found: specifier, file: 'stacks/main.ts', line: 2, column: 10 },
    });
  },
);

it('a denial counts also when content catches it and goes on', async () => {
  const answer = await run(`try { await import('node:fs'); } catch {}\nexport default 'all is well';`);
  expect(answer).toMatchObject({ ok: false, denial: { kind: 'import-denied', found: 'node:fs', line: 1, column: 20 } });
});

it('a denial counts for all requests that follow', async () => {
  bed.write({ 'stacks/main.ts': `await import('node:fs').catch(() => {});` });
  const { openSandbox } = await import('./open-sandbox.ts');
  await using sandbox = openSandbox(bed.options);
  await sandbox.request({ files: ['stacks/main.ts'] });
  expect(await sandbox.request({ files: ['stacks/plant.js'] })).toMatchObject({
    ok: false,
    denial: { found: 'node:fs' },
  });
});

it('a file cannot pass for another one', async () => {
  const text = `await import('node:fs');\n//# sourceURL=${pathToFileURL(join(bed.root, 'package/toolkit/session.js'))}`;
  expect(await run(text)).toMatchObject({
    ok: false,
    denial: { kind: 'import-denied', file: 'stacks/main.ts', line: 1 },
  });
});

it('where the package and the repository are one, the catalogue is content too', async () => {
  bed.write({
    'package.json': JSON.stringify({
      name: 'opsctl',
      type: 'module',
      exports: { './cmdb': './cmdb/catalogue/index.ts' },
    }),
    'cmdb/catalogue/index.ts': 'export const postgres: string = "postgres";',
    'toolkit/session.js': readFileSync(join(bed.root, 'package/toolkit/session.js'), 'utf8'),
  });
  const at = (path: string) => join(bed.repository, path);
  const installation = {
    ...bed.options.installation!,
    manifest: at('package.json'),
    code: [at('toolkit'), at('cmdb/catalogue')],
  };
  const ask = async (text: string) => {
    bed.write({ 'stacks/main.ts': text });
    return await bed.ask(
      { files: ['stacks/main.ts'] },
      { installation, session: pathToFileURL(at('toolkit/session.js')).href },
    );
  };
  expect(await ask(`export { postgres as default } from 'opsctl/cmdb';`)).toMatchObject({
    ok: true,
    value: 'postgres',
  });
  expect(await ask(`import '../toolkit/session.js';`)).toMatchObject({ ok: false, denial: { kind: 'import-denied' } });
  bed.write({ 'cmdb/catalogue/index.ts': `import 'node:fs';\nexport const postgres = 1;` });
  expect(await ask(`import 'opsctl/cmdb';`)).toMatchObject({
    ok: false,
    denial: { file: 'cmdb/catalogue/index.ts', line: 1 },
  });
});

it('import.meta.resolve is asked by the same rules', async () => {
  expect(await run(`export default import.meta.resolve('node:fs');`)).toMatchObject({
    ok: false,
    denial: { kind: 'import-denied', file: 'stacks/main.ts', line: 1 },
  });
});

it('a JavaScript file of content is a module, and so has no require', async () => {
  bed.write({
    'stacks/main.js': 'export default [typeof require, typeof module, typeof __filename, this === undefined];',
  });
  expect(await bed.ask({ files: ['stacks/main.js'] })).toMatchObject({
    ok: true,
    value: ['undefined', 'undefined', 'undefined', true],
  });
});

it('our own code is not given what can start a process', async () => {
  const spawns = pathToFileURL(join(bed.root, 'package/toolkit/spawns.js')).href;
  expect(await bed.ask({ package: spawns })).toMatchObject({
    ok: false,
    denial: {
      kind: 'import-denied',
      found: 'node:child_process',
      file: join(bed.root, 'package/toolkit/spawns.js'),
      line: 1,
    },
  });
});

async function run(text: string) {
  bed.write({ 'stacks/main.ts': text });
  return await bed.ask({ files: ['stacks/main.ts'] });
}

function named(specifier: string) {
  return { name: specifier, specifier, attributes: '' };
}
