import { resolve } from 'node:path';
import { type AnyCommand, defineCommand } from '../../arguments/command.ts';
import { words } from '../../arguments/positional.ts';
import type { CommandEntry } from '../index.ts';
import { complete } from './candidates.ts';
import { repositoryNames } from './repository-names.ts';

/** What the scripts of `opsctl completion` call; its output is between them and this file. */
export function completeCommand(commands: readonly CommandEntry[]): AnyCommand {
  return defineCommand({
    description: 'Prints what may stand in the last of the words. For the completion scripts.',
    positionals: { line: words('word', 'The words so far, the one under the cursor last.') },
    options: {},
    exits: [],
    examples: [
      { line: "opsctl __complete -- state ''", text: 'What may follow `opsctl state`.' },
      { line: 'opsctl __complete -- plan --st', text: 'Options of plan that begin with --st.' },
    ],
    async run({ line }, session) {
      const directory = resolve(session.io.cwd, session.globals.directory ?? '.');
      const completion = await complete(line, commands, (kind) => repositoryNames(directory, kind));
      if (completion.kind === 'files') session.print(':files\n');
      else session.print(completion.candidates.map(({ value, doc }) => `${value}\t${doc}\n`).join(''));
      return 'done';
    },
  });
}
