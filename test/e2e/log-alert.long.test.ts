import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeWorkplace } from '../support/opsctl.ts';
import { freePort, type RunningProgram, startProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['prometheus', 'promtool', 'alertmanager', 'mtail']);
const { folder, opsctl, edit, remove } = makeWorkplace();
const out = join(folder, 'out/plant-1');
const logs = join(folder, 'remote');

interface Told {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const told: Told[] = [];
let receiver: Server;
const running: RunningProgram[] = [];

/** The plant of `opsctl init`, which collects logs of its two servers, in a laboratory where minutes are seconds. */
function declare(
  ports: { readonly prometheus: number; readonly alertmanager: number; readonly mtail: number },
  url: string,
): void {
  writeFileSync(
    join(folder, 'stacks/plant-1.ts'),
    `import { defineStack, items, standardTargets } from 'opsctl';
import { networkSyslog, sshLogins } from 'opsctl/alerts';

const hosts = items.where({ site: 'plant-1', class: 'host' });
export default defineStack({ name: 'plant-1', tier: 'L3', site: 'plant-1', parent: 'hq', team: 'plant-1-ops', targets: [...standardTargets, 'mtail'] })
  .operate(items.where({ site: 'plant-1' }))
  .collect(sshLogins({ path: '${logs}/{host}/auth.log' }), hosts)
  .collect(networkSyslog({ path: '${logs}/{host}/network.log' }), hosts);
`,
  );
  edit('cmdb/organisation/index.ts', 'https://duty.plant-1.example/alerts', url);
  const bindings = 'stacks/bindings/lab.yaml';
  edit(bindings, 'environment: lab', 'environment: lab\nspeed: 300');
  for (const [name, port] of [
    ['prometheus', ports.prometheus],
    ['alertmanager', ports.alertmanager],
  ] as const)
    edit(
      bindings,
      `directory: out/plant-1/${name} }`,
      `directory: out/plant-1/${name}, url: 'http://127.0.0.1:${port}', reload: none, timeoutMs: 500 }`,
    );
  edit(
    bindings,
    'plant-1/cmdb }',
    `plant-1/cmdb }\n    mtail: { provider: mtail, directory: out/plant-1/mtail, url: 'http://127.0.0.1:${ports.mtail}', reload: none, timeoutMs: 500, check: '${programs.path('mtail')}' }`,
  );
}

async function startAll(ports: { readonly prometheus: number; readonly alertmanager: number; readonly mtail: number }) {
  running.push(
    await startProgram({
      program: programs.path('mtail'),
      port: ports.mtail,
      args: (port) => [
        ...['--progs', `${out}/mtail/programs`, '--logs', `${logs}/*/*.log`],
        ...['--address', '127.0.0.1', '--port', String(port), '--log_dir', folder],
      ],
      ready: '/metrics',
    }),
    await startProgram({
      program: programs.path('alertmanager'),
      port: ports.alertmanager,
      args: (port) => [
        `--config.file=${out}/alertmanager/alertmanager.yml`,
        `--storage.path=${folder}/am`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--cluster.listen-address=',
      ],
      ready: '/-/ready',
    }),
    await startProgram({
      program: programs.path('prometheus'),
      port: ports.prometheus,
      args: (port) => [
        `--config.file=${out}/prometheus/prometheus.yml`,
        `--storage.tsdb.path=${folder}/tsdb`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      ready: '/-/ready',
    }),
  );
}

function write(host: string, file: string, lines: readonly string[]): void {
  mkdirSync(join(logs, host), { recursive: true });
  appendFileSync(join(logs, host, file), lines.map((line) => `${line}\n`).join(''));
}

const query = async (port: number, expression: string) => {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(expression)}`);
  const { data } = (await answer.json()) as {
    data: { result: readonly { metric: Record<string, string>; value: [number, string] }[] };
  };
  return data.result;
};

/** Of what the receiver was told, the first of this name. */
async function firstTold(name: string): Promise<Told | undefined> {
  await expect
    .poll(() => told.some(({ labels }) => labels['alertname'] === name), { timeout: 60_000, interval: 100 })
    .toBe(true);
  return told.find(({ labels }) => labels['alertname'] === name);
}

describe.skipIf(!programs.available)(programs.title('an alert of what a log says'), () => {
  let prometheus = 0;

  beforeAll(async () => {
    receiver = createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      told.push(...(JSON.parse(Buffer.concat(parts).toString('utf8')) as { alerts: Told[] }).alerts);
      response.end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    opsctl('init');
    const ports = { prometheus: await freePort(), alertmanager: await freePort(), mtail: await freePort() };
    prometheus = ports.prometheus;
    declare(ports, `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/alerts`);
    write('mes-1', 'auth.log', []);
    write('historian-1', 'network.log', []);
    const applied = opsctl('apply --yes --health-timeout 0');
    expect({ ...applied, stdout: '' }).toMatchObject({ status: 0 });
    await startAll(ports);
    // A series that begins counts from zero only where its collector was seen before.
    const wasUp = () => query(prometheus, 'up{job="logs-mtail"} offset 4s == 1');
    await vi.waitUntil(async () => (await wasUp()).length === 1, { timeout: 60_000, interval: 200 });
  }, 120_000);

  afterAll(async () => {
    await Promise.all(running.map((program) => program.stop()));
    receiver?.close();
    remove();
  });

  it('reaches the team that owns the item whose log it is, with the labels of every alert', async () => {
    const guess = (index: number) =>
      `Nov 21 10:00:01 mes-1 sshd[${index}]: Failed password for root from 203.0.113.9 port 51122 ssh2`;
    write(
      'mes-1',
      'auth.log',
      Array.from({ length: 40 }, (_, index) => guess(index + 1)),
    );
    expect(await firstTold('SshPasswordGuessing')).toMatchObject({
      labels: {
        alertname: 'SshPasswordGuessing',
        item: 'plant-1-mes-1',
        class: 'host',
        tier: 'L3',
        site: 'plant-1',
        tenant: 'shared',
        team: 'plant-1-ops',
        criticality: 'critical',
        severity: 'warning',
      },
      annotations: {
        summary_en: '40 failed logins by SSH at plant-1-mes-1 within 10 minutes',
        runbook_url: expect.stringMatching(/logs\/ssh-password-guessing/),
      },
    });
  });

  it('is told by the first line of what is rare', async () => {
    write('historian-1', 'network.log', [
      'Nov 21 10:00:06 historian-1 %%10DEV/1/POWER_FAILED: -Slot=1; Power 2 failed.',
    ]);
    const alert = await firstTold('NetworkDeviceInTrouble');
    expect(alert?.labels).toMatchObject({ item: 'plant-1-historian-1', team: 'plant-1-ops', severity: 'critical' });
  });

  it('is of a pipeline whose tests mtail itself runs, as the binding names it', () => {
    const { status, stdout } = opsctl('test --pipeline ssh-logins,network-syslog');
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: [
        'network-syslog: 1 test, judged by the meaning of its steps and by mtail',
        'ssh-logins: 1 test, judged by the meaning of its steps and by mtail',
        'Passed: 2 tests of 2 pipelines.',
        '',
      ].join('\n'),
    });
    expect(opsctl('test --pipeline nobody')).toMatchObject({ status: 3 });
  });

  it('counts what a sender writes that nobody knows, under the name of the collector', async () => {
    const line = 'Nov 21 10:00:01 stranger-9 sshd[1]: Accepted publickey for li from 10.0.0.1 port 1 ssh2';
    const seen = () => query(prometheus, 'ssh_logins_total{sender="stranger-9"}');
    const writtenAndSeen = async () => {
      // What a file holds when mtail finds it is not read, so the line is written until it is seen.
      write('stranger-9', 'auth.log', [line]);
      return (await seen()).length;
    };
    await expect.poll(writtenAndSeen, { timeout: 30_000, interval: 500 }).toBe(1);
    expect((await seen())[0]?.metric).toEqual({
      __name__: 'ssh_logins_total',
      account: 'named',
      class: 'log-collector',
      criticality: 'medium',
      instance: expect.any(String),
      item: 'plant-1-mtail',
      job: 'logs-mtail',
      known: 'yes',
      method: 'publickey',
      outcome: 'Accepted',
      sender: 'stranger-9',
      site: 'plant-1',
      team: 'plant-1-ops',
      tenant: 'shared',
      tier: 'L3',
    });
  });
});
