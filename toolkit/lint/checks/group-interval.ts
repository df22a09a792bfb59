import { printDuration } from '../../model/duration.ts';
import type { Check } from '../check.ts';

const lookbackMs = 300_000;

export const check: Check = {
  code: 'group-interval',
  about: 'group',
  severity: 'warning',
  summary: 'Group that is evaluated too seldom',
  why: 'Prometheus looks five minutes back for the last sample. What is recorded less often is missing in between, and an alert that is not seen for so long is resolved.',
  hint: 'Evaluate at least every five minutes, or read the series with last_over_time(...[15m]).',
  bad: 'groups:\n  - name: slow\n    interval: 10m\n    rules:\n      - record: job:up:sum\n        expr: sum by (job) (up)\n',
  good: 'groups:\n  - name: slow\n    interval: 5m\n    rules:\n      - record: job:up:sum\n        expr: sum by (job) (up)\n',
  judge: ({ intervalMs, name }) =>
    intervalMs === null || intervalMs <= lookbackMs
      ? []
      : [
          {
            text: `The group ${name} is evaluated every ${printDuration(intervalMs)}.`,
            pointer: '/interval',
            expected: '5m or less',
            found: printDuration(intervalMs),
          },
        ],
};
