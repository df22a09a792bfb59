import { moveStateRecord } from '../../../toolkit/engine/state/edit-state.ts';
import { defineCommand } from '../../arguments/command.ts';
import { word } from '../../arguments/positional.ts';
import { recordEditView } from '../../views/record-edit-view.ts';
import { lockOptions, lockTimeout } from '../lock-options.ts';
import { withRepository } from '../open-content.ts';
import { openStoreOf } from './recorded-stacks.ts';
import { mustParse } from './show.ts';

export const command = defineCommand({
  description:
    'Gives a record another address of the same stack and type. The real object is not touched. Where the rename is in ' +
    'the content, `.renamed(from, to)` of the stack does the same with a review.',
  positionals: {
    from: word('from', 'The address as the state has it.', 'address'),
    to: word('to', 'The address that it gets.', 'address'),
  },
  options: { lockTimeout },
  exits: ['refused', 'locked'],
  examples: [
    {
      line: 'opsctl state mv plant-1/cmdb-record/pump-1 plant-1/cmdb-record/pump-01',
      text: 'After a rename in the content that has no alias.',
    },
    {
      line: 'opsctl state mv plant-1/prometheus-rules/a plant-1/prometheus-rules/b --lock-timeout 1m',
      text: 'Waits up to a minute for whoever works on the stack.',
    },
  ],
  run: (values, session) =>
    withRepository(session, async (repository) => {
      const [from, to] = [mustParse(values.from), mustParse(values.to)];
      await moveStateRecord(await openStoreOf(repository, from), from, to, lockOptions(session, values.lockTimeout));
      session.show(recordEditView, { kind: 'moved', from, to });
      return 'done';
    }),
});
