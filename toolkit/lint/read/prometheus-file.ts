import type { YamlMapping, YamlValue } from '../../languages/yaml/index.ts';
import { parseDuration } from '../../model/duration.ts';
import type { LintDocument, PrometheusFile } from '../lint-input.ts';
import { isMapping, mappingsIn, textOf, textsOf } from './fields.ts';

const defaultIntervalMs = 60_000;

export function readPrometheusFile(document: LintDocument, pointer: string, value: YamlMapping): PrometheusFile {
  const global = mappingOf(value.global);
  const scrapeIntervalMs = parseDuration(textOf(global.scrape_interval)) ?? defaultIntervalMs;
  const jobs = mappingsIn(value.scrape_configs).map(
    ([, job]) => [textOf(job.job_name), parseDuration(textOf(job.scrape_interval)) ?? scrapeIntervalMs] as const,
  );
  return {
    document,
    pointer,
    scrapeIntervalMs,
    evaluationIntervalMs: parseDuration(textOf(global.evaluation_interval)) ?? defaultIntervalMs,
    externalLabels: textsOf(global.external_labels),
    jobs: new Map(jobs),
    retentionMs: retentionOf(value),
  };
}

/** Prometheus 3 can say it in the file; before that it is a flag of the program. */
function retentionOf(value: YamlMapping): number | null {
  const { retention } = mappingOf(mappingOf(value.storage).tsdb);
  return parseDuration(textOf(mappingOf(retention).time));
}

function mappingOf(value: YamlValue | undefined): YamlMapping {
  return isMapping(value) ? value : {};
}
