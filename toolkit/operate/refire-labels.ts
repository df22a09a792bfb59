import type { Labels } from '../history/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../model/index.ts';

interface Sides {
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/**
 * What changed target lists do to the labels of an alert: a text of the labels that differ, `gone` where its item is in
 * none of the lists any more, or null. Labels that the alert does not have from its item are not looked at.
 */
export function changedTargets(files: readonly Sides[]): (alert: Labels) => string | 'gone' | null {
  const sides = files.map(({ before, after }) => ({
    job: String(before.name ?? after.name),
    before: labelsByItem(before),
    after: labelsByItem(after),
  }));
  return (alert) => {
    const { item } = alert;
    if (item === undefined) return null;
    const own = sides.filter(({ job, before }) => before.has(item) && (alert.job === undefined || alert.job === job));
    const [first] = own;
    if (first === undefined) return null;
    const [before, after] = [first.before.get(item) ?? {}, first.after.get(item)];
    if (after === undefined) return sides.some((one) => one.after.has(item)) ? null : 'gone';
    const changed = Object.keys({ ...before, ...after }).filter(
      (name) => !name.startsWith('__') && before[name] !== after[name] && (alert[name] ?? '') === (before[name] ?? ''),
    );
    return changed.length === 0
      ? null
      : changed
          .sort()
          .map((name) => `${name} ${before[name] ?? 'none'} -> ${after[name] ?? 'none'}`)
          .join(', ');
  };
}

function labelsByItem({ groups }: JsonObject): ReadonlyMap<string, Labels> {
  const list: readonly JsonValue[] = Array.isArray(groups) ? groups : [];
  return new Map(
    list.flatMap((group) => {
      const labels = isJsonObject(group) ? textsIn(group.labels) : {};
      return labels.item === undefined ? [] : [[labels.item, labels] as const];
    }),
  );
}

/** The external labels that differ, as a text; null where none does, and where the configuration is new or goes. */
export function changedExternalLabels(files: readonly Sides[]): string | null {
  const texts = files.flatMap(({ before, after }) => {
    const [from, to] = [externalLabels(before), externalLabels(after)];
    if (from === null || to === null) return [];
    return Object.keys({ ...from, ...to })
      .filter((name) => from[name] !== to[name])
      .sort()
      .map((name) => `${name} ${from[name] ?? 'none'} -> ${to[name] ?? 'none'}`);
  });
  return texts.length === 0 ? null : texts.join(', ');
}

function externalLabels({ config }: JsonObject): Labels | null {
  const global = config !== undefined && isJsonObject(config) ? config.global : undefined;
  return global !== undefined && isJsonObject(global) ? textsIn(global.external_labels) : null;
}

function textsIn(value: JsonValue | undefined): Labels {
  if (value === undefined || !isJsonObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]));
}
