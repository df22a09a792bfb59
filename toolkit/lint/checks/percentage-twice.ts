import { pointerTo } from '../../diagnostics/index.ts';
import { type Expression, isComparison } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import { bare, constantOf } from '../expression-index.ts';

export const check: Check = {
  code: 'percentage-twice',
  about: 'rule',
  severity: 'warning',
  summary: 'Percentage of a percentage',
  why: 'humanizePercentage multiplies by 100 itself. Of an expression that did so already, 95 % is shown as 9500 %.',
  hint: 'Leave `* 100` out of the expression (and adapt the limit), or print the value with {{ printf "%.1f" $value }}%.',
  bad: '- alert: DiskFull\n  expr: 100 * disk_used_bytes / disk_size_bytes > 95\n  for: 5m\n  annotations:\n    summary: "Disk {{ $value | humanizePercentage }} full"\n',
  good: '- alert: DiskFull\n  expr: disk_used_bytes / disk_size_bytes > 0.95\n  for: 5m\n  annotations:\n    summary: "Disk {{ $value | humanizePercentage }} full"\n',
  judge: (rule, context) =>
    Object.entries(rule.annotations).flatMap(([name, text]) => {
      if (!/\$value\s*\|\s*humanizePercentage|humanizePercentage\s+\$value/.test(text)) return [];
      const index = context.indexOf(rule.expression, 'alert');
      if (index === null || !isPercentage(index.expression)) return [];
      return [
        {
          text: `The value that ${name} shows is multiplied by 100 in the expression and again in the text.`,
          pointer: pointerTo('/annotations', name),
        },
      ];
    }),
};

function isPercentage(expression: Expression): boolean {
  const inner = bare(expression);
  if (inner.kind !== 'binary') return false;
  if (isComparison(inner.operator) || inner.operator === 'and' || inner.operator === 'unless')
    return isPercentage(inner.left);
  if (inner.operator === '/') return isPercentage(inner.left);
  return (
    inner.operator === '*' && [inner.left, inner.right].some((side) => constantOf(side) === 100 || isPercentage(side))
  );
}
