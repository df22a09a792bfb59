import { root } from '../../run-tool.ts';
import { timed } from '../result.ts';
import { opsctl } from '../synthetic.ts';
import { timeRun, timeRuns } from '../timed-run.ts';
import type { Section } from './section.ts';

/** What everybody waits for, every time. */
export const start: Section = {
  name: 'start',
  async run({ runs, say }) {
    const version = opsctl(root, '--version');
    const validate = opsctl(root, 'validate');
    say('opsctl --version, opsctl validate');
    for (const program of [version, validate]) await timeRun(program); // Fills the compile cache.
    return [
      timed('opsctl --version', await timeRuns(version, runs), 0.1),
      timed('opsctl validate, reference organisation', await timeRuns(validate, runs), 1),
    ];
  },
};
