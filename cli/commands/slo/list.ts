import { defineCommand } from '../../arguments/command.ts';
import { sloListView } from '../../views/slo-list-view.ts';
import { objectiveOptions, withObjectives } from './with-objectives.ts';

export const command = defineCommand({
  description:
    'Lists the service level objectives: what is held, over which time, for which items, and by which stack.',
  positionals: {},
  options: objectiveOptions,
  exits: ['findings'],
  examples: [
    { line: 'opsctl slo list', text: 'Every objective of the organisation.' },
    { line: 'opsctl slo list --stack plant-1 --json', text: 'Those of one stack, as events for a script.' },
  ],
  run: (choice, session) =>
    withObjectives(session, choice, async (objectives) => {
      session.show(sloListView, objectives);
      return 'done';
    }),
});
