import { isJsonObject, type JsonObject, type JsonValue, type Resource } from '../../model/index.ts';
import { objectsIn, textsIn } from './field-names.ts';
import { clusterName } from './object-names.ts';
import { translateRelabelling } from './relabelling.ts';
import type { JobToMove } from './translation.ts';
import { type HomeContext, type ObjectDraft, type Translated, tellUnsaid } from './translation.ts';

const kind = 'Probe';
const remedy = "Leave the field out, or keep the blackbox exporter outside of the cluster: outside: ['blackbox'].";

/** Fields of a job that a Probe says in other words: what it asks, whom, and the multi-target pattern. */
const saidByProbe = new Set([
  ...['job_name', 'scrape_interval', 'scrape_timeout', 'file_sd_configs', 'metrics_path', 'relabel_configs'],
  'metric_relabel_configs',
]);

/**
 * A Probe has one set of labels for its targets, and each item has labels of its own: one Probe for each. The operator
 * adds the label `namespace`, which no series of ours has; it is taken away again.
 */
export function translateProbes(context: HomeContext, move: JobToMove & { readonly list: Resource }): Translated {
  const { job, list, config, name, pointer } = move;
  const groups = objectsIn(list.spec.groups);
  const unsaid = Object.keys(job).filter((field) => !saidByProbe.has(field));
  const items = new Map(context.operated.monitored.map((item) => [item.id, item]));
  return {
    objects: groups.map((group, index): ObjectDraft => {
      const id = String(isJsonObject(group.labels) ? group.labels.item : index);
      const item = items.get(id);
      return {
        of: list,
        apiVersion: 'monitoring.coreos.com/v1',
        kind,
        nameOf: (former) => clusterName(context.operated.stack.name, former, id),
        body: { spec: probeOf(context, job, group) },
        parts: list.parts
          .filter((part) => part.pointer === `/groups/${index}`)
          .map((part) => ({ ...part, pointer: '/spec/targets/staticConfig' })),
        ...(item === undefined ? {} : { item }),
      };
    }),
    diagnostics: tellUnsaid(context, config, { what: `The scrape job ${name}`, pointer, kind, remedy }, unsaid),
  };
}

function probeOf({ operated }: HomeContext, job: JsonObject, group: JsonObject): JsonObject {
  const labels = Object.entries(isJsonObject(group.labels) ? group.labels : {});
  const query = labels.filter(([name]) => name.startsWith('__param_'));
  const module = query.find(([name]) => name === '__param_module')?.[1];
  const params = query
    .filter(([name]) => name !== '__param_module')
    .map(([name, value]): JsonValue => ({ name: name.slice('__param_'.length), values: [value] }));
  const metrics = translateRelabelling(job.metric_relabel_configs);
  return {
    jobName: job.job_name ?? '',
    interval: job.scrape_interval ?? '',
    scrapeTimeout: job.scrape_timeout ?? '',
    ...(module === undefined ? {} : { module }),
    ...(params.length === 0 ? {} : { params }),
    prober: proberAt(operated.surroundings.targetEndpoint(operated.stack.name, 'blackbox'), job.metrics_path ?? ''),
    targets: {
      staticConfig: {
        static: [...textsIn(group.targets)],
        labels: Object.fromEntries(labels.filter((label) => !query.includes(label))),
        relabelingConfigs: [{ action: 'labeldrop', regex: 'namespace' }],
      },
    },
    ...(metrics.length === 0 ? {} : { metricRelabelings: metrics }),
  };
}

function proberAt(endpoint: string, path: JsonValue): JsonObject {
  const [, scheme, address = endpoint] = /^(https?):\/\/(.*)$/.exec(endpoint) ?? [];
  return { url: address, path, ...(scheme === 'https' ? { scheme: 'HTTPS' } : {}) };
}
