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
  /** `0 or 1` */
  readonly says: string;
}

export const check: Check = {
  code: 'impossible-comparison',
  about: 'expression',
  severity: 'warning',
  summary: 'Comparison that never holds',
  why: 'A comparison that no value meets leaves nothing, so what stands on it never fires. count() gives nothing at all instead of 0, up is 0 or 1, absent() is 1 or nothing, and a share of errors is never above 1, which a burn rate at a low objective asks for.',
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
  const [held, asked] = [numberOf(left), numberOf(right)];
  const [limit, isMirrored] = [asked ?? held, asked === null];
  if (limit === null || (held !== null && asked !== null)) return null;
  if (Number.isNaN(limit) && operator !== '!=') return 'Nothing is equal to, less than or greater than NaN.';
  const range = rangeOf(isMirrored ? right : left);
  const seen = isMirrored ? mirror[operator] : operator;
  if (range === null || seen === undefined || canHold(range, seen, limit)) return null;
  return `${range.who} is ${range.says}, so it is never ${seen} ${limit}.`;
}

/** A number, or what is reckoned of numbers: burn rates are written as `14.4 * 0.001`. */
function numberOf(expression: Expression): number | null {
  const inner = bare(expression);
  if (inner.kind !== 'binary') return constantOf(inner);
  const [left, right] = [numberOf(inner.left), numberOf(inner.right)];
  if (left === null || right === null) return null;
  const reckoned: Partial<Record<BinaryOperator, number>> = {
    '*': left * right,
    '/': left / right,
    '+': left + right,
    '-': left - right,
  };
  return reckoned[inner.operator] ?? null;
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
    return { low: 1, high: 1, who: `${inner.name}()`, says: 'always 1' };
  // Whatever is counted is there, so that there is at least one.
  if (inner.kind === 'aggregation' && inner.operator === 'count')
    return { low: 1, high: Number.POSITIVE_INFINITY, who: 'count()', says: '1 or more' };
  const metric = inner.kind === 'selector' ? metricOf(inner) : null;
  if (metric === 'up' || metric === 'probe_success') return { low: 0, high: 1, who: metric, says: '0 or 1' };
  return metric !== null && shareOfErrors.test(metric)
    ? { low: 0, high: 1, who: metric, says: 'a share from 0 to 1' }
    : null;
}

/** As those who record service level objectives call it: at 93 % an alert at 14.4 times the budget cannot fire. */
const shareOfErrors =
  /(?:^|[:_])errors?(?:_|:)(?:ratio|fraction)(?:$|[:_])|(?:^|[:_])(?:ratio|fraction)_errors?(?:$|[:_])/;
