import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineBackupStorageLocation, defineVeleroSchedule } from 'opsctl';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import { clusterHomes } from '../../toolkit/compile/kubernetes/index.ts';
import { runProgram } from '../../toolkit/host/run-program.ts';
import { printYaml } from '../../toolkit/languages/yaml/index.ts';
import {
  isJsonObject,
  items,
  type JsonObject,
  type JsonValue,
  kubernetes,
  type NotificationChannel,
  type Resource,
  secretAt,
} from '../../toolkit/model/index.ts';
import { sampleGroup, sampleStacks } from '../../toolkit/testing/sample-group.ts';
import { definitions, misfitsOf } from '../support/custom-resources.ts';
import { realPrograms } from '../support/programs.ts';
import { alertmanagerOf, scrapeJobOf } from '../support/prometheus-operator.ts';
import { wholeCatalogue } from '../support/whole-catalogue.ts';

/** Every kind of channel that a team may have, with all that it may say. */
const channels: readonly NotificationChannel[] = [
  { kind: 'webhook', url: secretAt('env:WEBHOOK') },
  {
    kind: 'email',
    to: 'a@example.com',
    from: 'b@example.com',
    smarthost: 'mail.example:25',
    username: 'u',
    password: secretAt('env:MAIL'),
    requireTls: false,
  },
  {
    kind: 'wecom',
    corporationId: 'ww1',
    agentId: '1',
    apiSecret: secretAt('env:WECOM'),
    apiUrl: 'https://wecom.example/cgi-bin/',
    toParty: '2',
  },
];

const objects = compilePlant();

describe.runIf(definitions.available)(definitions.title('compiled objects of a cluster'), () => {
  it('are what their definitions allow, with no field that would be taken away', () => {
    const custom = objects.filter((object) => object.apiVersion !== 'v1');
    expect(custom.flatMap((object) => misfitsOf(object).map((misfit) => `${nameOf(object)}: ${misfit}`))).toEqual([]);
    expect([...new Set(custom.map(({ kind }) => kind))].sort()).toEqual([
      'AlertmanagerConfig',
      'BackupStorageLocation',
      'PodMonitor',
      'Probe',
      'PrometheusRule',
      'Schedule',
      'ScrapeConfig',
      'ServiceMonitor',
    ]);
  });

  it('have routes within routes that are routes too', () => {
    const [config = {}] = ofKind('AlertmanagerConfig');
    const misfits = routesBelow((config.spec as JsonObject).route as JsonObject).flatMap((child) =>
      misfitsOf({ ...config, spec: { route: { ...child, routes: [] } } }),
    );
    expect(misfits).toEqual([]);
  });

  it.each([
    { name: 'a field that there is not', field: { moduel: 'x' } },
    { name: 'a value of the wrong form', field: { interval: '5 minutes' } },
    { name: 'a value of the wrong type', field: { jobName: 5 } },
  ])('would be refused with $name', ({ field }) => {
    const [probe = {}] = ofKind('Probe');
    expect(misfitsOf({ ...probe, spec: { ...(probe.spec as JsonObject), ...field } })).toHaveLength(1);
  });
});

it('a Schedule of Velero keeps backups for hours, as Go counts, and says how volumes are kept', () => {
  expect(ofKind('Schedule').map(({ spec }) => spec)).toEqual([
    {
      schedule: '0 1 * * *',
      template: {
        includedNamespaces: ['mes'],
        storageLocation: 'hq',
        snapshotVolumes: false,
        defaultVolumesToFsBackup: true,
        ttl: '720h0m0s',
      },
    },
  ]);
});

const programs = realPrograms(['promtool', 'amtool']);

