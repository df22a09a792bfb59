import { metricOf, type Selector } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import { isGauge } from '../facts/metric-kind.ts';
import { counterFunctions } from '../facts/range-functions.ts';

/** By the name of the metric, which is all that can be known without a server. */
export const check: Check = {
  code: 'rate-of-gauge',
  about: 'expression',
  severity: 'warning',
  summary: 'Rate of a gauge',
  why: 'rate, increase and irate take every fall for a restart and count what follows as growth, so a gauge gives numbers that mean nothing.',
  hint: 'Use delta or deriv, or the counter that belongs to it.',
  bad: '- record: instance:temperature:rate5m\n  expr: rate(node_hwmon_temp_celsius[5m])\n',
  good: '- record: instance:temperature:deriv5m\n  expr: deriv(node_hwmon_temp_celsius[5m])\n',
  judge: (index) =>
    index.entries('call').flatMap(({ node }) => {
      const [range] = node.args;
      if (!counterFunctions.has(node.name) || range?.kind !== 'range') return [];
      const metric = metricOf(range.selector satisfies Selector);
      if (metric === null || !isGauge(metric)) return [];
      return [{ text: `${node.name}() is made for counters, and ${metric} is named as a gauge.`, span: node.span }];
    }),
};
