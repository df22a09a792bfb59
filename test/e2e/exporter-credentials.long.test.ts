import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launcher, makeWorkplace } from '../support/opsctl.ts';
import { type RunningProgram, startProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['prometheus', 'promtool']);
const { folder, opsctl, edit, remove } = makeWorkplace();
const directory = join(folder, 'out/plant-1/prometheus');
const env = { METER_TOKEN: 'tok3n-of-meters', METER_PASSWORD: 'passw0rd-of-meters' };
const canRun = programs.available && spawnSync('openssl', ['version']).status === 0;
const servers: Server[] = [];
let prometheus: RunningProgram;

/** Three exporters: one for whoever bears a token, encrypted; one for a user with a password; one for everybody. */
const meterClass = `import { credential, defineClass, flag, networkName, optional, port, secretAt, text } from 'opsctl';

export const meter = defineClass({
  id: 'meter',
  title: { en: 'Meter', zh: '电表' },
  attributes: {
    address: networkName('Where.'),
    port: port('Port.'),
    token: optional(credential('Token.')),
    user: optional(text('User.')),
    path: optional(text('Path.'), '/metrics'),
    tls: optional(flag('Encrypted.'), false),
  },
  sources: {
    own: {
      kind: 'exporter',
      exporter: 'meter_exporter',
      interval: '30s',
      endpoint: ({ address, port }) => \`\${address}:\${port}\`,
      path: ({ path = '/metrics' }) => path,
      scheme: ({ tls = false }) => (tls ? 'https' : 'http'),
      access: ({ token, user, tls = false }) => ({
        ...(token === undefined ? {} : { as: { token: secretAt(token) } }),
        ...(user === undefined ? {} : { as: { user, password: secretAt('env:METER_PASSWORD') } }),
        ...(tls ? { tls: { authority: secretAt('file:meters.pem'), serverName: 'meters.example' } } : {}),
      }),
    },
  },
  signals: {
    up: { title: { en: 'Answers', zh: '应答' }, unit: 'boolean', direction: 'state', from: 'own', expression: (series) => series('up'), metrics: ['up'] },
  },
});
`;

beforeAll(async () => {
  if (!canRun) return;
  opsctl('init');
  makeCertificate();
  const tls = { key: readFileSync(join(folder, 'meters.key')), cert: readFileSync(join(folder, 'meters.pem')) };
  const basic = `Basic ${Buffer.from(`reader:${env.METER_PASSWORD}`).toString('base64')}`;
  const ports = [
    await listen(createTlsServer(tls, answer(`Bearer ${env.METER_TOKEN}`, '/metrics'))),
    await listen(createPlainServer(answer(basic, '/meters'))),
    await listen(createPlainServer(answer(undefined, '/metrics'))),
  ];
  declare(ports);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'prometheus.yml'), 'global: { external_labels: { stack: plant-1 } }\n');
  prometheus = await startProgram({
    program: programs.path('prometheus'),
    args: (port) => [
      ...[`--config.file=${directory}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`],
      ...[`--web.listen-address=127.0.0.1:${port}`, '--web.enable-lifecycle'],
    ],
    ready: '/-/ready',
  });
  edit(
    'stacks/bindings/lab.yaml',
    'directory: out/plant-1/prometheus }',
    `directory: out/plant-1/prometheus, url: '${prometheus.url}', check: '${programs.path('promtool')}' }`,
  );
  edit('stacks/bindings/lab.yaml', 'environment: lab', 'environment: lab\nspeed: 30');
});

afterAll(async () => {
  await prometheus?.stop();
  for (const server of servers) server.close();
  remove();
});

