import type { Expression, RangeSelector, Selector } from '../../languages/promql/index.ts';
import { metricOf } from '../../languages/promql/index.ts';
import { aggregate } from './aggregate.ts';
import { combine } from './combine.ts';
import { functions } from './functions.ts';
import { selects } from './matches.ts';
import { NotModelled } from './not-modelled.ts';
import { type LabelledWindow, type RangeWindow, rangeFunctions } from './range-functions.ts';
import { nameOnly, type Sample, withoutLabels } from './series.ts';
import { subqueryWindows } from './subquery.ts';
import { offsetOf, type Surroundings, samplesOf, scalarOf, type Value } from './value.ts';

/**
 * What Prometheus 2.42 makes of an expression, as far as rules of this kind need it: generated tests are first played
 * here, so that it is known when an alert has to fire and with what value. promtool then judges the same tests.
 */
export function evaluate(expression: Expression, surroundings: Surroundings): Value {
  switch (expression.kind) {
    case 'number':
      return { kind: 'scalar', value: expression.value };
    case 'string':
      return { kind: 'string', value: expression.value };
    case 'parentheses':
      return evaluate(expression.operand, surroundings);
    case 'selector':
      return vector(instant(expression, surroundings));
    case 'unary':
      return negated(evaluate(expression.operand, surroundings), expression.operator);
    case 'aggregation':
      return vector(aggregate(expression, samplesOf(evaluate(expression.operand, surroundings))));
    case 'binary':
      return combine(expression, evaluate(expression.left, surroundings), evaluate(expression.right, surroundings));
    case 'call':
      return call(expression, surroundings);
    case 'range':
    case 'subquery':
      throw new NotModelled('a range outside of a function');
    default:
      return expression satisfies never;
  }
}

function vector(samples: readonly Sample[]): Value {
  return { kind: 'vector', samples };
}

function instant(selector: Selector, { store, at }: Surroundings): readonly Sample[] {
  const moment = at - offsetOf(selector.when);
  return store.candidates(metricOf(selector)).flatMap((series) => {
    if (!selects(selector, series.labels)) return [];
    const value = store.valueAt(series, moment);
    return value === null ? [] : [{ labels: series.labels, value }];
  });
}

function negated(value: Value, operator: '+' | '-'): Value {
  if (operator === '+' || value.kind === 'string') return value;
  if (value.kind === 'scalar') return { kind: 'scalar', value: -value.value };
  return vector(
    value.samples.map(({ labels, value: number }) => ({ labels: withoutLabels(labels, nameOnly), value: -number })),
  );
}

function call(expression: Extract<Expression, { kind: 'call' }>, surroundings: Surroundings): Value {
  const ranged = rangeFunctions.get(expression.name);
  if (ranged !== undefined) {
    const range = expression.args.find(({ type }) => type === 'range');
    if (range?.kind !== 'range' && range?.kind !== 'subquery') throw new NotModelled(`${expression.name} of no range`);
    // It is reckoned from the moment of evaluation, and the range does not end there.
    if (expression.name === 'predict_linear' && offsetOf(range.when) !== 0)
      throw new NotModelled('predict_linear of another time');
    const parameter = expression.args.find(({ type }) => type === 'scalar');
    const number = parameter === undefined ? Number.NaN : scalarOf(evaluate(parameter, surroundings));
    const windows =
      range.kind === 'range' ? windowsOf(range, surroundings) : subqueryWindows(range, surroundings, evaluate);
    return vector(reduced(windows, (window) => ranged(window, number), expression.name));
  }
  const known = functions.get(expression.name);
  if (known === undefined) throw new NotModelled(`the function ${expression.name}`);
  return known(
    expression.args.map((argument) => evaluate(argument, surroundings)),
    surroundings.at / 1000,
    expression,
  );
}

function windowsOf({ selector, range, when }: RangeSelector, { store, at }: Surroundings): readonly LabelledWindow[] {
  if (range.kind !== 'fixed') throw new NotModelled('a computed range');
  const to = at - offsetOf(when);
  const from = to - range.ms;
  return store.candidates(metricOf(selector)).flatMap((series) => {
    if (!selects(selector, series.labels)) return [];
    return [{ labels: series.labels, window: { points: store.pointsIn(series, from, to), from, to } }];
  });
}

function reduced(
  windows: readonly LabelledWindow[],
  reduce: (window: RangeWindow) => number | null,
  name: string,
): readonly Sample[] {
  return windows.flatMap(({ labels, window }) => {
    const value = window.points.length === 0 ? null : reduce(window);
    if (value === null) return [];
    return [{ labels: name === 'last_over_time' ? labels : withoutLabels(labels, nameOnly), value }];
  });
}
