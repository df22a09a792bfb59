// `npm run generate` writes every generated file; with --check it only says which are stale, and fails if one is.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { generators } from './generators.ts';
import { root } from './run-tool.ts';

const checksOnly = process.argv.includes('--check');

for (const { name, generate } of generators) {
  for (const [path, text] of await generate()) {
    if ((await textOf(path)) === text) continue;
    console.log(`${checksOnly ? 'stale, run `npm run generate`' : 'wrote'}: ${path} (${name})`);
    if (checksOnly) process.exitCode = 1;
    else await write(path, text);
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(join(root, path), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
