// Compiles what is published into dist/. Nothing in this repository runs from there.
import { existsSync } from 'node:fs';
import { cp, glob, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { captureTool, root } from './run-tool.ts';

const dist = join(root, 'dist');

await rm(dist, { recursive: true, force: true });
const { code, output } = await captureTool(['node_modules/@typescript/native/bin/tsc', '-p', 'tsconfig.build.json']);
if (code === 0) await copyOtherFiles();
else console.error(output);
process.exitCode = code;

/** Plain JavaScript, data, templates and pages lie beside the sources that read them, and so they do in dist/. */
async function copyOtherFiles(): Promise<void> {
  for (const folder of ['toolkit', 'cli', 'portal', ...(await catalogues())]) {
    const from = join(root, folder);
    if (existsSync(from)) await cp(from, join(dist, folder), { recursive: true, filter: isPublished });
  }
}

async function catalogues(): Promise<string[]> {
  return await Array.fromAsync(glob('*/catalogue', { cwd: root, exclude: ['dist', 'node_modules', 'test'] }));
}

function isPublished(path: string): boolean {
  return !/\.ts$|\/(fixtures|golden|\.opsctl)$/.test(path);
}
