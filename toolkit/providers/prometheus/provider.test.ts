import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startProgram } from '../../../test/support/processes.ts';
import { realPrograms } from '../../../test/support/programs.ts';
import { isJsonObject, type JsonObject, makeAddress, type ObjectReference } from '../../model/index.ts';
import {
  describeProvider,
  directoryContents,
  directoryFingerprint,
  plainContext,
  type TargetUnderTest,
} from '../../testing/index.ts';
import { prometheusProvider } from './provider.ts';

const programs = realPrograms(['prometheus', 'promtool']);

const baseConfig = {
  global: { scrape_interval: '1s', evaluation_interval: '1s', external_labels: { stack: 'plant' } },
  rule_files: ['rules/*.yaml'],
  scrape_configs: [{ job_name: 'hosts', file_sd_configs: [{ files: ['targets/*.json'] }] }],
};

const config = {
  address: makeAddress({ stack: 'plant', type: 'prometheus-config', name: 'main' }),
  type: 'prometheus-config',
  spec: { config: baseConfig },
  changedSpec: {
    config: {
      ...baseConfig,
      scrape_configs: [...baseConfig.scrape_configs, { job_name: 'probes', scrape_interval: '90s' }],
    },
  },
  initially: 'present',
} as const;

const hosts = {
  address: makeAddress({ stack: 'plant', type: 'prometheus-targets', name: 'hosts' }),
  type: 'prometheus-targets',
  spec: { name: 'hosts', groups: [{ targets: ['127.0.0.1:1'], labels: { item: '泵站-1', tier: 'L3' } }] },
  changedSpec: { name: 'hosts', groups: [{ targets: ['127.0.0.1:2'], labels: { item: '泵站-1', tier: 'L3' } }] },
};

const rules = {
  address: makeAddress({ stack: 'plant', type: 'prometheus-rules', name: 'host' }),
  type: 'prometheus-rules',
  spec: { group: { name: 'host', rules: [alert('HostDown', 'up == 0')] } },
  changedSpec: { group: { name: 'host', interval: '2m', rules: [alert('HostDown', 'up == 0 or absent(up)')] } },
};

