import { appendFileSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeWorkplace } from '../support/opsctl.ts';
import { freePort, type RunningProgram, startProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';
import { startPrometheus } from '../support/start-prometheus.ts';

const programs = realPrograms(['prometheus', 'prometheus-blackbox-exporter']);
const { folder, opsctl, remove } = makeWorkplace();
const directory = join(folder, 'out/plant-1/prometheus');
const ruleFile = join(directory, 'rules/host.yaml');
let port = 0;
let server: RunningProgram | null = null;
let probes: RunningProgram | null = null;
afterAll(async () => {
  await server?.stop();
  await probes?.stop();
  remove();
});

function bindPrometheus(url: string): void {
  const file = join(folder, 'stacks/bindings/lab.yaml');
  const text = readFileSync(file, 'utf8');
  const bound = `prometheus: { provider: prometheus, directory: out/plant-1/prometheus, check: none, url: '${url}' }`;
  writeFileSync(
    file,
    text.replace(/( {2}plant-1:\n {4})prometheus:.*/, (_, before: string) => before + bound),
  );
}

/** What the rules of the plant watch: a Prometheus has metrics as a host has, and blackbox asks for the rest. */
async function startItems(): Promise<void> {
  const config = join(folder, 'out/plant-1/blackbox/blackbox.yml');
  probes = await startProgram({
    program: programs.path('prometheus-blackbox-exporter'),
    args: (free) => [`--config.file=${config}`, `--web.listen-address=127.0.0.1:${free}`],
    ready: '/-/healthy',
  });
  const addresses = [
    `mes-1.plant-1.example:9100: 127.0.0.1:${port}`,
    `historian-1.plant-1.example:9100: 127.0.0.1:${port}`,
    `blackbox.plant-1:9115: ${new URL(probes.url).host}`,
  ];
  appendFileSync(join(folder, 'stacks/bindings/lab.yaml'), `\naddresses:\n  ${addresses.join('\n  ')}\n`);
}

/** One story, as docs/operating.md tells it: each step goes on where the one before it ended. */
describe.skipIf(!programs.available)(programs.title('a first installation, and a server that is tampered with'), () => {
  it('is planned before the server runs, with a warning', async () => {
    opsctl('init');
    port = await freePort();
    bindPrometheus(`http://127.0.0.1:${port}`);
    const plan = opsctl('plan --out first.plan');
    expect(plan).toMatchObject({ status: 0, stdout: expect.stringContaining('32 to create') });
    expect(plan.stderr).toContain('[operate/target-not-answering]');
  });

  it('puts all files in place, says once that the server does not run, and ends with 1', () => {
    const apply = opsctl('apply first.plan');
    expect(apply).toMatchObject({ status: 1, stdout: expect.stringContaining('32 of 32 changes done') });
    expect(apply.stderr.match(/\[engine\/[a-z-]+\]/g)).toEqual(['[engine/target-not-running]']);
    expect(readFileSync(ruleFile, 'utf8')).toContain('HostDown');
  });

  it('ends with 1 as often as it is repeated, and says what it waits for', () => {
    const again = opsctl('apply --yes');
    expect(again).toMatchObject({ status: 1, stdout: expect.stringMatching(/^Not all of it works: nothing had/m) });
    expect(again.stderr.match(/\[engine\/[a-z-]+\]/g)).toEqual(['[engine/server-awaited]']);
    expect(opsctl('apply first.plan')).toMatchObject({
      status: 5,
      stderr: expect.stringContaining('and not all of it was seen to work.'),
    });
  });

  it('cannot tell that nothing has drifted while the server does not answer', () => {
    expect(opsctl('drift --detailed-exitcode')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('Not answering, so what they run was not compared with their files:'),
    });
  });

  it('is looked at again once the server was started, and ends with 1 until all of it was seen to work', async () => {
    server = await startPrometheus({ program: programs.path('prometheus'), port, directory, data: `${folder}/data` });
    const apply = opsctl('apply --yes --health-timeout 1s');
    expect(apply.status).toBe(1);
    expect(new Set(apply.stderr.match(/\[engine\/[a-z-]+\]/g))).toEqual(new Set(['[engine/still-not-healthy]']));
    await startItems();
    expect(opsctl('apply --yes')).toMatchObject({ status: 0, stderr: '' });
    expect(opsctl('plan --detailed-exitcode')).toMatchObject({ status: 0, stderr: '' });
    expect(opsctl('drift --detailed-exitcode')).toMatchObject({ status: 0, stderr: '' });
    expect(opsctl('doctor').stdout).toContain('ok  plant-1/prometheus reload: allowed');
  });

  it('shows as drift what was edited, loaded and put back, and reloads it although no file changes', async () => {
    copyFileSync(ruleFile, join(folder, 'kept.yaml'));
    writeFileSync(ruleFile, readFileSync(ruleFile, 'utf8').replace('for: 2m', 'for: 77m'));
    await fetch(`${server?.url}/-/reload`, { method: 'POST' });
    copyFileSync(join(folder, 'kept.yaml'), ruleFile);

    expect(opsctl('drift --detailed-exitcode')).toMatchObject({
      status: 2,
      stdout: expect.stringContaining(
        'rules/host.yaml: the server runs HostDown with another for (1h17m, and 2m in the file).',
      ),
    });
    expect(opsctl('doctor').stdout).toContain('!   plant-1/prometheus runs: runs something else than its files say');
    expect(opsctl('apply --yes')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('nothing had to be changed, prometheus of plant-1 was reloaded and seen live.'),
    });
    expect(opsctl('drift --detailed-exitcode').status).toBe(0);
  });

  it('is told that its server runs on when everything is destroyed, which fails nothing', () => {
    const ended = opsctl('destroy --stack plant-1 --yes --approved-by ops-lead');
    expect(ended).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        /! prometheus of plant-1 still runs the former configuration: stop it, or bind it elsewhere\nApplied: 19 of 19 .* 1 server still runs what was removed\.\n$/,
      ),
    });
    expect(ended.stderr).toContain('[engine/left-running]');
    expect(opsctl('drift --stack plant-1 --detailed-exitcode').status).toBe(2);
    expect(opsctl('doctor').stdout).toMatch(/^! {3}plant-1\/prometheus runs: There is no prometheus\.yml any more/m);
    expect(opsctl('state history --stack plant-1').stdout).toMatch(/opsctl destroy by .*\n.*, approved by ops-lead \(/);
    expect(opsctl('apply --yes --health-timeout 0s').status).toBe(0);
  });

  it('names an object that cannot be looked at, compares the others, and ends with 1', () => {
    writeFileSync(join(folder, 'out/plant-1/cmdb/plant-1-mes-1.json'), '{}');
    rmSync(ruleFile);
    mkdirSync(ruleFile);
    const { status, stdout } = opsctl('drift --detailed-exitcode');
    expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining('cmdb-record/plant-1-mes-1') });
    expect(stdout).toContain('Not compared, because they could not be looked at:\n  ! plant-1/prometheus-rules/host');
  });
});
