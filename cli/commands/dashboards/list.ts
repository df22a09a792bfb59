import { defineCommand } from '../../arguments/command.ts';
import { several } from '../../arguments/option.ts';
import { dashboardListView } from '../../views/dashboard-list-view.ts';
import { withContent } from '../open-content.ts';
import { dashboardsIn } from './dashboards-in.ts';

export const command = defineCommand({
  description:
    'Lists the dashboards that the stacks compile to: overviews, classes, services, objectives and big screens, with the ' +
    'address of each where the organisation says where people open them.',
  positionals: {},
  options: {
    stack: several('--stack <name>', 'Only these stacks; all of them when not given.', { completion: 'stack' }),
  },
  exits: ['findings'],
  examples: [
    { line: 'opsctl dashboards list', text: 'Every dashboard of every stack.' },
    { line: 'opsctl dashboards list --stack plant-1 --json', text: 'Those of one stack, as events for a script.' },
  ],
  run: ({ stack }, session) =>
    withContent(session, async ({ content }) => {
      const found = dashboardsIn(content.resources, content.organisation.dashboardBase);
      session.show(
        dashboardListView,
        found.filter((one) => stack.length === 0 || stack.includes(one.stack)),
      );
      return 'done';
    }),
});
