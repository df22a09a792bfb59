import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startProgram } from '../../../test/support/processes.ts';
import { realPrograms } from '../../../test/support/programs.ts';
import { type JsonObject, type JsonValue, makeAddress, type ObjectReference } from '../../model/index.ts';
import {
  describeProvider,
  directoryContents,
  directoryFingerprint,
  plainContext,
  type TargetUnderTest,
} from '../../testing/index.ts';
import { alertmanagerProvider } from './provider.ts';

const programs = realPrograms(['alertmanager', 'amtool']);

const baseConfig = {
  route: { receiver: 'ops', group_by: ['tenant', 'site'] },
  receivers: [
    {
      name: 'ops',
      webhook_configs: [{ url: 'http://127.0.0.1:1/hook' }],
      wechat_configs: [{ api_secret: 'sesame', corp_id: 'c', agent_id: '1' }],
    },
    {
      name: 'mail',
      email_configs: [
        { to: 'a@plant.example', from: 'b@plant.example', smarthost: 'mail.example:25', require_tls: false },
      ],
    },
  ],
  templates: ['templates/*.tmpl'],
};

const config = {
  address: makeAddress({ stack: 'plant', type: 'alertmanager-config', name: 'main' }),
  type: 'alertmanager-config',
  spec: { config: baseConfig },
  changedSpec: {
    config: {
      ...baseConfig,
      route: {
        ...baseConfig.route,
        routes: [
          {
            receiver: 'mail',
            matchers: ['severity=~"critical|warning"', 'tier="L3"'],
            group_wait: '90s',
            mute_time_intervals: ['nights'],
          },
        ],
      },
      inhibit_rules: [
        { source_matchers: ['severity="critical"'], target_matchers: ['severity="warning"'], equal: ['item'] },
      ],
      time_intervals: [
        {
          name: 'nights',
          time_intervals: [
            {
              times: [{ start_time: '22:00', end_time: '24:00' }],
              weekdays: ['monday:friday'],
              location: 'Asia/Shanghai',
            },
          ],
        },
      ],
    },
  },
  initially: 'present',
} as const;

const template = {
  address: makeAddress({ stack: 'plant', type: 'alertmanager-template', name: 'wecom' }),
  type: 'alertmanager-template',
  spec: { name: 'wecom', text: '{{ define "wecom.title" }}告警 {{ .GroupLabels.item }}{{ end }}\n' },
  changedSpec: { name: 'wecom', text: '{{ define "wecom.title" }}Alert {{ .GroupLabels.item }}{{ end }}\n' },
};

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

const silence = {
  address: makeAddress({ stack: 'plant', type: 'alertmanager-silence', name: 'chg-1042' }),
  type: 'alertmanager-silence',
  spec: {
    id: 'plant/alertmanager-silence/chg-1042',
    matchers: [
      { name: 'stack', value: 'plant', isRegex: false, isEqual: true },
      { name: 'item', value: 'mes-1|mes-2', isRegex: true, isEqual: true },
    ],
    startsAt: '2026-01-01T08:00:00+08:00',
    endsAt: inDays(1),
    owner: 'mes-ops',
    reason: '更换磁盘: disks are being replaced',
    change: 'CHG-1042',
  },
  changedSpec: {
    id: 'plant/alertmanager-silence/chg-1042',
    matchers: [{ name: 'item', value: 'mes-1', isRegex: false, isEqual: true }],
    startsAt: '2026-01-01T08:00:00+08:00',
    endsAt: inDays(2),
    owner: 'mes-ops',
    reason: 'Only one is left.',
    change: 'CHG-1043',
  },
};

