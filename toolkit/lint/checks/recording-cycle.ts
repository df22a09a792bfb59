import { metricOf, selectorsIn } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import type { LintContext } from '../lint-context.ts';
import type { Rule } from '../lint-input.ts';

export const check: Check = {
  code: 'recording-cycle',
  about: 'everything',
  severity: 'warning',
  summary: 'Recording rules that wait for each other',
  why: 'Each of them reads what the other wrote one evaluation ago: the values depend on when Prometheus was started, and never settle if one of them is ever missing.',
  hint: 'Compute one of them from the metrics themselves.',
  bad: '- record: job:a:ratio\n  expr: job:b:ratio * 2\n- record: job:b:ratio\n  expr: job:a:ratio / 2\n',
  good: '- record: job:a:ratio\n  expr: job:b:ratio * 2\n- record: job:b:ratio\n  expr: sum by (job) (up)\n',
  judge: (context) => {
    const reads = readsOf(context);
    const told = new Set<string>();
    return [...reads.keys()].flatMap((name) => {
      const cycle = told.has(name) ? null : cycleFrom(name, reads);
      const [place] = context.recorded.get(name) ?? [];
      if (cycle === null || place === undefined) return [];
      for (const member of cycle) told.add(member);
      return [{ place, text: `${[...cycle, name].join(' -> ')}: each is computed from the next.` }];
    });
  },
};

/** Which recorded series each recorded series is computed from. */
function readsOf({ recorded, parse }: LintContext): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...recorded].map(([name, rules]) => [
      name,
      [...new Set(rules.flatMap((rule) => namesIn(rule, parse)))].filter((read) => recorded.has(read)),
    ]),
  );
}

function namesIn({ expression, name, labels }: Rule, parse: LintContext['parse']): readonly string[] {
  const parsed = parse(expression);
  if (parsed.kind === 'refused') return [];
  return selectorsIn(parsed.expression).flatMap((selector) => {
    const read = metricOf(selector);
    if (read === null) return [];
    // The same name with other labels is another series: a quantile that is computed from the one before, say.
    const isOther = read === name && (Object.keys(labels).length > 0 || selector.when.offset !== null);
    return isOther ? [] : [read];
  });
}

function cycleFrom(start: string, reads: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    for (const next of reads.get(name) ?? []) {
      if (next === start) return pathTo(name, start, cameFrom);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, name);
      queue.push(next);
    }
  }
  return null;
}

function pathTo(end: string, start: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const path = [end];
  for (let name = end; name !== start; ) {
    name = cameFrom.get(name) ?? start;
    path.unshift(name);
  }
  return path;
}
