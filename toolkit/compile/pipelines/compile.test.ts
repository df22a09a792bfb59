import { containerLogs, javaErrors, mtailAlerts, networkSyslog, nginxAccess, sshLogins } from 'opsctl/alerts';
import { standardClasses } from 'opsctl/cmdb';
import { describe, expect, it } from 'vitest';
import {
  type ConfigurationItem,
  definePipeline,
  defineStack,
  isJsonObject,
  items,
  type JsonObject,
  type Pipeline,
  type PipelineDeclaration,
  type Resource,
  type StackDeclaration,
  standardTargets,
  steps,
} from '../../model/index.ts';
import { sampleGroup, sampleItem, sampleStacks } from '../../testing/sample-group.ts';
import { compileGroup } from '../compile-group.ts';

const hosts = items.where({ class: 'host', site: 'plant' });
const one = items.where({ id: 'web-1' });
const count = steps.count({ metric: 'seen_total', help: 'Seen.' });

describe('what is wrong where pipelines are collected', () => {
  it.each<{
    readonly name: string;
    readonly collect: (plant: StackDeclaration) => StackDeclaration;
    readonly told: readonly string[];
  }>([
    {
      name: 'an item that the stack does not have',
      collect: (plant) => plant.collect(sshLogins(), items.where({ id: 'nobody' })),
      told: ['collects-nothing: plant collects ssh-logins for id nobody, and has no such item in service.'],
    },
    {
      name: 'several items, and nobody says which of them a record is of',
      collect: (plant) => plant.collect(sshLogins({ path: '/var/log/auth.log' }), hosts),
      told: ['sender-unknown: plant collects ssh-logins for 2 items, and no field says which of them a record is of.'],
    },
    {
      name: 'two pipelines of one id',
      collect: (plant) => plant.collect(sshLogins(), hosts).collect(sshLogins(), one),
      told: ['declared-twice: plant collects ssh-logins twice, or two pipelines of this id.'],
    },
    {
      name: 'two pipelines of one metric',
      collect: (plant) => plant.collect(tried({}), hosts).collect(tried({ id: 'other' }), hosts),
      told: ['metric-twice: seen_total is made by tried and by other, in two ways that one name cannot stand for.'],
    },
    {
      name: 'records of a pipeline that is not collected',
      collect: (plant) => plant.collect(tried({ from: { kind: 'pipeline', id: 'edeg' }, with: 'vector' }), one),
      told: ['source-unknown: tried takes the records of edeg, which plant does not collect with the same program.'],
    },
    {
      name: 'records that go round',
      collect: (plant) =>
        plant
          .collect(tried({ id: 'a', from: { kind: 'pipeline', id: 'b' }, with: 'vector', steps: [] }), one)
          .collect(tried({ id: 'b', from: { kind: 'pipeline', id: 'a' }, with: 'vector', steps: [] }), one),
      told: [
        'source-circle: a -> b -> a: records would go round for ever.',
        'source-circle: b -> a -> b: records would go round for ever.',
      ],
    },
    {
      name: 'a job that is not there',
      collect: (plant) => plant.collect(cleaned('host-nod', 'x'), hosts),
      told: ['job-unknown: clean cleans the metrics of host-nod, and plant has no such job.'],
    },
    {
      name: 'a metric that a signal needs',
      collect: (plant) => plant.collect(cleaned('host-node', '^node_load5$'), hosts),
      told: [
        'signal-lost: clean drops or renames node_load5 of host-node, which loadPerCpu is read from: its alerts would be silent.',
      ],
    },
  ])('$name', ({ collect, told }) => {
    const { diagnostics } = compileGroup(groupOf(collect));
    const found = diagnostics.filter(({ code }) => code.startsWith('pipeline/'));
    expect(found.map(({ code, detail }) => `${code.slice(9)}: ${detail}`)).toEqual(told);
  });

  it('more senders than one scrape can tell apart', () => {
    const group = groupOf((plant) => plant.collect(sshLogins(), items.where({ class: 'host', site: 'plant' })));
    const many = Array.from({ length: 2001 }, (_, index) =>
      sampleItem(`srv-${index}`, 'host', { address: `srv-${index}`, kind: 'virtual' }),
    );
    expect(compileGroup({ ...group, items: many }).diagnostics).toMatchObject([
      { code: 'pipeline/senders-many', severity: 'warning', subject: 'plant' },
    ]);
  });

  it('a program that the stack does not have is told at the statement', () => {
    const stacks = sampleStacks((plant) => plant.collect(sshLogins(), hosts));
    const { diagnostics } = compileGroup(sampleGroup({ stacks }));
    expect(diagnostics).toMatchObject([
      { code: 'pipeline/target-missing', hint: "Add it: targets: [...standardTargets, 'mtail'], and bind it." },
    ]);
    expect(diagnostics[0]?.position?.file).toMatch(/compile\.test\.ts$/);
  });
});

