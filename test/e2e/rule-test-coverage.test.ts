import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../toolkit/host/run-program.ts';
import { eventsOf, launcher } from '../support/opsctl.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['promtool']);
const repository = dirname(launcher);

describe.skipIf(!programs.available)(programs.title('the rules of the reference organisation'), () => {
  it('pass their tests; alerts without one are those of the golden file, with the reason', async () => {
    const PATH = `${process.env.PATH}:${dirname(programs.path('promtool'))}`;
    const options = { cwd: repository, env: { PATH }, timeoutMs: 170_000, maxOutputBytes: 64 * 1024 * 1024 };
    const { stdout, stderr, exitCode } = await runProgram(launcher, ['test', '--json'], options);
    const events = eventsOf({ status: exitCode, stdout, stderr });
    const findings = events.flatMap(({ diagnostic }) => (diagnostic === undefined ? [] : [diagnostic as Finding]));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const gaps = findings.filter(({ code }) => code === 'rule-tests/not-covered').map(({ detail }) => `${detail}\n`);
    await expect(gaps.length === 0 ? 'None.\n' : gaps.join('')).toMatchFileSnapshot('golden/uncovered-alerts.txt');
    expect(events.find(({ event }) => event === 'rule-tests')).toMatchObject({ failed: 0, uncovered: gaps.length });
  }, 180_000);
});

interface Finding {
  readonly code: string;
  readonly severity: string;
  readonly detail: string;
}