/** What the operator would make of the objects, under the tools of Prometheus and Alertmanager. */
describe.skipIf(!programs.available)(programs.title('configurations that the operator makes'), () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opsctl-operator-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('of ScrapeConfigs and Probes are accepted by promtool', async () => {
    const jobs = [...ofKind('ScrapeConfig'), ...ofKind('Probe')].map((object) => ({
      job_name: nameOf(object),
      ...scrapeJobOf(object, () => 'secret'),
    }));
    expect(await judge('promtool', ['check', 'config'], { scrape_configs: jobs })).toContain('SUCCESS');
  });

  it('of PrometheusRules are accepted by promtool', async () => {
    const groups = ofKind('PrometheusRule').flatMap(({ spec }) => (spec as { groups: JsonObject[] }).groups);
    expect(await judge('promtool', ['check', 'rules'], { groups })).toContain('SUCCESS');
  });

  it('of an AlertmanagerConfig is accepted by amtool', async () => {
    const config = alertmanagerOf(ofKind('AlertmanagerConfig'), 'None');
    expect(await judge('amtool', ['check-config'], resolved(config) as JsonObject)).toContain('SUCCESS');
  });

  async function judge(program: 'promtool' | 'amtool', args: readonly string[], document: JsonObject) {
    const file = join(folder, `${program}-${args.join('-')}.yml`);
    await writeFile(file, printYaml(document));
    const { stdout, stderr } = await runProgram(programs.path(program), [...args, file], { timeoutMs: 60_000 });
    return `${stdout}${stderr}`;
  }
});

function compilePlant(): readonly JsonObject[] {
  const whole = wholeCatalogue();
  const service = { namespace: 'mes', labels: { app: 'mes' }, port: 'metrics' };
  const hosts = ['host-1', 'windows-host-1'];
  const home = kubernetes({ namespace: 'monitoring', outside: ['snmp', 'modbus', 'ipmi', 'json'] });
  const stacks = sampleStacks((plant) =>
    plant
      .include([
        defineVeleroSchedule({
          name: 'mes',
          schedule: '0 1 * * *',
          keep: '30d',
          of: ['mes'],
          to: 'hq',
          volumes: 'files',
        }),
        defineBackupStorageLocation({
          name: 'hq',
          provider: 'aws',
          bucket: 'backups',
          prefix: 'plant',
          config: { region: 'hq', s3Url: 'https://s3.example' },
          credential: { name: 'cloud-credentials', key: 'cloud' },
          isDefault: true,
          access: 'read-write',
        }),
      ])
      .reach(items.where({ id: hosts[0] ?? '' }), { service })
      .reach(items.where({ id: hosts[1] ?? '' }), { pods: service }),
  ).map((stack) => {
    const targets = whole.stacks.find(({ name }) => name === stack.name)?.targets ?? [];
    return stack.name === 'plant' ? { ...stack, targets, home } : stack;
  });
  const group = sampleGroup({ stacks: stacks as never, items: whole.items });
  const teams = group.organisation.teams.map((team) => ({ ...team, channels: [...team.channels, ...channels] }));
  const { placed, diagnostics } = compileGroup(
    { ...group, organisation: { ...group.organisation, teams } },
    clusterHomes,
  );
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return placed.filter(({ target }: Resource) => target === 'kubernetes').map(({ spec }) => spec);
}

function ofKind(kind: string): readonly JsonObject[] {
  return objects.filter((object) => object.kind === kind);
}

function nameOf({ kind, metadata }: JsonObject): string {
  return `${String(kind)}/${isJsonObject(metadata) ? String(metadata.name) : ''}`;
}

function routesBelow(route: JsonObject): readonly JsonObject[] {
  const routes = (route.routes ?? []) as readonly JsonObject[];
  return [...routes, ...routes.flatMap(routesBelow)];
}

/** With something in the place of every key of a Secret. */
function resolved(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(resolved);
  if (!isJsonObject(value)) return value;
  if (typeof value.key === 'string') return 'http://secret.example';
  return Object.fromEntries(Object.entries(value).map(([field, child]) => [field, resolved(child)]));
}
