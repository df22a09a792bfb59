import type { Check } from '../check.ts';

export const check: Check = {
  code: 'irate-in-alert',
  about: 'expression',
  severity: 'warning',
  summary: 'irate in an alert',
  why: 'irate looks at the last two samples only. One short burst fires it, one quiet scrape resets its `for`.',
  hint: 'Use rate over a few minutes in alerts; irate is for graphs.',
  bad: '- alert: CpuBusy\n  expr: irate(node_cpu_seconds_total{mode="user"}[5m]) > 0.9\n  for: 10m\n',
  good: '- alert: CpuBusy\n  expr: rate(node_cpu_seconds_total{mode="user"}[5m]) > 0.9\n  for: 10m\n',
  judge: (index) =>
    index.use !== 'alert'
      ? []
      : index
          .entries('call')
          .filter(({ node }) => node.name === 'irate')
          .map(({ node }) => ({ text: 'The alert depends on the last two samples alone.', span: node.span })),
};
