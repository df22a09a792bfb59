import type { Address, ConfigurationItem, JsonObject, ObjectClass, Resource, SignalSource } from '../../model/index.ts';
import { makeResource, operatedStep } from '../make-resource.ts';
import { itemLabels, itemsOfClass, type OperatedStack } from '../operated-stack.ts';
import { hasSource, jobName } from '../read-signal.ts';
import { collectors, questionOf } from './collectors.ts';
import { accessesOf, accessLabel, type JobAccess } from './exporter-access.ts';

/** Of a target on a page that several items share: which part is its own. */
export const shareLabel = 'share';

/** One scrape job: the items of one class that have one of its sources. */
export interface ScrapeJob {
  readonly name: string;
  readonly objectClass: ObjectClass;
  readonly source: SignalSource;
  readonly items: readonly ConfigurationItem[];
  /** Ways in which these items are asked; several where they want different credentials. */
  readonly accesses: readonly JobAccess[];
}

/** Jobs of a stack, by name; a source that no item has gives none. */
export function scrapeJobs(operated: OperatedStack): readonly ScrapeJob[] {
  const jobs = operated.catalogue.classes.flatMap((objectClass) => {
    const items = itemsOfClass(operated, objectClass.id);
    return Object.entries(objectClass.sources).flatMap(([key, source]) => {
      const measured = items.filter((item) => hasSource(objectClass, key, item));
      if (measured.length === 0) return [];
      const accesses = accessesOf(source, measured);
      return [{ name: jobName(objectClass.id, key), objectClass, source, items: measured, accesses }];
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
  return { targets: [endpoint], labels: { ...itemLabels(item, operated.stack.tier), ...questionLabels(job, item) } };
}

/** What a target carries besides the item's labels: what is asked there, and which part of the answer is the item's. */
export function questionLabels(job: ScrapeJob, item: ConfigurationItem): JsonObject {
  if (job.source.kind === 'exporter') return ownLabels(job, job.source, item);
  const { module, params } = questionOf(job.source, item);
  const query = Object.entries({ module, ...params }).map(([name, value]) => [`__param_${name}`, value] as const);
  return Object.fromEntries(query);
}

/** What of an item's own decides how it is asked; Prometheus takes it off again. */
function ownLabels(
  { accesses }: ScrapeJob,
  { shareOf, path, scheme }: Extract<SignalSource, { kind: 'exporter' }>,
  item: ConfigurationItem,
): JsonObject {
  const way = accesses.length < 2 ? undefined : accesses.find(({ items }) => items.includes(item));
  return {
    ...(shareOf === undefined ? {} : { [shareLabel]: shareOf(item.attributes) }),
    ...(typeof path === 'function' ? { __metrics_path__: path(item.attributes) } : {}),
    ...(typeof scheme === 'function' ? { __scheme__: scheme(item.attributes) } : {}),
    ...(way === undefined ? {} : { [accessLabel]: way.name }),
  };
}

function describeSource(source: SignalSource): string {
  const how = source.kind === 'exporter' ? `scraped from ${source.exporter}` : collectors[source.kind].asked;
  return `Items of this class are ${how} every ${source.interval}.`;
}
