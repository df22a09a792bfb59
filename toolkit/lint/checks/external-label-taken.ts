import { pointerTo } from '../../diagnostics/index.ts';
import type { Check } from '../check.ts';

export const check: Check = {
  code: 'external-label-taken',
  about: 'rule',
  severity: 'warning',
  summary: 'Label that Prometheus would add itself',
  why: 'An external label is not put over one that is there. The rule keeps its own value, so its alerts and series look as if they came from elsewhere.',
  hint: 'Leave the label out of the rule, or give it another name.',
  bad: '- alert: Down\n  expr: up == 0\n  for: 5m\n  labels: {site: main}\n---\nglobal: {external_labels: {site: plant-1}}\nscrape_configs: []\n',
  good: '- alert: Down\n  expr: up == 0\n  for: 5m\n---\nglobal: {external_labels: {site: plant-1}}\nscrape_configs: []\n',
  judge: ({ labels }, { externalLabels }) =>
    Object.keys(labels)
      .filter((name) => externalLabels !== null && name in externalLabels)
      .map((name) => ({
        text: `Each Prometheus has the external label ${name}, and the rule sets it.`,
        pointer: pointerTo('/labels', name),
      })),
};
