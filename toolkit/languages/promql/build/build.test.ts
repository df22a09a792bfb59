import { describe, expect, it } from 'vitest';
import { parseExpression } from '../parse-expression.ts';
import {
  above,
  absentOverTime,
  and,
  atLeast,
  atMost,
  avg,
  avgOverTime,
  below,
  bottomk,
  by,
  call,
  changes,
  count,
  countOverTime,
  delta,
  deriv,
  differentFrom,
  dividedBy,
  earlier,
  equalTo,
  group,
  histogramQuantile,
  history,
  increase,
  lastOverTime,
  matching,
  max,
  maxOverTime,
  metric,
  min,
  minOverTime,
  minus,
  not,
  or,
  over,
  plus,
  predictLinear,
  rate,
  resets,
  sum,
  sumOverTime,
  times,
  topk,
  unless,
  without,
} from './index.ts';

const cpu = metric<'cpu' | 'mode' | 'item'>('node_cpu_seconds_total', { mode: matching('idle|iowait') });
const size = metric<'item' | 'mountpoint'>('node_filesystem_size_bytes');
const owner = metric<'item' | 'team'>('item_owner', { team: not('') });

describe('what is built', () => {
  it.each([
    { query: cpu, text: 'node_cpu_seconds_total{mode=~"idle|iowait"}' },
    { query: metric('a b'), text: '{__name__="a b"}' },
    { query: rate(over(cpu, '5m')), text: 'rate(node_cpu_seconds_total{mode=~"idle|iowait"}[5m])' },
    { query: increase(over(earlier(size, '1d'), '1h')), text: 'increase(node_filesystem_size_bytes[1h] offset 1d)' },
    { query: sum(size), text: 'sum(node_filesystem_size_bytes)' },
    {
      query: avg(sum(size, by('item', 'mountpoint')), without('item')),
      text: 'avg without (item) (sum by (item, mountpoint) (node_filesystem_size_bytes))',
    },
    { query: minus(1, dividedBy(sum(size), 2)), text: '1 - sum(node_filesystem_size_bytes) / 2' },
    { query: times(minus(size, size), 2), text: '(node_filesystem_size_bytes - node_filesystem_size_bytes) * 2' },
    { query: above(size, 0.9), text: 'node_filesystem_size_bytes > 0.9' },
    {
      query: times(size, owner, { on: ['item'], groupLeft: ['team'] }),
      text: 'node_filesystem_size_bytes * on (item) group_left (team) item_owner{team!=""}',
    },
    {
      query: and(below(size, 1), owner, { on: ['item'] }),
      text: 'node_filesystem_size_bytes < 1 and on (item) item_owner{team!=""}',
    },
    {
      query: or(size, unless(owner, size, { on: ['item'] })),
      text: 'node_filesystem_size_bytes or item_owner{team!=""} unless on (item) node_filesystem_size_bytes',
    },
    { query: topk(3, size), text: 'topk(3, node_filesystem_size_bytes)' },
    {
      query: maxOverTime(history(sum(size), '1h', '5m')),
      text: 'max_over_time(sum(node_filesystem_size_bytes)[1h:5m])',
    },
    { query: predictLinear(over(size, '6h'), 3600), text: 'predict_linear(node_filesystem_size_bytes[6h], 3600)' },
    { query: histogramQuantile(0.9, rate(over(metric('b'), '5m'))), text: 'histogram_quantile(0.9, rate(b[5m]))' },
    { query: call('clamp_max', size, 1), text: 'clamp_max(node_filesystem_size_bytes, 1)' },
    { query: minus(call('time'), size), text: 'time() - node_filesystem_size_bytes' },
    {
      query: call('label_replace', size, 'a', '$1', 'b', '(.*)'),
      text: 'label_replace(node_filesystem_size_bytes, "a", "$1", "b", "(.*)")',
    },
  ])('$text', ({ query, text }) => {
    expect(`${query}`).toBe(text);
    expect(parseExpression(text).kind).toBe('parsed');
  });
});

it.each([
  { apply: rate, text: 'rate' },
  { apply: increase, text: 'increase' },
  { apply: delta, text: 'delta' },
  { apply: deriv, text: 'deriv' },
  { apply: changes, text: 'changes' },
  { apply: resets, text: 'resets' },
  { apply: avgOverTime, text: 'avg_over_time' },
  { apply: minOverTime, text: 'min_over_time' },
  { apply: maxOverTime, text: 'max_over_time' },
  { apply: sumOverTime, text: 'sum_over_time' },
  { apply: countOverTime, text: 'count_over_time' },
  { apply: lastOverTime, text: 'last_over_time' },
  { apply: absentOverTime, text: 'absent_over_time' },
])('$text of a range', ({ apply, text }) => {
  expect(`${apply(over(metric('a'), '5m'))}`).toBe(`${text}(a[5m])`);
});

it.each([
  { query: plus(metric('a'), metric('b')), text: 'a + b' },
  { query: minus(metric('a'), metric('b')), text: 'a - b' },
  { query: times(metric('a'), metric('b')), text: 'a * b' },
  { query: dividedBy(metric('a'), metric('b')), text: 'a / b' },
  { query: above(metric('a'), metric('b')), text: 'a > b' },
  { query: below(metric('a'), metric('b')), text: 'a < b' },
  { query: atLeast(metric('a'), metric('b')), text: 'a >= b' },
  { query: atMost(metric('a'), metric('b')), text: 'a <= b' },
  { query: equalTo(metric('a'), metric('b')), text: 'a == b' },
  { query: differentFrom(metric('a'), metric('b')), text: 'a != b' },
  { query: sum(metric('a')), text: 'sum(a)' },
  { query: avg(metric('a')), text: 'avg(a)' },
  { query: min(metric('a')), text: 'min(a)' },
  { query: max(metric('a')), text: 'max(a)' },
  { query: count(metric('a')), text: 'count(a)' },
  { query: group(metric('a')), text: 'group(a)' },
  { query: bottomk(2, metric('a')), text: 'bottomk(2, a)' },
])('$text', ({ query, text }) => {
  expect(`${query}`).toBe(text);
});

describe('what does not compile', () => {
  it('is what Prometheus would refuse, and labels that are not there', () => {
    const refused = [
      // @ts-expect-error an instant vector has no rate
      () => rate(size),
      // @ts-expect-error a range vector has no sum
      () => sum(over(size, '5m')),
      // @ts-expect-error only what is stored has a range
      () => over(sum(size), '5m'),
      // @ts-expect-error a duration has a unit
      () => over(size, '5'),
      // @ts-expect-error the label was summed away
      () => sum(sum(size, by('item')), by('mountpoint')),
      // @ts-expect-error the metric has no such label
      () => metric<'item'>('up', { job: 'x' }),
      // @ts-expect-error only one side has the label
      () => times(size, owner, { on: ['team'] }),
      // @ts-expect-error the sides do not have the same labels
      () => dividedBy(size, sum(size)),
      // @ts-expect-error the first argument is a vector
      () => call('clamp_max', 1, size),
      // @ts-expect-error there is no such function
      () => call('clampmax', size, 1),
    ];
    expect(refused).toHaveLength(10);
  });
});
