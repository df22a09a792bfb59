import type { ReportFormat } from '../../toolkit/diagnostics/reporters/index.ts';
import { flag, type OptionValues, oneOf, text } from './option.ts';

/** Options of every command; they may also stand before its name. */
export const globalOptions = {
  json: flag('--json', 'Write the result as a stream of versioned events, one JSON object per line.'),
  directory: text('--directory <directory>', 'The repository; the current directory or one above it when not given.', {
    variable: 'OPSCTL_DIRECTORY',
    completion: 'directory',
  }),
  environment: text('--environment <name>', 'Which stacks/bindings/<name>.yaml says where the targets are.', {
    variable: 'OPSCTL_ENVIRONMENT',
    completion: 'environment',
  }),
  bindings: text('--bindings <file>', 'Bindings from this file instead.', {
    variable: 'OPSCTL_BINDINGS',
    completion: 'file',
  }),
  minSeverity: oneOf(
    '--min-severity <severity>',
    'Mildest severity that is shown.',
    ['error', 'warning', 'notice'],
    'notice',
  ),
  failOn: oneOf('--fail-on <severity>', 'Mildest severity that blocks.', ['error', 'warning', 'notice'], 'error'),
  colour: {
    flags: '--no-colour',
    doc: 'No colours, whatever the terminal can do (as NO_COLOR=1 and --no-color).',
    read: (given: readonly string[] | undefined) => given === undefined,
  },
  progress: {
    ...oneOf('--progress <kind>', 'Whether work of more than a second is told on stderr.', ['auto', 'none'], 'auto'),
    variable: 'OPSCTL_PROGRESS',
  },
  verbose: flag('-v, --verbose', 'Tell more: whole values, and full lists where only the first few are shown.'),
};

export type GlobalValues = OptionValues<typeof globalOptions>;

/** Of the commands whose result is a list of findings. */
export const findingOptions = {
  format: oneOf<ReportFormat>(
    '--format <name>',
    'How findings are written.',
    ['human', 'json', 'sarif', 'junit', 'github'],
    'human',
  ),
};
