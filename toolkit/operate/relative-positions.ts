import { fileURLToPath } from 'node:url';

/**
 * `define...()` calls record where they stand as URLs, because content cannot know its repository. Here they become paths
 * of the repository; those of our own package read as its public name, `opsctl/cmdb/catalogue/...`.
 */
export function relativePositions<Value>(value: Value, repository: string): Value {
  return rewrite(value, { repository: `${repository}/`, package: fileURLToPath(new URL('../../', import.meta.url)) }) as Value;
}

interface Roots {
  readonly repository: string;
  readonly package: string;
}

function rewrite(value: unknown, roots: Roots): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => rewrite(entry, roots));
  const entries = Object.entries(value).map(([key, entry]) => [key, key === 'file' && typeof entry === 'string' ? relativeFile(entry, roots) : rewrite(entry, roots)]);
  return Object.fromEntries(entries);
}

function relativeFile(file: string, roots: Roots): string {
  if (!file.startsWith('file://')) return file;
  const path = fileURLToPath(file);
  if (path.startsWith(roots.repository)) return path.slice(roots.repository.length);
  return path.startsWith(roots.package) ? `opsctl/${path.slice(roots.package.length)}` : path;
}
