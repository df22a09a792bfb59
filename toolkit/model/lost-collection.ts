import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';

/**
 * What a Prometheus does not do any more by another main configuration, as sentences without a subject: notify, load
 * rules, scrape, hand on, bear its labels. Of both sides what prometheus.yml holds, each in any spelling of its paths.
 */
export function lostCollection(before: JsonObject, after: JsonObject): readonly string[] {
  return [
    ...lostAlertmanagers(alertmanagersOf(before), alertmanagersOf(after)),
    ...lostRuleFiles(textsIn(before.rule_files), textsIn(after.rule_files)),
    ...lostJobs(namesIn(before.scrape_configs, 'job_name'), namesIn(after.scrape_configs, 'job_name')),
    ...lostWrites(namesIn(before.remote_write, 'url'), namesIn(after.remote_write, 'url')),
    ...changedLabels(externalLabels(before), externalLabels(after)),
  ];
}

function lostAlertmanagers(before: readonly Place[], after: readonly Place[]): readonly string[] {
  const lost = before.filter(({ key }) => !after.some((other) => other.key === key)).map(({ title }) => title);
  if (lost.length === 0) return [];
  if (after.length === 0) return ['no Alertmanager is notified: alerts are evaluated, and reach nobody'];
  return [`${enumerate('the Alertmanager', lost)} ${isOrAre(lost)} not notified`];
}

function lostRuleFiles(before: readonly string[], after: readonly string[]): readonly string[] {
  const lost = before.filter((pattern) => !after.some((other) => isSamePath(pattern, other)));
  if (lost.length === 0) return [];
  if (after.length === 0) return ['no rule file is loaded: nothing is recorded, and no alert is evaluated'];
  return [
    `${enumerate('the rule file', lost)} ${isOrAre(lost)} not loaded: ${lost.length === 1 ? 'its' : 'their'} alerts are not evaluated`,
  ];
}

function lostJobs(before: readonly string[], after: readonly string[]): readonly string[] {
  const lost = before.filter((job) => !after.includes(job));
  if (lost.length === 0) return [];
  if (after.length === 0) return ['no scrape job is left: nothing is measured'];
  return [`nothing of ${enumerate('the scrape job', lost)} is measured`];
}

function lostWrites(before: readonly string[], after: readonly string[]): readonly string[] {
  const lost = before.filter((url) => !after.includes(url)).length;
  if (lost === 0) return [];
  return [
    `${lost} of ${before.length} remote writes ${lost === 1 ? 'is' : 'are'} missing: samples do not arrive there`,
  ];
}

/** Alerts, federated series and samples that are handed on are told apart by them. */
function changedLabels(before: Labels, after: Labels): readonly string[] {
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .filter((name) => before[name] !== after[name])
    .map((name) => `${name} ${after[name] ?? 'none'} instead of ${before[name] ?? 'none'}`);
  if (changed.length === 0) return [];
  return [`external labels differ (${shorten(changed)}): alerts and series that leave here are taken for another's`];
}

type Labels = Readonly<Record<string, string>>;

function externalLabels({ global }: JsonObject): Labels {
  const labels = isJsonObject(global ?? null) ? (global as JsonObject).external_labels : undefined;
  if (!isJsonObject(labels ?? null)) return {};
  return Object.fromEntries(Object.entries(labels as JsonObject).map(([name, value]) => [name, String(value)]));
}

interface Place {
  readonly key: string;
  readonly title: string;
}

/** Where they are by address; of any other way of finding them, which may hold a secret, only its kind is said. */
function alertmanagersOf({ alerting }: JsonObject): readonly Place[] {
  const managers = isJsonObject(alerting ?? null) ? (alerting as JsonObject).alertmanagers : undefined;
  return objectsIn(managers).flatMap((manager) =>
    Object.entries(manager).flatMap(([field, value]) => {
      if (field !== 'static_configs')
        return field.endsWith('_sd_configs')
          ? objectsIn(value).map((entry) => ({ key: `${field} ${JSON.stringify(entry)}`, title: `of ${field}` }))
          : [];
      return objectsIn(value).flatMap(({ targets }) => textsIn(targets).map((title) => ({ key: title, title })));
    }),
  );
}

function namesIn(list: JsonValue | undefined, field: string): readonly string[] {
  return objectsIn(list).map((entry) => String(entry[field]));
}

function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function textsIn(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** A program prints a relative path with the directory of its configuration before it. */
function isSamePath(one: string, other: string): boolean {
  const [left, right] = [one, other].map((path) => path.replace(/^\.\//, '')) as [string, string];
  return left === right || left.endsWith(`/${right}`) || right.endsWith(`/${left}`);
}

function enumerate(kind: string, names: readonly string[]): string {
  return names.length === 1
    ? `${kind} ${names[0]}`
    : `${names.length} ${kind.replace('the ', '')}s (${shorten(names)})`;
}

function isOrAre({ length }: readonly string[]): string {
  return length === 1 ? 'is' : 'are';
}

const namedAtMost = 10;

function shorten(names: readonly string[]): string {
  const shown = names.length <= namedAtMost + 1 ? names : names.slice(0, namedAtMost);
  return [...shown, ...(shown.length < names.length ? [`${names.length - shown.length} more`] : [])].join(', ');
}
