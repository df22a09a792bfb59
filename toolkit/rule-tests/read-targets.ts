import { isJsonObject, type JsonValue, type Resource } from '../model/index.ts';
import type { Labels } from './evaluate/series.ts';

/** One item as Prometheus sees it: the labels of each of its scrape targets. */
export interface MeasuredItem {
  readonly id: string;
  readonly class: string;
  readonly stack: string;
  readonly targets: readonly Labels[];
}

/** The items of all target lists, by stack and id. */
export function readTargets(resources: readonly Resource[]): readonly MeasuredItem[] {
  const items = new Map<string, MeasuredItem>();
  for (const resource of resources.filter(({ type }) => type === 'prometheus-targets')) {
    const [stack = ''] = resource.address.split('/');
    for (const labels of targetsOf(resource)) {
      const [id, itemClass] = [labels.item ?? '', labels.class ?? ''];
      const key = `${stack}/${id}`;
      const known = items.get(key) ?? { id, class: itemClass, stack, targets: [] };
      items.set(key, { ...known, targets: [...known.targets, labels] });
    }
  }
  return [...items.values()];
}

/** What Prometheus adds: the job, and where it was scraped; labels that only steer the scrape do not stay. */
function targetsOf({ spec }: Resource): readonly Labels[] {
  const groups = Array.isArray(spec.groups) ? (spec.groups as readonly JsonValue[]) : [];
  return groups.flatMap((group) => {
    if (!isJsonObject(group) || !isJsonObject(group.labels ?? null) || !Array.isArray(group.targets)) return [];
    const kept = Object.entries(group.labels as Readonly<Record<string, JsonValue>>).filter(
      ([name, value]) => !name.startsWith('__') && typeof value === 'string',
    ) as [string, string][];
    return group.targets.map((target) => ({
      ...Object.fromEntries(kept),
      job: String(spec.name),
      instance: String(target),
    }));
  });
}
