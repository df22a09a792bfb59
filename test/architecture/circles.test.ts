import { expect, it } from 'vitest';
import { importsOf, isTest, sourcesIn } from './imports.ts';

const folders = ['toolkit', 'cli', 'cmdb', 'alerts', 'dashboards', 'policies', 'runbooks', 'stacks', 'tools'];

/** Types of declarations and the shapes that hold them at run time may name each other: types are gone by then. */
it('no files wait for each other when they are loaded', () => {
  const files = folders.flatMap(sourcesIn).filter((file) => !isTest(file));
  const loads = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter(({ kind, isTypeOnly }) => kind !== 'library' && !isTypeOnly)
        .map(({ target }) => target),
    ]),
  );
  expect(circlesIn(loads)).toEqual([]);
});

/** Each circle once, from the file at which it is met first. */
function circlesIn(loads: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) circles.push([...path.slice(start), file].join(' -> '));
    if (start >= 0 || done.has(file)) return;
    for (const target of loads.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of loads.keys()) visit(file, []);
  return circles;
}
