import {
  type Address,
  type JsonObject,
  type JsonValue,
  parseDuration,
  printDuration,
  type Resource,
  type SignalSource,
  type Stack,
  type TargetName,
} from '../../model/index.ts';
import { makeResource, operatedStep } from '../make-resource.ts';
import { type OperatedStack, paced } from '../operated-stack.ts';
import { belowJob, evaluatedSeries } from '../watchdog.ts';
import { collectors } from './collectors.ts';
import { accessLabel, accessSettings, anybody, type JobAccess } from './exporter-access.ts';
import { type ScrapeJob, shareLabel } from './targets.ts';

/** What pipelines of data add to scraping: jobs of their own, and rules that clean what other jobs bring. */
export interface PipelineScraping {
  readonly jobs: readonly JsonObject[];
  readonly relabelling: ReadonlyMap<string, readonly JsonObject[]>;
}

/** The main configuration of a control point's Prometheus. */
export function compilePrometheusConfig(
  operated: OperatedStack,
  jobs: readonly ScrapeJob[],
  dependsOn: readonly Address[],
  pipelines: PipelineScraping,
): Resource {
  const { stack } = operated;
  const interval = paced(operated, '30s');
  const asked = jobs.flatMap((job) => job.accesses.map((access) => ({ job, access })));
  const config: JsonObject = {
    global: {
      scrape_interval: interval,
      evaluation_interval: interval,
      // Seen by Alertmanager and by the tiers above; rule expressions do not see them.
      external_labels: { stack: stack.name, tier: stack.tier, site: stack.site },
    },
    rule_files: ['rules/*.yaml'],
    alerting: { alertmanagers: listeners(operated).map((listener) => alertmanagerOf(operated, listener)) },
    scrape_configs: [
      ...asked.map(({ job, access }) =>
        withRelabelling(scrapeConfig(operated, job, access), pipelines.relabelling.get(job.name)),
      ),
      ...operated.children.map((child) => federation(operated, child)),
      ...pipelines.jobs,
    ],
  };
  return makeResource(operated, {
    type: 'prometheus-config',
    name: 'main',
    target: 'prometheus',
    spec: { config },
    items: operated.monitored,
    dependsOn,
    derivation: [
      operatedStep(operated, `${operated.monitored.length} items in service`),
      {
        kind: 'tier-rule',
        subject: stack.tier,
        text: `Alerts go to the Alertmanagers of ${listeners(operated)
          .map(({ name }) => name)
          .join(', ')}: the own team and L1 at once, the tiers between by escalation.`,
        clauses: ['S0:7.1.1.1.a'],
      },
    ],
    parts: asked.map(({ job, access }, index) => ({
      name: configName(job, access),
      pointer: `/config/scrape_configs/${index}`,
      derivation: [
        {
          kind: 'class-rule',
          subject: job.objectClass.id,
          text: `${access.items.length} items of class ${job.objectClass.id}.`,
          source: job.objectClass.source,
        },
      ],
    })),
  });
}

/** Every Alertmanager that hears of this stack's alerts: its own, and those of the tiers above. Routing there decides. */
function listeners({ stack, ancestors }: OperatedStack): readonly Stack[] {
  return [stack, ...ancestors].filter(({ targets }) => targets.includes('alertmanager'));
}

function alertmanagerOf(operated: OperatedStack, listener: Stack): JsonObject {
  return {
    static_configs: [{ targets: [operated.surroundings.targetEndpoint(listener.name, 'alertmanager')] }],
    api_version: 'v2',
  };
}

function scrapeConfig(operated: OperatedStack, job: ScrapeJob, access: JobAccess): JsonObject {
  const { source } = job;
  const common = {
    job_name: configName(job, access),
    scrape_interval: paced(operated, source.interval),
    scrape_timeout: scrapeTimeout(operated, source),
    file_sd_configs: [{ files: [`targets/${job.name}.json`], refresh_interval: paced(operated, '1m') }],
  };
  if (source.kind === 'exporter') {
    return {
      ...common,
      metrics_path: typeof source.path === 'string' ? source.path : '/metrics',
      ...transport(source, access),
      ...ownAccess(job, access),
      ...ownShare(source),
    };
  }
  const { path, target } = collectors[source.kind];
  return { ...common, metrics_path: path, relabel_configs: collectorRelabelling(operated, target) };
}

