import { type Expression, type LabelMatcher, selectorsIn, visitExpression } from '../languages/promql/index.ts';
import { declaredThresholds, readAlertOverride, readExpectedTarget, waivedVariant } from '../model/index.ts';
import { pickSeries } from './aim/pick-series.ts';
import { matches, selects } from './evaluate/matches.ts';
import type { Labels } from './evaluate/series.ts';
import type { PlayedRule } from './play-rules.ts';
import type { Rule } from './read-rules.ts';
import type { MeasuredItem } from './read-targets.ts';
import { isRecorded } from './rule-slice.ts';
import type { Scene } from './scene.ts';
import { labelsIn } from './template/render-template.ts';

/** Why an item is in the tests of a rule. */
export type Standing = 'common' | 'tuned' | 'waived';

export interface Candidate {
  readonly item: MeasuredItem;
  readonly standing: Standing;
}

/** One item for each combination of sources and each threshold of a case, and each item that is tuned or waived. */
export function candidatesFor(
  rule: Rule,
  slice: readonly Rule[],
  items: readonly MeasuredItem[],
): readonly Candidate[] {
  const [expected] = expectedItems(rule, slice);
  if (expected !== undefined) return [{ item: expected, standing: 'common' }];
  const here = items.filter(({ stack }) => stack === rule.file.stack);
  const ofClass = here.filter((item) => item.class === rule.file.name);
  const standings = standingsOf(rule, slice);
  const seen = new Set<string>();
  return (ofClass.length === 0 ? anyItem(rule, slice, here) : ofClass).flatMap((item) => {
    const { standing, alike } = standings.get(item.id) ?? commonStanding;
    const kind = `${alike} ${item.targets.map(({ job }) => job).join(',')} ${criticalityMatters(rule) ? item.targets[0]?.criticality : ''}`;
    if (alike !== null && seen.has(kind)) return [];
    seen.add(kind);
    return [{ item, standing }];
  });
}

/** Of a rule that looks for what should be there: what is said to be there. */
function expectedItems(rule: Rule, slice: readonly Rule[]): readonly MeasuredItem[] {
  const wanted = selectorsIn(rule.expression);
  return slice.flatMap(({ spec, labels, name, file }) => {
    const expected = readExpectedTarget(spec);
    if (expected === null || !wanted.some((selector) => selects(selector, { ...labels, __name__: name }))) return [];
    return [{ id: expected.item, class: labels.class ?? '', stack: file.stack, targets: [labels] }];
  });
}

/**
 * The slice without what is recorded of other items: of a thousand that are expected, one test gives the series of one;
 * of a thousand that share a threshold, one test needs one.
 */
export function sliceFor(slice: readonly Rule[], { item }: Candidate): readonly Rule[] {
  const [target] = item.targets;
  return slice.filter(({ spec }) => {
    const expected = readExpectedTarget(spec);
    if (expected !== null) return expected.item === item.id && expected.job === target?.job;
    const override = readAlertOverride(spec);
    return override === null || override.variant !== declaredThresholds || override.item === item.id;
  });
}

/** Of a rule that is not of one class: an item that it can concern, where it names one. */
function anyItem(rule: Rule, slice: readonly Rule[], items: readonly MeasuredItem[]): readonly MeasuredItem[] {
  const selectors = selectorsIn(rule.expression);
  const concerned = items.find(({ targets }) =>
    selectors.every((selector) =>
      isRecorded(selector, slice)
        ? targets.some((target) => selector.matchers.every((matcher) => isPossible(matcher, target)))
        : pickSeries(selector, { targets, parts: {} }) !== null,
    ),
  );
  return concerned === undefined ? items.slice(0, 1) : [concerned];
}

/** A label that a target does not have may be that of a rule. */
function isPossible(matcher: LabelMatcher, target: Labels): boolean {
  return !(matcher.label in target) || matches(matcher, target[matcher.label] ?? '');
}

function criticalityMatters({ expression }: Rule): boolean {
  return selectorsIn(expression).some(({ matchers }) => matchers.some(({ label }) => label === 'criticality'));
}

interface ItemStanding {
  readonly standing: Standing;
  /** Items of one such mark are alike, and one of them is enough; null: each is looked at. */
  readonly alike: string | null;
}

const commonStanding: ItemStanding = { standing: 'common', alike: '' };

function standingsOf(rule: Rule, slice: readonly Rule[]): ReadonlyMap<string, ItemStanding> {
  return new Map(
    slice.flatMap(({ spec }) => {
      const override = readAlertOverride(spec);
      if (override === null || override.alert !== rule.name) return [];
      const { item, variant, threshold } = override;
      const standing = variant === waivedVariant ? 'waived' : 'tuned';
      return [[item, { standing, alike: variant === declaredThresholds ? String(threshold) : null }] as const];
    }),
  );
}

/** Scenes of a rule with an item, by what labels its series may have besides those of the target. */
export function scenesFor(
  rule: Rule,
  declared: PlayedRule,
  slice: readonly Rule[],
  item: MeasuredItem,
): readonly Scene[] {
  const windowMs = longestRange(slice.map(({ expression }) => expression));
  const stepMs = stepFor(rule.expression, declared.forMs, windowMs);
  const horizon = Math.ceil((windowMs + declared.forMs) / stepMs) + 2;
  return partsFor(rule, slice, item).map((parts) => ({ rule, declared, slice, item, parts, stepMs, horizon }));
}

export function longestRange(expressions: readonly Expression[]): number {
  return Math.max(0, ...expressions.flatMap(rangesOf));
}

function rangesOf(expression: Expression): readonly number[] {
  const found: number[] = [];
  visitExpression(expression, (part) => {
    if ((part.kind === 'range' || part.kind === 'subquery') && part.range.kind === 'fixed') found.push(part.range.ms);
  });
  return found;
}

const minuteMs = 60_000;

/** A minute; five where hours pass, unless a window would then hold too few samples. */
function stepFor(expression: Expression, forMs: number, windowMs: number): number {
  if (forMs > 0 && forMs < minuteMs) return forMs;
  const shortest = Math.min(...rangesOf(expression), Number.POSITIVE_INFINITY);
  const isLong = forMs + windowMs > 120 * minuteMs && shortest >= 20 * minuteMs && forMs % (5 * minuteMs) === 0;
  return isLong ? 5 * minuteMs : minuteMs;
}

/**
 * Labels that tell parts of an item apart, as the annotations name them. Where one selector asks for a label that others
 * leave open, all series may need it to find each other.
 */
function partsFor(rule: Rule, slice: readonly Rule[], { targets }: MeasuredItem): readonly Labels[] {
  const own = new Set([...targets.flatMap((target) => Object.keys(target)), ...Object.keys(rule.labels)]);
  const named = Object.values(rule.annotations)
    .flatMap(labelsIn)
    .filter((label) => !own.has(label));
  const selectors = selectorsIn(rule.expression);
  const readsAlerts = selectors.some(({ metric }) => metric?.startsWith('ALERTS'));
  const base: Labels = {
    ...Object.fromEntries(named.map((label) => [label, `${label}-1`])),
    ...(readsAlerts ? { alertname: 'SomeAlert' } : {}),
  };
  const asked = selectors
    .filter((selector) => !isRecorded(selector, slice))
    .flatMap(({ matchers }) => matchers)
    .filter(({ label, operator, value }) => operator === '=' && value !== '' && !own.has(label));
  const pairs = new Map(asked.map(({ label, value }) => [`${label}=${value}`, { ...base, [label]: value }]));
  return [base, ...[...pairs.values()].slice(0, 6)];
}
