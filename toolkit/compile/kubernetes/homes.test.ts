import { describe, expect, it } from 'vitest';
import {
  defineClass,
  defineRouting,
  defineRules,
  defineSnmpModule,
  isJsonObject,
  items,
  type JsonObject,
  type KubernetesHomeDeclaration,
  kubernetes,
  networkName,
  rule,
  type Stack,
  type StackDeclaration,
  secretAt,
} from '../../model/index.ts';
import { sampleGroup, sampleItem, sampleStacks } from '../../testing/sample-group.ts';
import { compileGroup } from '../compile-group.ts';
import type { GroupDeclarations } from '../group-declarations.ts';
import { clusterHomes } from './index.ts';

const home = { namespace: 'monitoring', labels: { release: 'prometheus' } } satisfies KubernetesHomeDeclaration;
const host = items.where({ id: 'host-1' });
const service = { service: { namespace: 'mes', labels: { app: 'mes' }, port: 'metrics' } } as const;

describe('a stack without a home', () => {
  it('is held by its systems as it is meant, the very same list', () => {
    const { resources, placed } = compileGroup(sampleGroup(), clusterHomes);
    expect(placed).toEqual(resources);
  });
});

describe('a stack that is at home in a cluster', () => {
  it('has objects of one name, one owner and one origin each', () => {
    const rules = placedAt('prometheusrule.monitoring.plant-host');
    expect(rules?.target).toBe('kubernetes');
    expect(rules?.origin).toBe('plant/prometheus-rules/host');
    expect(rules?.spec.metadata).toEqual({
      name: 'plant-host',
      namespace: 'monitoring',
      labels: { 'app.kubernetes.io/managed-by': 'opsctl', release: 'prometheus' },
      annotations: { 'opsctl/address': 'plant/prometheus-rules/host' },
    });
    expect(rules?.derivation.at(-1)?.text).toBe(
      'plant is at home in a cluster, in the namespace monitoring; plant/prometheus-rules/host is a PrometheusRule there.',
    );
  });

  it('a probe belongs to whom its item does, and waits for the modules of the prober', () => {
    const probe = placedAt('probe.monitoring.plant-http-endpoint-probe-web-1');
    expect({ owner: probe?.owner, tenant: probe?.tenant, parts: probe?.parts.map(({ name }) => name) }).toEqual({
      owner: 'plant-ops',
      tenant: 'mes',
      parts: ['web-1'],
    });
    expect(probe?.dependsOn).toEqual(['plant/kubernetes-object/configmap.monitoring.plant-blackbox']);
    expect(probe?.spec.spec).toMatchObject({
      prober: { url: 'blackbox-exporter.monitoring.svc:9115', path: '/probe' },
    });
  });

  it('keeps on their targets what has no meaning in a cluster', () => {
    const { placed } = compileGroup(plantAt(home), clusterHomes);
    const left = placed.filter(({ address, target }) => address.startsWith('plant/') && target !== 'kubernetes');
    expect(new Set(left.map(({ type }) => type))).toEqual(new Set(['cmdb-record']));
  });

  it('tells who reads what was derived where it is now', () => {
    const { resources } = compileGroup(plantAt(home), clusterHomes);
    const texts = resources.find(({ address }) => address === 'plant/prometheus-config/main')?.derivation;
    expect(texts?.at(-1)?.text).toContain('additionalAlertManagerConfigs: { name: plant-alertmanagers,');
  });

  it('is protected under either name, and renamed with its object', () => {
    const group = plantAt(home, (plant) =>
      plant
        .protect('prometheus-rules/host', 'Evidence.')
        .protect('kubernetes-object/configmap.monitoring.plant-blackbox', 'Evidence.')
        .renamed('prometheus-rules/hosts', 'prometheus-rules/host'),
    );
    const { placed, diagnostics } = compileGroup(group, clusterHomes);
    expect(diagnostics).toEqual([]);
    expect(placed.filter(({ lifecycle }) => lifecycle.protect).map(({ address }) => address)).toEqual([
      'plant/kubernetes-object/configmap.monitoring.plant-blackbox',
      'plant/kubernetes-object/prometheusrule.monitoring.plant-host',
    ]);
    expect(placed.find(({ address }) => address.endsWith('.plant-host'))?.aliases).toEqual([
      'plant/kubernetes-object/prometheusrule.monitoring.plant-hosts',
    ]);
  });
});

