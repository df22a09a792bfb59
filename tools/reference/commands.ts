import type { AnyCommand } from '../../cli/arguments/command.ts';
import { globalOptions } from '../../cli/arguments/global-options.ts';
import type { OptionDeclaration, Options } from '../../cli/arguments/option.ts';
import { type CommandEntry, commands } from '../../cli/commands/index.ts';
import { type ExitName, exitCodes, exitMeanings } from '../../cli/exit-code.ts';
import { anchorOf, code, codeBlock, page, pageHead, prose, table } from './markdown.ts';

/** `docs/reference/commands.md`, from the table that the program itself reads its command line by. */
export async function renderCommands(): Promise<string> {
  const shown = commands.filter(({ isHidden }) => isHidden !== true);
  const sections = await Promise.all(shown.map(async (entry) => describeCommand(entry, await entry.load())));
  return page([
    pageHead('Commands', 'cli/commands'),
    'Results go to stdout; progress and findings go to stderr. `opsctl COMMAND --help` says the same as this page.',
    table(
      ['Command', 'What it does'],
      shown.map(({ name, summary }) => [`[\`opsctl ${name}\`](#${anchorOf(`opsctl ${name}`)})`, summary]),
    ),
    '## Exit codes',
    table(
      ['Code', 'Meaning'],
      Object.entries(exitCodes).map(([name, exit]) => [String(exit), exitMeanings[name as ExitName]]),
    ),
    'Every command may end with 0, 1, 64 and 130; the others are named with the command.',
    '## Global options',
    'They may stand before or behind the name of the command.',
    optionTable(globalOptions),
    ...sections,
  ]);
}

function describeCommand({ name, summary }: CommandEntry, command: AnyCommand): string {
  const { description, positionals, options, exits, examples } = command;
  const words = Object.values(positionals).map(({ usage }) => usage);
  const usage = ['opsctl', name, ...words, ...(Object.keys(options).length === 0 ? [] : ['[options]'])].join(' ');
  return page([
    `## opsctl ${name}`,
    summary,
    prose(description),
    codeBlock('text', usage),
    ...(words.length === 0 ? [] : [wordTable(positionals)]),
    ...(Object.keys(options).length === 0 ? [] : [optionTable(options)]),
    ...(exits.length === 0 ? [] : [`May also end with ${exits.map(describeExit).join('; ')}.`]),
    codeBlock('sh', examples.map(({ line, text }) => `# ${text}\n${line}`).join('\n')),
  ]);
}

function wordTable(positionals: AnyCommand['positionals']): string {
  return table(
    ['Argument', 'Meaning'],
    Object.values(positionals).map(({ usage, doc }) => [code(usage), doc]),
  );
}

function optionTable(options: Options): string {
  return table(
    ['Option', 'Meaning'],
    Object.values(options).map((option) => [code(option.flags), meaningOf(option)]),
  );
}

function meaningOf({ doc, variable }: OptionDeclaration<unknown>): string {
  return variable === undefined ? doc : `${doc} Variable \`${variable}\`.`;
}

function describeExit(name: ExitName): string {
  return `${exitCodes[name]} (${exitMeanings[name]})`;
}
