import {
  type BinaryOperation,
  type BinaryOperator,
  type Expression,
  isComparison,
  metricOf,
} from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import { bare, constantOf } from '../expression-index.ts';

/** Lowest and highest value, where they are known. */
interface Range {
  readonly low: number;
  readonly high: number;
  readonly who: string;
}

export const check: Check = {
  code: 'impossible-comparison',
  about: 'expression',
  severity: 'warning',
  summary: 'Comparison that never holds',
  why: 'A comparison that no value meets leaves nothing, so what stands on it never fires. count() gives nothing at all instead of 0, up is 0 or 1, and absent() is 1 or nothing.',
  hint: 'Compare with a value that can occur; ask for what is missing with absent(...) or `unless`.',
  bad: '- alert: NoNodes\n  expr: count(up{job="node"}) == 0\n  for: 5m\n',
  good: '- alert: NoNodes\n  expr: absent(up{job="node"})\n  for: 5m\n',
  judge: (index) =>
    index.entries('binary').flatMap(({ node }) => {
      if (!isComparison(node.operator) || node.bool) return [];
      const text = whyNever(node);
      return text === null ? [] : [{ text, span: node.span }];
    }),
};

function whyNever({ left, right, operator }: BinaryOperation): string | null {
  const [limit, isMirrored] = [constantOf(right) ?? constantOf(left), constantOf(right) === null];
  if (limit === null || (constantOf(left) !== null && constantOf(right) !== null)) return null;
  if (Number.isNaN(limit) && operator !== '!=') return 'Nothing is equal to, less than or greater than NaN.';
  const range = rangeOf(isMirrored ? right : left);
  const seen = isMirrored ? mirror[operator] : operator;
  if (range === null || seen === undefined || canHold(range, seen, limit)) return null;
  return `${range.who} is ${range.low === range.high ? `always ${range.low}` : describe(range)}, so it is never ${seen} ${limit}.`;
}

function describe({ low, high }: Range): string {
  return high === Number.POSITIVE_INFINITY ? `${low} or more` : `${low} or ${high}`;
}

const mirror: Partial<Record<BinaryOperator, BinaryOperator>> = {
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};

function canHold({ low, high }: Range, operator: BinaryOperator, limit: number): boolean {
  switch (operator) {
    case '<':
      return low < limit;
    case '<=':
      return low <= limit;
    case '>':
      return high > limit;
    case '>=':
      return high >= limit;
    case '==':
      return low <= limit && limit <= high;
    case '!=':
      return low !== high || low !== limit;
    default:
      return true;
  }
}

function rangeOf(expression: Expression): Range | null {
  const inner = bare(expression);
  if (inner.kind === 'call' && /^absent(?:_over_time)?$/.test(inner.name))
    return { low: 1, high: 1, who: `${inner.name}()` };
  // Whatever is counted is there, so that there is at least one.
  if (inner.kind === 'aggregation' && inner.operator === 'count')
    return { low: 1, high: Number.POSITIVE_INFINITY, who: 'count()' };
  const metric = inner.kind === 'selector' ? metricOf(inner) : null;
  return metric === 'up' || metric === 'probe_success' ? { low: 0, high: 1, who: metric } : null;
}