const title = programs.title('exporters that do not answer everybody');
describe.skipIf(!canRun)(programs.available && !canRun ? `${title} (skipped: openssl not installed)` : title, () => {
  it('are asked by a real Prometheus with what each wants, in one job', async () => {
    expect(await inBackground('adopt plant-1/prometheus-config/main --yes')).toBe(0);
    expect(await inBackground('apply --yes --health-timeout 30s')).toBe(0);
    expect(await metersSeen()).toEqual([
      { item: 'meter-basic', job: 'meter-own', health: 'up' },
      { item: 'meter-open', job: 'meter-own', health: 'up' },
      { item: 'meter-token', job: 'meter-own', health: 'up' },
    ]);
  });

  it('have their secrets in files that nobody else may read, and nowhere else', () => {
    const secret = join(directory, 'secrets/env-METER_TOKEN');
    expect({ text: readFileSync(secret, 'utf8'), mode: statSync(secret).mode & 0o777 }).toEqual({
      text: env.METER_TOKEN,
      mode: 0o600,
    });
    expect(readFileSync(join(directory, 'prometheus.yml'), 'utf8')).not.toContain('tok3n');
    expect(readFileSync(join(folder, '.opsctl/state/lab/plant-1/state.json'), 'utf8')).not.toContain('tok3n');
    expect(opsctl('plan', env).stdout).toContain('No changes');
  });

  it('a token that is renewed is one change, and is told to nobody', () => {
    const { stdout, stderr } = opsctl('plan -v', { ...env, METER_TOKEN: 'n3w-token' });
    expect(stdout).toContain('plant-1/prometheus-secret/env-METER_TOKEN');
    expect(stdout).toContain('1 to update');
    expect(stdout + stderr).not.toMatch(/tok3n|n3w-token/);
  });

  it('a secret that somebody moved is drift, and is told to nobody', () => {
    writeFileSync(join(directory, 'secrets/env-METER_TOKEN'), 'by-h4nd');
    const { stdout, stderr } = opsctl('drift -v', env);
    expect(stdout).toContain('plant-1/prometheus-secret/env-METER_TOKEN');
    expect(stdout + stderr).not.toMatch(/tok3n|by-h4nd/);
  });
});

/** The exporters answer from this process, so it may not wait for a program in one piece. */
async function inBackground(words: string): Promise<number | null> {
  const child = spawn(launcher, words.split(' '), {
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', HOME: folder, ...env },
    stdio: 'ignore',
  });
  const [status] = (await once(child, 'exit')) as [number | null];
  return status;
}

async function metersSeen(): Promise<readonly unknown[]> {
  const answer = await fetch(`${prometheus.url}/api/v1/targets?state=active`);
  const { data } = (await answer.json()) as {
    data: { activeTargets: readonly { labels: Record<string, string>; health: string }[] };
  };
  return data.activeTargets
    .filter(({ labels }) => labels['class'] === 'meter')
    .map(({ labels, health }) => ({ item: labels['item'], job: labels['job'], health }))
    .sort((left, right) => String(left.item).localeCompare(String(right.item)));
}

function makeCertificate(): void {
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=meters.example'],
      ...['-addext', 'subjectAltName=DNS:meters.example'],
      ...['-keyout', join(folder, 'meters.key'), '-out', join(folder, 'meters.pem')],
    ],
    { stdio: 'ignore' },
  );
}

function answer(authorization: string | undefined, path: string): RequestListener {
  return (request, response) => {
    const isAsked = request.url === path && request.headers.authorization === authorization;
    response.writeHead(isAsked ? 200 : 401, { 'content-type': 'text/plain' });
    response.end(isAsked ? 'meter_power_watts 1200\n' : '');
  };
}

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function declare([token, basic, open]: readonly number[]): void {
  mkdirSync(join(folder, 'cmdb/classes'), { recursive: true });
  writeFileSync(join(folder, 'cmdb/classes/meter.ts'), meterClass);
  writeFileSync(
    join(folder, 'cmdb/items/meter.csv'),
    `id,title,site,owner,address,port,token,user,path,tls
meter-token,T,plant-1,plant-1-ops,127.0.0.1,${token},env:METER_TOKEN,,,yes
meter-basic,B,plant-1,plant-1-ops,127.0.0.1,${basic},,reader,/meters,
meter-open,O,plant-1,plant-1-ops,127.0.0.1,${open},,,,
`,
  );
  // Nothing else is measured, so that all of it can be healthy.
  writeFileSync(join(folder, 'cmdb/items/host.csv'), 'id,title,site,owner,address,kind\n');
  writeFileSync(join(folder, 'cmdb/items/http-endpoint.yaml'), 'items: []\n');
  writeFileSync(
    join(folder, 'stacks/plant-1.ts'),
    `import { defineStack, items } from 'opsctl';

export default defineStack({ name: 'plant-1', tier: 'L3', site: 'plant-1', parent: 'hq', team: 'plant-1-ops' })
  .operate(items.where({ site: 'plant-1' }));
`,
  );
  edit('stacks/hq.ts', ".operate(items.where({ site: 'hq' }))", '');
  const organisation = 'cmdb/organisation/index.ts';
  edit(
    organisation,
    'import { defineOrganisation }',
    "import { meter } from '../classes/meter.ts';\nimport { defineOrganisation }",
  );
  edit(organisation, 'classes: standardClasses', 'classes: [...standardClasses, meter]');
}
