import type { Check } from '../check.ts';

export const check: Check = {
  code: 'matcher-without-effect',
  about: 'expression',
  severity: 'notice',
  summary: 'Matcher that accepts everything',
  why: 'A pattern such as .* accepts every value, a missing label included, so it looks like a choice and is none.',
  hint: 'Take it away, or write .+ where the label has to be there.',
  bad: '- alert: Down\n  expr: up{job="node", site=~".*"} == 0\n',
  good: '- alert: Down\n  expr: up{job="node", site=~".+"} == 0\n',
  judge: (index) =>
    index.use === 'panel'
      ? []
      : index.entries('selector').flatMap(({ node }) =>
          // `{__name__=~".*"}` alone would be refused, and beside a name it is the same as any other.
          node.matchers
            .filter(({ operator, value }) => operator === '=~' && /^\^?\.\*\$?$/.test(value))
            .map(({ label, value, span }) => ({ text: `${label}=~"${value}" accepts every series.`, span })),
        ),
};
