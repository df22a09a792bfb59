import { defineCommand } from '../../arguments/command.ts';
import { several } from '../../arguments/option.ts';
import { stateListView } from '../../views/state-list-view.ts';
import { blocked, withRepository } from '../open-content.ts';
import { engineOption, withEngine } from '../plan-options.ts';
import { loadStacks } from './recorded-stacks.ts';

export const command = defineCommand({
  description: 'Lists the objects that opsctl manages, by the addresses under which they were applied.',
  positionals: {},
  options: { engine: engineOption, stack: several('--stack <name>', 'Only these stacks.', { completion: 'stack' }) },
  exits: [],
  examples: [
    { line: 'opsctl state list', text: 'Every managed object of the environment.' },
    { line: 'opsctl state list --stack plant-1 --json', text: 'Those of one stack, as events for a script.' },
  ],
  run: ({ stack, engine }, session) =>
    withRepository(withEngine(session, engine), async (repository) => {
      const { stacks, diagnostics } = await loadStacks(repository, stack);
      session.show(stateListView, { environment: repository.environment, stacks: stacks.map(({ state }) => state) });
      session.tell(diagnostics);
      if (stacks.length === 0 && diagnostics.length === 0)
        session.remark(`Nothing was applied in ${repository.environment}.`);
      return diagnostics.some(({ severity }) => severity === 'error') ? blocked(diagnostics) : 'done';
    }),
});
