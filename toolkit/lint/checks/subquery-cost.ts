import { groupThousands } from '../../diagnostics/index.ts';
import type { Check } from '../check.ts';

const mostSteps = 5000;
const defaultStepMs = 60_000;

export const check: Check = {
  code: 'subquery-cost',
  about: 'expression',
  severity: 'warning',
  summary: 'Subquery with very many steps',
  why: 'The inner expression is evaluated for each step again, at every evaluation of the rule and every refresh of the panel.',
  hint: 'Record the inner expression as a rule, and take the range of the recorded series.',
  bad: '- record: job:up:avg30d\n  expr: avg_over_time(sum by (job) (up)[30d:1m])\n',
  good: '- record: job:up:avg30d\n  expr: avg_over_time(job:up:sum[30d])\n',
  judge: (index) =>
    index.entries('subquery').flatMap(({ node }) => {
      const stepMs = node.step?.kind === 'fixed' ? node.step.ms : defaultStepMs;
      const steps = node.range.kind === 'fixed' ? Math.floor(node.range.ms / stepMs) : 0;
      if (steps <= mostSteps) return [];
      const text = `It is evaluated ${groupThousands(steps)} times for one result.`;
      return [
        { text, span: node.span, expected: `at most ${groupThousands(mostSteps)} steps`, found: groupThousands(steps) },
      ];
    }),
};
