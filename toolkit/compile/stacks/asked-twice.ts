import type { Diagnostic } from '../../diagnostics/index.ts';
import type { ConfigurationItem } from '../../model/index.ts';
import { compileDiagnostics } from '../compile-diagnostics.ts';
import type { OperatedStack } from '../operated-stack.ts';
import type { ScrapeJob } from './targets.ts';
import { questionLabels } from './targets.ts';

/**
 * Items of one class that are asked the same at one place: what one of them measures is told of all. Several databases
 * behind one exporter differ in their share, devices behind one gateway in their unit, pages of one server in their path.
 */
export function findAskedTwice({ stack }: OperatedStack, jobs: readonly ScrapeJob[]): readonly Diagnostic[] {
  const told = new Set<string>();
  return jobs.flatMap((job) =>
    sameEndpoint(job).flatMap(([endpoint, items]) =>
      [...Map.groupBy(items, (item) => JSON.stringify(questionLabels(job, item))).values()]
        .filter(({ length }) => length > 1)
        .flatMap((same) => {
          const ids = same.map(({ id }) => id);
          // A class may have several sources; its items are told of once.
          if (told.has(ids.join(' '))) return [];
          told.add(ids.join(' '));
          return [tell(stack.name, endpoint, same, job.objectClass.id)];
        }),
    ),
  );
}

function sameEndpoint({ source, items }: ScrapeJob): readonly (readonly [string, readonly ConfigurationItem[]])[] {
  // As it was declared: in a laboratory many addresses may answer at one place.
  const byEndpoint = Map.groupBy(items, ({ attributes }) => source.endpoint(attributes));
  return byEndpoint.size === items.length ? [] : [...byEndpoint].filter(([, { length }]) => length > 1);
}

function tell(stack: string, endpoint: string, items: readonly ConfigurationItem[], objectClass: string): Diagnostic {
  const [first, second] = items as readonly [ConfigurationItem, ConfigurationItem, ...ConfigurationItem[]];
  const facts = { stack, class: objectClass, endpoint, ids: items.map(({ id }) => id), first: first.source };
  return compileDiagnostics.create('asked-twice', facts, {
    position: second.source,
    subject: second.id,
    found: endpoint,
  });
}
