import { metricOf } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';

export const check: Check = {
  code: 'recorded-later',
  about: 'group',
  severity: 'notice',
  summary: 'Series used before its group records it',
  why: 'Rules of a group are evaluated from top to bottom, so this one reads what the last evaluation wrote, and alerts one interval late.',
  hint: 'Move the recording rule above it.',
  bad: '- alert: FewUp\n  expr: job:up:sum < 2\n  for: 5m\n- record: job:up:sum\n  expr: sum by (job) (up)\n',
  good: '- record: job:up:sum\n  expr: sum by (job) (up)\n- alert: FewUp\n  expr: job:up:sum < 2\n  for: 5m\n',
  judge: ({ rules, pointer }, context) => {
    const recorded = rules.flatMap(({ kind, name }, index) => (kind === 'record' ? [[name, index] as const] : []));
    const first = new Map(recorded.reverse());
    return rules.flatMap((rule, index) => {
      const parsed = first.size === 0 ? null : context.indexOf(rule.expression, rule.kind);
      // Over a range, one interval more or less does not matter.
      const read = parsed?.entries('selector').filter(({ parent }) => parent?.node.kind !== 'range') ?? [];
      const late = read
        .map(({ node }) => metricOf(node) ?? '')
        .find((name) => (first.get(name) ?? -1) > index && name !== rule.name);
      if (late === undefined) return [];
      const text = `${late} is recorded further down in the same group.`;
      return [{ text, pointer: `${rule.pointer.slice(pointer.length)}/expr` }];
    });
  },
};
