import { createFileBackend } from '../../../toolkit/engine/state/file-backend.ts';
import { defineCommand } from '../../arguments/command.ts';
import { neededOneOf, several } from '../../arguments/option.ts';
import { UsageError } from '../../arguments/usage-error.ts';
import { migrationView } from '../../views/migration-view.ts';
import { lockOptions, lockTimeout } from '../lock-options.ts';
import { withRepository } from '../open-content.ts';
import { stacksToMigrate } from './stacks-to-migrate.ts';

const engines = ['embedded', 'pulumi'] as const;

export const command = defineCommand({
  description:
    'Moves what was last applied from the state of one engine to that of the other. No real object is looked at or ' +
    'touched: the next plan of the new engine finds what the former one had applied. Refused while a run is under way, ' +
    'or has left something without an outcome.',
  positionals: {},
  options: {
    stack: several('--stack <name>', 'Only these stacks; all that have a state when not given.', {
      completion: 'stack',
    }),
    from: neededOneOf('--from <engine>', 'The engine whose state it is in.', engines),
    to: neededOneOf('--to <engine>', 'The engine that is to have it.', engines),
    lockTimeout,
  },
  exits: ['refused', 'locked'],
  examples: [
    { line: 'opsctl state migrate --stack plant-1 --from embedded --to pulumi', text: 'Hands one plant to Pulumi.' },
    { line: 'opsctl state migrate --from pulumi --to embedded', text: 'Takes every stack of the environment back.' },
  ],
  async run({ stack, from, to, lockTimeout: waitMs }, asked) {
    if (from === to) throw new UsageError('--from and --to name the same engine.');
    const session = { ...asked, engine: from };
    return await withRepository(session, async ({ root, stateRoot, environment, states }) => {
      const { migrateToEmbedded, migrateToPulumi } = await import('../../../toolkit/engine/pulumi/migrate-stack.ts');
      const { writeEngineOf } = await import('../../../toolkit/engine/state/engine-register.ts');
      const backend = createFileBackend(stateRoot);
      for (const name of await stacksToMigrate(states, environment, stack)) {
        const migration = {
          root,
          store: backend.open({ environment, stack: name }),
          lock: lockOptions(session, waitMs),
          env: session.io.env,
        };
        const objects = await (to === 'pulumi' ? migrateToPulumi(migration) : migrateToEmbedded(migration));
        await writeEngineOf(stateRoot, { environment, stack: name }, to);
        session.show(migrationView, { stack: name, environment, from, to, objects });
      }
      return 'done';
    });
  },
});
