import { nearestName } from '../../diagnostics/index.ts';
import { metricOf, selectorsIn } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';

/** Recording rules may lie elsewhere, so only names that are nearly those of one here are told. */
export const check: Check = {
  code: 'recorded-nowhere',
  about: 'rule',
  severity: 'warning',
  summary: 'Recorded series that no rule records',
  why: 'A name with a colon is recorded by a rule. This one is not among the rules, and one that is spelled nearly so is.',
  hint: 'Correct the name.',
  bad: '- record: job:http_requests:rate5m\n  expr: sum by (job) (rate(http_requests_total[5m]))\n- alert: Busy\n  expr: job:http_request:rate5m > 100\n  for: 5m\n',
  good: '- record: job:http_requests:rate5m\n  expr: sum by (job) (rate(http_requests_total[5m]))\n- alert: Busy\n  expr: job:http_requests:rate5m > 100\n  for: 5m\n',
  judge: (rule, { parse, recorded }) => {
    if (!rule.expression.includes(':') || recorded.size === 0) return [];
    const parsed = parse(rule.expression);
    if (parsed.kind === 'refused') return [];
    return selectorsIn(parsed.expression).flatMap((selector) => {
      const name = metricOf(selector) ?? '';
      if (!name.includes(':') || recorded.has(name)) return [];
      const meant = nearestName(name, likely(name, recorded.keys()));
      return meant === null || !isTypo(name, meant)
        ? []
        : [{ text: `No rule records ${name}.`, span: selector.span, expected: meant, found: name }];
    });
  },
};

/** Distances are dear, and lengths are not. */
function likely(name: string, known: Iterable<string>): readonly string[] {
  return [...known].filter((other) => Math.abs(other.length - name.length) <= 1 && other.charAt(0) === name.charAt(0));
}

/** `rate5m` and `rate1h` are two series, and so are `write` and `read`. */
function isTypo(name: string, meant: string): boolean {
  const digits = (text: string) => text.replaceAll(/\D/g, '');
  return (
    digits(name) === digits(meant) &&
    Math.abs(name.length - meant.length) <= 1 &&
    name.length - shared(name, meant) <= 2
  );
}

/** How many letters two names have in common at their beginning and end. */
function shared(left: string, right: string): number {
  const least = Math.min(left.length, right.length);
  let [head, tail] = [0, 0];
  while (head < least && left[head] === right[head]) head += 1;
  while (tail < least - head && left.at(-1 - tail) === right.at(-1 - tail)) tail += 1;
  return head + tail;
}
