import { labelFact } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';

/** Signals are ours: what records under the name has the label, or routes, dashboards and tiers above miss it. */
export const check: Check = {
  code: 'item-lost',
  about: 'rule',
  severity: 'error',
  summary: 'Signal that has lost its item',
  why: 'A signal is of one item. Without the label `item` its alert goes to nobody in particular, is not held back by what the item depends on, and cannot be tuned.',
  hint: 'Aggregate with `without (...)`, or keep the labels of the target: `by (item, class, site, tier, team, tenant, criticality, instance, job)`.',
  bad: '- record: signal:pump_flow\n  expr: sum by (site) (pump_flow_litres{class="pump"})\n',
  good: '- record: signal:pump_flow\n  expr: sum without (pipe) (pump_flow_litres{class="pump"})\n',
  judge: (rule, context) => {
    if (rule.kind !== 'record' || !rule.name.startsWith('signal:') || 'item' in rule.labels) return [];
    const index = context.indexOf(rule.expression, 'record');
    if (index === null || labelFact(index.labels(), 'item').presence !== 'absent') return [];
    return [{ text: `${rule.name} has no label item, whatever is measured.`, pointer: '/expr' }];
  },
};
