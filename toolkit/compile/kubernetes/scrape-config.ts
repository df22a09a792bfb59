import type { JsonObject, JsonValue, ResourcePart } from '../../model/index.ts';
import { type FieldTable, objectsIn, translateFields } from './field-names.ts';
import { clusterName } from './object-names.ts';
import { translateRelabelling } from './relabelling.ts';
import { accessFields, translateAccess } from './scrape-access.ts';
import type { JobToMove } from './translation.ts';
import { type HomeContext, movedParts, nothing, type Translated, tellUnsaid } from './translation.ts';

const kind = 'ScrapeConfig';
const remedy = 'Leave the field out, or keep Prometheus outside of the cluster: its file has all fields.';

const listed = { to: 'staticConfigs', value: (value: JsonValue) => objectsIn(value).map(staticConfig) };

/** Before 0.80 the operator takes HTTP and HTTPS only, and later ones still do. */
const schemeField = { to: 'scheme', value: (value: JsonValue) => String(value).toUpperCase() };

/** Fields that an endpoint of a monitor has too. */
export const connectionFields = {
  honor_labels: 'honorLabels',
  honor_timestamps: 'honorTimestamps',
  params: 'params',
  scheme: schemeField,
} as const satisfies FieldTable;

const jobFields: FieldTable = {
  ...connectionFields,
  job_name: 'jobName',
  metrics_path: 'metricsPath',
  sample_limit: 'sampleLimit',
  scrape_interval: 'scrapeInterval',
  scrape_timeout: 'scrapeTimeout',
  static_configs: listed,
  relabel_configs: { to: 'relabelings', value: translateRelabelling },
  metric_relabel_configs: { to: 'metricRelabelings', value: translateRelabelling },
};

/** A job with its targets as a ScrapeConfig: the same relabelling over the same labels. */
export function translateScrapeJob(context: HomeContext, move: JobToMove, left: ReadonlySet<number>): Translated {
  const { job, list, config, name, pointer } = move;
  const fields = Object.entries(job).filter(([field]) => field !== 'file_sd_configs' && !accessFields.includes(field));
  const said = translateFields(Object.fromEntries(fields), jobFields);
  const access = translateAccess(context, job);
  const groups = list === null ? [] : objectsIn(list.spec.groups).filter((_, index) => !left.has(index));
  if (list !== null && groups.length === 0) return nothing;
  const spec: JsonObject = {
    ...said.object,
    ...access.object,
    ...(list === null ? {} : { staticConfigs: groups.map(staticConfig) }),
  };
  return {
    objects: [
      {
        of: list ?? config,
        apiVersion: 'monitoring.coreos.com/v1alpha1',
        kind,
        nameOf: (former) => clusterName(context.operated.stack.name, nameWithin(move, former)),
        body: { spec },
        parts: partsOf(move, left),
      },
    ],
    diagnostics: tellUnsaid(context, config, { what: `The scrape job ${name}`, pointer, kind, remedy }, [
      ...said.unsaid,
      ...access.unsaid,
    ]),
  };
}

/** A list may be read by several jobs, one for each way to ask; a job without one has its name and no former one. */
function nameWithin({ name, list }: JobToMove, former: string): string {
  return list === null ? name : `${former}${name.slice(String(list.spec.name).length)}`;
}

function staticConfig(group: JsonObject): JsonObject {
  const { targets = [], labels = {} } = group;
  return { targets, labels };
}

function partsOf({ list, config, pointer, name }: JobToMove, left: ReadonlySet<number>): readonly ResourcePart[] {
  const items = (list?.parts ?? [])
    .filter((part) => !left.has(Number(part.pointer.slice('/groups/'.length))))
    .map((part, index) => ({ ...part, pointer: `/spec/staticConfigs/${index}` }));
  const job = movedParts(config, pointer, '/spec').map((part) => ({ ...part, name }));
  // An item may have the name of its job; the item is what people ask for.
  return [...items, ...job.filter((part) => !items.some((item) => item.name === part.name))];
}
