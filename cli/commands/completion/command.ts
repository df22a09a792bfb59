import { defineCommand } from '../../arguments/command.ts';
import { word } from '../../arguments/positional.ts';
import { UsageError } from '../../arguments/usage-error.ts';
import { type Shell, scriptFor, shells } from './shell-script.ts';

export const command = defineCommand({
  description:
    'Prints a script that completes commands, options, and, in a repository, stacks, environments and the addresses of ' +
    'managed objects. For the current shell: source it. For every one: put it where the shell looks for it.',
  positionals: { shell: { ...word('shell', `One of ${shells.join(', ')}.`), choices: shells } },
  options: {},
  exits: [],
  examples: [
    { line: '. <(opsctl completion bash)', text: 'In bash, for this session; in ~/.bashrc for every one.' },
    { line: 'opsctl completion fish > ~/.config/fish/completions/opsctl.fish', text: 'In fish, for every session.' },
  ],
  async run({ shell }, session) {
    const known = shells.find((name) => name === shell);
    if (known === undefined) throw new UsageError(`The shell is one of ${shells.join(', ')}, not '${shell}'.`);
    if (session.globals.json) session.emit({ event: 'completion', shell, script: scriptFor(known satisfies Shell) });
    else session.print(scriptFor(known));
    return 'done';
  },
});
