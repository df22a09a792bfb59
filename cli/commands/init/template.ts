import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface TemplateFacts {
  readonly version: string;
}

/**
 * The files of a new repository by their paths. On the disk each has `.template` behind its name: npm would leave a
 * `.gitignore` out of the package, and the build a `.ts`.
 */
export async function readTemplate(facts: TemplateFacts): Promise<ReadonlyMap<string, string>> {
  const root = fileURLToPath(new URL('./template', import.meta.url));
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = paths
    .sort()
    .map(async (path) => [targetOf(relative(root, path)), fill(await readFile(path, 'utf8'), facts)] as const);
  return new Map(await Promise.all(files));
}

function targetOf(path: string): string {
  const target = path.replaceAll(sep, '/').replace(/\.template$/, '');
  return target === 'gitignore' ? '.gitignore' : target;
}

function fill(text: string, { version }: TemplateFacts): string {
  return text.replaceAll('{{version}}', version);
}
