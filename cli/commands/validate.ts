import { defineCommand } from '../arguments/command.ts';
import { findingOptions } from '../arguments/global-options.ts';
import { flag } from '../arguments/option.ts';
import { judgeContent } from './judge-content.ts';

export const command = defineCommand({
  description:
    'Compiles everything and runs the policies over it. Asks no target and needs no credential, so it fits a pull ' +
    'request. Without bindings, the content alone is checked. An expression that Prometheus would refuse is an error; what it ' +
    'would load and what then works otherwise than it looks is for `opsctl lint`.',
  positionals: {},
  options: {
    ...findingOptions,
    twice: flag('--twice', 'Compile a second time with another clock, zone, locale and directory: `opsctl check`.'),
  },
  exits: ['findings'],
  examples: [
    { line: 'opsctl validate', text: 'Says what is wrong, where, and how to fix it.' },
    { line: 'opsctl validate --format sarif > findings.sarif', text: 'The same for code scanning.' },
  ],
  run: ({ format, twice }, session) => judgeContent(session, { format, twice }),
});