describe('services', () => {
  it('are named by the home, and those of other stacks are outside', () => {
    const group = plantAt({ ...home, services: { blackbox: 'prober.tools.svc:19115' } });
    expect(specAt('probe.monitoring.plant-tcp-service-probe-db-1', group)).toMatchObject({
      prober: { url: 'prober.tools.svc:19115' },
    });
    const { placed } = compileGroup(group, clusterHomes);
    const secret = placed.find(({ address }) => address.endsWith('secret.monitoring.plant-alertmanagers'));
    expect(JSON.stringify(secret?.spec.stringData).match(/- [a-z.-]+:\d+/g)).toEqual([
      '- alertmanager-operated.monitoring.svc:9093',
      '- alertmanager.region:1',
      '- alertmanager.hq:1',
    ]);
    const region = placed.find(({ address }) => address === 'region/prometheus-config/main');
    expect(JSON.stringify(region?.spec)).toContain('"prometheus.plant:1"');
  });
});

describe('an item that runs in the cluster', () => {
  it('is found behind a Service, with the labels of its item, and not at its address', () => {
    const group = plantAt(home, (plant) => plant.reach(host, service));
    expect(specAt('servicemonitor.monitoring.plant-host-node-host-1', group)).toEqual({
      namespaceSelector: { matchNames: ['mes'] },
      selector: { matchLabels: { app: 'mes' } },
      endpoints: [
        {
          port: 'metrics',
          interval: '30s',
          scrapeTimeout: '10s',
          path: '/metrics',
          relabelings: [
            { targetLabel: 'job', replacement: 'host-node' },
            { targetLabel: 'item', replacement: 'host-1' },
            { targetLabel: 'class', replacement: 'host' },
            { targetLabel: 'tier', replacement: 'L3' },
            { targetLabel: 'site', replacement: 'plant' },
            { targetLabel: 'tenant', replacement: 'shared' },
            { targetLabel: 'team', replacement: 'plant-ops' },
            { targetLabel: 'criticality', replacement: 'high' },
          ],
        },
      ],
    });
    const left = placedAt('scrapeconfig.monitoring.plant-host-node', group);
    expect(left?.parts.map(({ name, pointer }) => [name, pointer])).toEqual([
      ['host-2', '/spec/staticConfigs/0'],
      ['host-node', '/spec'],
    ]);
    expect(JSON.stringify(left?.spec)).not.toContain('host-1');
  });

  it('is found at Pods; a list of which nobody is left has no object', () => {
    const group = plantAt(home, (plant) => plant.reach(items.where({ class: 'host' }), { pods: service.service }));
    expect(specAt('podmonitor.monitoring.plant-host-node-host-2', group)).toMatchObject({
      selector: { matchLabels: { app: 'mes' } },
      podMetricsEndpoints: [{ port: 'metrics' }],
    });
    expect(placedAt('scrapeconfig.monitoring.plant-host-node', group)).toBeUndefined();
  });
});

