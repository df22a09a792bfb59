import { describe, expect, it } from 'vitest';
import {
  credential,
  defineAlertPack,
  defineClass,
  defineSnmpModule,
  flag,
  isJsonObject,
  items,
  type JsonObject,
  type JsonValue,
  networkName,
  type ObjectClass,
  optional,
  type Resource,
  type SecretReference,
  secretAt,
  snmpMetric,
  standardTargets,
  type TargetName,
  text,
} from '../../model/index.ts';
import { sampleGroup, sampleItem, sampleStacks } from '../../testing/sample-group.ts';
import { compileGroup } from '../compile-group.ts';
import type { GroupDeclarations } from '../group-declarations.ts';

const title = { en: 'Pump', zh: '水泵' };
const system = defineSnmpModule({
  name: 'system',
  metrics: {
    sysUpTime: { oid: '1.3.6.1.2.1.1.3', type: 'gauge', help: 'Hundredths of a second.' },
    speed: {
      oid: '1.3.6.1.4.1.1.10.2',
      type: 'gauge',
      help: 'Revolutions.',
      index: [{ label: 'motor', type: 'gauge' }],
      lookups: [{ label: 'name', by: ['motor'], oid: '1.3.6.1.4.1.1.9.1', type: 'DisplayString' }],
    },
  },
});
const common = { interval: '60s', endpoint: ({ address }: { readonly address: string }) => address };

const pump = defineClass({
  id: 'pump',
  title,
  attributes: { address: networkName('Where.'), maker: optional(text('Who made it.')) },
  sources: {
    drive: {
      ...common,
      kind: 'snmp',
      exporter: 'snmp_exporter >=0.21',
      timeout: '40s',
      module: () => system,
      access: () => ({ name: 'plant', version: 2, community: secretAt('env:COMMUNITY') }),
    },
    agent: {
      ...common,
      kind: 'exporter',
      exporter: 'pump_exporter',
      when: ({ maker }) => maker === 'qinghe',
      path: '/api/metrics',
      params: { format: ['prometheus'] },
      scheme: 'https',
      insecureTls: true,
    },
  },
  signals: {
    up: {
      title,
      unit: 'boolean',
      direction: 'state',
      from: 'drive',
      expression: (series) => series('up'),
      metrics: ['up'],
    },
    speed: {
      title,
      unit: 'count',
      direction: 'low-is-bad',
      readings: {
        drive: { expression: (series) => series('speed', 'name!=""'), metrics: [snmpMetric(system, 'speed')] },
        agent: { expression: (series) => `${series('pump_rpm')} / 60`, metrics: ['pump_rpm'] },
      },
      partLabels: ['name'],
    },
    oil: {
      title,
      unit: 'celsius',
      direction: 'high-is-bad',
      readings: { agent: { expression: (series) => series('pump_oil_celsius'), metrics: ['pump_oil_celsius'] } },
    },
  },
});
const alert = { for: '5m', severity: 'warning', summary: title, runbook: 'pump', rationale: 'x', clauses: [] } as const;
const pumpAlerts = defineAlertPack(pump, {
  slow: { ...alert, name: 'PumpSlow', signal: 'speed', when: { below: 10 } },
  hot: { ...alert, name: 'PumpHot', signal: 'oil', when: { above: 90 } },
});

const plain = sampleItem('pump-1', 'pump', { address: '10.0.0.1' });
const withAgent = sampleItem('pump-2', 'pump', { address: '10.0.0.2', maker: 'qinghe' });

