import { selectorsIn } from '../../languages/promql/index.ts';
import { printDuration } from '../../model/duration.ts';
import type { Check } from '../check.ts';

export const check: Check = {
  code: 'for-too-short',
  about: 'rule',
  severity: 'warning',
  summary: 'Waiting time shorter than the pace of the samples',
  why: '`for` waits for further samples. Where it is shorter than the scrape interval of the job that feeds it, no other sample can have come, and it waits for nothing.',
  hint: 'Take at least twice the interval, or leave `for` away.',
  bad: '- alert: PortDown\n  expr: ifOperStatus{job="snmp"} == 2\n  for: 1m\n---\nglobal: {scrape_interval: 30s}\nscrape_configs:\n  - job_name: snmp\n    scrape_interval: 5m\n',
  good: '- alert: PortDown\n  expr: ifOperStatus{job="snmp"} == 2\n  for: 10m\n---\nglobal: {scrape_interval: 30s}\nscrape_configs:\n  - job_name: snmp\n    scrape_interval: 5m\n',
  judge: (rule, context) => {
    if (rule.kind !== 'alert' || rule.forMs === 0) return [];
    const parsed = context.parse(rule.expression);
    if (parsed.kind === 'refused') return [];
    const intervals = selectorsIn(parsed.expression).flatMap((selector) => context.scrapeIntervalOf(selector) ?? []);
    const paceMs = Math.max(0, ...intervals, rule.group.intervalMs ?? 0);
    if (rule.forMs >= paceMs) return [];
    const facts = { expected: `${printDuration(2 * paceMs)} or more`, found: printDuration(rule.forMs) };
    return [{ text: `What it looks at changes every ${printDuration(paceMs)} at most.`, pointer: '/for', ...facts }];
  },
};
