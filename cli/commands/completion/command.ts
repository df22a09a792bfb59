import { defineCommand } from '../../arguments/command.ts';
import { wordOf } from '../../arguments/positional.ts';
import { scriptFor, shells } from './shell-script.ts';

export const command = defineCommand({
  description:
    'Prints a script that completes commands, options, and, in a repository, stacks, environments and the addresses of ' +
    'managed objects. For the current shell: source it. For every one: put it where the shell looks for it.',
  positionals: { shell: wordOf('shell', 'The shell that will read it.', shells) },
  options: {},
  exits: [],
  examples: [
    { line: '. <(opsctl completion bash)', text: 'In bash, for this session; in ~/.bashrc for every one.' },
    {
      line: 'opsctl completion fish > ~/.config/fish/completions/opsctl.fish',
      text: 'In fish, for every session.',
    },
  ],
  async run({ shell }, session) {
    if (session.globals.json) session.emit({ event: 'completion', shell, script: scriptFor(shell) });
    else session.print(scriptFor(shell));
    return 'done';
  },
});