describe('a class of two sources, one of which not every item has', () => {
  it('is asked through the collector of the control point, with module and access as parameters', () => {
    const both = pumps([plain, withAgent]);
    expect(specOf(both, 'prometheus-targets/pump-drive').groups).toMatchObject([
      {
        targets: ['10.0.0.1'],
        labels: { item: 'pump-1', __param_module: 'system.plant', __param_auth: 'system.plant' },
      },
      { targets: ['10.0.0.2'], labels: { item: 'pump-2' } },
    ]);
    expect(jobOf(both, 'pump-drive')).toEqual({
      job_name: 'pump-drive',
      scrape_interval: '1m',
      scrape_timeout: '40s',
      file_sd_configs: [{ files: ['targets/pump-drive.json'], refresh_interval: '1m' }],
      metrics_path: '/snmp',
      relabel_configs: [
        { source_labels: ['__address__'], target_label: '__param_target' },
        { source_labels: ['__param_target'], target_label: 'instance' },
        { target_label: '__address__', replacement: 'snmp.plant.example' },
      ],
    });
  });

  it('is scraped at its own program with its path, query and transport, where it has one', () => {
    const both = pumps([plain, withAgent]);
    expect(specOf(both, 'prometheus-targets/pump-agent').groups).toMatchObject([{ targets: ['10.0.0.2'] }]);
    expect(jobOf(both, 'pump-agent')).toMatchObject({
      scrape_timeout: '10s',
      metrics_path: '/api/metrics',
      params: { format: ['prometheus'] },
      scheme: 'https',
      tls_config: { insecure_skip_verify: true },
    });
    expect(jobOf(pumps([plain]), 'pump-agent')).toBeUndefined();
  });

  it('gives the exporter a module that walks what the metrics need, in the order of numbers', () => {
    expect(specOf(pumps([plain]), 'snmp-config/main')).toEqual({
      modules: {
        'system.plant': {
          walk: ['1.3.6.1.4.1.1.9.1', '1.3.6.1.4.1.1.10.2'],
          get: ['1.3.6.1.2.1.1.3.0'],
          metrics: [
            { name: 'sysUpTime', oid: '1.3.6.1.2.1.1.3', type: 'gauge', help: 'Hundredths of a second.' },
            {
              name: 'speed',
              oid: '1.3.6.1.4.1.1.10.2',
              type: 'gauge',
              help: 'Revolutions.',
              indexes: [{ labelname: 'motor', type: 'gauge' }],
              lookups: [{ labels: ['motor'], labelname: 'name', oid: '1.3.6.1.4.1.1.9.1', type: 'DisplayString' }],
            },
          ],
          version: 2,
          auth: { community: { $secret: 'env:COMMUNITY' } },
        },
      },
    });
  });

  it('waits with its targets until the exporter knows the module', () => {
    const { resources } = compileGroup(pumps([plain, withAgent]));
    const dependsOn = (name: string) => resources.find(({ address }) => address === `plant/${name}`)?.dependsOn;
    expect(dependsOn('prometheus-targets/pump-drive')).toEqual(['plant/snmp-config/main']);
    expect(dependsOn('prometheus-targets/pump-agent')).toEqual([]);
    expect(dependsOn('prometheus-config/main')).toEqual(['plant/snmp-config/main']);
  });

  it('a signal is read from the sources that its items have; of one that has both, the first counts', () => {
    const drive = 'speed{class="pump",job="pump-drive",name!=""}';
    const agent = 'pump_rpm{class="pump",job="pump-agent"} / 60';
    expect(rulesOf(pumps([plain, withAgent]))).toEqual({
      'signal:pump_up': 'up{class="pump",job="pump-drive"}',
      'signal:pump_speed': `(${drive}) or on (item, name) (${agent})`,
      'signal:pump_oil': 'pump_oil_celsius{class="pump",job="pump-agent"}',
      PumpSlow: `((${drive}) or on (item, name) (${agent})) < 10`,
      PumpHot: 'pump_oil_celsius{class="pump",job="pump-agent"} > 90',
    });
    expect(rulesOf(pumps([plain]))).toEqual({
      'signal:pump_up': 'up{class="pump",job="pump-drive"}',
      'signal:pump_speed': drive,
      PumpSlow: `${drive} < 10`,
    });
  });
});