describe('what is derived of pipelines', () => {
  const { resources, diagnostics } = compileGroup(
    groupOf((plant) =>
      plant
        .collect(sshLogins(), hosts)
        .collect(networkSyslog({ path: '/var/log/switch.log' }), one)
        .collect(cleaned('host-node', '^go_'), hosts),
    ),
  );

  it('is a program, rules, a dashboard, and nothing that is amiss', () => {
    expect(diagnostics).toEqual([]);
    const own = resources.filter(({ address }) =>
      /ssh-logins|network-syslog|log-pipelines|log-collectors/.test(address),
    );
    expect(own.map(({ address }) => address)).toEqual([
      'plant/grafana-dashboard/log-pipelines',
      'plant/mtail-program/network-syslog',
      'plant/mtail-program/ssh-logins',
      'plant/prometheus-rules/log-collectors',
      'plant/prometheus-rules/logs-network-syslog',
      'plant/prometheus-rules/logs-ssh-logins',
    ]);
  });

  it('cleans the job that is named', () => {
    expect(jobOf(resources, 'host-node')['metric_relabel_configs']).toEqual([
      { source_labels: ['__name__'], regex: 'go_.*', action: 'drop' },
    ]);
  });

  it('scrapes the program, and puts the labels of items in the place of its own', async () => {
    const job = jobOf(resources, 'logs-mtail');
    await expect(JSON.stringify(job, null, 2)).toMatchFileSnapshot('golden/logs-mtail.json');
  });

  it('tells that the program is down, unless it is an item, whose class tells it', () => {
    const collected = (own: readonly ConfigurationItem[]) => {
      const group = groupOf((plant) => plant.collect(sshLogins(), hosts));
      const catalogue = { ...group.organisation.catalogue, classes: standardClasses, alerts: [mtailAlerts] };
      const organisation = { ...group.organisation, catalogue };
      return compileGroup({ ...group, organisation, items: [...group.items, ...own] }).resources;
    };
    const alertsOf = (found: readonly Resource[]) =>
      found
        .flatMap(({ parts }) => parts.map(({ name }) => name))
        .filter((name) => /^(LogCollector|Mtail)Down$/.test(name));
    const mtail = (id: string) => sampleItem(id, 'mtail', { address: `${id}.example` });
    expect(alertsOf(collected([]))).toEqual(['LogCollectorDown']);
    expect(alertsOf(collected([mtail('logs-1')]))).toEqual(['MtailDown']);
    expect(alertsOf(collected([mtail('logs-1'), mtail('logs-2')])).sort()).toEqual(['LogCollectorDown', 'MtailDown']);
  });

  it('keeps the contract of labels in every alert', () => {
    const rules = resources.filter(({ address }) => address.includes('prometheus-rules/logs-'));
    const expressions = rules.flatMap(({ spec }) => {
      const group = isJsonObject(spec['group']) ? spec['group']['rules'] : [];
      return (Array.isArray(group) ? group : []).map((rule) => String((rule as JsonObject)['expr']));
    });
    expect(expressions).toHaveLength(7);
    const aggregations = expressions.flatMap((text) =>
      [...text.matchAll(/sum by \(([^)]*)\)/g)].map(([, by = '']) => by),
    );
    expect([...new Set(aggregations)]).toEqual(['item, class, tier, site, tenant, team, criticality']);
  });
});

describe('configurations that are made of several pipelines', () => {
  const store = {
    kind: 'loki',
    url: 'https://loki.example',
    labels: ['level', 'item'],
    token: { $secret: 'env:LOKI' },
  } as const;
  const search = {
    kind: 'elasticsearch',
    url: 'https://es.example',
    index: 'logs',
    user: 'ops',
    password: { $secret: 'env:ES' },
  } as const;
  const { resources, diagnostics } = compileGroup(
    groupOf((plant) =>
      plant
        .collect(javaErrors({ store }), hosts)
        .collect(nginxAccess({ with: 'vector', path: '/var/log/nginx/access.log' }), one)
        .collect(every('vector'), hosts)
        .collect(errorsOf('every'), hosts)
        .collect(containerLogs({ store: search }), one)
        .collect({ ...every('otelcol'), id: 'every-otelcol' }, hosts),
    ),
  );

  it('are in order', () => {
    expect(diagnostics).toEqual([]);
  });

  it('Vector: every input is a component, and every component is read', () => {
    const { sources, transforms, sinks } = configOf(resources, 'vector') as Record<string, Record<string, JsonObject>>;
    const made = [...Object.keys(sources ?? {}), ...Object.keys(transforms ?? {})];
    const read = [...Object.values(transforms ?? {}), ...Object.values(sinks ?? {})].flatMap(({ inputs }) => inputs);
    expect(read.filter((input) => !made.includes(String(input)))).toEqual([]);
    expect(made.filter((id) => !read.includes(id))).toEqual([]);
  });

  it('the collector: what it says of itself is taken off when it is scraped', () => {
    const rules = jobOf(resources, 'logs-otelcol')['metric_relabel_configs'] as readonly JsonObject[];
    expect(rules.at(-1)).toEqual({ action: 'labeldrop', regex: 'otel_scope_.*' });
  });

  it('the collector: what its pipelines name is there, and nothing else is', () => {
    const config = configOf(resources, 'otelcol') as Record<string, Record<string, JsonObject>>;
    const pipelines = Object.values(
      (config['service'] as unknown as { pipelines: Record<string, JsonObject> }).pipelines,
    );
    const named = (field: string) => [...new Set(pipelines.flatMap((one) => one[field] as string[]))].sort();
    const connectors = Object.keys(config['connectors'] ?? {});
    expect(named('processors')).toEqual(Object.keys(config['processors'] ?? {}).sort());
    expect(named('receivers')).toEqual([...Object.keys(config['receivers'] ?? {}), ...connectors].sort());
    expect(named('exporters')).toEqual([...Object.keys(config['exporters'] ?? {}), ...connectors].sort());
    expect(pipelines.filter(({ exporters }) => (exporters as string[]).length === 0)).toEqual([]);
  });

  it.each(['vector', 'otelcol'])('%s', async (program) => {
    await expect(`${JSON.stringify(configOf(resources, program), null, 2)}\n`).toMatchFileSnapshot(
      `golden/${program}.json`,
    );
  });
});

