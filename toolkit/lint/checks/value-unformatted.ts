import { pointerTo } from '../../diagnostics/index.ts';
import type { Check } from '../check.ts';

const bare = /\{\{-?\s*(?:\$value|\.Value)\s*-?\}\}/;
/** Beside one that is readable, all digits of the value do no harm. */
const formatted = /\{\{-?\s*(?:(?:\$value|\.Value)\s*\|\s*(?:humanize|printf)|printf\s[^}]*(?:\$value|\.Value))/;

export const check: Check = {
  code: 'value-unformatted',
  about: 'rule',
  severity: 'notice',
  summary: 'Value of a rate shown with all its digits',
  why: 'Rates and shares are numbers such as 0.06666666666666667, which nobody reads at night.',
  hint: 'Write {{ $value | humanize }}, {{ $value | humanizePercentage }} or {{ printf "%.2f" $value }}.',
  bad: '- alert: Errors\n  expr: rate(errors_total[5m]) > 1\n  for: 5m\n  annotations:\n    summary: "{{ $value }} errors a second"\n',
  good: '- alert: Errors\n  expr: rate(errors_total[5m]) > 1\n  for: 5m\n  annotations:\n    summary: "{{ $value | humanize }} errors a second"\n',
  judge: (rule, context) => {
    const shown = Object.entries(rule.annotations).filter(([, text]) => bare.test(text) && !formatted.test(text));
    if (rule.kind !== 'alert' || shown.length === 0) return [];
    const calls = context.indexOf(rule.expression, 'alert')?.entries('call') ?? [];
    if (!calls.some(({ node }) => /^(?:rate|irate|deriv)$/.test(node.name))) return [];
    return shown.slice(0, 1).map(([name]) => ({
      text: `${name} shows the value of a rate as it is.`,
      pointer: pointerTo('/annotations', name),
    }));
  },
};
