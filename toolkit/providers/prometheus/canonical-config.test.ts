import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../model/index.ts';
import { canonicalConfig } from './canonical-config.ts';

const job = (fields: JsonObject): JsonObject => ({ scrape_configs: [{ job_name: 'a', ...fields }] });
const global = (fields: JsonObject): JsonObject => ({ global: fields });
const alertmanager = (fields: JsonObject): JsonObject => ({
  alerting: { alertmanagers: [{ static_configs: [{ targets: ['a:9093'] }], ...fields }] },
});
const nothing = {};

describe('canonicalConfig', () => {
  it.each<{ name: string; one: JsonObject; other: JsonObject }>([
    { name: 'global.scrape_interval is 1m', one: global({ scrape_interval: '60s' }), other: nothing },
    { name: 'global.evaluation_interval is 1m', one: global({ evaluation_interval: '1m' }), other: nothing },
    { name: 'global.scrape_timeout is 10s', one: global({ scrape_timeout: '10000ms' }), other: nothing },
    { name: 'global.external_labels is empty', one: global({ external_labels: {} }), other: nothing },
    {
      name: 'a label is a text',
      one: global({ external_labels: { shard: 1 } }),
      other: global({ external_labels: { shard: '1' } }),
    },
    { name: 'a null is absent', one: { rule_files: null }, other: nothing },
    { name: 'rule_files have no order', one: { rule_files: ['b', 'a'] }, other: { rule_files: ['a', 'b'] } },
    { name: 'metrics_path is /metrics', one: job({ metrics_path: '/metrics' }), other: job({}) },
    { name: 'scheme is http', one: job({ scheme: 'http' }), other: job({}) },
    { name: 'honor_labels is false', one: job({ honor_labels: false }), other: job({}) },
    { name: 'honor_timestamps is true', one: job({ honor_timestamps: true }), other: job({}) },
    { name: 'follow_redirects is true', one: job({ follow_redirects: true }), other: job({}) },
    { name: 'enable_http2 is true', one: job({ enable_http2: true }), other: job({}) },
    { name: 'sample_limit is 0', one: job({ sample_limit: 0 }), other: job({}) },
    { name: 'body_size_limit is 0', one: job({ body_size_limit: 0 }), other: job({}) },
    { name: 'params are empty', one: job({ params: {} }), other: job({}) },
    { name: 'a TLS certificate is checked', one: job({ tls_config: { insecure_skip_verify: false } }), other: job({}) },
    { name: 'no relabelling', one: job({ relabel_configs: [] }), other: job({}) },
    {
      name: 'durations have many spellings',
      one: job({ scrape_interval: '90s' }),
      other: job({ scrape_interval: '1m30s' }),
    },
    {
      name: 'relabelling has five defaults',
      one: job({
        relabel_configs: [
          {
            source_labels: ['a'],
            separator: ';',
            regex: '(.*)',
            replacement: '$1',
            action: 'replace',
            target_label: 'b',
          },
        ],
      }),
      other: job({ relabel_configs: [{ source_labels: ['a'], target_label: 'b' }] }),
    },
    {
      name: 'an action has no case',
      one: job({ metric_relabel_configs: [{ action: 'Drop', regex: 'x' }] }),
      other: job({ metric_relabel_configs: [{ action: 'drop', regex: 'x' }] }),
    },
    {
      name: 'jobs have no order',
      one: { scrape_configs: [{ job_name: 'b' }, { job_name: 'a' }] },
      other: { scrape_configs: [{ job_name: 'a' }, { job_name: 'b' }] },
    },
    {
      name: 'targets have no order',
      one: job({ static_configs: [{ targets: ['y:1', 'x:1'] }, { targets: ['a:1'], labels: {} }] }),
      other: job({ static_configs: [{ targets: ['a:1'] }, { targets: ['x:1', 'y:1'] }] }),
    },
    {
      name: 'files are read again after 5m',
      one: job({ file_sd_configs: [{ files: ['b', 'a'], refresh_interval: '300s' }] }),
      other: job({ file_sd_configs: [{ files: ['a', 'b'] }] }),
    },
    { name: 'an Alertmanager is asked by http', one: alertmanager({ scheme: 'http' }), other: alertmanager({}) },
    { name: 'an Alertmanager has 10s', one: alertmanager({ timeout: '10s' }), other: alertmanager({}) },
    { name: 'an Alertmanager speaks v2', one: alertmanager({ api_version: 'v2' }), other: alertmanager({}) },
    {
      name: 'remote write has 30s',
      one: { remote_write: [{ url: 'http://l1', remote_timeout: '30s', send_exemplars: false }] },
      other: { remote_write: [{ url: 'http://l1' }] },
    },
  ])('$name', ({ one, other }) => {
    expect(canonicalConfig({ config: one })).toEqual(canonicalConfig({ config: other }));
  });

  it.each<{ name: string; one: JsonObject; other: JsonObject }>([
    {
      name: 'the order of relabelling counts',
      one: job({
        relabel_configs: [
          { regex: 'a', action: 'keep' },
          { regex: 'b', action: 'drop' },
        ],
      }),
      other: job({
        relabel_configs: [
          { regex: 'b', action: 'drop' },
          { regex: 'a', action: 'keep' },
        ],
      }),
    },
    {
      name: 'the order of source labels counts',
      one: job({ relabel_configs: [{ source_labels: ['a', 'b'], target_label: 'c' }] }),
      other: job({ relabel_configs: [{ source_labels: ['b', 'a'], target_label: 'c' }] }),
    },
    { name: 'an interval of a job is its own', one: job({ scrape_interval: '1m' }), other: job({}) },
    { name: 'honor_labels may be true', one: job({ honor_labels: true }), other: job({}) },
  ])('$name', ({ one, other }) => {
    expect(canonicalConfig({ config: one })).not.toEqual(canonicalConfig({ config: other }));
  });

  it('leaves a secret as it is', () => {
    const config = job({
      basic_auth: { username: 'u', password: { $secret: 'env:P' } },
      tls_config: { $secret: 'file:t' },
    });
    expect(canonicalConfig({ config })).toEqual({ config });
  });
});
