import type { FieldDescription } from '../../../toolkit/plan/index.ts';

/** One difference for a report, in the words of the plan; a report has room for both values in full. */
export function sayField({ label, symbol, before, after, secret, lines }: FieldDescription): readonly string[] {
  if (secret !== null) return [`${label}: secret differs from what was applied`];
  if (lines.length > 0)
    return [`${label}:`, ...lines.map((change) => `${change.symbol} ${change.line} ${change.text}`)];
  if (symbol === '+') return [`${label}: added, ${after}`];
  return [symbol === '-' ? `${label}: removed, was ${before}` : `${label}: ${before} -> ${after}`];
}