function withRelabelling(job: JsonObject, rules: readonly JsonObject[] | undefined): JsonObject {
  return rules === undefined ? job : { ...job, metric_relabel_configs: [...rules] };
}

/** A scrape may not take longer than the time to the next one. */
function scrapeTimeout(operated: OperatedStack, { interval, timeout }: SignalSource): string {
  if (timeout === undefined) return operated.surroundings.speed === 1 ? '10s' : '1s';
  const ends = [timeout, paced(operated, interval)].map((duration) => parseDuration(duration) ?? 0);
  return printDuration(Math.min(...ends));
}

function transport(
  { params, scheme, insecureTls = false }: Extract<SignalSource, { kind: 'exporter' }>,
  { access }: JobAccess,
): JsonObject {
  return {
    ...(params === undefined ? {} : { params }),
    ...(typeof scheme === 'string' ? { scheme } : {}),
    ...accessSettings(access, insecureTls),
  };
}

/** Prometheus asks all targets of one entry as the same person, so a job has an entry for each; by its label it is one. */
function configName({ name, accesses }: ScrapeJob, access: JobAccess): string {
  return accesses.length < 2 || access.name === anybody ? name : `${name}.${access.name}`;
}

function ownAccess({ name, accesses }: ScrapeJob, access: JobAccess): JsonObject {
  if (accesses.length < 2) return {};
  return {
    relabel_configs: [
      { source_labels: [accessLabel], regex: access.name, action: 'keep' },
      { target_label: 'job', replacement: name },
    ],
  };
}

/**
 * Of a shared page an item keeps the series in which the first of the labels has its value. The last rule that fits
 * wins, so they are written from the last label to the first. `keepequal` is there since Prometheus 2.41.
 */
function ownShare({ sharedBy = [] }: Extract<SignalSource, { kind: 'exporter' }>): JsonObject {
  if (sharedBy.length === 0) return {};
  const marks = [...sharedBy].reverse().map((labels) => shareMark(typeof labels === 'string' ? [labels] : labels));
  return {
    metric_relabel_configs: [
      ...marks,
      { source_labels: [found], target_label: shareLabel, action: 'keepequal' },
      { regex: `${found}|${shareLabel}`, action: 'labeldrop' },
    ],
  };
}

const found = '__tmp_share';

/** A series that lacks one of the labels is whose it is by none of them. */
function shareMark(labels: readonly string[]): JsonObject {
  return {
    source_labels: labels,
    ...(labels.length === 1 ? {} : { separator: '/' }),
    regex: `(${labels.map(() => (labels.length === 1 ? '.+' : '[^/]+')).join('/')})`,
    target_label: found,
  };
}

/** The multi-target pattern: what is asked becomes a parameter, and the collector becomes the address. */
function collectorRelabelling(operated: OperatedStack, target: TargetName): JsonValue {
  return [
    { source_labels: ['__address__'], target_label: '__param_target' },
    { source_labels: ['__param_target'], target_label: 'instance' },
    { target_label: '__address__', replacement: operated.surroundings.targetEndpoint(operated.stack.name, target) },
  ];
}

/**
 * What this tier sees of a tier below: the recorded signals of its items, how its objectives are met, when it evaluated
 * its rules last, and theirs of the tiers below them. Alerts do not travel this way: pending and firing samples of one alert coexist in a federation.
 */
function federation(operated: OperatedStack, child: Stack): JsonObject {
  return {
    job_name: belowJob(child),
    scrape_interval: paced(operated, '1m'),
    scrape_timeout: operated.surroundings.speed === 1 ? '30s' : '1s',
    honor_labels: true,
    metrics_path: '/federate',
    params: {
      'match[]': [`{__name__=~"signal:.+|slo:(fraction|objective|error_ratio|budget_remaining)|${evaluatedSeries}"}`],
    },
    static_configs: [{ targets: [operated.surroundings.targetEndpoint(child.name, 'prometheus')] }],
  };
}
