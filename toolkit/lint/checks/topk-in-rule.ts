import type { Aggregation } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import { constantOf } from '../expression-index.ts';

export const check: Check = {
  code: 'topk-in-rule',
  about: 'expression',
  severity: 'warning',
  summary: 'topk or bottomk in a rule',
  why: 'Which series are the highest changes from one evaluation to the next: recorded series break off and begin, and alerts of those that leave resolve.',
  hint: 'Record all of them and choose in the dashboard; in an alert, compare with a limit.',
  bad: '- record: job:busiest:topk\n  expr: topk(5, sum by (job) (rate(http_requests_total[5m])))\n',
  good: '- record: job:http_requests:rate5m\n  expr: sum by (job) (rate(http_requests_total[5m]))\n',
  judge: (index) =>
    index.use === 'panel'
      ? []
      : index
          .entries('aggregation')
          .filter(({ node }) => /^(?:topk|bottomk)$/.test(node.operator) && !choosesOne(node))
          .map(({ node }) => ({ text: `${node.operator} gives other series at each evaluation.`, span: node.span })),
};

/** `topk by (pod) (1, ...)` keeps any one series of each pod, so that a join with it is one to one. */
function choosesOne({ grouping, parameter }: Aggregation): boolean {
  return grouping !== null && parameter !== null && constantOf(parameter) === 1;
}
