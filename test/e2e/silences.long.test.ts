import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorkplace } from '../support/opsctl.ts';
import { freePort, type RunningProgram, startProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['alertmanager']);
const { folder, opsctl, remove } = makeWorkplace();
const inSeconds = (seconds: number) => `${new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19)}Z`;
const tomorrow = inSeconds(86_400);

let server: RunningProgram | null = null;
let port = 0;
let plain = '';

interface ApiSilence {
  readonly id: string;
  readonly comment: string;
  readonly createdBy: string;
  readonly endsAt: string;
  readonly status: { readonly state: string };
}

/** The Alertmanager of the plant; that of headquarters is none, so its silences are as those of one that is cut off. */
describe.skipIf(!programs.available)(programs.title('a silence from its line to its end'), () => {
  beforeAll(async () => {
    opsctl('init');
    plain = readFileSync(join(folder, 'stacks/plant-1.ts'), 'utf8');
    expect(opsctl('apply --yes').status).toBe(0);
    port = await freePort();
    server = await start();
  });
  afterAll(async () => {
    await server?.stop();
    remove();
  });

  it('is refused where its Alertmanager has no address, with the line to write, and keeps nothing else from being planned', () => {
    silence(tomorrow);
    const { status, stdout } = opsctl('validate');
    expect(status).toBe(1);
    expect(stdout).toContain('Binding lacks what declared objects need [operate/setting-needed]');
    expect(stdout).toMatch(
      /at stacks\/bindings\/lab\.yaml:\d+:5\n {2}The binding of alertmanager of plant-1 has no `url`/,
    );
    expect(stdout).toContain('expected: url: http://alertmanager.example:9093');
    expect(opsctl('plan').stdout).toContain(
      'create plant-1/alertmanager-silence/chg-7 (its target could not be asked)',
    );
    for (const stack of ['plant-1', 'hq']) bind(stack, stack === 'plant-1' ? port : 1);
    expect(opsctl('validate').status).toBe(0);
  });

  it('without the id of a change is refused where it stands', () => {
    silence(tomorrow, '');
    const { status, stderr } = opsctl('plan --stack plant-1');
    expect(status).not.toBe(0);
    expect(stderr).toContain('the id of a change, such as CHG-1042');
    expect(stderr).toContain('stacks/plant-1.ts');
  });

  it('is in force when it is applied, and says whose it is and why; what the item shows names it', async () => {
    silence(tomorrow);
    const { status, stdout } = opsctl('apply --yes --stack plant-1');
    expect(stdout).toContain('Applied: 2 of 2 changes done: 1 seen to work');
    expect(status).toBe(0);
    expect(await active()).toMatchObject([
      { createdBy: 'plant-1-ops', comment: 'CHG-7: Disks are replaced. [opsctl plant-1/alertmanager-silence/chg-7]' },
    ]);
    expect(opsctl('drift --stack plant-1 --detailed-exitcode').status).toBe(0);
    expect(opsctl('explain plant-1-mes-1').stdout).toMatch(
      /\nSilenced:\n[\s\S]* {2}plant-1\/alertmanager-silence\/chg-7: all its alerts, until /,
    );
  });

  it('ended by hand is drift, and the next apply makes it again', async () => {
    const [made] = await active();
    await fetch(`${server?.url}/api/v2/silence/${made?.id}`, { method: 'DELETE' });
    expect(opsctl('drift --stack plant-1 --detailed-exitcode').status).toBe(2);
    expect(opsctl('apply --yes --stack plant-1').status).toBe(0);
    expect(await active()).toHaveLength(1);
  });

  it('is neither gone nor made twice while its Alertmanager is down', async () => {
    await server?.stop();
    const audit = opsctl('drift --stack plant-1 --detailed-exitcode');
    expect(audit.status).toBe(1);
    expect(audit.stdout).toContain('alertmanager of plant-1: 1 object not compared.');
    expect(audit.stdout).not.toContain('alertmanager-silence/chg-7 is gone');
    const plan = opsctl('plan --stack plant-1');
    expect(plan.stdout).not.toContain('create plant-1/alertmanager-silence/chg-7');
    server = await start();
    expect(opsctl('drift --stack plant-1 --detailed-exitcode').status).toBe(0);
  });

  it('that is cut off at headquarters is owed, and the plant is served', () => {
    const { status, stdout } = opsctl('plan');
    expect(status).toBe(1);
    expect(stdout).toContain('create hq/alertmanager-silence/plant-1-chg-7 (its target could not be asked)');
    expect(stdout).toContain('alertmanager of hq: 1 object not compared.');
  });

  it('moved to a near end expires by itself, and that is no drift', async () => {
    silence(inSeconds(8));
    expect(opsctl('apply --yes --stack plant-1').status).toBe(0);
    await expect.poll(async () => (await active()).length, { timeout: 30_000 }).toBe(0);
    expect(opsctl('drift --stack plant-1 --detailed-exitcode').status).toBe(0);
  });

  it('whose line is deleted is ended', async () => {
    silence(tomorrow);
    expect(opsctl('apply --yes --stack plant-1').status).toBe(0);
    expect(await active()).toHaveLength(1);
    writeFileSync(join(folder, 'stacks/plant-1.ts'), plain);
    expect(opsctl('apply --yes --stack plant-1').status).toBe(0);
    expect(await active()).toEqual([]);
  });

  it('made by hand of all that is critical, for a year, comes first in a plan and is drift', async () => {
    const matchers = [{ name: 'severity', value: 'critical', isRegex: false, isEqual: true }];
    const made = { matchers, startsAt: inSeconds(0), endsAt: inSeconds(365 * 86_400), createdBy: 'x', comment: 'zz' };
    const headers = { 'content-type': 'application/json' };
    await fetch(`${server?.url}/api/v2/silences`, { method: 'POST', headers, body: JSON.stringify(made) });
    const plan = opsctl('plan --stack plant-1').stdout;
    expect(plan).toMatch(
      /Read first:\n {2}! plant-1 alertmanager: a silence of severity="critical" that nobody declared/,
    );
    expect(plan).toMatch(/lasts 36[56] days/);
    const audit = opsctl('drift --stack plant-1 --detailed-exitcode');
    expect(audit.status).toBe(2);
    expect(audit.stdout).toContain('1 finding of policies in what nobody declared');
    for (const format of ['text', 'md', 'html', 'json'])
      expect(opsctl(`drift --stack plant-1 --format ${format}`).stdout).toMatch(/severity=(?:"|&quot;|\\")critical/);
  });
});

