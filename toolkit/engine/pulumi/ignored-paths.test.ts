import { expect, it } from 'vitest';
import { ignoredPaths } from './ignored-paths.ts';

it.each([
  { pointer: '/global/scrape_interval', path: ['spec["global"]["scrape_interval"]'] },
  { pointer: '/rules/0/for', path: ['spec["rules"][0]["for"]'] },
  { pointer: '/labels/a~1b', path: ['spec["labels"]["a/b"]'] },
  { pointer: '/say/"hi"', path: ['spec["say"]["\\"hi\\""]'] },
  { pointer: '', path: [] },
  { pointer: 'no pointer', path: [] },
])('$pointer is ignored as $path', ({ pointer, path }) => {
  expect(ignoredPaths([pointer])).toEqual(path);
});
