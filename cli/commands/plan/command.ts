import { defineCommand } from '../../arguments/command.ts';
import { text } from '../../arguments/option.ts';
import { whileSandboxStarts } from '../begin-sandbox.ts';
import { detailedExitCode, planningOptions } from '../plan-options.ts';

export const command = defineCommand({
  description:
    'Compares what is declared with what was last applied and with what the targets hold, and shows what apply would ' +
    'do. Writes nothing but the plan file. A saved plan is what gets approved: apply carries out that one, or refuses.',
  positionals: {},
  options: {
    ...planningOptions,
    out: text('--out <file>', 'Save the plan for `opsctl apply FILE`.', { completion: 'file' }),
    detailedExitcode: detailedExitCode,
  },
  exits: ['changes', 'findings', 'refused'],
  examples: [
    { line: 'opsctl plan --out change.plan', text: 'Plans everything and saves the plan for review.' },
    {
      line: 'opsctl plan --offline --stack plant-1',
      text: 'One stack, against the recorded state: for a pull request.',
    },
  ],
  run: async (values, session) => {
    const { begun, work } = await whileSandboxStarts(session, () => import('./run-plan.ts'));
    return await work.runPlan(values, session, begun);
  },
});
