import { expect, it } from 'vitest';
import { currentDialect, parseExpression } from '../languages/promql/index.ts';
import type { Target } from './lint-input.ts';
import { panelQuery } from './panel-query.ts';

const nowhere = { pointer: '', value: {}, document: {} as Target['document'] };

it.each(
  [
    'sum(rate(requests_total{job="$job"}[$__rate_interval]))',
    'sum by ($group) (rate(requests_total[@{interval}]))',
    'topk($k, sum by ([[label]]) (up{site=~"@{site:regex}"}))',
    'increase(requests_total[$__range]) / $__range_s',
    '$metric{job="a"} > $limit',
    'up offset $before',
    'up{job="a"} $operator on (job) up{job="b"}',
    'rate(requests_total[5m]) $condition',
    'avg_over_time(up[$__range:$resolution])',
    'rate(requests_total[@{minutes}m])',
    // Grafana's braces, which would be those of a template of TypeScript.
  ].map((text) => text.replaceAll('@', '$')),
)('reads %s, with places that stay', (expression) => {
  const readings = panelQuery({ ...nowhere, expression, isPromql: true })?.expressions ?? [];
  expect(readings.filter((text) => parseExpression(text, currentDialect).kind === 'parsed')).not.toEqual([]);
  expect(new Set(readings.map(({ length }) => length))).toEqual(new Set([expression.length]));
});

it('has nothing to read in a query of another language', () => {
  expect(panelQuery({ ...nowhere, expression: '{app="a"} |= "x"', isPromql: false })).toBeNull();
});
