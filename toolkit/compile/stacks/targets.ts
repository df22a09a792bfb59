import type { Address, ConfigurationItem, JsonObject, ObjectClass, Resource, SignalSource } from '../../model/index.ts';
import { makeResource, operatedStep } from '../make-resource.ts';
import { itemLabels, itemsOfClass, type OperatedStack } from '../operated-stack.ts';
import { hasSource, jobName } from '../read-signal.ts';
import { collectors, questionOf } from './collectors.ts';

/** Of a target on a page that several items share: which part is its own. */
export const shareLabel = 'share';

/** One scrape job: the items of one class that have one of its sources. */
export interface ScrapeJob {
  readonly name: string;
  readonly objectClass: ObjectClass;
  readonly source: SignalSource;
  readonly items: readonly ConfigurationItem[];
}

/** Jobs of a stack, by name; a source that no item has gives none. */
export function scrapeJobs(operated: OperatedStack): readonly ScrapeJob[] {
  const jobs = operated.catalogue.classes.flatMap((objectClass) => {
    const items = itemsOfClass(operated, objectClass.id);
    return Object.entries(objectClass.sources).flatMap(([key, source]) => {
      const measured = items.filter((item) => hasSource(objectClass, key, item));
      if (measured.length === 0) return [];
      return [{ name: jobName(objectClass.id, key), objectClass, source, items: measured }];
    });
  });
  return jobs.sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** The target list of one job, read by Prometheus without a reload (file_sd). */
export function compileTargets(operated: OperatedStack, job: ScrapeJob, dependsOn: readonly Address[]): Resource {
  const groups = job.items.map((item) => targetGroup(operated, job, item));
  return makeResource(operated, {
    type: 'prometheus-targets',
    name: job.name,
    target: 'prometheus',
    spec: { name: job.name, groups },
    items: job.items,
    dependsOn,
    derivation: [
      operatedStep(operated, `${job.items.length} items of class ${job.objectClass.id}`),
      {
        kind: 'class-rule',
        subject: `${job.objectClass.id} source ${job.name.slice(job.objectClass.id.length + 1)}`,
        text: describeSource(job.source),
        source: job.objectClass.source,
      },
    ],
    parts: job.items.map((item, index) => ({
      name: item.id,
      pointer: `/groups/${index}`,
      derivation: [
        {
          kind: 'declaration',
          subject: item.id,
          text: `${item.id} is in service at ${item.site}.`,
          source: item.source,
        },
      ],
    })),
  });
}

function targetGroup(operated: OperatedStack, job: ScrapeJob, item: ConfigurationItem): JsonObject {
  const endpoint = operated.surroundings.endpoint(job.source.endpoint(item.attributes));
  const labels = itemLabels(item, operated.stack.tier);
  if (job.source.kind === 'exporter') {
    const share = job.source.shareOf?.(item.attributes);
    return { targets: [endpoint], labels: share === undefined ? labels : { ...labels, [shareLabel]: share } };
  }
  const { module, params } = questionOf(job.source, item);
  const query = Object.entries({ module, ...params }).map(([name, value]) => [`__param_${name}`, value] as const);
  return { targets: [endpoint], labels: { ...labels, ...Object.fromEntries(query) } };
}

function describeSource(source: SignalSource): string {
  const how = source.kind === 'exporter' ? `scraped from ${source.exporter}` : collectors[source.kind].asked;
  return `Items of this class are ${how} every ${source.interval}.`;
}
