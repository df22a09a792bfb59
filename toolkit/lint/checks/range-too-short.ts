import type { Expression, RangeSelector } from '../../languages/promql/index.ts';
import { printDuration } from '../../model/duration.ts';
import type { Check, Problem } from '../check.ts';
import type { Entry } from '../expression-index.ts';
import type { LintContext } from '../lint-context.ts';

const needsTwo = new Set([
  'rate',
  'increase',
  'irate',
  'idelta',
  'delta',
  'deriv',
  'predict_linear',
  'resets',
  'changes',
]);
/** No Prometheus of any use scrapes so seldom that less is right, nor so often that it is needed. */
const shortestMs = 60_000;

export const check: Check = {
  code: 'range-too-short',
  about: 'expression',
  severity: 'warning',
  summary: 'Range too short for the scrape interval',
  why: 'rate and its like need two samples inside the range. With less than twice the scrape interval a late scrape leaves one, the series has gaps, and an alert on it resolves and fires again.',
  hint: 'Take at least four times the scrape interval: one scrape may then be missed.',
  bad: '- record: job:requests:rate30s\n  expr: sum by (job) (rate(http_requests_total[30s]))\n---\nglobal: {scrape_interval: 30s}\nscrape_configs:\n  - job_name: web\n',
  good: '- record: job:requests:rate2m\n  expr: sum by (job) (rate(http_requests_total[2m]))\n---\nglobal: {scrape_interval: 30s}\nscrape_configs:\n  - job_name: web\n',
  judge: (index, context) =>
    index.use === 'panel' ? [] : index.entries('range').flatMap((entry) => judgeRange(entry, context)),
};

function judgeRange({ node, parent }: Entry<RangeSelector>, context: LintContext): readonly Problem[] {
  const call: Expression | undefined = parent?.node;
  if (call?.kind !== 'call' || !needsTwo.has(call.name) || node.range.kind !== 'fixed') return [];
  const interval = context.scrapeIntervalOf(node.selector);
  const leastMs = interval === null ? shortestMs : 2 * interval;
  if (node.range.ms >= leastMs) return [];
  const least = printDuration(leastMs);
  const scraped = interval === null ? '' : `, and its samples are ${printDuration(interval)} apart`;
  const text = `${call.name}() looks at ${printDuration(node.range.ms)} of samples${scraped}.`;
  return [{ text, span: node.span, expected: `${least} or more`, found: printDuration(node.range.ms) }];
}
