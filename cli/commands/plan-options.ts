import type { OptionValues } from '../arguments/option.ts';
import { flag, several, wholeNumber } from '../arguments/option.ts';

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

/** How a plan is made. */
export const planningOptions = {
  ...selectionOptions,
  adopt: several('--adopt <address>', 'Take over objects at these addresses that are there already; `*` is any text.', {
    completion: 'address',
  }),
  offline: flag('--offline', 'Compare with the last recorded state only: asks no target, needs no credential.'),
  allowDeletes: wholeNumber('--allow-deletes <n>', 'This many deletes were reviewed as such; more stop the plan.', {
    minimum: 0,
    maximum: 1_000_000,
    fallback: 0,
  }),
  targetMoved: several(
    '--target-moved <stack/target>',
    'This target was bound to another place on purpose, and what was applied to the former one may stay there.',
  ),
  parallel: wholeNumber('--parallel <n>', 'Objects in flight at once.', { minimum: 1, maximum: 256, fallback: 10 }),
};

export type PlanningValues = OptionValues<typeof planningOptions>;

export const detailedExitCode = flag(
  '--detailed-exitcode',
  'End with 2 instead of 0 when there is something to change.',
);
