import { defineCommand } from '../arguments/command.ts';
import { findingOptions } from '../arguments/global-options.ts';
import { judgeContent } from './judge-content.ts';

export const command = defineCommand({
  description:
    'As validate, and compiles a second time with another clock, time zone, locale and directory: content that reads ' +
    'one of them would give another plan to whoever applies it than to whoever approved it.',
  positionals: {},
  options: findingOptions,
  exits: ['findings'],
  examples: [
    { line: 'opsctl check', text: 'Run before a commit: validates, and shows what depends on the machine.' },
    {
      line: 'opsctl check --format github --fail-on warning',
      text: 'In GitHub Actions, with warnings as blocking as errors.',
    },
  ],
  run: ({ format }, session) => judgeContent(session, { format, twice: true }),
});
