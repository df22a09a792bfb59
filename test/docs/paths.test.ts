import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pages, root, textOf, withoutBlocks } from './markdown.ts';

/** Pages about the repository itself; the others speak of the reader's own. */
const about = pages().filter((page) =>
  /^(CONTRIBUTING|docs\/(architecture|diagnostics|decisions\/.*))\.md$/.test(page),
);

it.each(about)('%s names files and folders that are there', (page) => {
  const named = [...withoutBlocks(textOf(page)).matchAll(/`((?:toolkit|cli|test|tools|policies|docs)\/[^`\s]*)`/g)];
  const paths = named.map(([, path = '']) => path).filter((path) => !/[<*]/.test(path));
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
