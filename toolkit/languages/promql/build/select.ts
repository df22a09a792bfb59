import type { LabelMatcher, Moment, RangeSelector, Selector, Subquery } from '../expression.ts';
import { now } from '../expression.ts';
import { type DurationText, fixedDuration, type InstantQuery, nowhere, query, type RangeQuery } from './query.ts';

/** What a label has to be: a text, or one of `not`, `matching`, `notMatching`. */
export type LabelCondition = string | Pick<LabelMatcher, 'operator' | 'value'>;

/** Series as they are stored, of which alone a range can be taken. */
export interface SelectorQuery<Labels extends string = string> extends InstantQuery<Labels> {
  readonly expression: Selector;
}

/** `metric('node_cpu_seconds_total', { mode: not('idle') })`; its labels may be told: `metric<'cpu' | 'mode'>(...)`. */
export function metric<Labels extends string = string>(
  name: string,
  conditions?: Readonly<Partial<Record<NoInfer<Labels>, LabelCondition>>>,
): SelectorQuery<Labels> {
  const isPlain = /^[A-Za-z_:][A-Za-z0-9_:]*$/.test(name);
  const matchers = Object.entries(conditions ?? {}).map(([label, condition]) =>
    matcher(label, condition as LabelCondition),
  );
  const expression: Selector = {
    kind: 'selector',
    type: 'instant',
    metric: isPlain ? name : null,
    matchers: isPlain ? matchers : [matcher('__name__', name), ...matchers],
    when: now,
    span: nowhere,
  };
  return { ...query<'instant', Labels>('instant', expression), expression };
}

/** Any value but this one, which includes that there is no such label. */
export function not(value: string): LabelCondition {
  return { operator: '!=', value };
}

/** A regular expression of RE2, of the whole value. */
export function matching(pattern: string): LabelCondition {
  return { operator: '=~', value: pattern };
}

/** Values that a regular expression of RE2 does not match as a whole. */
export function notMatching(pattern: string): LabelCondition {
  return { operator: '!~', value: pattern };
}

function matcher(label: string, condition: LabelCondition): LabelMatcher {
  const { operator, value } = typeof condition === 'string' ? { operator: '=' as const, value: condition } : condition;
  return { label, operator, value, span: nowhere };
}

/** `up[5m]`: what was stored in the time before. */
export function over<Labels extends string>(selector: SelectorQuery<Labels>, range: DurationText): RangeQuery<Labels> {
  const { when } = selector.expression;
  const plain: Selector = { ...selector.expression, when: now };
  const expression: RangeSelector = {
    kind: 'range',
    type: 'range',
    selector: plain,
    range: fixedDuration(range),
    when,
    span: nowhere,
  };
  return query('range', expression);
}

/** `(...)[1h:1m]`: what an expression would have given in the time before, evaluated at each step. */
export function history<Labels extends string>(
  of: InstantQuery<Labels>,
  range: DurationText,
  step: DurationText | null = null,
): RangeQuery<Labels> {
  const expression: Subquery = {
    kind: 'subquery',
    type: 'range',
    operand: of.expression,
    range: fixedDuration(range),
    step: step === null ? null : fixedDuration(step),
    when: now,
    span: nowhere,
  };
  return query('range', expression);
}

/** As it was so long ago: `up offset 1h`. */
export function earlier<Labels extends string>(of: SelectorQuery<Labels>, by: DurationText): SelectorQuery<Labels> {
  const when: Moment = { ...of.expression.when, offset: fixedDuration(by) };
  const expression: Selector = { ...of.expression, when };
  return { ...query<'instant', Labels>('instant', expression), expression };
}
