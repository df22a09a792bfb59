import { breakLock, listLocks } from '../../../toolkit/engine/lock/list-locks.ts';
import { defineCommand } from '../../arguments/command.ts';
import { flag, several } from '../../arguments/option.ts';
import { optionalWord } from '../../arguments/positional.ts';
import { locksView } from '../../views/locks-view.ts';
import { confirm } from '../confirm.ts';
import { withRepository } from '../open-content.ts';
import { openNamedStores } from './recorded-stacks.ts';

export const command = defineCommand({
  description:
    'Without a stack, lists who holds locks. With one, takes its lock away after asking: a run that still holds it stops ' +
    'before its next step. The lock of a process that is gone is taken over by itself, so this is rarely needed.',
  positionals: { name: optionalWord('stack', 'The stack to unlock.', 'stack') },
  options: {
    stack: several('--stack <name>', 'As the argument.', { completion: 'stack' }),
    yes: flag('-y, --yes', 'Do not ask.'),
  },
  exits: ['refused'],
  examples: [
    { line: 'opsctl state unlock', text: 'Who works on what, since when, and whether they are still there.' },
    {
      line: 'opsctl state unlock plant-1',
      text: 'Takes the lock of plant-1 away from somebody who will not come back.',
    },
  ],
  run: ({ name, stack, yes }, session) =>
    withRepository(session, async (repository) => {
      const names = name === null ? stack : [...stack, name];
      const stores = await openNamedStores(repository, names);
      const locks = await listLocks(stores);
      session.show(locksView, { environment: repository.environment, locks });
      if (names.length === 0 || locks.length === 0) return 'done';
      const refusal = yes ? null : await confirm(session, 'Take these locks away? Only "yes" is a yes:');
      if (refusal !== null) return refusal;
      for (const store of stores) {
        const broken = await breakLock(store);
        if (broken !== null) session.remark(`The lock of ${broken.stack} was taken away.`);
        session.emit({ event: 'unlocked', stack: store.key.stack, wasHeld: broken !== null });
      }
      return 'done';
    }),
});
