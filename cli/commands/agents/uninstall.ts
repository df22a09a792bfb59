import { defineCommand } from '../../arguments/command.ts';
import { flag } from '../../arguments/option.ts';
import { whileSandboxStarts } from '../begin-sandbox.ts';
import { workOptions } from './work-options.ts';

export const command = defineCommand({
  description:
    'Plans how the chosen agents are removed: commands for each machine by the way in which it was installed, what undoes ' +
    'them, and what its Prometheus must answer afterwards, in batches. Runs nothing: with --out the scripts lie there for ' +
    'whoever does. What content still asks for is refused with 3: an alert would tell that it is gone.',
  positionals: {},
  options: {
    ...workOptions,
    evenDeclared: flag('--even-declared', 'Also what content still asks for; its alerts will fire.'),
  },
  exits: ['findings'],
  examples: [
    { line: 'opsctl agents uninstall --state unexpected --as deb', text: 'What runs and nobody declares.' },
    {
      line: 'opsctl agents uninstall --item web-1 --even-declared --out removal',
      text: 'All agents of one item, as scripts.',
    },
  ],
  run: async (values, session) => {
    const { begun, work } = await whileSandboxStarts(session, () => import('./run-work.ts'));
    return await work.runWork({ ...values, work: { kind: 'uninstall' } }, session, begun);
  },
});
