/** Ids in a YAML file that cannot be read: what stands behind `id:`, wherever that is. */
export function writtenIds(text: string): readonly string[] {
  return [...text.matchAll(/(?<![\w-])id["']?:\s*["']?([^\s"',}]+)/g)].map(([, id = '']) => id);
}

/** Ids in a table that cannot be read, where they usually stand. */
export function firstCells(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/).map((line) => /^"?([^",;，；\t]*)/.exec(line)?.[1]?.trim() ?? '');
}
