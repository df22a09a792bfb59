import type { EngineName } from '../../toolkit/engine/engine.ts';
import type { OptionDeclaration, OptionValues } from '../arguments/option.ts';
import { flag, oneOf, several, wholeNumber } from '../arguments/option.ts';
import type { Session } from '../session.ts';

/** Which objects a command is about. */
export const selectionOptions = {
  stack: several('--stack <name>', 'Only these stacks; all of them when not given.', { completion: 'stack' }),
  target: several('--target <address>', 'Only these addresses, and what they wait for; `*` is any text.', {
    completion: 'address',
  }),
  exclude: several(
    '--exclude <address>',
    'All but these addresses, and what waits for them; the plan records them as owed.',
    {
      completion: 'address',
    },
  ),
};

/** Which engine a command works with; null where nothing was said. */
export const engineOption: OptionDeclaration<EngineName | null> = {
  flags: '--engine <name>',
  doc: 'What records and carries out changes: opsctl itself (embedded), or Pulumi with a backend of its own. One of embedded, pulumi; embedded when not given.',
  variable: 'OPSCTL_ENGINE',
  choices: ['embedded', 'pulumi'],
  read: (given) =>
    given === undefined ? null : oneOf('--engine <name>', '', ['embedded', 'pulumi'], 'embedded').read(given),
};

/** How a plan is made. */
export const planningOptions = {
  ...selectionOptions,
  adopt: several('--adopt <address>', 'Take over objects at these addresses that are there already; `*` is any text.', {
    completion: 'address',
  }),
  offline: flag('--offline', 'Compare with the last recorded state only: asks no target, needs no credential.'),
  allowDeletes: wholeNumber(
    '--allow-deletes <n>',
    'Up to this many deletes, which were reviewed as such, go through where a brake would stop the plan.',
    {
      minimum: 0,
      maximum: 1_000_000,
      fallback: 0,
    },
  ),
  targetMoved: several(
    '--target-moved <stack/target>',
    'This target was bound to another place on purpose, and what was applied to the former one may stay there.',
  ),
  engine: engineOption,
  parallel: wholeNumber('--parallel <n>', 'Objects in flight at once.', { minimum: 1, maximum: 256, fallback: 32 }),
};

export type PlanningValues = OptionValues<typeof planningOptions>;

/** A session that works with the engine that was asked for. */
export function withEngine(session: Session, engine: EngineName | null): Session {
  return engine === null ? session : { ...session, engine };
}

export const detailedExitCode = flag(
  '--detailed-exitcode',
  'End with 2 instead of 0 when there is something to change.',
);
