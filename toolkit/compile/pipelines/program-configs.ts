import { counted } from '../../diagnostics/index.ts';
import type { JsonObject, Resource } from '../../model/index.ts';
import { makeResource, operatedStep } from '../make-resource.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { type Collected, collectedWith } from './collected.ts';
import { madeMetrics } from './made-metrics.ts';
import { senderLabels } from './senders.ts';
import { toMtail } from './to-mtail.ts';
import { toOtelcol } from './to-otelcol.ts';
import { toVector, vectorBuckets } from './to-vector.ts';

/** What the programs of pipelines read: a program of mtail for each pipeline, one configuration of each other. */
export function compileProgramConfigs(operated: OperatedStack): readonly Resource[] {
  const vector = collectedWith(operated, 'vector');
  const otelcol = collectedWith(operated, 'otelcol');
  return [
    ...collectedWith(operated, 'mtail').map((collected) => mtailProgram(operated, collected)),
    ...(vector.length === 0 ? [] : [mainConfig(operated, 'vector', vector, vectorConfig(operated, vector))]),
    ...(otelcol.length === 0 ? [] : [mainConfig(operated, 'otelcol', otelcol, otelcolConfig(operated, otelcol))]),
  ];
}

function mtailProgram(operated: OperatedStack, { pipeline, items, source }: Collected): Resource {
  return makeResource(operated, {
    type: 'mtail-program',
    name: pipeline.id,
    target: 'mtail',
    spec: { name: pipeline.id, program: toMtail(pipeline) },
    items,
    clauses: pipeline.clauses ?? [],
    derivation: [
      { kind: 'declaration', subject: pipeline.id, text: `${pipeline.title.en}.`, source: pipeline.source },
      {
        kind: 'declaration',
        subject: operated.stack.name,
        text: `Collected for ${counted(items.length, 'item')}.`,
        source,
      },
    ],
  });
}

function mainConfig(
  operated: OperatedStack,
  target: 'vector' | 'otelcol',
  collected: readonly Collected[],
  config: JsonObject,
): Resource {
  return makeResource(operated, {
    type: `${target}-config`,
    name: 'main',
    target,
    spec: { config },
    items: collected.flatMap(({ items }) => items),
    clauses: collected.flatMap(({ pipeline }) => pipeline.clauses ?? []),
    derivation: [
      operatedStep(operated, `${collected.length} pipelines of ${target}`),
      ...collected.map(({ pipeline }) => {
        return {
          kind: 'declaration',
          subject: pipeline.id,
          text: `${pipeline.title.en}.`,
          source: pipeline.source,
        } as const;
      }),
    ],
  });
}

/** Ids of pipelines whose records another one takes. */
function readByOthers(collected: readonly Collected[]): readonly string[] {
  return collected.flatMap(({ pipeline }) => (pipeline.from.kind === 'pipeline' ? [pipeline.from.id] : []));
}

/** Where Prometheus reads what was counted: the port of the endpoint, on every address. */
function listenAt({ stack, surroundings }: OperatedStack, target: string): string {
  return `0.0.0.0:${/:(\d+)$/.exec(surroundings.targetEndpoint(stack.name, target))?.[1] ?? '9598'}`;
}

function vectorConfig(operated: OperatedStack, collected: readonly Collected[]): JsonObject {
  const { tier } = operated.stack;
  const read = readByOthers(collected);
  const parts = collected.map(({ pipeline, items }) =>
    toVector(pipeline, senderLabels(pipeline, items, tier), read.includes(pipeline.id)),
  );
  const inputs = parts.flatMap(({ metrics }) => metrics);
  const buckets = vectorBuckets(collected.map(({ pipeline }) => pipeline));
  const exporter = {
    type: 'prometheus_exporter',
    inputs,
    address: listenAt(operated, 'vector'),
    ...(buckets.length === 0 ? {} : { buckets: [...buckets] }),
    // A series that rests for so long is forgotten, and would begin again at zero.
    flush_period_secs: 86_400,
  };
  return escapeDollars({
    sources: Object.assign({}, ...parts.map(({ sources }) => sources)),
    transforms: Object.assign({}, ...parts.map(({ transforms }) => transforms)),
    sinks: {
      ...Object.assign({}, ...parts.map(({ sinks }) => sinks)),
      ...(inputs.length === 0 ? {} : { opsctl_metrics: exporter }),
    },
  });
}

function otelcolConfig(operated: OperatedStack, collected: readonly Collected[]): JsonObject {
  const { tier } = operated.stack;
  const read = readByOthers(collected);
  const parts = collected.map(({ pipeline, items }) =>
    toOtelcol(pipeline, senderLabels(pipeline, items, tier), read.includes(pipeline.id)),
  );
  const all = (
    field: 'extensions' | 'receivers' | 'processors' | 'connectors' | 'exporters' | 'pipelines',
  ): JsonObject => Object.assign({}, ...parts.map((part) => part[field]));
  const isCounting = collected.some(({ pipeline }) => madeMetrics(pipeline).length > 0);
  const exporter = { endpoint: listenAt(operated, 'otelcol'), add_metric_suffixes: false, metric_expiration: '24h' };
  const extensions = all('extensions');
  const counting = {
    receivers: parts.flatMap(({ metrics }) => metrics),
    // Counts of one batch are differences; Prometheus is shown sums.
    processors: ['deltatocumulative'],
    exporters: ['prometheus'],
  };
  return escapeDollars({
    ...(Object.keys(extensions).length === 0 ? {} : { extensions }),
    receivers: all('receivers'),
    processors: { ...all('processors'), ...(isCounting ? { deltatocumulative: {} } : {}) },
    connectors: all('connectors'),
    exporters: { ...all('exporters'), ...(isCounting ? { prometheus: exporter } : {}) },
    service: {
      ...(Object.keys(extensions).length === 0 ? {} : { extensions: Object.keys(extensions) }),
      pipelines: { ...all('pipelines'), ...(isCounting ? { metrics: counting } : {}) },
    },
  });
}

/** Both programs take `$NAME` for a variable of their environment, and `$$` for a dollar. References to secrets stay. */
function escapeDollars(config: JsonObject): JsonObject {
  const escaped = (value: JsonObject[string] | undefined): JsonObject[string] => {
    if (typeof value === 'string') return value.replaceAll('$', '$$$$');
    if (Array.isArray(value)) return value.map(escaped);
    if (typeof value !== 'object' || value === null || '$secret' in value) return value ?? null;
    return Object.fromEntries(Object.entries(value as JsonObject).map(([name, child]) => [name, escaped(child)]));
  };
  return escaped(config) as JsonObject;
}
