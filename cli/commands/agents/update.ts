import { defineCommand } from '../../arguments/command.ts';
import { neededText } from '../../arguments/option.ts';
import { whileSandboxStarts } from '../begin-sandbox.ts';
import { workOptions } from './work-options.ts';

export const command = defineCommand({
  description:
    'Plans how the chosen agents of one program come to another version: commands for each machine by the way in which it ' +
    'was installed, what undoes them, and what its Prometheus must answer when it has worked, in batches from where least ' +
    'is at stake to where most is. Runs nothing: with --out the scripts lie there for whoever does. A version with which ' +
    'signals would find no metrics is refused with 3.',
  positionals: {},
  options: { ...workOptions, to: neededText('--to <version>', 'The version that they are to have.') },
  exits: ['findings'],
  examples: [
    { line: 'opsctl agents update --program node_exporter --to 1.8.2', text: 'Every node_exporter, canaries first.' },
    {
      line: 'opsctl agents update --program node_exporter --to 1.8.2 --site plant-1 --batch 5 --out update',
      text: 'Those of one site, five at a time, as scripts.',
    },
  ],
  run: async ({ to, ...values }, session) => {
    const { begun, work } = await whileSandboxStarts(session, () => import('./run-work.ts'));
    return await work.runWork({ ...values, work: { kind: 'update', to }, evenDeclared: false }, session, begun);
  },
});
