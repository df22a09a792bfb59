import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorOf } from '../../tools/reference/markdown.ts';
import { pages, root, textOf, withoutBlocks } from './markdown.ts';

describe.each(pages())('%s', (page) => {
  it('has links that lead somewhere', () => {
    expect(linksOf(page).filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  });
});

/** Links to files and headings of the repository; what stands on the web is not asked for. */
function linksOf(page: string): readonly string[] {
  const found = withoutBlocks(textOf(page)).matchAll(/(?<!`)\[[^\]]*\]\(([^)\s]+)\)/g);
  return [...found].map(([, link = '']) => link).filter((link) => !/^[a-z]+:/.test(link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(join(root, target))) return false;
  return anchor === undefined || anchorsOf(target).includes(anchor);
}

function anchorsOf(page: string): readonly string[] {
  const headings = [...withoutBlocks(textOf(page)).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  const anchors = headings.map((heading) => anchorOf(heading.replaceAll('`', '')));
  // A heading that comes again gets a number.
  return anchors.map((anchor, index) => {
    const before = anchors.slice(0, index).filter((other) => other === anchor).length;
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}