function silence(until: string, change = 'CHG-7'): void {
  const terms = `{ until: '${until}', reason: 'Disks are replaced.', owner: 'plant-1-ops', change: '${change}' }`;
  const statement = `\n  .silence(items.where({ site: 'plant-1', class: 'host' }), ${terms});\n`;
  writeFileSync(join(folder, 'stacks/plant-1.ts'), plain.replace(/;\n$/, statement));
}

function bind(stack: string, at: number): void {
  const file = join(folder, 'stacks/bindings/lab.yaml');
  const text = readFileSync(file, 'utf8');
  const binding = `directory: out/${stack}/alertmanager`;
  expect(text).toContain(binding);
  writeFileSync(file, text.replace(binding, `${binding}, url: 'http://127.0.0.1:${at}'`));
}

async function start(): Promise<RunningProgram> {
  return await startProgram({
    program: programs.path('alertmanager'),
    port,
    args: () => [
      `--config.file=${folder}/out/plant-1/alertmanager/alertmanager.yml`,
      `--storage.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    ready: '/-/ready',
  });
}

async function active(): Promise<readonly ApiSilence[]> {
  const all = (await (await fetch(`${server?.url}/api/v2/silences`)).json()) as readonly ApiSilence[];
  return all.filter(({ status }) => status.state === 'active');
}
