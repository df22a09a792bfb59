import type { LabelMatcher } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';

export const check: Check = {
  code: 'regex-unneeded',
  about: 'expression',
  severity: 'notice',
  summary: 'Regular expression where a plain text does',
  why: 'Readers look for the pattern, and Prometheus tries it on every value of the label instead of looking the value up.',
  hint: 'Use = or !=. `opsctl lint --fix` does it.',
  bad: '- alert: Down\n  expr: up{job=~"node"} == 0\n',
  good: '- alert: Down\n  expr: up{job="node"} == 0\n',
  judge: (index) =>
    // In a panel the text may become several values when Grafana fills in a variable.
    index.use === 'panel'
      ? []
      : index.entries('selector').flatMap(({ node }) =>
          node.matchers.filter(isPlain).map((matcher) => {
            const operator = matcher.operator === '=~' ? '=' : '!=';
            const text = `${matcher.label}${matcher.operator}${JSON.stringify(matcher.value)} names one value.`;
            return { text, span: matcher.span, fix: fixOf(index.text, matcher, operator) };
          }),
        ),
};

function isPlain({ operator, value }: LabelMatcher): boolean {
  return (operator === '=~' || operator === '!~') && !/[\\[\](){}*+?|^$.]/.test(value);
}

function fixOf(text: string, { span, operator }: LabelMatcher, plain: string) {
  const from = text.indexOf(operator, span.from);
  return { span: { from, to: from + operator.length }, text: plain };
}
