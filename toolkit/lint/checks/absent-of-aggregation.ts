import type { Check } from '../check.ts';
import { bare } from '../expression-index.ts';

export const check: Check = {
  code: 'absent-of-aggregation',
  about: 'expression',
  severity: 'notice',
  summary: 'absent of an aggregation',
  why: 'absent() takes the labels of its result from the matchers of the selector inside it. Around an aggregation it has none, so nobody is told what is missing, and routes that look at labels do not see it.',
  hint: 'Put the selector itself into absent().',
  bad: '- alert: NodesMissing\n  expr: absent(sum(up{job="node"}))\n  for: 5m\n',
  good: '- alert: NodesMissing\n  expr: absent(up{job="node"})\n  for: 5m\n',
  judge: (index) =>
    index.entries('call').flatMap(({ node }) => {
      const [inside] = node.args;
      if (node.name !== 'absent' || inside === undefined || bare(inside).kind !== 'aggregation') return [];
      return [{ text: 'The alert that it makes has no label of what is missing.', span: node.span }];
    }),
};
