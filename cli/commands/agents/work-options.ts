import { type InstalledAs, waysOfInstalling } from '../../../toolkit/operate/agents/installed-as.ts';
import { oneOf, text, wholeNumber } from '../../arguments/option.ts';
import { agentOptions } from './agent-options.ts';

/** Of the commands that plan work on agents. */
export const workOptions = {
  ...agentOptions,
  as: oneOf<InstalledAs | 'told'>(
    '--as <way>',
    'How they were installed; `told`: by the operating system of the item or of what it runs on.',
    ['told', ...waysOfInstalling],
    'told',
  ),
  canary: wholeNumber('--canary <n>', 'How many go first, of each program and way of installing.', {
    minimum: 0,
    maximum: 1000,
    fallback: 1,
  }),
  batch: wholeNumber('--batch <n>', 'At most so many at a time.', { minimum: 1, maximum: 10_000, fallback: 10 }),
  out: text('--out <directory>', 'Write the scripts and plan.json there; it must be new or empty.', {
    completion: 'directory',
  }),
};