describe.skipIf(!programs.available)(programs.title('a real Alertmanager'), () => {
  describeProvider('alertmanager', {
    provider: alertmanagerProvider,
    open: openAlertmanager,
    samples: [template, config, silence],
    refused: {
      address: makeAddress({ stack: 'plant', type: 'alertmanager-template', name: 'broken' }),
      type: 'alertmanager-template',
      spec: { name: 'broken', text: '{{ define "x" }}' },
      reason: /^amtool refuses it: templates\/broken\.tmpl:1: unexpected EOF\.$/,
    },
  });

  it('blames the configuration for what is wrong in it', async () => {
    const target = await openForTest();
    const session = alertmanagerProvider.open(target.binding, plainContext());
    const spec = {
      config: { ...baseConfig, time_intervals: [{ name: 'x', time_intervals: [{ location: 'Mars/Olympus' }] }] },
    };
    await session.stage({ kind: 'write', address: config.address, type: config.type, spec });
    expect(await session.commit()).toEqual({
      accepted: false,
      reason: expect.stringMatching(/^amtool refuses it: alertmanager\.yml: .*Mars\/Olympus/),
      blamed: [config.address],
    });
  });

  it('sees that what it wrote is loaded, secrets and all, and keeps others from reading it', async () => {
    const target = await openForTest();
    const session = alertmanagerProvider.open(target.binding, plainContext());
    await session.stage({ kind: 'write', address: config.address, type: config.type, spec: config.changedSpec });
    expect(await session.commit()).toEqual({
      accepted: true,
      note: '1 written, 0 removed; checked by amtool, reloaded and seen live',
    });
    expect(await session.health([config, template], 0)).toEqual([
      { address: config.address, healthy: true, detail: 'It is loaded.' },
      { address: template.address, healthy: false, detail: 'The file is missing.' },
    ]);
    const { mode } = await stat(path.join(String(target.binding.settings.directory), 'alertmanager.yml'));
    expect((mode & 0o777).toString(8)).toBe('640');
  });

  it('gives a secret back as the reference that it was written for, wherever it stands', async () => {
    const target = await openForTest();
    const resolveSecret = async (reference: string) => `http://127.0.0.1:1/${reference}`;
    const session = alertmanagerProvider.open(target.binding, plainContext({ resolveSecret }));
    const withHooks = (ops: JsonValue, mail: JsonValue) => ({
      config: {
        route: { receiver: 'ops' },
        receivers: [
          { name: 'ops', webhook_configs: [{ url: ops }] },
          { name: 'mail', webhook_configs: [{ url: mail }] },
        ],
      },
    });
    const declared = withHooks({ $secret: 'env:OPS' }, { $secret: 'env:MAIL' });
    const resolved = withHooks(await resolveSecret('env:OPS'), 'http://127.0.0.1:1/former');
    await session.stage({ kind: 'write', address: config.address, type: config.type, spec: resolved, sensitive: true });
    await session.commit();
    const seen = await session.readMany([{ ...config, spec: declared }]);
    expect(seen.get(config.address)).toEqual({
      state: 'present',
      spec: {
        config: {
          route: { receiver: 'ops' },
          receivers: [
            { name: 'mail', webhook_configs: [{ url: 'http://127.0.0.1:1/former' }] },
            { name: 'ops', webhook_configs: [{ url: { $secret: 'env:OPS' } }] },
          ],
        },
      },
    });
  });

  it('refuses when the server at the url has another configuration', async () => {
    const [target, other] = [await openForTest(), await openForTest()];
    const binding = {
      ...target.binding,
      settings: { ...target.binding.settings, url: other.binding.settings.url as string },
    };
    const session = alertmanagerProvider.open(binding, plainContext());
    await session.stage({ kind: 'write', address: config.address, type: config.type, spec: config.changedSpec });
    expect(await session.commit()).toEqual({
      accepted: false,
      reason: expect.stringContaining('/route/routes of alertmanager.yml is not in the configuration that it uses'),
      blamed: [config.address],
    });
  });
});

/** A target that goes when the test is over, however it ends. */
async function openForTest(): Promise<TargetUnderTest> {
  const target = await openAlertmanager();
  onTestFinished(() => target.close());
  return target;
}

async function openAlertmanager(): Promise<TargetUnderTest> {
  const folder = await mkdtemp(path.join(tmpdir(), 'opsctl-alertmanager-'));
  const directory = path.join(folder, 'etc');
  await mkdir(directory);
  await writeFile(path.join(directory, 'alertmanager.yml'), JSON.stringify(baseConfig), { mode: 0o644 });
  const server = await startProgram({
    program: programs.path('alertmanager'),
    args: (port) => [
      `--config.file=${directory}/alertmanager.yml`,
      `--storage.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    ready: '/-/ready',
  });
  const settings = { directory, url: server.url, check: programs.path('amtool') };
  return {
    binding: { stack: 'plant', target: 'alertmanager', provider: 'alertmanager', settings },
    contents: async () => [
      await directoryContents(directory),
      (await silencesAt(server.url)).map(({ matchers, endsAt, createdBy, comment }) => [
        matchers,
        endsAt,
        createdBy,
        comment,
      ]),
    ],
    fingerprint: async () => [await directoryFingerprint(directory), await silencesAt(server.url)],
    async changeByHand(sample) {
      if (sample.type !== silence.type)
        return await writeFile(path.join(directory, fileOf(sample)), 'route: {receiver: nobody}\n');
      const [seen] = await silencesAt(server.url);
      await postAt(server.url, {
        ...seen,
        endsAt: inDays(20),
        comment: String(seen?.comment).replace(': ', ': by hand, '),
      });
    },
    async breakByHand(sample) {
      if (sample.type !== silence.type)
        return await writeFile(path.join(directory, fileOf(sample)), 'route: [ {{ define');
      for (const { id } of await silencesAt(server.url)) await expireAt(server.url, String(id));
    },
    close: async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}

function fileOf({ type, spec }: ObjectReference): string {
  return type === 'alertmanager-config' ? 'alertmanager.yml' : `templates/${String(spec.name)}.tmpl`;
}

async function silencesAt(url: string): Promise<readonly JsonObject[]> {
  const all = (await (await fetch(`${url}/api/v2/silences`)).json()) as readonly JsonObject[];
  return all.filter(({ status }) => (status as JsonObject).state !== 'expired');
}

/** As the web interface of Alertmanager does it. */
async function postAt(url: string, made: JsonObject): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/api/v2/silences`, { method: 'POST', headers, body: JSON.stringify(made) });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { readonly silenceID: string }).silenceID;
}

async function expireAt(url: string, id: string): Promise<void> {
  await fetch(`${url}/api/v2/silence/${id}`, { method: 'DELETE' });
}