describe('a class whose items do not answer everybody', () => {
  const guarded = defineClass({
    id: 'guarded',
    title,
    attributes: {
      address: networkName('Where.'),
      token: optional(credential('Token.')),
      user: optional(text('User.')),
      tls: optional(flag('Encrypted.'), false),
      path: optional(text('Path.'), '/metrics'),
    },
    sources: {
      own: {
        ...common,
        kind: 'exporter',
        exporter: 'guarded_exporter',
        path: ({ path = '/metrics' }) => path,
        scheme: ({ tls = false }) => (tls ? 'https' : 'http'),
        access: ({ token, user, tls = false }) => {
          const named = user === undefined ? undefined : { user, password: secretAt('env:PASSWORD') };
          const as = token === undefined ? named : { token: secretAt(token) };
          if (as === undefined) return undefined;
          return {
            as,
            ...(tls ? { tls: { authority: secretAt('file:ca.pem'), serverName: 'guarded' } } : {}),
          };
        },
      },
    },
    signals: {
      up: {
        title,
        unit: 'boolean',
        direction: 'state',
        from: 'own',
        expression: (series) => series('up'),
        metrics: ['up'],
      },
    },
  });
  const open = sampleItem('open', 'guarded', { address: '10.0.0.1:1' });
  const bearer = sampleItem('bearer', 'guarded', { address: '10.0.0.2:1', token: 'env:TOKEN', tls: true });
  const basic = sampleItem('basic', 'guarded', { address: '10.0.0.3:1', user: 'opsctl', path: '/other' });
  const group = (own: GroupDeclarations['items']) => pumps(own, { objectClass: guarded, alerts: [] });

  it('asks as the one person that all want, with the secret in a file of its own', () => {
    const { resources } = compileGroup(group([bearer]));
    expect(jobOf(group([bearer]), 'guarded-own')).toEqual({
      job_name: 'guarded-own',
      scrape_interval: '1m',
      scrape_timeout: '10s',
      file_sd_configs: [{ files: ['targets/guarded-own.json'], refresh_interval: '1m' }],
      metrics_path: '/metrics',
      authorization: { credentials_file: 'secrets/env-TOKEN' },
      tls_config: { ca_file: 'secrets/file-ca-pem-2938bb91', server_name: 'guarded' },
    });
    expect(specOf(group([bearer]), 'prometheus-secret/env-TOKEN')).toEqual({
      name: 'env-TOKEN',
      value: { $secret: 'env:TOKEN' },
    });
    const config = resources.find(({ address }) => address === 'plant/prometheus-config/main');
    expect(config?.dependsOn).toEqual([
      'plant/prometheus-secret/env-TOKEN',
      'plant/prometheus-secret/file-ca-pem-2938bb91',
    ]);
  });

  it('asks each as whom it wants, in one job by its label, and by the path and scheme of each', () => {
    const all = group([open, bearer, basic]);
    const config = specOf(all, 'prometheus-config/main').config as { readonly scrape_configs: readonly JsonObject[] };
    const keep = (name: string) => [
      { source_labels: ['__access'], regex: name, action: 'keep' },
      { target_label: 'job', replacement: 'guarded-own' },
    ];
    expect(
      config.scrape_configs.map(({ job_name, authorization, basic_auth, relabel_configs }) => {
        return { job_name, authorization, basic_auth, relabel_configs };
      }),
    ).toEqual([
      { job_name: 'guarded-own', relabel_configs: keep('anybody') },
      {
        job_name: expect.stringMatching(/^guarded-own\.env_PASSWORD_[0-9a-f]{8}$/),
        basic_auth: { username: 'opsctl', password_file: 'secrets/env-PASSWORD' },
        relabel_configs: keep(expect.stringMatching(/^env_PASSWORD_[0-9a-f]{8}$/) as unknown as string),
      },
      {
        job_name: expect.stringMatching(/^guarded-own\.env_TOKEN_[0-9a-f]{8}$/),
        authorization: { credentials_file: 'secrets/env-TOKEN' },
        relabel_configs: keep(expect.stringMatching(/^env_TOKEN_[0-9a-f]{8}$/) as unknown as string),
      },
    ]);
    expect(specOf(all, 'prometheus-targets/guarded-own').groups).toMatchObject([
      { labels: { item: 'basic', __metrics_path__: '/other', __access: expect.stringMatching(/^env_PASSWORD_/) } },
      { labels: { item: 'bearer', __scheme__: 'https', __access: expect.stringMatching(/^env_TOKEN_/) } },
      { labels: { item: 'open', __metrics_path__: '/metrics', __scheme__: 'http', __access: 'anybody' } },
    ]);
  });

  it('refuses a plain secret where it stands, without saying it', () => {
    const { source: _, ...declared } = guarded;
    const { own } = guarded.sources;
    const leaky = defineClass({
      ...declared,
      id: 'leaky',
      sources: { own: { ...own, access: () => ({ as: { token: 'hunter2' as unknown as SecretReference } }) } },
    } as never) as ObjectClass;
    const item = sampleItem('leaky-1', 'leaky', { address: '10.0.0.1:1' });
    expect(toldOf(pumps([item], { objectClass: leaky, alerts: [] }))).toEqual([
      expect.stringMatching(/sources\.own\.access\(\.\.\.\) of leaky(?!.*hunter2)/),
    ]);
  });
});

