import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';

/** Series that say what has to be measured, whatever Prometheus has been told: what is not there cannot say so itself. */
export const expectedSeries = 'inventory:expected';

/** One item that has to be measured by one scrape job, with the labels that its alerts have. */
export interface ExpectedTarget {
  readonly item: string;
  readonly job: string;
  readonly labels: Readonly<Record<string, string>>;
}

export function printExpectedTarget({ item, job, labels }: ExpectedTarget): JsonObject {
  return { record: expectedSeries, expr: 'vector(1)', labels: { ...labels, item, job } };
}

/** Null for any other rule. */
export function readExpectedTarget(rule: JsonValue): ExpectedTarget | null {
  if (!isJsonObject(rule) || rule.record !== expectedSeries || !isJsonObject(rule.labels)) return null;
  const { item, job, ...labels } = rule.labels as Readonly<Record<string, string>>;
  return typeof item === 'string' && typeof job === 'string' ? { item, job, labels } : null;
}
