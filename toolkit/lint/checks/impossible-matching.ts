import { type Expression, neverMatchingLabel, selectorsIn } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';

export const check: Check = {
  code: 'impossible-matching',
  about: 'expression',
  severity: 'error',
  summary: 'Operation whose two sides never match',
  why: 'Prometheus pairs series by their labels. Where a label is on one side only, or has another value there, no pair is found and the result is empty for ever.',
  hint: 'Name the labels to match with on(...), or drop the one that differs with ignoring(...).',
  bad: '- alert: NodesMissing\n  expr: hosts{state="wanted"} - hosts{state="running"} > 0\n  for: 5m\n',
  good: '- alert: NodesMissing\n  expr: hosts{state="wanted"} - ignoring (state) hosts{state="running"} > 0\n  for: 5m\n',
  judge: (index) =>
    index.entries('binary').flatMap(({ node }) => {
      const label = neverMatchingLabel(node);
      if (label === null || (index.use === 'panel' && isVariable(label, node))) return [];
      const text = `The two sides of ${node.operator} never agree on the label ${label}.`;
      return [{ text, span: node.operatorSpan, found: label }];
    }),
};

/** Whatever Grafana fills in may be the same on both sides. */
function isVariable(label: string, expression: Expression): boolean {
  return selectorsIn(expression).some(({ matchers }) =>
    matchers.some((matcher) => matcher.label === label && /\$|\[\[/.test(matcher.value)),
  );
}
