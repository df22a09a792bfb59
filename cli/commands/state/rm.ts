import { findRemovable, removeStateRecord } from '../../../toolkit/engine/state/edit-state.ts';
import { defineCommand } from '../../arguments/command.ts';
import { flag } from '../../arguments/option.ts';
import { word } from '../../arguments/positional.ts';
import { recordEditView } from '../../views/record-edit-view.ts';
import { confirm } from '../confirm.ts';
import { lockOptions, lockTimeout } from '../lock-options.ts';
import { withRepository } from '../open-content.ts';
import { openStoreOf } from './recorded-stacks.ts';
import { mustParse } from './show.ts';

export const command = defineCommand({
  description: 'Drops a record after asking: the real object stays, and opsctl does not manage it any more.',
  positionals: { address: word('address', 'The address as the state has it.', 'address') },
  options: {
    lockTimeout,
    yes: flag('-y, --yes', 'Do not ask.'),
    evenProtected: flag('--even-protected', 'Drop a protected record as well, and its protection with it.'),
  },
  exits: ['refused', 'locked'],
  examples: [
    { line: 'opsctl state rm plant-1/cmdb-record/pump-1', text: 'Leaves the record to somebody else.' },
    { line: 'opsctl state rm plant-1/cmdb-record/pump-1 --yes', text: 'The same without asking.' },
  ],
  run: (values, session) =>
    withRepository(session, async (repository) => {
      const address = mustParse(values.address);
      const store = await openStoreOf(repository, address);
      await findRemovable(store, address, values); // Nobody should be asked about what is refused anyway.
      const refusal = values.yes
        ? null
        : await confirm(session, `Forget ${address}, and leave its object in place? Only "yes" is a yes:`);
      if (refusal !== null) return refusal;
      const { evenProtected } = values;
      const removed = await removeStateRecord(store, address, {
        ...lockOptions(session, values.lockTimeout),
        evenProtected,
      });
      session.show(recordEditView, { kind: 'removed', address, wasProtected: removed.lifecycle.protect });
      return 'done';
    }),
});