describe.skipIf(!programs.available)(programs.title('a real Prometheus'), () => {
  describeProvider('prometheus', {
    provider: prometheusProvider,
    open: openPrometheus,
    samples: [rules, hosts, config],
    refused: {
      address: makeAddress({ stack: 'plant', type: 'prometheus-rules', name: 'broken' }),
      type: 'prometheus-rules',
      spec: { group: { name: 'broken', rules: [alert('Broken', 'sum by (up')] } },
      reason: /promtool refuses it: rules\/broken\.yaml: \d+:\d+: group "broken", rule 1, "Broken": .*parse error/,
    },
    specs: { 'prometheus-rules': anyRules(), 'prometheus-targets': anyTargets() },
  });

  it('says who answers by the directory and the external label of the running server', async () => {
    const target = await openForTest();
    const session = prometheusProvider.open(target.binding, plainContext());
    expect(await session.identify()).toEqual({ directory: target.binding.settings.directory, stack: 'plant' });
  });

  it('does not take rules for new ones that nobody has reloaded, where a group of the name runs on', async () => {
    const { binding } = await openForTest();
    const group = (expr: string) => ({ ...rules, spec: { group: { name: 'up', rules: [{ record: 'a:b', expr }] } } });
    const commit = async (settings: object, { address, type, spec }: ReturnType<typeof group>) => {
      const session = prometheusProvider.open(
        { ...binding, settings: { ...binding.settings, ...settings } },
        plainContext(),
      );
      await session.stage({ kind: 'write', address, type, spec });
      expect(await session.commit()).toMatchObject({ accepted: true });
      return await session.health([{ address, type, spec }], 3000);
    };
    expect(await commit({}, group('vector(1)'))).toMatchObject([{ detail: expect.stringContaining('evaluated') }]);
    expect(await commit({ reload: 'none' }, group('vector(2)'))).toMatchObject([
      { healthy: false, detail: 'The new rules are not loaded: the server runs a:b with another expr.' },
    ]);
  });

  it('waits until rules are evaluated and targets are up, and names those that are not', async () => {
    const target = await openForTest();
    const session = prometheusProvider.open(target.binding, plainContext());
    const self = {
      address: makeAddress({ stack: 'plant', type: 'prometheus-targets', name: 'self' }),
      type: 'prometheus-targets',
      spec: {
        name: 'self',
        groups: [{ targets: [new URL(String(target.binding.settings.url)).host], labels: { item: 'self' } }],
      },
    };
    const failing = {
      address: makeAddress({ stack: 'plant', type: 'prometheus-rules', name: 'failing' }),
      type: 'prometheus-rules',
      // Many-to-many matching is found only when the rule is evaluated.
      spec: {
        group: {
          name: 'failing',
          rules: [{ record: 'a:b', expr: 'up * on (job) prometheus_build_info * on () {__name__=~"up|scrape_.+"}' }],
        },
      },
    };
    const objects = [config, rules, hosts, self, failing];
    for (const { address, type, spec } of objects) await session.stage({ kind: 'write', address, type, spec });
    expect(await session.commit()).toEqual({ accepted: true, note: expect.stringContaining('reloaded and seen live') });

    expect(await session.health([config, rules, self], 20_000)).toEqual([
      { address: config.address, healthy: true, detail: 'The configuration is loaded.' },
      { address: rules.address, healthy: true, detail: 'The rule is evaluated.' },
      { address: self.address, healthy: true, detail: 'The target is up.' },
    ]);
    const [down, error] = await session.health([hosts, failing], 3000);
    expect(down).toEqual({
      address: hosts.address,
      healthy: false,
      detail: expect.stringMatching(/^1 of 1 target is not up: 泵站-1 \(.*connection refused.*\)\.$/),
    });
    expect(error).toMatchObject({
      healthy: false,
      detail: expect.stringMatching(/^a:b fails: .*(many-to-many|group_left)/),
    });

    // The next change adds a target to the list; the one that was down before is told, and not waited for.
    const later = prometheusProvider.open(target.binding, plainContext());
    const added = self.spec.groups.map(({ targets }) => ({ targets, labels: { item: 'added' } }));
    const grown = { ...hosts.spec, groups: [...hosts.spec.groups, ...added] };
    await later.stage({ kind: 'write', address: hosts.address, type: hosts.type, spec: grown });
    expect(await later.commit()).toMatchObject({ accepted: true });
    expect(await later.health([{ ...hosts, spec: grown }], 20_000)).toEqual([
      {
        address: hosts.address,
        healthy: true,
        detail: '1 of 2 targets is up.',
        amissBefore: expect.stringMatching(
          /^1 of 2 targets was down before it and still is: 泵站-1 \(.*refused.*\)\.$/,
        ),
        excused: ['hosts.json 127.0.0.1:1'],
      },
    ]);
  });

  it('refuses when the server at the url has another directory, and puts the files back', async () => {
    const [target, other] = [await openForTest(), await openForTest()];
    const binding = {
      ...target.binding,
      settings: { ...target.binding.settings, url: other.binding.settings.url as string },
    };
    const session = prometheusProvider.open(binding, plainContext());
    const before = await target.contents();
    await session.stage({ kind: 'write', address: config.address, type: config.type, spec: config.changedSpec });
    expect(await session.commit()).toEqual({
      accepted: false,
      reason: expect.stringContaining(
        '/scrape_configs/probes of prometheus.yml is not in the configuration that it uses',
      ),
      blamed: [config.address],
    });
    expect(await target.contents()).toEqual(before);
  });

  it('is refused by the server alone where there is no promtool', async () => {
    const target = await openForTest();
    const binding = { ...target.binding, settings: { ...target.binding.settings, check: 'none' } };
    const session = prometheusProvider.open(binding, plainContext());
    const before = await target.contents();
    const spec = { group: { name: 'broken', rules: [alert('Broken', 'sum by (up')] } };
    await session.stage({ kind: 'write', address: rules.address, type: rules.type, spec });
    expect(await session.commit()).toEqual({
      accepted: false,
      reason: expect.stringContaining('Prometheus refused to load the new files: failed to reload config'),
      blamed: [],
    });
    expect(await target.contents()).toEqual(before);
    expect((await session.health([config], 0))[0]).toMatchObject({ healthy: true });
  });

  it('loads nothing again when the main configuration goes', async () => {
    const target = await openForTest();
    const session = prometheusProvider.open(target.binding, plainContext());
    await session.stage({ kind: 'remove', address: config.address, type: config.type, spec: config.spec });
    expect(await session.commit()).toEqual({
      accepted: true,
      note: '0 written, 1 removed; not reloaded, Prometheus goes on with what it had',
    });
  });
});

