import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../cli/arguments/parse.ts';
import { commands } from '../../cli/commands/index.ts';
import { codeBlocks, pages, textOf, withoutBlocks } from './markdown.ts';

const written = pages().flatMap((page) => commandLinesOf(textOf(page)).map((line) => ({ page, line })));
const lines = [...Map.groupBy(written, ({ line }) => line)].map(([line, places]) => ({ line, page: places[0]!.page }));

describe('command lines in the pages', () => {
  it.each(lines)('$line', async ({ line }) => {
    const argv = wordsOf(line).slice(1);
    const answer = await parseArguments(argv, { commands, version: '0', env: {}, columns: 100 });
    const isRight = answer.kind === 'run' || answer.exit === 'done';
    expect(isRight, answer.kind === 'tell' ? answer.stderr : '').toBe(true);
  });
});

/** What a reader would type: lines of shell blocks, and inline code that begins with the program's name. */
function commandLinesOf(text: string): readonly string[] {
  const blocks = codeBlocks(text).filter(({ language }) => language === 'sh');
  const typed = blocks.flatMap((block) => block.text.split('\n')).flatMap(commandsIn);
  const inline = [...withoutBlocks(text).matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) => commandsIn(code));
  return [...new Set([...typed, ...inline])];
}

/** Each `opsctl ...` of a line, without the rest of a pipe, a redirection or a remark. */
function commandsIn(line: string): readonly string[] {
  const parts = line.replace(/(^|\s)#\s.*$/, '').split(/\s(?:\||&&|>)\s/);
  return parts
    .map((part) => part.trim().replace(/^(?:[A-Z_]+=\S+ )*(?:npx |\.\/)?opsctl(?= )/, 'opsctl'))
    .filter((part) => /^opsctl [a-z-]/.test(part));
}

function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain ?? '',
  );
}
