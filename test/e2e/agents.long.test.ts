import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { eventsOf, makeWorkplace } from '../support/opsctl.ts';
import { freePort, type RunningProgram, startProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['prometheus', 'prometheus-node-exporter']);
const { folder, opsctl, remove } = makeWorkplace();
const directory = join(folder, 'out/plant-1/prometheus');
const bindings = join(folder, 'stacks/bindings/lab.yaml');
const running: RunningProgram[] = [];
afterAll(async () => {
  for (const program of running) await program.stop();
  remove();
});

/** Fields of every agent that the words list, by item or else program. */
function listed(words: string, ...fields: readonly string[]): Record<string, unknown> {
  const agents = eventsOf(opsctl(`${words} --json`)).filter(({ event }) => event === 'agent');
  return Object.fromEntries(
    agents.map((agent) => [`${agent.item ?? agent.program}`, fields.map((field) => agent[field]).join(' ')]),
  );
}

/** One story: what is declared, what a real Prometheus sees of it, and what would be done about it. */
describe.skipIf(!programs.available)(programs.title('agents of all tiers'), () => {
  it('are known from the content alone', () => {
    opsctl('init');
    expect(listed('agents list --offline', 'stack', 'kind', 'state')).toEqual({
      'hq-portal-1': 'hq exporter not-asked',
      blackbox_exporter: 'plant-1 collector not-asked',
      'plant-1-historian-1': 'plant-1 exporter not-asked',
      'plant-1-mes-1': 'plant-1 exporter not-asked',
      'plant-1-mes-web': 'plant-1 probe not-asked',
    });
    expect(opsctl('agents list --offline --tier L3 --kind exporter').status).toBe(0);
  });

  it('are seen by their Prometheus: up with a version, down with an error, never, and though nobody declares them', async () => {
    const node = await startProgram({
      program: programs.path('prometheus-node-exporter'),
      args: (port) => [`--web.listen-address=127.0.0.1:${port}`],
      ready: '/metrics',
    });
    running.push(node);
    const port = await freePort();
    mapAddresses(node.url);
    expect(opsctl('apply --stack plant-1 --yes --approved-by ops-lead').status).toBe(0);
    bind(port, await freePort());
    addByHand(node.url);
    running.push(
      await startProgram({
        program: programs.path('prometheus'),
        port,
        args: () => [
          `--config.file=${directory}/prometheus.yml`,
          `--storage.tsdb.path=${folder}/data`,
          `--web.listen-address=127.0.0.1:${port}`,
        ],
        ready: '/-/ready',
      }),
    );
    await vi.waitFor(
      () =>
        expect(listed('agents list --stack plant-1', 'state')).toMatchObject({
          'plant-1-historian-1': 'up',
          'plant-1-mes-1': 'down',
          'old-1': 'unexpected',
        }),
      { timeout: 60_000, interval: 300 },
    );
    const versions = listed('agents list --stack plant-1', 'version', 'expected');
    expect(versions['plant-1-historian-1']).toMatch(/^\d+\.\d+\.\d+\S* >=1\.3$/);
    const down = eventsOf(opsctl('agents list --state down --item plant-1-mes-1 --json'));
    expect(down.find(({ event }) => event === 'agent')).toMatchObject({
      lastError: expect.stringContaining('connect'),
      lastScrape: expect.stringMatching(/^20/),
    });
  });

  it('of a Prometheus that does not answer are told as not known, and the others are shown', () => {
    const { status, stdout, stderr } = opsctl('agents list');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^hq \(L1, hq\): 1 agent, 1 not asked\n/);
    expect(stdout).toMatch(/ok plant-1-historian-1 +node_exporter/);
    expect(stderr).toMatch(/\[agents\/unanswered\]\n.*\n {2}Of 1 agent of hq nothing is known.*nothing listens there/);
  });

  it.each([
    { words: 'agents list --stack plant-1', status: 0 },
    { words: 'agents list --stack plant-1 --fail-on warning', status: 3 },
    { words: 'agents list --stack plant-1 --state up --fail-on warning', status: 0 },
    { words: 'agents list --site plant-l', status: 64 },
    { words: 'agents list --state dwon', status: 64 },
    { words: 'agents update --program node_exporter --to latest', status: 64 },
    { words: 'agents update --stack plant-1 --to 1.0 --offline --as binary', status: 64 },
    { words: 'agents update --program node_exporter --to 0.9 --offline', status: 3 },
    { words: 'agents uninstall --stack plant-1 --state up', status: 3 },
  ])('`$words` ends with $status', ({ words, status }) => {
    expect(opsctl(words).status).toBe(status);
  });

  it('are updated by scripts that nobody has run, the least critical first', () => {
    const { status, stdout } = opsctl('agents update --program node_exporter --stack plant-1 --to 99.1 --out update');
    expect(status).toBe(0);
    expect(stdout).toContain("sudo apt-get install --yes --only-upgrade -- 'prometheus-node-exporter=99.1-*'");
    expect(stdout).toMatch(/\n2 agents would be updated to 99\.1, in 2 batches\. Nothing has been run\.\n$/);
    expect(readdirSync(join(folder, 'update')).sort()).toEqual(['batch-01', 'batch-02', 'plan.json']);
    const again = opsctl('agents update --program node_exporter --stack plant-1 --to 99.1 --out update');
    expect(again).toMatchObject({ status: 4, stderr: expect.stringContaining('[agents/out-not-empty]') });
  });

  it('are removed where nobody declares them', () => {
    const { status, stdout, stderr } = opsctl('agents uninstall --state unexpected --stack plant-1 --as deb');
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stdout).toContain('plant-1/host-node/old-1');
    expect(stdout).toContain('sudo apt-get remove --yes -- prometheus-node-exporter');
  });
});

/** hq is bound to where nothing listens. */
function bind(port: number, nobodyAt: number): void {
  const text = readFileSync(bindings, 'utf8')
    .replace('directory: out/hq/prometheus }', `directory: out/hq/prometheus, url: 'http://127.0.0.1:${nobodyAt}' }`)
    .replace(
      'directory: out/plant-1/prometheus }',
      `directory: out/plant-1/prometheus, url: 'http://127.0.0.1:${port}' }`,
    );
  writeFileSync(bindings, text);
}

/** Of the plant's hosts one answers. */
function mapAddresses(nodeUrl: string): void {
  const addresses = {
    'historian-1.plant-1.example:9100': nodeUrl.slice('http://'.length),
    'mes-1.plant-1.example:9100': '127.0.0.1:1',
  };
  writeFileSync(bindings, `${readFileSync(bindings, 'utf8')}\nspeed: 15\naddresses: ${JSON.stringify(addresses)}\n`);
}

function addByHand(nodeUrl: string): void {
  const file = join(directory, 'targets/host-node.json');
  const groups = JSON.parse(readFileSync(file, 'utf8')) as object[];
  const byHand = {
    targets: [nodeUrl.replace('http://127.0.0.1', 'localhost')],
    labels: { item: 'old-1', site: 'plant-1' },
  };
  writeFileSync(file, JSON.stringify([...groups, byHand]));
}