describe('what cannot be measured is told', () => {
  it('items of a stack that has no such exporter', () => {
    expect(toldOf(pumps([plain, withAgent], { targets: standardTargets }))).toEqual([
      'compile/collector-missing: pump-1 and pump-2 of the stack plant are measured through the snmp exporter of the control point, and the stack has none: no alert would ever tell of them.',
    ]);
  });

  const at = (id: string, maker?: string) =>
    sampleItem(id, 'pump', { address: '10.0.0.1', ...(maker === undefined ? {} : { maker }) });

  it('items that are asked the same at one place, once however many sources they have', () => {
    const twice = (ids: string): string =>
      `compile/asked-twice: ${ids} of the class pump are asked the same at 10.0.0.1 (the first is declared in cmdb/items/sample.yaml:1:1): whatever is wrong there is told of each.`;
    expect(toldOf(pumps([at('P-1', 'qinghe'), at('P-2', 'qinghe')]))).toEqual([twice('P-1 and P-2')]);
    expect(toldOf(pumps([at('P-1'), at('P-2'), at('P-3')]))).toEqual([twice('P-1, P-2 and P-3')]);
  });

  it.each([
    { name: 'at two places', own: [plain, withAgent] },
    { name: 'of two classes', own: [plain, sampleItem('b', 'host', { address: '10.0.0.1' })] },
    { name: 'one of which is in stock', own: [plain, { ...at('b'), stage: 'in-stock' } as const] },
  ])('items $name are not', ({ own }) => {
    expect(toldOf(pumps(own)).filter((line) => line.startsWith('compile/asked-twice'))).toEqual([]);
  });

  it('a tuning for items that have no source of the signal', () => {
    const tune = { threshold: 70, reason: 'Thin oil.' };
    expect(toldOf(pumps([plain], { tune }))).toEqual([
      'compile/alert-not-measured: pump-1 has no source that gives the signal oil, so the alert pump.hot does not exist there.',
    ]);
    expect(toldOf(pumps([plain, withAgent], { tune }))).toEqual([]);
  });

  it('a timeout that runs into the next scrape', () => {
    const { drive } = pump.sources;
    const slow = { ...pump, sources: { ...pump.sources, drive: { ...drive, timeout: '2m' } } } as ObjectClass;
    expect(toldOf(pumps([plain], { objectClass: slow }))).toEqual([
      'compile/timeout-beyond-interval: The source drive of pump is read every 60s and may take 2m; a scrape would run into the next one, and Prometheus refuses that.',
    ]);
  });

  it('a timeout is no longer than a laboratory’s interval', () => {
    const group = pumps([plain]);
    const fast = { ...group, surroundings: { ...group.surroundings, speed: 10 } };
    expect(jobOf(fast, 'pump-drive')).toMatchObject({ scrape_interval: '6s', scrape_timeout: '6s' });
  });
});

interface PumpChanges {
  readonly targets?: readonly TargetName[];
  readonly objectClass?: ObjectClass;
  /** Those of pumps when not given. */
  readonly alerts?: readonly [];
  readonly tune?: { readonly threshold: number; readonly reason: string };
}

function pumps(
  own: GroupDeclarations['items'],
  { targets = [...standardTargets, 'snmp'], objectClass = pump, alerts, tune }: PumpChanges = {},
): GroupDeclarations {
  const stacks = sampleStacks((plant) =>
    tune === undefined ? plant : plant.tune(items.where({ class: 'pump' }), pumpAlerts.hot, tune),
  );
  const { organisation, surroundings } = sampleGroup();
  const catalogue = {
    classes: [objectClass],
    alerts: alerts ?? [{ ...pumpAlerts, class: objectClass }],
    dashboards: [],
  };
  return {
    organisation: { ...organisation, catalogue },
    stacks: stacks.map((stack) => (stack.name === 'plant' ? { ...stack, targets } : stack)),
    items: own,
    surroundings: { ...surroundings, targetEndpoint: (stack, target) => `${target}.${stack}.example` },
  };
}

function toldOf(group: GroupDeclarations): readonly string[] {
  return compileGroup(group).diagnostics.map(({ code, detail }) => `${code}: ${detail}`);
}

function resourceOf(group: GroupDeclarations, name: string): Resource {
  const { resources, diagnostics } = compileGroup(group);
  const found = resources.find(({ address }) => address === `plant/${name}`);
  if (found === undefined) throw new Error(`${name} was not derived: ${JSON.stringify(diagnostics)}`);
  return found;
}

function specOf(group: GroupDeclarations, name: string): JsonObject {
  return resourceOf(group, name).spec;
}

function jobOf(group: GroupDeclarations, name: string): JsonObject | undefined {
  const { config } = specOf(group, 'prometheus-config/main');
  return entriesOf(isJsonObject(config) ? config.scrape_configs : []).find(({ job_name: job }) => job === name);
}

function rulesOf(group: GroupDeclarations): Readonly<Record<string, string>> {
  const spec = specOf(group, 'prometheus-rules/pump');
  const rules = entriesOf(isJsonObject(spec.group) ? spec.group.rules : []);
  return Object.fromEntries(rules.map(({ record, alert: name, expr }) => [String(record ?? name), String(expr)]));
}

function entriesOf(list: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
