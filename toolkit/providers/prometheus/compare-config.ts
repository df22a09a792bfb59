import {
  findMissing,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  listsByPosition,
  parseDuration,
} from '../../model/index.ts';
import { lostCollection } from '../../model/lost-collection.ts';
import { sayDifferences } from '../../model/say-differences.ts';
import { canonicalConfig } from './canonical-config.ts';
import { configFile } from './config.ts';

/** What of the written configuration is not in the one that runs, as a JSON pointer; null when all of it is. */
export function missingFrom(running: JsonObject, written: JsonObject): string | null {
  return findMissing(comparable(running), comparable(withInherited(written)));
}

/** How the configuration that runs differs from the written one: first what that means, then each place. */
export function configDifferences(running: JsonObject, written: JsonObject): readonly string[] {
  return [
    ...lostCollection(canonicalOf(written), canonicalOf(running)).map((loss) => `As the server runs, ${loss}.`),
    ...sayDifferences({
      printed: comparable(running),
      written: comparable(withInherited(written)),
      fields: { told, maps },
      file: configFile,
      runner: 'the server',
    }),
  ];
}

function canonicalOf(config: JsonObject): JsonObject {
  const canonical = canonicalConfig({ config }).config;
  return isJsonObject(canonical ?? null) ? (canonical as JsonObject) : {};
}

/** Canonical, with jobs by their names: that is how they are told apart and how a pointer to one can be understood. */
function comparable(config: JsonObject): JsonValue {
  const canonical = canonicalConfig({ config }).config;
  const positioned = listsByPosition(canonical ?? {}, ordered);
  const { scrape_configs: jobs, ...rest } = isJsonObject(positioned) ? positioned : {};
  if (!Array.isArray(jobs)) return rest;
  const named = jobs.map((job) => [isJsonObject(job) ? String(job.job_name) : '', job] as const);
  return { ...rest, scrape_configs: Object.fromEntries(named) };
}

/** Relabelling steps run one after the other. */
const ordered: ReadonlySet<string> = new Set([
  'relabel_configs',
  'metric_relabel_configs',
  'write_relabel_configs',
  'alert_relabel_configs',
]);

const maps: ReadonlySet<string> = new Set([
  ...ordered,
  'scrape_configs',
  'external_labels',
  'labels',
  'params',
  'headers',
]);

/** Fields that Prometheus prints only when somebody wrote them, or whose defaults the canonical form leaves out. */
const told: ReadonlySet<string> = new Set([
  ...['global', 'rule_files', 'scrape_configs', 'alerting', 'remote_write', 'remote_read', 'alertmanagers'],
  ...['external_labels', 'evaluation_interval', 'query_log_file', 'alert_relabel_configs', 'path_prefix'],
  ...['scrape_interval', 'scrape_timeout', 'metrics_path', 'scheme', 'params', 'honor_labels', 'honor_timestamps'],
  ...['sample_limit', 'target_limit', 'label_limit', 'body_size_limit', 'relabel_configs', 'metric_relabel_configs'],
  ...[
    'write_relabel_configs',
    'regex',
    'replacement',
    'separator',
    'action',
    'modulus',
    'target_label',
    'source_labels',
  ],
  ...['basic_auth', 'authorization', 'oauth2', 'bearer_token', 'bearer_token_file', 'proxy_url', 'follow_redirects'],
  ...['static_configs', 'file_sd_configs', 'http_sd_configs', 'dns_sd_configs', 'consul_sd_configs', 'labels'],
  ...['kubernetes_sd_configs', 'docker_sd_configs', 'ec2_sd_configs', 'refresh_interval', 'insecure_skip_verify'],
]);

/** As Prometheus prints it: each job with the interval and the timeout that it takes from the whole. */
function withInherited(config: JsonObject): JsonObject {
  const global = isJsonObject(config.global) ? config.global : {};
  const interval = global.scrape_interval ?? '1m';
  const timeout = global.scrape_timeout ?? shorterOf('10s', interval);
  const jobs = Array.isArray(config.scrape_configs) ? config.scrape_configs : [];
  const inheriting = jobs.map((job) => {
    if (!isJsonObject(job)) return job;
    const own = job.scrape_interval ?? interval;
    return { ...job, scrape_interval: own, scrape_timeout: job.scrape_timeout ?? shorterOf(timeout, own) };
  });
  return {
    ...config,
    global: { ...global, scrape_timeout: timeout },
    ...(jobs.length === 0 ? {} : { scrape_configs: inheriting }),
  };
}

function shorterOf(left: JsonValue, right: JsonValue): JsonValue {
  return (parseDuration(String(left)) ?? 0) > (parseDuration(String(right)) ?? 0) ? right : left;
}
