import { fileURLToPath } from 'node:url';

/**
 * `define...()` calls record where they stand as URLs, because content cannot know its repository. Here they become paths
 * of the repository; those of our own package read as its public name, `opsctl/cmdb/catalogue/...`.
 */
export function relativePositions<Value>(value: Value, repository: string): Value {
  const roots = { repository: `${repository}/`, package: fileURLToPath(new URL('../../', import.meta.url)) };
  return rewrite(value, { ...roots, known: new Map() }) as Value;
}

interface Roots {
  readonly repository: string;
  readonly package: string;
  /** Thousands of positions are in a few files. */
  readonly known: Map<string, string>;
}

/** What holds no such position stays the very same object, which nearly all of a large answer does. */
function rewrite(value: unknown, roots: Roots): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const object = value as Readonly<Record<string, unknown>>;
  let copy: Record<string, unknown> | null = null;
  for (const key of Object.keys(object)) {
    if (key === 'spec') continue; // What the real system gets: most of an answer, and no position of ours.
    const entry = object[key];
    const relative = typeof entry === 'string' ? rewriteText(key, entry, roots) : rewrite(entry, roots);
    if (relative === entry) continue;
    copy ??= (Array.isArray(object) ? [...object] : { ...object }) as Record<string, unknown>;
    copy[key] = relative;
  }
  return copy ?? value;
}

/** A position, or a sentence that names one. */
function rewriteText(key: string, text: string, roots: Roots): string {
  if (key === 'file') return relativeFile(text, roots);
  if (key !== 'detail' || !text.includes('file://')) return text;
  return text.replaceAll(/file:\/\/[^\s:]+/g, (file) => relativeFile(file, roots));
}

function relativeFile(file: string, roots: Roots): string {
  if (!file.startsWith('file://')) return file;
  const known = roots.known.get(file);
  if (known !== undefined) return known;
  const relative = relativePath(fileURLToPath(file), roots);
  roots.known.set(file, relative);
  return relative;
}

function relativePath(path: string, roots: Roots): string {
  if (path.startsWith(roots.repository)) return path.slice(roots.repository.length);
  return path.startsWith(roots.package) ? `opsctl/${path.slice(roots.package.length)}` : path;
}
