import { type Diagnostic, printSpan } from '../../diagnostics/index.ts';
import {
  type ConfigurationItem,
  isJsonObject,
  isSelected,
  type JsonObject,
  type ReachedWorkload,
} from '../../model/index.ts';
import { homeDiagnostics } from './diagnostics.ts';
import { translateFields } from './field-names.ts';
import { clusterName } from './object-names.ts';
import { translateRelabelling } from './relabelling.ts';
import { translateAccess } from './scrape-access.ts';
import { connectionFields } from './scrape-config.ts';
import type { JobToMove } from './translation.ts';
import { type HomeContext, type ObjectDraft, tellUnsaid } from './translation.ts';

/** Of a job, one item that is found in the cluster: its place there, and its labels. */
export interface ReachedItem {
  readonly item: ConfigurationItem;
  readonly workload: ReachedWorkload;
  readonly group: JsonObject;
  /** In the target list. */
  readonly index: number;
}

/** The first statement about an item; that there are more is told. */
export function workloadOf({ operated }: HomeContext, item: ConfigurationItem): ReachedWorkload | undefined {
  return operated.stack.workloads.find(({ selection }) => isSelected(selection, item));
}

export function findReachedTwice({ operated }: HomeContext): readonly Diagnostic[] {
  const { stack, monitored } = operated;
  return monitored.flatMap((item) => {
    const [first, second] = stack.workloads.filter(({ selection }) => isSelected(selection, item));
    if (first === undefined || second === undefined) return [];
    const facts = { item: item.id, first: printSpan(first.source) };
    return [homeDiagnostics.create('reached-twice', facts, { position: second.source, subject: item.id })];
  });
}

/**
 * An item that runs in the cluster as a ServiceMonitor, or as a PodMonitor: every Pod behind it is a target, with the job
 * and the labels that the item has on a target list, besides those that the operator gives.
 */
export function translateReached(
  context: HomeContext,
  move: JobToMove,
  { item, workload, group, index }: ReachedItem,
): { readonly object: ObjectDraft; readonly diagnostics: readonly Diagnostic[] } {
  const { job, name, list, config, pointer } = move;
  const { at } = workload;
  const isService = 'service' in at;
  const place = isService ? at.service : at.pods;
  const kind = isService ? 'ServiceMonitor' : 'PodMonitor';
  const fields = Object.entries(job).filter(([field]) => Object.hasOwn(endpointFields, field));
  const access = translateAccess(context, job);
  const endpoint: JsonObject = {
    port: place.port,
    ...translateFields(Object.fromEntries(fields), endpointFields).object,
    ...access.object,
    relabelings: [{ targetLabel: 'job', replacement: name }, ...labelsOf(group)],
  };
  const spec: JsonObject = {
    namespaceSelector: { matchNames: [place.namespace] },
    selector: { matchLabels: place.labels },
    [isService ? 'endpoints' : 'podMetricsEndpoints']: [endpoint],
  };
  const remedy =
    'Leave the field out, or take the .reach(...) away: at an address the item is scraped with all fields.';
  const unsaid = Object.keys(job).filter((field) => !Object.hasOwn(endpointFields, field) && !saidElsewhere.has(field));
  return {
    object: {
      of: list ?? config,
      apiVersion: 'monitoring.coreos.com/v1',
      kind,
      nameOf: (former) => clusterName(context.operated.stack.name, former, item.id),
      body: { spec },
      parts: (list?.parts ?? [])
        .filter((part) => part.pointer === `/groups/${index}`)
        .map((part) => ({ ...part, pointer: '/spec' })),
      item,
    },
    diagnostics: tellUnsaid(context, config, { what: `The scrape job ${name}`, pointer, kind, remedy }, [
      ...unsaid,
      ...access.unsaid,
    ]),
  };
}

/** What an endpoint says in the words of a job. */
const endpointFields = {
  ...connectionFields,
  scrape_interval: 'interval',
  scrape_timeout: 'scrapeTimeout',
  metrics_path: 'path',
  metric_relabel_configs: { to: 'metricRelabelings', value: translateRelabelling },
} as const;

const saidElsewhere = new Set(['job_name', 'file_sd_configs', 'authorization', 'basic_auth', 'tls_config']);

function labelsOf({ labels }: JsonObject): readonly JsonObject[] {
  return Object.entries(isJsonObject(labels) ? labels : {}).map(([name, value]) => ({
    targetLabel: name,
    replacement: String(value).replaceAll('$', '$$$$'),
  }));
}
