import type { Diagnostic } from '../../diagnostics/index.ts';
import { type FileKind, managedHeader } from '../../host/file-set/index.ts';
import { printYaml, readYamlMapping } from '../../languages/yaml/index.ts';
import { isJsonObject, type JsonObject, type JsonValue, type Resource } from '../../model/index.ts';
import { canonicalConfig } from './canonical-config.ts';
import { prometheusDiagnostics } from './diagnostics.ts';
import { badDurations, badSpec } from './spec-checks.ts';

export const configFile = 'prometheus.yml';

/** The main configuration, one per target: `{ config: { ...prometheus.yml... } }`. */
export const configKind: FileKind<JsonObject> = {
  type: 'prometheus-config',
  path: () => configFile,
  print: (spec) => managedHeader + printYaml(spec.config ?? {}),
  parse(text) {
    const read = readYamlMapping(text, configFile);
    if (read.kind === 'unreadable') return { state: 'malformed', reason: read.reason, spec: {} };
    return { state: 'present', spec: canonicalConfig({ config: read.value }) };
  },
  identity: () => ({}),
};

export function validateConfig(resource: Resource): readonly Diagnostic[] {
  const { config } = resource.spec;
  if (!isJsonObject(config)) return [badSpec(resource, '/config', 'an object')];
  const jobs = config.scrape_configs ?? [];
  if (!Array.isArray(jobs)) return [badSpec(resource, '/config/scrape_configs', 'a list')];
  return [...jobProblems(resource, jobs), ...badDurations(resource, config.global, '/config/global')];
}

function jobProblems(resource: Resource, jobs: readonly JsonValue[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return jobs.flatMap((job, index) => {
    const pointer = `/config/scrape_configs/${index}`;
    const name = isJsonObject(job) ? job.job_name : undefined;
    if (typeof name !== 'string' || name === '') return [badSpec(resource, `${pointer}/job_name`, 'a text')];
    const isRepeated = seen.has(name);
    seen.add(name);
    const occurrence = { position: resource.source, subject: resource.address };
    const repeated = isRepeated ? [prometheusDiagnostics.create('duplicate-job', { job: name }, occurrence)] : [];
    return [...repeated, ...badDurations(resource, job, pointer)];
  });
}
