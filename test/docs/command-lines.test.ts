import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../cli/arguments/parse.ts';
import { commands } from '../../cli/commands/index.ts';
import { codeBlocks, pages, textOf, withoutBlocks } from './markdown.ts';

const written = pages().flatMap((page) => typedIn(textOf(page)).map((line) => ({ page, line })));
const mentioned = pages().flatMap((page) => mentionedIn(textOf(page)).map((line) => ({ page, line })));

describe('command lines that a reader would type', () => {
  it.each(onceEach(written))('$line', async ({ line }) => {
    expect(await complaintAbout(line)).toBe('');
  });
});

describe('commands that the text speaks of', () => {
  it.each(onceEach(mentioned))('$line', async ({ line }) => {
    // `opsctl plan --out` speaks of an option without giving it a value, `opsctl adopt` of a command, `opsctl state` of several.
    const isCommand = commands.some(({ name }) => `opsctl ${name} `.startsWith(`${line} `));
    const complaints = [await complaintAbout(line), await complaintAbout(`${line} x`)];
    expect(isCommand || complaints.includes(''), complaints[0]).toBe(true);
  });
});

type Place = { readonly page: string; readonly line: string };

function onceEach(places: readonly Place[]): readonly Place[] {
  return [...Map.groupBy(places, ({ line }) => line).values()].map(([first]) => first!);
}

/** What the program would say of its arguments; empty where they are right. */
async function complaintAbout(line: string): Promise<string> {
  const answer = await parseArguments(wordsOf(line).slice(1), { commands, version: '0', env: {}, columns: 100 });
  return answer.kind === 'misused' ? answer.text : '';
}

function typedIn(text: string): readonly string[] {
  const blocks = codeBlocks(text).filter(({ language }) => language === 'sh');
  return blocks.flatMap((block) => block.text.split('\n')).flatMap(commandsIn);
}

function mentionedIn(text: string): readonly string[] {
  return [...withoutBlocks(text).matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) => commandsIn(code));
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
