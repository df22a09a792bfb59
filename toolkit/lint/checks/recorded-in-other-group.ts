import { metricOf } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';

export const check: Check = {
  code: 'recorded-in-other-group',
  about: 'group',
  severity: 'notice',
  summary: 'Alert on a series that another group of the file records',
  why: 'Groups are evaluated at different moments, so the alert may see a value that is one interval old, and a slow group delays it without a trace.',
  hint: 'Put both into one group, the recording rule first, or let the alert wait longer than both intervals.',
  bad: 'groups:\n  - name: recorded\n    rules:\n      - {record: "job:up:sum", expr: sum by (job) (up)}\n  - name: alerts\n    rules:\n      - {alert: FewUp, expr: "job:up:sum < 2"}\n',
  good: 'groups:\n  - name: jobs\n    rules:\n      - {record: "job:up:sum", expr: sum by (job) (up)}\n      - {alert: FewUp, expr: "job:up:sum < 2"}\n',
  judge: (group, context) => {
    const own = new Set(group.rules.flatMap(({ kind, name }) => (kind === 'record' ? [name] : [])));
    return group.rules.flatMap((rule) => {
      // A waiting alert does not care for one interval.
      if (rule.kind !== 'alert' || rule.forMs > 0) return [];
      const read = context.indexOf(rule.expression, 'alert')?.entries('selector') ?? [];
      const other = read
        .filter(({ parent }) => parent?.node.kind !== 'range')
        .map(({ node }) => metricOf(node) ?? '')
        .find((name) => !own.has(name) && context.recorded.get(name)?.some(({ file }) => file === rule.file) === true);
      if (other === undefined) return [];
      const text = `${rule.name} reads ${other}, which another group records.`;
      return [{ text, pointer: `${rule.pointer.slice(group.pointer.length)}/expr` }];
    });
  },
};
