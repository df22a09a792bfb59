import { parseDuration } from './duration.ts';
import type { GrafanaDashboard } from './grafana-dashboard.ts';
import type { KubernetesManifest } from './kubernetes-object.ts';
import type { NotificationTemplate, Routing } from './routing.ts';
import type { AlertingRule, RecordingRule, Rule, RuleGroup } from './rule-group.ts';
import {
  andOthers,
  anyText,
  either,
  fieldsOf,
  finiteNumber,
  listOf,
  made,
  matching,
  maybe,
  oneOf,
  recordOf,
  someText,
  value,
  variants,
} from './shape.ts';

// What a stack includes is written by hand in the words of Prometheus, Alertmanager and Grafana.

const id = matching('lower-case words with dashes, such as node-exporter', /^[a-z0-9]+(-[a-z0-9]+)*$/);
const duration = value('a duration as Prometheus writes it, such as 30s, 5m, 1h30m', (given) => {
  return typeof given === 'string' && parseDuration(given) !== null;
});
const metricName = matching('a name of a metric, such as job:up:sum', /^[a-zA-Z_:][\w:]*$/);
const data = value('plain data, as JSON has it', (given) => isPlainObject(given) && holdsPlainData(given));
const texts = recordOf(anyText);

const alertFields = {
  alert: someText,
  expr: someText,
  for: maybe(duration),
  keep_firing_for: maybe(duration),
  labels: maybe(texts),
  annotations: maybe(texts),
};
const recordFields = { record: metricName, expr: someText, labels: maybe(texts) };

export const ruleShape = either(
  'record',
  fieldsOf<RecordingRule>(recordFields),
  fieldsOf<AlertingRule>(alertFields, 'a rule with either alert or record'),
);

const writtenRule = andOthers(made<Pick<Rule, 'kind'>>({ kind: oneOf(['rule']) }, 'a rule made by rule({...})'));

export const ruleGroupShape = fieldsOf<Omit<RuleGroup, 'kind' | 'source'>>({
  id,
  name: maybe(someText),
  interval: maybe(duration),
  limit: maybe(finiteNumber),
  query_offset: maybe(duration),
  labels: maybe(texts),
  rules: listOf(writtenRule),
});

export const grafanaDashboardShape = fieldsOf<Omit<GrafanaDashboard, 'kind' | 'source'>>({
  id,
  folder: maybe(someText),
  json: data,
});

export const routingShape = fieldsOf<Omit<Routing, 'kind' | 'source'>>({
  id,
  route: data,
  receivers: listOf(data),
  inhibitRules: maybe(listOf(data)),
  timeIntervals: maybe(listOf(data)),
  templates: maybe(listOf(fieldsOf<NotificationTemplate>({ name: id, text: anyText }))),
});

export const kubernetesManifestShape = andOthers(
  fieldsOf<Pick<KubernetesManifest, 'apiVersion' | 'kind' | 'metadata'>>(
    {
      apiVersion: someText,
      kind: someText,
      metadata: andOthers(
        fieldsOf<Pick<KubernetesManifest['metadata'], 'name' | 'namespace' | 'labels' | 'annotations'>>({
          name: matching('the name of an object, such as grafana', /^[a-z0-9][A-Za-z0-9.:_-]*$/),
          namespace: maybe(someText),
          labels: maybe(texts),
          annotations: maybe(texts),
        }),
      ),
    },
    'a manifest with apiVersion, kind and metadata',
  ),
);

/** As `included`, named by what is in it. */
const includedObject = andOthers(
  made<{ kind: string; manifest: unknown }>(
    { kind: oneOf(['kubernetes-object']), manifest: data },
    'what defineKubernetesObject({...}) gives',
  ),
);

/** Below `stacks/manifests/`, and nowhere else. */
export const manifestPatternShape = matching(
  'a YAML file below stacks/manifests/, such as gateway/*.yaml',
  /^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$)).*\.ya?ml$/,
);

const includedManifests = andOthers(
  made<{ kind: string; id: string }>(
    { kind: oneOf(['manifest-files']), id: manifestPatternShape },
    "what manifests('...') gives",
  ),
);

const included = <Kind extends string>(kind: Kind, call: string) =>
  andOthers(made<{ kind: Kind; id: string }>({ kind: oneOf([kind]), id }, `what ${call} gives`));

/** What `.include(...)` takes. */
export const includedShape = variants(
  'kind',
  {
    'rule-group': included('rule-group', 'defineRules({...})'),
    'grafana-dashboard': included('grafana-dashboard', 'defineGrafanaDashboard({...})'),
    routing: included('routing', 'defineRouting({...})'),
    'kubernetes-object': includedObject,
    'manifest-files': includedManifests,
  },
  { expected: 'what defineRules, defineGrafanaDashboard, defineRouting, defineKubernetesObject or manifests gives' },
);

function isPlainObject(given: unknown): given is object {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

/** A function or a date would come out of the sandbox as nothing, or as a text. */
function holdsPlainData(given: unknown): boolean {
  if (given === null || typeof given === 'string' || typeof given === 'boolean') return true;
  if (typeof given === 'number') return Number.isFinite(given);
  if (typeof given !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(given);
  if (!Array.isArray(given) && prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(given).every(holdsPlainData);
}