describe('the namespace matcher of the operator', () => {
  const shared = { as: 'alertmanager-config' } as const;
  it.each([
    { name: 'None lets every alert in', routing: { ...shared, matcherStrategy: 'None' }, label: undefined },
    {
      name: 'OnNamespace asks for a label, which alerts get',
      routing: { ...shared, matcherStrategy: 'OnNamespace' },
      label: 'monitoring',
    },
    {
      name: 'in the namespace of the Alertmanager the exception holds',
      routing: { ...shared, matcherStrategy: 'OnNamespaceExceptForAlertmanagerNamespace' },
      label: undefined,
    },
    {
      name: 'in another namespace it does not',
      routing: {
        ...shared,
        matcherStrategy: 'OnNamespaceExceptForAlertmanagerNamespace',
        alertmanagerNamespace: 'alerting',
      },
      label: 'monitoring',
    },
    { name: 'an Alertmanager of its own adds none', routing: { as: 'secret' }, label: undefined },
  ] as const)('$name', ({ routing, label }) => {
    const spec = specAt('prometheusrule.monitoring.plant-host', plantAt({ ...home, routing }));
    const [alert] =
      (spec as { groups: { rules: JsonObject[] }[] }).groups[0]?.rules.filter((one) => 'alert' in one) ?? [];
    const { labels } = alert ?? {};
    expect(isJsonObject(labels) ? labels.namespace : null).toBe(label);
  });
});

describe('an Alertmanager of its own', () => {
  const group = plantAt({ ...home, routing: { as: 'secret' } }, (plant) =>
    plant.include(
      defineRouting({
        id: 'office',
        route: { receiver: 'office' },
        receivers: [
          {
            name: 'office',
            slack_configs: [
              { api_url: secretAt('env:SLACK'), http_config: { basic_auth: { password: secretAt('env:PROXY') } } },
            ],
          },
        ],
      }),
    ),
  );

  it('reads the whole configuration of a Secret, with templates beside it and secrets as files', () => {
    const { stringData } = placedAt('secret.monitoring.alertmanager-plant', group)?.spec ?? {};
    const data = stringData as Readonly<Record<string, string>>;
    expect(Object.keys(data)).toEqual(['alertmanager.yaml', 'opsctl.tmpl']);
    expect(data['alertmanager.yaml']).toContain('templates:\n  - /etc/alertmanager/config/*.tmpl\n');
    expect(data['alertmanager.yaml']).toContain(`  - name: office
    slack_configs:
      - api_url_file: /etc/alertmanager/secrets/plant-receivers/env-SLACK
        http_config:
          basic_auth:
            password_file: /etc/alertmanager/secrets/plant-receivers/env-PROXY
`);
    expect(placedAt('secret.monitoring.plant-receivers', group)?.spec.stringData).toEqual({
      'env-PROXY': { $secret: 'env:PROXY' },
      'env-SLACK': { $secret: 'env:SLACK' },
    });
  });
});

describe('what no object can say is told where it is declared', () => {
  const slack = defineRouting({
    id: 'office',
    route: { receiver: 'office' },
    receivers: [{ name: 'office', slack_configs: [{ channel: '#office' }] }],
  });
  const long = defineRules({
    id: 'long',
    rules: [rule({ alert: 'Long', expr: 'up == 0', annotations: { summary: 'x'.repeat(600_000) } })],
  });
  const onNamespace = { as: 'alertmanager-config', matcherStrategy: 'OnNamespace' } as const;
  it.each([
    {
      name: 'a kind of channel that teams do not have',
      group: plantAt(home, (plant) => plant.include(slack)),
      told: ['home/inexpressible plant/alertmanager-config/main homes.test.ts'],
    },
    {
      name: 'a rule file beyond what the operator loads',
      group: plantAt(home, (plant) => plant.include(long)),
      told: ['home/rules-too-large plant/prometheus-rules/long homes.test.ts'],
    },
    {
      name: 'hours of a zone with summer time',
      group: inZone(plantAt(home), 'Europe/Berlin'),
      told: ['home/zone-with-summer-time plant/alertmanager-config/main sample-group.ts'],
    },
    {
      name: 'a tier whose Alertmanager takes its own namespace only',
      group: atHome(sampleGroup(), 'hq', { ...home, routing: onNamespace }),
      told: ['home/alerts-of-others-lost hq sample-group.ts'],
    },
    {
      name: 'a community inside the modules of an exporter',
      group: snmpPlant([]),
      told: ['home/secret-inside-text plant/snmp-config/main sample-group.ts'],
    },
    { name: 'no community, where the exporter stays outside', group: snmpPlant(['snmp']), told: [] },
    {
      name: 'an item at two places',
      group: plantAt(home, (plant) => plant.reach(host, service).reach(host, { pods: service.service })),
      told: ['home/reached-twice host-1 homes.test.ts'],
    },
    {
      name: 'a place in a cluster of a stack that has none',
      group: sampleGroup({ stacks: sampleStacks((plant) => plant.reach(host, service)) }),
      told: ['compile/matches-nothing id host-1 homes.test.ts'],
    },
    {
      name: 'a place of an item that is not here',
      group: plantAt(home, (plant) => plant.reach(items.where({ id: 'hq-1' }), service)),
      told: ['compile/matches-nothing id hq-1 homes.test.ts'],
    },
  ])('$name', ({ group, told }) => {
    const { diagnostics } = compileGroup(group, clusterHomes);
    expect(
      diagnostics.map(({ code, subject, position }) => `${code} ${subject} ${position?.file.split('/').at(-1)}`),
    ).toEqual(told);
  });
});

