import { breakLock, type ListedLock, listLocks } from '../../../toolkit/engine/lock/list-locks.ts';
import { lockDiagnostics } from '../../../toolkit/engine/lock/lock-diagnostics.ts';
import type { StackStore } from '../../../toolkit/engine/state/state-backend.ts';
import { defineCommand } from '../../arguments/command.ts';
import { flag, several } from '../../arguments/option.ts';
import { optionalWord } from '../../arguments/positional.ts';
import type { Session } from '../../session.ts';
import { describeHolder, locksView } from '../../views/locks-view.ts';
import { confirm } from '../confirm.ts';
import { blocked, withRepository } from '../open-content.ts';
import { openTouchedStores } from './recorded-stacks.ts';

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
      const stores = await openTouchedStores(repository, names);
      const { locks, diagnostics } = await listLocks(stores);
      if (locks.length > 0 || diagnostics.length === 0)
        session.show(locksView, { environment: repository.environment, locks });
      session.tell(diagnostics);
      if (diagnostics.length > 0) return blocked(diagnostics);
      if (names.length === 0 || locks.length === 0) return 'done';
      const refusal = yes ? null : await confirm(session, 'Take these locks away? Only "yes" is a yes:');
      if (refusal !== null) return refusal;
      for (const store of stores) tellOfBroken(session, store, await breakLock(store));
      return 'done';
    }),
});

function tellOfBroken(session: Session, { key }: StackStore, broken: ListedLock | null): void {
  if (broken !== null) {
    session.remark(`The lock of ${broken.stack} was taken away.`);
    const mayLive = broken.verdict !== 'owner-gone' && broken.verdict !== 'expired';
    const facts = { ...key, holder: describeHolder(broken) };
    if (mayLive) session.tell([lockDiagnostics.create('taken-away', facts, { subject: key.stack })]);
  }
  session.emit({ event: 'unlocked', stack: key.stack, wasHeld: broken !== null });
}
