import { readErrorBudgets } from '../../../toolkit/operate/error-budgets.ts';
import { defineCommand } from '../../arguments/command.ts';
import { sloStatusView } from '../../views/slo-status-view.ts';
import { budgetRequest } from './budget-request.ts';
import { objectiveOptions, withObjectives } from './with-objectives.ts';

export const command = defineCommand({
  description:
    'Asks the Prometheus of each stack how its service level objectives are met: what was attained over the period, what ' +
    'is left of the error budget, and how fast it burns. Reads only. Ends with 1 when one of them could not be told.',
  positionals: {},
  options: objectiveOptions,
  exits: ['findings'],
  examples: [
    { line: 'opsctl slo status --environment production', text: 'Every error budget, the emptiest first.' },
    { line: 'opsctl slo status --slo mes-answers --json', text: 'One of them, as an event for a script.' },
  ],
  run: (choice, session) =>
    withObjectives(session, choice, async (objectives, { repository }) => {
      session.progress.report('Asking for error budgets');
      const budgets = await readErrorBudgets(budgetRequest(session, repository, objectives));
      session.show(sloStatusView, budgets);
      return budgets.some(({ state }) => state === 'unknown') ? 'failure' : 'done';
    }),
});