function alert(name: string, expr: string) {
  return {
    alert: name,
    expr,
    for: '5m',
    labels: { severity: 'critical' },
    annotations: { summary_zh: '主机 {{ $labels.item }} 宕机' },
  };
}

/** A target that goes when the test is over, however it ends. */
async function openForTest(): Promise<TargetUnderTest> {
  const target = await openPrometheus();
  onTestFinished(() => target.close());
  return target;
}

async function openPrometheus(): Promise<TargetUnderTest> {
  const folder = await mkdtemp(path.join(tmpdir(), 'opsctl-prometheus-'));
  const directory = path.join(folder, 'etc');
  await mkdir(directory);
  await writeFile(path.join(directory, 'prometheus.yml'), JSON.stringify(baseConfig));
  const server = await startProgram({
    program: programs.path('prometheus'),
    args: (port) => [
      `--config.file=${directory}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-lifecycle',
    ],
    ready: '/-/ready',
  });
  const settings = { directory, url: server.url, check: programs.path('promtool') };
  return {
    binding: { stack: 'plant', target: 'prometheus', provider: 'prometheus', settings },
    contents: () => directoryContents(directory),
    fingerprint: () => directoryFingerprint(directory),
    changeByHand: (sample) => writeFile(path.join(directory, fileOf(sample)), editedText(sample)),
    breakByHand: (sample) => writeFile(path.join(directory, fileOf(sample)), '{ "groups": [ '),
    close: async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}

function fileOf({ type, spec }: ObjectReference): string {
  if (type === 'prometheus-config') return 'prometheus.yml';
  if (type === 'prometheus-targets') return `targets/${String(spec.name)}.json`;
  return `rules/${isJsonObject(spec.group) ? String(spec.group.name) : ''}.yaml`;
}

function editedText({ type }: ObjectReference): string {
  if (type === 'prometheus-config') return 'scrape_configs: []\n';
  if (type === 'prometheus-targets') return '[{"targets": ["127.0.0.1:3"], "labels": {"item": "泵站-1"}}]';
  return 'groups:\n- name: host\n  rules:\n  - {alert: HostDown, expr: up == 0, for: 1m}\n';
}

function anyRules(): fc.Arbitrary<JsonObject> {
  const durations = fc.constantFrom('0s', '60s', '1m', '5m0s', '1h30m', '90m', '1d', '24h');
  const texts = fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), fc.string({ unit: 'grapheme', maxLength: 20 }), {
    maxKeys: 3,
  });
  const rule = fc.record(
    {
      alert: fc.constantFrom('A', '告警'),
      expr: fc.constantFrom('up == 0', ' up == 0 ', 'vector(1)\n'),
      for: durations,
      labels: texts,
      annotations: texts,
    },
    { requiredKeys: ['alert', 'expr'] },
  );
  const group = fc.record(
    { name: fc.constantFrom('a', '组 1', 'b/c'), interval: durations, rules: fc.array(rule, { maxLength: 3 }) },
    { requiredKeys: ['name', 'rules'] },
  );
  return fc.record({ group }) as fc.Arbitrary<JsonObject>;
}

function anyTargets(): fc.Arbitrary<JsonObject> {
  const group = fc.record(
    {
      targets: fc.array(fc.constantFrom('127.0.0.1:1', '127.0.0.1:2', 'host.example:9100'), { maxLength: 3 }),
      labels: fc.dictionary(fc.constantFrom('item', 'tier', 'site'), fc.string({ unit: 'grapheme', maxLength: 20 })),
    },
    { requiredKeys: ['targets'] },
  );
  return fc.record({
    name: fc.constantFrom('a', '泵站'),
    groups: fc.array(group, { maxLength: 4 }),
  }) as fc.Arbitrary<JsonObject>;
}
