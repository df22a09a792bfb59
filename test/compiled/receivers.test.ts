import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import { runProgram } from '../../toolkit/host/run-program.ts';
import { printYaml } from '../../toolkit/languages/yaml/index.ts';
import type { JsonObject, NotificationChannel } from '../../toolkit/model/index.ts';
import { sampleGroup } from '../../toolkit/testing/sample-group.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['amtool']);

const channels: readonly NotificationChannel[] = [
  { kind: 'webhook', url: 'https://duty.example/plant' },
  { kind: 'webhook', url: { $secret: 'env:CHAT_HOOK' }, severities: ['critical'] },
  {
    kind: 'email',
    to: 'ops@plant.example',
    from: 'alerts@plant.example',
    smarthost: 'mail.example:25',
    severities: ['warning'],
  },
  { kind: 'wecom', corporationId: 'ww1', agentId: '7', apiSecret: { $secret: 'env:WECOM' }, toParty: '2' },
];

describe('receivers', () => {
  it('have the channels that want their severity, with secrets as references', () => {
    expect(receiver('plant-ops-critical')).toEqual({
      name: 'plant-ops-critical',
      webhook_configs: [
        { url: 'https://duty.example/plant', send_resolved: true },
        { url: { $secret: 'env:CHAT_HOOK' }, send_resolved: true },
      ],
      wechat_configs: [
        {
          corp_id: 'ww1',
          agent_id: '7',
          api_secret: { $secret: 'env:WECOM' },
          to_party: '2',
          message: '{{ template "opsctl.chat" . }}',
          send_resolved: true,
        },
      ],
    });
    expect(receiver('plant-ops-warning')).toMatchObject({
      webhook_configs: [{ url: 'https://duty.example/plant' }],
      email_configs: [{ to: 'ops@plant.example', smarthost: 'mail.example:25' }],
    });
  });

  it('use the addresses of the environment', () => {
    const group = groupWith(channels);
    const { resources } = compileGroup({
      ...group,
      surroundings: { ...group.surroundings, endpoint: (declared) => `mapped:${declared}` },
    });
    expect(
      JSON.stringify(resources.find(({ address }) => address === 'plant/alertmanager-config/main')?.spec),
    ).toContain('mapped:mail.example:25');
  });
});

describe.skipIf(!programs.available)(programs.title('receivers under amtool'), () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opsctl-receivers-'));
    await mkdir(join(folder, 'templates'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('are accepted, with the message template that they use', async () => {
    const { resources } = compileGroup(groupWith(channels));
    const config = specOf(resources, 'plant/alertmanager-config/main').config ?? {};
    const withValues = JSON.parse(
      JSON.stringify(config).replaceAll(/\{"\$secret":"[^"]+"\}/g, '"https://chat.example/secret"'),
    );
    await writeFile(join(folder, 'alertmanager.yml'), printYaml(withValues));
    await writeFile(
      join(folder, 'templates/opsctl.tmpl'),
      String(specOf(resources, 'plant/alertmanager-template/opsctl').text),
    );
    const result = await runProgram(programs.path('amtool'), ['check-config', join(folder, 'alertmanager.yml')]);
    expect(`${result.stdout}${result.stderr}`).toMatch(/1 templates[\s\S]*SUCCESS|SUCCESS[\s\S]*1 templates/);
  });
});

function groupWith(of: readonly NotificationChannel[]) {
  const group = sampleGroup();
  const teams = group.organisation.teams.map((team) => (team.id === 'plant-ops' ? { ...team, channels: of } : team));
  return { ...group, organisation: { ...group.organisation, teams } };
}

function receiver(name: string): unknown {
  const { resources } = compileGroup(groupWith(channels));
  const config = specOf(resources, 'plant/alertmanager-config/main').config as {
    readonly receivers: readonly { readonly name: string }[];
  };
  return config.receivers.find((entry) => entry.name === name);
}

function specOf(resources: ReturnType<typeof compileGroup>['resources'], address: string): JsonObject {
  return resources.find((resource) => resource.address === address)?.spec ?? {};
}
