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
  for (const resource of resources) {
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

function targetsOf({ type, spec }: Resource): readonly Labels[] {
  if (type === 'prometheus-targets') return labelsIn(listOf(spec.groups), String(spec.name));
  return type === 'prometheus-config' ? fixedTargets(spec.config) : [];
}

/** The collectors of logs stand in the configuration itself; control points below do too, and are no items. */
function fixedTargets(config: JsonValue | undefined): readonly Labels[] {
  const jobs = isJsonObject(config) ? listOf(config.scrape_configs) : [];
  const fixed = jobs.flatMap((job) =>
    isJsonObject(job) ? labelsIn(listOf(job.static_configs), String(job.job_name)) : [],
  );
  return fixed.filter(({ item }) => item !== undefined);
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

/** What Prometheus adds: the job, and where it was scraped; labels that only steer the scrape do not stay. */
function labelsIn(groups: readonly JsonValue[], job: string): readonly Labels[] {
  return groups.flatMap((group) => {
    if (!isJsonObject(group) || !isJsonObject(group.labels ?? null) || !Array.isArray(group.targets)) return [];
    const kept = Object.entries(group.labels as Readonly<Record<string, JsonValue>>).filter(
      ([name, value]) => !name.startsWith('__') && typeof value === 'string',
    ) as [string, string][];
    return group.targets.map((target) => ({
      ...Object.fromEntries(kept),
      job,
      instance: String(target),
    }));
  });
}