function plantAt(
  declaration: KubernetesHomeDeclaration,
  withPlant: (plant: StackDeclaration) => StackDeclaration = (plant) => plant,
): GroupDeclarations {
  return atHome(sampleGroup({ stacks: sampleStacks(withPlant) }), 'plant', declaration);
}

function atHome(group: GroupDeclarations, name: string, declaration: KubernetesHomeDeclaration): GroupDeclarations {
  const move = (stack: Stack) => (stack.name === name ? { ...stack, home: kubernetes(declaration) } : stack);
  return { ...group, stacks: group.stacks.map(move) };
}

function inZone(group: GroupDeclarations, timeZone: string): GroupDeclarations {
  const calendars = group.organisation.calendars.map((calendar) => ({ ...calendar, timeZone }));
  const items = [...group.items, sampleItem('host-9', 'host', { address: 'h' }, { owner: 'mes-team' })];
  return { ...group, items, organisation: { ...group.organisation, calendars } };
}

function snmpPlant(outside: readonly 'snmp'[]): GroupDeclarations {
  const title = { en: 'Pump', zh: '水泵' };
  const module = defineSnmpModule({
    name: 'system',
    metrics: { sysUpTime: { oid: '1.3.6.1.2.1.1.3', type: 'gauge', help: 'Hundredths of a second.' } },
  });
  const pump = defineClass({
    id: 'pump',
    title,
    attributes: { address: networkName('Where.') },
    sources: {
      drive: {
        kind: 'snmp',
        interval: '60s',
        exporter: 'snmp_exporter >=0.21',
        endpoint: ({ address }) => address,
        module: () => module,
        access: () => ({ name: 'plant', version: 2, community: secretAt('env:COMMUNITY') }),
      },
    },
    signals: {},
  });
  const group = plantAt({ ...home, outside });
  const stacks = group.stacks.map(
    (stack): Stack => (stack.name === 'plant' ? { ...stack, targets: [...stack.targets, 'snmp'] } : stack),
  );
  const catalogue = { classes: [pump], alerts: [], dashboards: [] };
  const own = [sampleItem('pump-1', 'pump', { address: '10.0.0.1' })];
  return { ...group, stacks, items: own, organisation: { ...group.organisation, catalogue } };
}

function placedAt(name: string, group: GroupDeclarations = plantAt(home)) {
  const { placed, diagnostics } = compileGroup(group, clusterHomes);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return placed.find(({ address }) => address === `plant/kubernetes-object/${name}`);
}

function specAt(name: string, group?: GroupDeclarations): unknown {
  return placedAt(name, group)?.spec.spec;
}
