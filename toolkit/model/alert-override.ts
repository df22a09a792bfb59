import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';

/**
 * How one alert differs for one item, as it stands in a rule file: a series with the item's own threshold, which the
 * common rule of the alert looks at. Compiling writes it; a plan reads it back to say which tuning or waiver came or went,
 * also where what was applied has lost its declaration.
 */
export interface AlertOverride {
  readonly alert: string;
  readonly item: string;
  /** `waived`, or the name of the variant that the item belongs to. */
  readonly variant: string;
  readonly threshold: number;
}

const overrideSeries = 'override:threshold';

export const waivedVariant = 'waived';

/** The variant of items whose threshold the alert itself, or a patch of it, gives by a case. */
export const declaredThresholds = 'declared';

export function printAlertOverride({ alert, item, variant, threshold }: AlertOverride): JsonObject {
  return { record: overrideSeries, expr: `vector(${threshold})`, labels: { alert, item, variant } };
}

/** Null for any other rule, also for one that somebody wrote over with more than a number. */
export function readAlertOverride(rule: JsonValue): AlertOverride | null {
  if (!isJsonObject(rule) || rule.record !== overrideSeries || !isJsonObject(rule.labels ?? null)) return null;
  const { alert, item, variant } = rule.labels as JsonObject;
  if (typeof alert !== 'string' || typeof item !== 'string' || typeof variant !== 'string') return null;
  const [, written = ''] = /^vector\((.+)\)$/.exec(String(rule.expr)) ?? [];
  const threshold = Number(written);
  return written === '' || !Number.isFinite(threshold) ? null : { alert, item, variant, threshold };
}

/** The items of the alert that have no override. */
export function withoutOverridden(value: string, alert: string): string {
  return `(${value} unless on (item) ${overrideSeries}{alert="${alert}"})`;
}

/** The threshold that each item of a variant has of its own. */
export function ownThresholds(alert: string, variant: string): string {
  return `${overrideSeries}{alert="${alert}",variant="${variant}"}`;
}

/** The threshold of items without an override, from the expression of the common rule; null where it is another expression. */
export function commonThreshold(expression: string, alert: string): number | null {
  const text = compact(expression);
  const overridden = compact(`${overrideSeries}{alert="${alert}"})`);
  const at = text.indexOf(overridden);
  const match =
    at < 0 ? /(?:<|>|==)(-?[\d.]+(?:e[+-]?\d+)?)$/.exec(text) : ofCommonItems.exec(text.slice(at + overridden.length));
  return match?.[1] === undefined ? null : Number(match[1]);
}

const ofCommonItems = /^(?:<|>|==)(-?[\d.]+(?:e[+-]?\d+)?)(?:or|and|$)/;

/** True for the rule that serves the items of a variant. */
export function servesVariant(expression: string, alert: string, variant: string): boolean {
  return compact(expression).includes(compact(ownThresholds(alert, variant)));
}

/** Somebody else may have printed the expression with other blanks. */
function compact(expression: string): string {
  return expression.replaceAll(/\s+/g, '');
}

/** In the place of an item's id, which has no blanks: where a patch is about all of them. */
export const everyItem = 'every item';

const disabledSeries = 'override:disabled';

/** An alert that is off for the whole organisation: a series in its place, so that nobody has to wonder where it is. */
export interface DisabledAlert {
  readonly alert: string;
  /** What it was. */
  readonly severity: string;
}

export function printDisabledAlert({ alert, severity }: DisabledAlert): JsonObject {
  return { record: disabledSeries, expr: 'vector(1)', labels: { alert, severity } };
}

/** Null for any other rule. */
export function readDisabledAlert(rule: JsonValue): DisabledAlert | null {
  if (!isJsonObject(rule) || rule.record !== disabledSeries || !isJsonObject(rule.labels ?? null)) return null;
  const { alert, severity } = rule.labels as JsonObject;
  return typeof alert === 'string' && typeof severity === 'string' ? { alert, severity } : null;
}

/** Name of the part that such a series is. */
export function disabledPart(alert: string): string {
  return `disabled:${alert}`;
}
