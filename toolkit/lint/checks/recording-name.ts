import type { Check } from '../check.ts';

export const check: Check = {
  code: 'recording-name',
  about: 'rule',
  severity: 'notice',
  summary: 'Recorded series whose name does not say so',
  why: 'Names without a colon look like metrics that an exporter gives, so whoever searches for their origin searches at the wrong place.',
  hint: 'Name it level:metric:operations, such as job:http_requests:rate5m.',
  bad: '- record: http_requests_rate\n  expr: sum by (job) (rate(http_requests_total[5m]))\n',
  good: '- record: job:http_requests:rate5m\n  expr: sum by (job) (rate(http_requests_total[5m]))\n',
  judge: (rule) =>
    rule.kind === 'record' && !rule.name.includes(':')
      ? [
          {
            text: `${rule.name} is recorded and has no colon in its name.`,
            pointer: '/record',
            expected: 'level:metric:operations',
            found: rule.name,
          },
        ]
      : [],
};
