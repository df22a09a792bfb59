import { pointerTo } from '../../diagnostics/index.ts';
import { type Expression, inferLabels, labelFact } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import { bare } from '../expression-index.ts';
import type { Rule } from '../lint-input.ts';
import { templatesOf } from '../templates/templates-of.ts';

export const check: Check = {
  code: 'label-not-there',
  about: 'rule',
  severity: 'warning',
  summary: 'Text that names a label the alert cannot have',
  why: 'The expression has dropped the label, so the text says "on instance " and nothing: whoever is on call does not learn where.',
  hint: 'Keep the label in the aggregation (`by (instance)`), or name one that is kept.',
  bad: '- alert: Errors\n  expr: sum by (job) (rate(errors_total[5m])) > 1\n  for: 5m\n  annotations:\n    summary: "Errors on {{ $labels.instance }}"\n',
  good: '- alert: Errors\n  expr: sum by (job, instance) (rate(errors_total[5m])) > 1\n  for: 5m\n  annotations:\n    summary: "Errors on {{ $labels.instance }}"\n',
  judge: (rule, context) => {
    const templates = templatesOf(rule);
    const index = templates.length === 0 ? null : context.indexOf(rule.expression, 'alert');
    if (index === null) return [];
    const branches = branchesOf(index.expression).map((branch) =>
      branch === index.expression ? index.labels() : inferLabels(branch),
    );
    return templates.flatMap(({ section, name, read }) => {
      const shown = [...new Set(read.labels)].filter((label) => !isOfRule(label, section, rule));
      return shown.flatMap((label) => {
        const without = branches.filter((labels) => labelFact(labels, label).presence === 'absent');
        if (without.length === 0) return [];
        const who = without.length === branches.length ? 'the expression never gives' : 'one side of `or` never gives';
        return [
          {
            text: `${name} shows the label ${label}, which ${who}.`,
            pointer: pointerTo(`/${section}`, name),
            found: label,
          },
        ];
      });
    });
  },
};

/** In annotations, the labels of the rule are there as well. */
function isOfRule(label: string, section: 'labels' | 'annotations', rule: Rule): boolean {
  return label === 'alertname' || (section === 'annotations' && label in rule.labels);
}

/** `a or b` fires for both, and either may lack the label. */
function branchesOf(expression: Expression): readonly Expression[] {
  const inner = bare(expression);
  if (inner.kind !== 'binary' || inner.operator !== 'or') return [expression];
  return [...branchesOf(inner.left), ...branchesOf(inner.right)];
}
