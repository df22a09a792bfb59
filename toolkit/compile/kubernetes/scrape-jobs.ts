import { isJsonObject, type JsonObject, type Resource } from '../../model/index.ts';
import { jobName } from '../read-signal.ts';
import { objectsIn, textsIn } from './field-names.ts';
import { translateProbes } from './probes.ts';
import { translateScrapeJob } from './scrape-config.ts';
import type { JobToMove } from './translation.ts';
import { type HomeContext, nothing, type Translated, together } from './translation.ts';
import { type ReachedItem, translateReached, workloadOf } from './workloads.ts';

/**
 * Every job of the main configuration with its target list as one object: a job alone scrapes nothing, and a list alone
 * is read by nobody. What a blackbox exporter is asked becomes a Probe for each item, all else a ScrapeConfig.
 */
export function translateScraping(context: HomeContext): Translated {
  const config = context.resources.find(({ type }) => type === 'prometheus-config');
  if (config === undefined) return nothing;
  const probes = probeJobs(context);
  return together(
    jobsIn(context, config).map((job) => {
      const { list } = job;
      if (probes.has(job.name) && list !== null) return translateProbes(context, { ...job, list });
      const reached = list === null ? [] : reachedIn(context, objectsIn(list.spec.groups));
      const found = reached.map((one) => translateReached(context, job, one));
      const monitors = {
        objects: found.map(({ object }) => object),
        diagnostics: found.flatMap(({ diagnostics }) => diagnostics),
      };
      return together([translateScrapeJob(context, job, new Set(reached.map(({ index }) => index))), monitors]);
    }),
  );
}

/** Items of a list that are in the cluster. What a collector asks for them stays at its address. */
function reachedIn(context: HomeContext, groups: readonly JsonObject[]): readonly ReachedItem[] {
  const items = new Map(context.operated.monitored.map((item) => [item.id, item]));
  return groups.flatMap((group, index) => {
    const labels = isJsonObject(group.labels) ? group.labels : {};
    const item = items.get(String(labels.item));
    const workload = item === undefined ? undefined : workloadOf(context, item);
    const isAsked = Object.keys(labels).some((name) => name.startsWith('__'));
    return item === undefined || workload === undefined || isAsked ? [] : [{ item, workload, group, index }];
  });
}

function jobsIn({ resources }: HomeContext, config: Resource): readonly JobToMove[] {
  const lists = new Map(
    resources
      .filter(({ type }) => type === 'prometheus-targets')
      .map((list) => [String(list.spec.name), list] as const),
  );
  const main = isJsonObject(config.spec.config) ? config.spec.config : {};
  return objectsIn(main.scrape_configs).map((job, index) => {
    const files = objectsIn(job.file_sd_configs).flatMap(({ files: named }) => textsIn(named));
    const list = lists.get(files[0]?.replace(/^targets\/(.*)\.json$/, '$1') ?? '') ?? null;
    return { job, name: String(job.job_name), config, pointer: `/config/scrape_configs/${index}`, list };
  });
}

/** Names of the jobs that ask a blackbox exporter. */
function probeJobs({ operated }: HomeContext): ReadonlySet<string> {
  const jobs = operated.catalogue.classes.flatMap(({ id, sources }) =>
    Object.entries(sources).flatMap(([source, { kind }]) => (kind === 'probe' ? [jobName(id, source)] : [])),
  );
  return new Set(jobs);
}
