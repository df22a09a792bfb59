import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root: string = join(import.meta.dirname, '..', '..');

const notOurs = ['**/node_modules', '**/dist', '**/.opsctl', '**/fixtures'];

/** Every page of the repository, by its path from the root. */
export function pages(): readonly string[] {
  return globSync('**/*.md', { cwd: root, exclude: notOurs })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted();
}

export function textOf(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

export type CodeBlock = {
  readonly language: string;
  /** Where the block belongs, as its fence says: ```` ```ts file=stacks/hq.ts ````; null where it says nothing. */
  readonly file: string | null;
  /** Which file of this repository it is a variant of: ```` ```ts reference=stacks/hq.ts ````. */
  readonly reference: string | null;
  readonly text: string;
  readonly line: number;
};

const opening = /^```(\w*)(?: (file|reference)=(\S+))?\s*$/;

export function codeBlocks(text: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: (Omit<CodeBlock, 'text'> & { lines: string[] }) | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    if (open === null) {
      const [, language = '', kind, path = null] = opening.exec(line) ?? [];
      const [file, reference] = kind === 'reference' ? [null, path] : [path, null];
      if (opening.test(line)) open = { language, file, reference, line: index + 1, lines: [] };
    } else if (line.startsWith('```')) {
      const { lines, ...head } = open;
      blocks.push({ ...head, text: `${lines.join('\n')}\n` });
      open = null;
    } else open.lines.push(line);
  }
  return blocks;
}

/** The page without its code blocks, line by line in place. */
export function withoutBlocks(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, (block) => '\n'.repeat(block.split('\n').length - 1));
}
