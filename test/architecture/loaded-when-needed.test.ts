import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importsOf, isTest, root, sourcesIn } from './imports.ts';

/** Parts that most commands do without, and who loads them when they are needed. */
const parts = [
  { part: 'toolkit/compile/kubernetes', by: 'toolkit/operate/session-compile.ts' },
  { part: 'toolkit/render-manifests', by: 'cli/commands/render/write-manifests.ts' },
] as const;

const sources = [...sourcesIn('toolkit'), ...sourcesIn('cli')].filter((file) => !isTest(file));
const imports = sources.flatMap(importsOf).filter(({ isTypeOnly }) => !isTypeOnly);

it.each(parts)('$part is loaded by $by alone', ({ part, by }) => {
  const loading = imports.filter(({ file, target }) => target.startsWith(`${part}/`) && !file.startsWith(`${part}/`));
  expect([...new Set(loading.map(({ file }) => file))]).toEqual([by]);
});

it.each([
  { file: 'toolkit/operate/session-compile.ts', loads: '../compile/kubernetes/index.ts' },
  { file: 'cli/commands/render/command.ts', loads: './write-manifests.ts' },
])('$file waits with $loads until it is needed', ({ file, loads }) => {
  const text = readFileSync(join(root, file), 'utf8');
  expect(text).toContain(`await import('${loads}')`);
  expect(text).not.toContain(`from '${loads}'`);
});
