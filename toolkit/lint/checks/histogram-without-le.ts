import { inferLabels, labelFact, metricOf, selectorsIn } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';

export const check: Check = {
  code: 'histogram-without-le',
  about: 'expression',
  severity: 'error',
  summary: 'Quantile of a histogram without its buckets',
  why: 'histogram_quantile tells the buckets apart by the label le. Where an aggregation has dropped it, the result is empty, and an alert on it never fires.',
  hint: 'Keep le: sum by (le, job) (rate(..._bucket[5m])).',
  bad: '- record: job:latency:p99\n  expr: histogram_quantile(0.99, sum by (job) (rate(http_request_duration_seconds_bucket[5m])))\n',
  good: '- record: job:latency:p99\n  expr: histogram_quantile(0.99, sum by (job, le) (rate(http_request_duration_seconds_bucket[5m])))\n',
  judge: (index) =>
    index.entries('call').flatMap(({ node }) => {
      const buckets = node.args[1];
      if (node.name !== 'histogram_quantile' || buckets === undefined) return [];
      // A native histogram has its buckets inside, and no suffix.
      if (!selectorsIn(buckets).some((selector) => metricOf(selector)?.endsWith('_bucket') === true)) return [];
      if (labelFact(inferLabels(buckets), 'le').presence !== 'absent') return [];
      return [{ text: 'The series that are handed to histogram_quantile() have no label le.', span: buckets.span }];
    }),
};
