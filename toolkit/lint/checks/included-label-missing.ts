import { inferLabels, labelFact } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';

export const check: Check = {
  code: 'included-label-missing',
  about: 'expression',
  severity: 'notice',
  summary: 'group_left brings a label that is not there',
  why: 'The label is taken from the side that has one series, and none of its series has it: the result lacks the label that somebody counted on.',
  hint: 'Keep the label on that side, for example in its by(...), or take it out of group_left or group_right.',
  bad: '- record: site:up:owner\n  expr: sum by (site) (up) * on (site) group_left (owner) max by (site) (site_info)\n',
  good: '- record: site:up:owner\n  expr: sum by (site) (up) * on (site) group_left (owner) max by (site, owner) (site_info)\n',
  judge: (index) =>
    index.entries('binary').flatMap(({ node }) => {
      const group = node.matching?.group;
      if (group === undefined || group === null || group.include.length === 0) return [];
      const one = inferLabels(group.side === 'left' ? node.right : node.left);
      const missing = group.include.filter((label) => labelFact(one, label).presence === 'absent');
      if (missing.length === 0) return [];
      const text = `No series of the other side has ${missing.join(', ')}.`;
      return [{ text, span: node.operatorSpan, found: missing.join(', ') }];
    }),
};
