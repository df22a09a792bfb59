import { metricOf } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import { isCounter } from '../facts/metric-kind.ts';
import { gaugeFunctions } from '../facts/range-functions.ts';

export const check: Check = {
  code: 'gauge-function-of-counter',
  about: 'expression',
  severity: 'warning',
  summary: 'Function of gauges on a counter',
  why: 'delta, idelta and deriv take the restart of a program for a fall to zero, so the number jumps at every deployment.',
  hint: 'Use increase instead of delta, and rate instead of deriv.',
  bad: '- record: job:requests:delta1h\n  expr: delta(http_requests_total[1h])\n',
  good: '- record: job:requests:increase1h\n  expr: increase(http_requests_total[1h])\n',
  judge: (index) =>
    index.entries('call').flatMap(({ node }) => {
      const [range] = node.args;
      if (!gaugeFunctions.has(node.name) || range?.kind !== 'range') return [];
      const metric = metricOf(range.selector);
      if (metric === null || !isCounter(metric)) return [];
      return [{ text: `${node.name}() is made for gauges, and ${metric} is a counter.`, span: node.span }];
    }),
};
