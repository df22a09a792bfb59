import { type Diagnostic, Failure } from '../../../toolkit/diagnostics/index.ts';
import { type RepairReport, repairState } from '../../../toolkit/engine/state/repair-state.ts';
import { defineCommand } from '../../arguments/command.ts';
import { several } from '../../arguments/option.ts';
import { optionalWord } from '../../arguments/positional.ts';
import { repairView } from '../../views/repair-view.ts';
import { lockOptions, lockTimeout } from '../lock-options.ts';
import { blocked, withRepository } from '../open-content.ts';
import { openTouchedStores } from './recorded-stacks.ts';

export const command = defineCommand({
  description:
    'Makes a damaged state whole again from what is certain: the state itself, its former generation, and the journals. ' +
    'Says what it did, keeps the damaged files aside, and names what it could not place.',
  positionals: {
    name: optionalWord('stack', 'The stack to repair; every one that has a state when not given.', 'stack'),
  },
  options: { stack: several('--stack <name>', 'As the argument.', { completion: 'stack' }), lockTimeout },
  exits: ['locked'],
  examples: [
    { line: 'opsctl state repair plant-1', text: 'After a full disk or a broken copy.' },
    {
      line: 'opsctl state repair --environment lab',
      text: 'Looks at every stack of the environment; whole ones stay as they are.',
    },
  ],
  run: ({ name, stack, lockTimeout: waitMs }, session) =>
    withRepository(session, async (repository) => {
      const failed: Diagnostic[] = [];
      for (const store of await openTouchedStores(repository, name === null ? stack : [...stack, name])) {
        const report = await repairState(store, lockOptions(session, waitMs)).catch(diagnosticOfFailure);
        if ('code' in report) failed.push(report);
        else session.show(repairView, { stack: store.key.stack, ...report });
      }
      session.tell(failed);
      return failed.length === 0 ? 'done' : blocked(failed);
    }),
});

/** One state that cannot be repaired keeps nobody from repairing the next. */
function diagnosticOfFailure(error: unknown): Diagnostic | RepairReport {
  if (error instanceof Failure) return error.diagnostic;
  throw error;
}
