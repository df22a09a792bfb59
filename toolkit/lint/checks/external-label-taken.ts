import { pointerTo } from '../../diagnostics/index.ts';
import type { Check } from '../check.ts';

export const check: Check = {
  code: 'external-label-taken',
  about: 'rule',
  severity: 'warning',
  summary: 'Label that Prometheus would add itself',
  why: 'An external label is not put over one that is there. The rule keeps its own value, so its alerts look as if they came from elsewhere. What a rule records is not sent, and may say of what it is.',
  hint: 'Leave the label out of the rule, or give it another name.',
  bad: '- alert: Down\n  expr: up == 0\n  for: 5m\n  labels: {site: main}\n---\nglobal: {external_labels: {site: plant-1}}\nscrape_configs: []\n',
  good: '- alert: Down\n  expr: up == 0\n  for: 5m\n- alert: Slow\n  expr: rtt > 1\n  for: 5m\n  labels: {site: plant-1}\n- record: slo:objective\n  expr: vector(0.99)\n  labels: {site: plant-2}\n---\nglobal: {external_labels: {site: plant-1}}\nscrape_configs: []\n',
  judge: ({ kind, labels }, { externalLabels }) =>
    Object.keys(labels)
      .filter((name) => kind === 'alert' && externalLabels !== null && name in externalLabels)
      .filter((name) => externalLabels?.[name] !== labels[name])
      .map((name) => ({
        text: `Each Prometheus has the external label ${name}, and the rule sets it to another value.`,
        pointer: pointerTo('/labels', name),
      })),
};