function configOf(resources: readonly Resource[], program: string): JsonObject {
  const main = resources.find(({ address }) => address === `plant/${program}-config/main`);
  return main?.spec['config'] as JsonObject;
}

function jobOf(resources: readonly Resource[], name: string): JsonObject {
  const main = resources.find(({ address }) => address === 'plant/prometheus-config/main');
  const config = main?.spec['config'] as JsonObject;
  return (config['scrape_configs'] as readonly JsonObject[]).find((job) => job['job_name'] === name) as JsonObject;
}

function groupOf(collect: (plant: StackDeclaration) => StackDeclaration) {
  const targets = [...standardTargets, 'mtail', 'vector', 'otelcol'] as const;
  const head = { name: 'plant', tier: 'L3', site: 'plant', parent: 'region', team: 'plant-ops', targets } as const;
  const stacks = sampleStacks(() => collect(defineStack(head).operate(items.where({ site: 'plant' }))));
  return sampleGroup({ stacks });
}

function tried(declaration: Partial<PipelineDeclaration>): Pipeline {
  return definePipeline({
    id: 'tried',
    title: { en: 'Tried', zh: '试验' },
    with: 'mtail',
    from: { kind: 'files', path: '/var/log/{host}/x.log' },
    ...(declaration.from === undefined ? { sender: 'host' } : {}),
    steps: [count],
    tests: [{ name: 'none', lines: [] }],
    ...declaration,
  });
}

function cleaned(job: string, pattern: string): Pipeline {
  return tried({
    id: 'clean',
    with: 'prometheus',
    from: { kind: 'metrics', job },
    steps: [steps.drop({ where: { field: 'metric', matches: pattern } })],
  });
}

/** Takes what another pipeline leaves over. */
function errorsOf(id: string): Pipeline {
  return tried({
    id: 'errors',
    with: 'vector',
    from: { kind: 'pipeline', id },
    sender: 'host',
    steps: [
      steps.keep({ where: { field: 'kind', matches: 'Error$' } }),
      steps.count({ metric: 'errors_seen_total', help: 'Errors.' }),
    ],
  });
}

/** Every kind of step that is not in the pipelines that come with the product. */
function every(backend: 'vector' | 'otelcol'): Pipeline {
  return tried({
    id: 'every',
    with: backend,
    schema: { ms: { type: 'number', unit: 'milliseconds' }, status: { type: 'number', values: ['200', '500'] } },
    steps: [
      steps.join({ startsWith: '^\\{', take: 'first-line' }),
      steps.parse({ as: 'json', fields: ['at', 'status', 'ms', 'text', 'error.type'] }),
      steps.time({ field: 'at', format: 'java' }),
      steps.parse({ as: 'logfmt', field: 'text', fields: ['zone'], otherwise: 'keep' }),
      steps.drop({ where: { all: [{ field: 'status', is: 200 }, { not: { field: 'ms', above: 1000 } }] } }),
      steps.keep({
        where: {
          any: [
            { field: 'status', in: ['200', '500'] },
            { field: 'ms', below: 5.5 },
          ],
        },
      }),
      steps.rename({ field: 'error.type', to: 'kind' }),
      steps.set({ field: 'origin', to: 'web' }),
      steps.set({ field: 'was', to: { field: 'ms' } }),
      steps.convert({ field: 'ms', from: 'milliseconds', to: 'seconds' }),
      steps.measure({
        metric: `${backend}_took_seconds`,
        help: 'Took.',
        field: 'ms',
        buckets: [0.1, 1],
        labels: ['status'],
        where: { field: 'origin', is: 'web' },
      }),
      steps.gauge({ metric: `${backend}_last_seconds`, help: 'Last.', field: 'ms' }),
      steps.sample({ oneOf: 4 }),
      steps.remove({ fields: ['at', 'was'] }),
      steps.ship({ to: 'file' }),
    ],
    sinks: { file: { kind: 'file', path: '/var/lib/x.log' } },
  });
}
