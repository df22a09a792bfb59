import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeLease } from '../../../toolkit/host/file-set/target-lease.ts';
import { findProgram } from '../../../toolkit/host/run-program.ts';
import { eventsOf, makeWorkplace } from '../../support/opsctl.ts';
import { freePort, type RunningProgram } from '../../support/processes.ts';
import { realPrograms } from '../../support/programs.ts';
import { startPrometheus } from '../../support/start-prometheus.ts';

const pulumi = await findProgram('pulumi');
const programs = realPrograms(['prometheus']);
const isThere = { embedded: true, pulumi: pulumi !== null };
const why = (engine: keyof typeof isThere) => (isThere[engine] ? '' : ' (skipped: no pulumi on PATH)');

/** What both engines promise beside carrying out a plan, with an organisation of its own for each. */
describe.each(['embedded', 'pulumi'] as const)('%s', (engine) => {
  const { folder, opsctl, edit, remove } = makeWorkplace();
  const env = {
    PATH: ['/usr/bin', '/bin', dirname(pulumi ?? '/x/x')].join(delimiter),
    OPSCTL_ENGINE: engine,
    PULUMI_BACKEND_URL: `file://${join(folder, '.backend')}`,
    PULUMI_CONFIG_PASSPHRASE: 'of the test',
    PULUMI_HOME: join(folder, '.pulumi-home'),
  };
  const run = (words: string) => opsctl(words, env);
  const directory = join(folder, 'out/plant-1/prometheus');
  const rules = join(directory, 'rules/host.yaml');
  let server: RunningProgram | null = null;

  beforeAll(async () => {
    if (!isThere[engine]) return;
    mkdirSync(join(folder, '.backend'));
    expect(opsctl('init .').status).toBe(0);
    expect(run('apply --yes').status).toBe(0);
  }, 120_000);
  afterAll(async () => {
    await server?.stop();
    remove();
  });

  function codes(words: string) {
    const ended = run(`${words} --json`);
    const diagnostics = eventsOf(ended).flatMap(({ diagnostic }) =>
      diagnostic === undefined ? [] : [(diagnostic as { readonly code: string }).code],
    );
    return { status: ended.status, codes: [...new Set(diagnostics)] };
  }

  describe.skipIf(!isThere[engine])(`the engine ${engine}${why(engine)}`, { timeout: 180_000 }, () => {
    it('waits for nobody who works on the same target from another clone, and says who it is', async () => {
      const restore = edit('stacks/plant-1.ts', (text) => text.replace('0.05', '0.06'));
      const before = readFileSync(rules, 'utf8');
      const lease = await takeLease(directory, 'prometheus.yml');
      const refused = codes('apply --yes');
      await lease?.release();
      expect(refused).toEqual({ status: 6, codes: expect.arrayContaining(['file-set/in-use']) });
      expect(readFileSync(rules, 'utf8')).toBe(before);
      expect(run('apply --yes').status).toBe(0);
      expect(readFileSync(rules, 'utf8')).not.toBe(before);
      restore();
      expect(run('apply --yes').status).toBe(0);
    });

    it('drops the record of what is gone and not declared any more, and touches nothing', () => {
      edit('cmdb/items/host.csv', (text) => text.replace(/^plant-1-historian-1.*\n/m, ''));
      edit('stacks/plant-1.ts', (text) =>
        text.replace(/\n {2}\.tune[\s\S]*\}\);/, ';').replace(/import \{ (hostAlerts|item) .*\n/g, ''),
      );
      rmSync(join(folder, 'out/plant-1/cmdb/plant-1-historian-1.json'));
      const words = 'apply --yes --allow-deletes 5 --approved-by ops-lead';
      expect(run(words).stdout).toContain('forget');
      expect(run('state list --stack plant-1').stdout).not.toContain('plant-1-historian-1');
      expect(run('plan --detailed-exitcode').status).toBe(0);
    });

    it('tells of policies that judged what was applied and are gone', () => {
      const restore = edit('policies/standard.ts', (text) =>
        text.replace(
          "export { standardPolicies as default } from 'opsctl/policies';",
          "import { standardPolicies } from 'opsctl/policies';\nexport default standardPolicies.slice(1);",
        ),
      );
      expect(run('plan').stdout).toMatch(/alerts\/label-hygiene is gone/);
      restore();
      expect(run('plan').stdout).not.toMatch(/alerts\/label-hygiene is gone/);
    });

    it('writes each run down, with who ran it', () => {
      const runs = run('state history --stack plant-1').stdout;
      expect(runs).toContain('opsctl apply by');
    });

    it.skipIf(!programs.available)(
      programs.title('remembers what was not seen to work, and ends with 1 until it was'),
      async () => {
        const port = await freePort();
        server = await startPrometheus({
          program: programs.path('prometheus'),
          port,
          directory,
          data: `${folder}/data`,
        });
        edit('stacks/bindings/lab.yaml', (text) =>
          text.replace(
            'directory: out/plant-1/prometheus',
            `directory: out/plant-1/prometheus, url: 'http://127.0.0.1:${port}'`,
          ),
        );
        edit('cmdb/items/host.csv', (text) => text.replace('mes-1.plant-1.example', 'mes-9.plant-1.example'));
        const first = codes('apply --yes --health-timeout 1s');
        expect(first).toEqual({ status: 1, codes: expect.arrayContaining(['engine/not-healthy']) });
        expect(codes('apply --yes --health-timeout 1s')).toEqual({
          status: 1,
          codes: expect.arrayContaining(['engine/still-not-healthy']),
        });
      },
    );
  });
});
