import type { SourceSpan } from '../diagnostics/index.ts';
import type { Attribute, Attributes, AttributeValues } from './attribute.ts';
import { callSite } from './call-site.ts';
import type { ConfigurationItem } from './configuration-item.ts';
import { deepFreeze } from './deep-freeze.ts';
import { holdToShape } from './hold-to-shape.ts';
import { type ItemCriteria, matchesCriteria } from './item-selection.ts';
import { thresholdShapes } from './threshold-shapes.ts';

/** A number that somebody chose, or one that was read off history. */
export type Threshold = number | Baseline;

/** A threshold from history, with what it was made of, so that it can be made again and judged. */
export interface Baseline extends BaselineFacts {
  readonly kind: 'baseline';
  readonly source: SourceSpan;
}

/** What is said of one in `baseline({...})`; `opsctl baseline` proposes it. */
export interface BaselineFacts {
  /** What alerts are held against. */
  readonly value: number;
  /** Share of the samples that lay below: 0.99; for what is trouble when it is low, above: 0.01. */
  readonly quantile: number;
  /** How far back was looked, such as `30d`. */
  readonly window: string;
  /** Last day that was looked at: `2027-03-31`. */
  readonly until: string;
  /** What was put on top of the quantile, as a share of it: 0.2; absent: nothing. */
  readonly headroom?: number;
}

/** Thresholds of one alert that differ with the item: the first case that fits an item decides. */
export interface ThresholdCase {
  /** Which items; absent: all that have the attribute of the threshold. */
  readonly where?: ThresholdCriteria;
  readonly threshold: Threshold | AttributeThreshold;
  /** Why this number for these. */
  readonly reason: string;
}

/** Criteria of items of one class: all must hold; a list means any of its values. */
export type ThresholdCriteria = Omit<ItemCriteria, 'class'>;

/** The item says itself how much is too much: its rating, its licence, its agreed limit. */
export interface AttributeThreshold {
  readonly attribute: string;
  /** What the attribute is multiplied with: 0.8; absent: 1. */
  readonly times?: number;
}

/** The same, held by the compiler to the attributes of the class. */
export type ThresholdCaseOf<Declared extends Attributes> = Omit<ThresholdCase, 'where' | 'threshold'> & {
  readonly where?: Omit<ThresholdCriteria, 'attributes'> & { readonly attributes?: AttributeCriteria<Declared> };
  readonly threshold: Threshold | (AttributeThreshold & { readonly attribute: NumbersOf<Declared> });
};

type AttributeCriteria<Declared extends Attributes> = {
  readonly [Name in keyof Declared]?:
    | Exclude<AttributeValues<Declared>[Name & keyof AttributeValues<Declared>], undefined>
    | readonly Exclude<AttributeValues<Declared>[Name & keyof AttributeValues<Declared>], undefined>[];
};

type NumbersOf<Declared extends Attributes> = {
  [Name in keyof Declared & string]: Declared[Name] extends Attribute<infer Value>
    ? Value extends number
      ? Name
      : never
    : never;
}[keyof Declared & string];

/** Records a threshold that history gave: `threshold: baseline({ value: 0.83, quantile: 0.99, window: '30d', until: '2027-03-31' })`. */
export function baseline(facts: BaselineFacts): Baseline {
  const source = callSite(baseline);
  holdToShape(thresholdShapes.facts, facts, 'baseline({...})', source);
  return deepFreeze({ ...facts, kind: 'baseline' as const, source });
}

export function numberOf(threshold: Threshold): number {
  return typeof threshold === 'number' ? threshold : threshold.value;
}

/** `the 0.99 quantile of 30d until 2027-03-31, plus 20 %`; null where somebody chose the number. */
function describeBaseline(threshold: Threshold | AttributeThreshold): string | null {
  if (typeof threshold === 'number' || !('kind' in threshold)) return null;
  const { quantile, window, until, headroom = 0 } = threshold;
  const rest = headroom === 0 ? '' : `, plus ${Number((headroom * 100).toFixed(2))} %`;
  return `the ${quantile} quantile of ${window} until ${until}${rest}`;
}

/** A number from history says from which, wherever its reason is told. */
export function withBaseline(reason: string, threshold: Threshold | AttributeThreshold | undefined): string {
  const origin = threshold === undefined ? null : describeBaseline(threshold);
  return origin === null ? reason : `${reason} From history: ${origin}.`;
}

/** The number that a case has for an item; null where it is not about the item. */
export function thresholdOfCase({ where, threshold }: ThresholdCase, item: ConfigurationItem): number | null {
  if (where !== undefined && !matchesCriteria(where, item)) return null;
  if (typeof threshold === 'number' || 'kind' in threshold) return numberOf(threshold);
  const value = item.attributes[threshold.attribute];
  return typeof value === 'number' ? value * (threshold.times ?? 1) : null;
}
