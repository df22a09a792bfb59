import {
  type CanonicalForm,
  canonicalFields,
  duration,
  fields,
  inAnyOrder,
  inAnyOrderByName,
  inOrder,
  isJsonObject,
  type JsonObject,
  texts,
  unless,
} from '../../model/index.ts';

/** The comparable form of a prometheus.yml: without defaults, durations in one spelling, order only where it counts. */
export function canonicalConfig(spec: JsonObject): JsonObject {
  const config = spec.config;
  return isJsonObject(config) ? { ...spec, config: canonicalFields(config, configForms) } : spec;
}

const tlsConfig = fields({ insecure_skip_verify: unless(false), server_name: unless('') });

/** What every part that makes HTTP calls has. */
const httpClient = {
  follow_redirects: unless(true),
  enable_http2: unless(true),
  proxy_url: unless(''),
  tls_config: tlsConfig,
};

// Relabelling steps run one after the other, so their order stays.
const relabelConfigs = inOrder(
  fields({
    separator: unless(';'),
    regex: unless('(.*)'),
    replacement: unless('$1'),
    action: (value) => (String(value).toLowerCase() === 'replace' ? undefined : String(value).toLowerCase()),
    modulus: unless(0),
    target_label: unless(''),
    source_labels: inOrder(),
  }),
);

export const targetGroup: CanonicalForm = fields({ targets: inAnyOrder(), labels: texts });

const discovery = {
  static_configs: inAnyOrder(targetGroup),
  file_sd_configs: inAnyOrder(fields({ files: inAnyOrder(), refresh_interval: duration('5m') })),
  // In order: entries with secrets in them would be sorted differently with the references and with the values.
  http_sd_configs: inOrder(fields({ ...httpClient, refresh_interval: duration('1m') })),
  dns_sd_configs: inAnyOrder(fields({ names: inAnyOrder(), refresh_interval: duration('30s'), type: unless('SRV') })),
};

const scrapeConfig = fields({
  ...httpClient,
  ...discovery,
  scrape_interval: duration(),
  scrape_timeout: duration(),
  metrics_path: unless('/metrics'),
  scheme: unless('http'),
  params: fields({}),
  honor_labels: unless(false),
  honor_timestamps: unless(true),
  body_size_limit: unless(0),
  sample_limit: unless(0),
  target_limit: unless(0),
  label_limit: unless(0),
  label_name_length_limit: unless(0),
  label_value_length_limit: unless(0),
  relabel_configs: relabelConfigs,
  metric_relabel_configs: relabelConfigs,
});

const alertmanager = fields({
  ...httpClient,
  ...discovery,
  scheme: unless('http'),
  path_prefix: unless('/'),
  timeout: duration('10s'),
  api_version: unless('v2'),
  relabel_configs: relabelConfigs,
});

const configForms: Readonly<Record<string, CanonicalForm>> = {
  global: fields({
    scrape_interval: duration('1m'),
    scrape_timeout: duration('10s'),
    evaluation_interval: duration('1m'),
    query_log_file: unless(''),
    external_labels: texts,
  }),
  rule_files: inAnyOrder(),
  scrape_configs: inAnyOrderByName('job_name', scrapeConfig),
  alerting: fields({ alert_relabel_configs: relabelConfigs, alertmanagers: inOrder(alertmanager) }),
  remote_write: inOrder(
    fields({
      ...httpClient,
      remote_timeout: duration('30s'),
      send_exemplars: unless(false),
      write_relabel_configs: relabelConfigs,
    }),
  ),
  remote_read: inOrder(
    fields({
      ...httpClient,
      remote_timeout: duration('1m'),
      read_recent: unless(false),
      filter_external_labels: unless(true),
    }),
  ),
};
