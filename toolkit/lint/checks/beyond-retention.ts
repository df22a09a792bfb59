import type { Duration, Moment } from '../../languages/promql/index.ts';
import { printDuration } from '../../model/duration.ts';
import type { Check } from '../check.ts';
import { ancestorsOf, type Entry } from '../expression-index.ts';

export const check: Check = {
  code: 'beyond-retention',
  about: 'expression',
  severity: 'warning',
  summary: 'Look at samples that are deleted by then',
  why: 'Samples that are older than the retention are gone. A function over a longer range silently covers less, and a comparison with an older value gives nothing.',
  hint: 'Shorten the range or the offset, or keep samples longer.',
  bad: '- record: job:requests:increase30d\n  expr: sum by (job) (increase(http_requests_total[30d]))\n---\nscrape_configs: [{job_name: web}]\nglobal: {}\nstorage: {tsdb: {retention: {time: 15d}}}\n',
  good: '- record: job:requests:increase7d\n  expr: sum by (job) (increase(http_requests_total[7d]))\n---\nscrape_configs: [{job_name: web}]\nglobal: {}\nstorage: {tsdb: {retention: {time: 15d}}}\n',
  judge(index, { retentionMs }) {
    if (retentionMs === null) return [];
    return index.entries('selector').flatMap((entry) => {
      const reachMs = reachOf(entry);
      if (reachMs <= retentionMs) return [];
      const text = `${printDuration(reachMs)} back are looked at, and samples are kept for ${printDuration(retentionMs)}.`;
      return [
        {
          text,
          span: entry.node.span,
          expected: `at most ${printDuration(retentionMs)}`,
          found: printDuration(reachMs),
        },
      ];
    });
  },
};

/** How far back it looks together with all that it stands in. */
function reachOf(entry: Entry): number {
  return [entry.node, ...ancestorsOf(entry).map(({ node }) => node)].reduce((sum, node) => {
    if (node.kind === 'range') return sum + msOf(node.range);
    if (node.kind === 'subquery') return sum + msOf(node.range) + offsetOf(node.when);
    return node.kind === 'selector' ? sum + offsetOf(node.when) : sum;
  }, 0);
}

function offsetOf({ offset }: Moment): number {
  return msOf(offset);
}

function msOf(duration: Duration | null): number {
  return duration?.kind === 'fixed' ? duration.ms : 0;
}
