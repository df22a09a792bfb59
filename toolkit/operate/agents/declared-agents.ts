import {
  addressFields,
  type ConfigurationItem,
  type Criticality,
  criticalities,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type Resource,
  type TierId,
} from '../../model/index.ts';
import type { Content } from '../contract.ts';
import type { AgentKind, DeclaredAgent } from './agent.ts';
import type { DeclaredCollection } from './describe-collection.ts';
import { parseProgramRange } from './version-range.ts';

type Declarations = Pick<Content, 'resources' | 'items' | 'stacks' | 'collection'>;

/** Everything that collects, by the compiled target lists: what is declared here is what Prometheus is told to scrape. */
export function declaredAgents(content: Declarations): readonly DeclaredAgent[] {
  const byJob = new Map(content.collection.map((one) => [`${one.class}-${one.source}`, one]));
  const items = new Map(content.items.map((item) => [item.id, item]));
  const agents = content.resources.flatMap((resource) => {
    if (resource.type === 'prometheus-config') return shippersIn(resource);
    if (resource.type !== 'prometheus-targets') return [];
    const collection = byJob.get(String(resource.spec.name));
    return collection === undefined ? [] : targetsOf(resource, collection, content.resources, items);
  });
  return [...agents, ...collectorsOf(agents, content.stacks)].sort(byPlace);
}

const byPlace = (left: DeclaredAgent, right: DeclaredAgent) => (placeOf(left) < placeOf(right) ? -1 : 1);

function placeOf({ tier, stack, item, program, job }: DeclaredAgent): string {
  return [tier, stack, item ?? '', job ?? '', program].join('\u0000');
}

function targetsOf(
  resource: Resource,
  collection: DeclaredCollection,
  all: readonly Resource[],
  items: ReadonlyMap<string, ConfigurationItem>,
): readonly DeclaredAgent[] {
  const { stack } = addressFields(resource.address);
  const { program, bounds } = parseProgramRange(collection.exporter);
  const kind = kindOf(collection, program);
  const job = String(resource.spec.name);
  const through = isAgentless(kind) ? collectorAddress(stack, job, all) : null;
  return objectsIn(resource.spec.groups).map((group) => {
    const labels = textsIn(group.labels);
    const item = labels.item ?? '';
    return {
      ...placeIn(labels, resource),
      stack,
      kind,
      program,
      item,
      class: collection.class,
      job,
      endpoint: String((group.targets as readonly JsonValue[])[0]),
      through,
      expected: bounds,
      versioned: collection.versioned,
      source: items.get(item)?.source ?? resource.source,
    };
  });
}

/** Programs of pipelines are scraped by jobs of their own, which stand in the main configuration: `logs-mtail`. */
function shippersIn(resource: Resource): readonly DeclaredAgent[] {
  const { config } = resource.spec;
  const jobs = isJsonObject(config) ? objectsIn(config.scrape_configs) : [];
  return jobs.flatMap((one) => {
    const job = String(one.job_name);
    const program = shippers.find((name) => job.endsWith(`-${name}`));
    if (program === undefined) return [];
    return objectsIn(one.static_configs).map((group) => {
      const labels = textsIn(group.labels);
      return {
        ...placeIn(labels, resource),
        stack: addressFields(resource.address).stack,
        kind: 'shipper' as const,
        program,
        item: labels.item ?? '',
        class: labels.class ?? null,
        job,
        endpoint: String((group.targets as readonly JsonValue[])[0]),
        through: null,
        expected: [],
        versioned: [],
        source: resource.source,
      };
    });
  });
}

/** What the target's own labels say; they are a contract. */
function placeIn(labels: Readonly<Record<string, string>>, { tier, owner, criticality }: Resource) {
  return {
    tier: (labels.tier ?? tier) as TierId,
    site: labels.site ?? '',
    tenant: labels.tenant ?? '',
    team: labels.team ?? owner,
    criticality: (labels.criticality ?? criticality) as Criticality,
  };
}

const shippers: readonly string[] = ['mtail', 'vector', 'otelcol', 'fluent-bit', 'fluentd', 'promtail', 'filebeat'];

function kindOf({ class: of, kind }: DeclaredCollection, program: string): AgentKind {
  if (kind !== 'exporter') return kind;
  if (of === 'collector') return 'collector';
  if (shippers.includes(program)) return 'shipper';
  // What is not called an exporter is the item itself, which answers with metrics of its own.
  return /[_-]exporter$/.test(program) ? 'exporter' : 'built-in';
}

function isAgentless(kind: AgentKind): boolean {
  return !['exporter', 'shipper', 'built-in', 'collector'].includes(kind);
}

/** The relabelling of a job that is asked through a collector ends with the collector's address. */
function collectorAddress(stack: string, job: string, all: readonly Resource[]): string | null {
  const main = all.find(({ type, address }) => type === 'prometheus-config' && addressFields(address).stack === stack);
  const config = main?.spec.config;
  const jobs = isJsonObject(config) ? objectsIn(config.scrape_configs) : [];
  const relabelling = objectsIn(jobs.find(({ job_name: name }) => name === job)?.relabel_configs);
  const address = relabelling.find(({ target_label: label }) => label === '__address__')?.replacement;
  return typeof address === 'string' ? address : null;
}

/** One shared program for each control point and kind; it is as important as the most important item that it asks. */
function collectorsOf(agents: readonly DeclaredAgent[], stacks: Content['stacks']): readonly DeclaredAgent[] {
  const items = new Set(
    agents.filter(({ kind }) => kind === 'collector').map(({ stack, endpoint }) => `${stack} ${endpoint}`),
  );
  // One that is an item is there already, with measurements of its own.
  const asked = agents.filter(({ stack, through }) => through !== null && !items.has(`${stack} ${through}`));
  const groups = Map.groupBy(asked, ({ stack, program, through }) => [stack, program, through].join('\u0000'));
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined || first.through === null) return [];
    const control = stacks.find(({ name }) => name === first.stack);
    const ranks = [first, ...others].map(({ criticality }) => criticalities.indexOf(criticality));
    return [
      {
        ...first,
        kind: 'collector' as const,
        site: control?.site ?? first.site,
        team: control?.team ?? first.team,
        tenant: 'shared',
        criticality: criticalities[Math.min(...ranks)] ?? 'medium',
        item: null,
        class: null,
        job: null,
        endpoint: first.through,
        through: null,
        versioned: [],
        source: null,
      },
    ];
  });
}

function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]).filter(isJsonObject) : [];
}

function textsIn(value: JsonValue | undefined): Readonly<Record<string, string>> {
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)])) : {};
}
