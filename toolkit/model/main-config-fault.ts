import { isJsonObject, type JsonValue } from './json.ts';

/**
 * Why no Prometheus loads this main configuration, as a sentence without its full stop; null where nothing is seen. A
 * field that is not known here and was applied is one of a later Prometheus: that one knows it.
 */
export function mainConfigFault(found: JsonValue | undefined, applied: JsonValue | undefined): string | null {
  if (found === undefined || !isJsonObject(found)) return null;
  const known = isJsonObject(applied) ? Object.keys(applied) : [];
  for (const [field, value] of Object.entries(found)) {
    const kind = topLevelFields[field];
    if (kind === undefined && !known.includes(field))
      return `Prometheus knows no field ${field} at the top of its file`;
    if (value === null) continue;
    if (kind === 'list' && !Array.isArray(value)) return `${field} has to be a list`;
    if (kind === 'object' && !isJsonObject(value)) return `${field} has to hold fields`;
  }
  return null;
}

/** Of Prometheus 2 and 3: https://prometheus.io/docs/prometheus/latest/configuration/configuration/ */
const topLevelFields: Readonly<Record<string, 'object' | 'list'>> = {
  global: 'object',
  runtime: 'object',
  rule_files: 'list',
  scrape_config_files: 'list',
  scrape_configs: 'list',
  alerting: 'object',
  remote_write: 'list',
  remote_read: 'list',
  otlp: 'object',
  storage: 'object',
  tracing: 'object',
};
