import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { programsFolder } from '../../toolkit/host/unpacked-programs.ts';
import { eventsOf, makeWorkplace } from '../support/opsctl.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['promtool']);
const { folder, opsctl, remove } = makeWorkplace();

beforeAll(() => {
  expect(opsctl('init .').status).toBe(0);
});
afterAll(remove);

// Programs are looked for where a system has them, and nowhere else.
it.skipIf(existsSync('/usr/bin/promtool'))('without promtool nothing counts as tested, and the reason is told', () => {
  const ended = opsctl('test');
  expect(ended).toMatchObject({ status: 1, stdout: '' });
  expect(ended.stderr).toContain('rule-tests/no-promtool');
});

describe.skipIf(!programs.available)(programs.title('opsctl test'), () => {
  const run = (words: string) =>
    opsctl(`test ${words}`, { PATH: `/usr/bin:/bin:${dirname(programs.path('promtool'))}` });

  it('tests every alert of a new repository', () => {
    const { status, stdout } = run('--json');
    const events = eventsOf({ status, stdout, stderr: '' });
    const total = events.find(({ event }) => event === 'rule-tests');
    expect({ status, total }).toMatchObject({ status: 0, total: { failed: 0, uncovered: 0, ownTests: 0 } });
    const coverage = events.filter(({ event }) => event === 'rule-coverage');
    expect(coverage.length).toBeGreaterThan(0);
    for (const { alerts, cases } of coverage) {
      expect(cases).toEqual({ firing: alerts, quiet: alerts, resolved: alerts, missing: alerts });
    }
  });

  it('uses the promtool that the quickstart unpacked, and says so', () => {
    const unpacked = join(folder, 'cache/opsctl/programs', basename(programsFolder()), 'prometheus/usr/bin/promtool');
    mkdirSync(dirname(unpacked), { recursive: true });
    symlinkSync(programs.path('promtool'), unpacked);
    const env = { PATH: '/bin', XDG_CACHE_HOME: join(folder, 'cache') };
    const tested = opsctl('test --stack hq --alert HostDown', env);
    expect(tested).toMatchObject({ status: 0, stdout: expect.stringContaining(`by ${unpacked}.`) });
    const checks = opsctl('doctor', env).stdout;
    expect(checks).toContain(`not on PATH; \`opsctl test\` uses it: ${unpacked} (from the quickstart)`);
  });

  it('says how many mistakes in one rule its tests notice', () => {
    const { status, stdout } = run('--alert HostDown --mutations --json');
    const [score] = eventsOf({ status, stdout, stderr: '' }).filter(({ event }) => event === 'mutation-score');
    expect({ status, score }).toMatchObject({ status: 0, score: { alert: 'HostDown', mutants: 6, noticed: 6 } });
  });

  it('leaves the files of one alert for people to read', () => {
    expect(run('--stack plant-1 --alert HostDown --write tests').status).toBe(0);
    const written = readFileSync(join(folder, 'tests/plant-1/host/HostDown.test.yaml'), 'utf8');
    expect(written).toContain('rule_files:\n  - HostDown.rules.yaml\n');
  });

  it.each([
    { words: '--alert NoSuchAlert', status: 64 },
    { words: '--stack nowhere', status: 64 },
  ])('`opsctl test $words` ends with $status', ({ words, status }) => {
    expect(run(words).status).toBe(status);
  });

  it('runs tests that people wrote, and shows which of them failed', () => {
    writeOwn('good', 'plant-1/prometheus/rules/host.yaml', 1);
    writeOwn('bad', '../../rendered/plant-1/prometheus/rules/*.yaml', 0);
    writeOwn('lost', 'plant-1/prometheus/rules/no-such.yaml', 0);
    const { status, stdout } = run('--format json');
    expect(status).toBe(3);
    expect(stdout).toContain('alerts/tests/bad.test.yaml: expr: ');
    expect(stdout).toContain('alerts/tests/lost.test.yaml names plant-1/prometheus/rules/no-such.yaml');
    expect(stdout).not.toContain('good.test.yaml');
  });
});

/** Of a series that is down: `firing` says how many alerts the test expects. */
function writeOwn(name: string, rules: string, firing: number): void {
  const alerts = firing === 0 ? ' []' : '\n          - value: 1';
  mkdirSync(join(folder, 'alerts/tests'), { recursive: true });
  const text = `rule_files: ['${rules}']
evaluation_interval: 1m
tests:
  - name: a host is down
    interval: 1m
    input_series: [{ series: 'up{class="host",item="a"}', values: '0x10' }]
    promql_expr_test:
      - expr: count(ALERTS{alertname="HostDown",alertstate="firing"})
        eval_time: 5m
        exp_samples:${alerts}
`;
  writeFileSync(join(folder, `alerts/tests/${name}.test.yaml`), text);
}
