import { findInhibitionFacts } from '../../languages/alert-routing/index.ts';
import type { Check } from '../check.ts';
import { shapesFor } from '../facts/alert-shapes.ts';

export const check: Check = {
  code: 'inhibit-too-wide',
  about: 'alertmanager',
  severity: 'warning',
  summary: 'Inhibition by a label that no alert has',
  why: 'Alerts agree on a label that none of them has, so one alert anywhere holds back all others: a full disk on one host hides a busy one on every other.',
  hint: 'Name under `equal` a label that the alerts carry, or correct its spelling.',
  bad: 'route: {receiver: team}\nreceivers:\n  - name: team\ninhibit_rules:\n  - source_matchers: [severity="critical"]\n    target_matchers: [severity="warning"]\n    equal: [hostname]\n---\nglobal: {external_labels: {site: plant-1}}\nscrape_configs: []\n---\ngroups:\n  - name: disks\n    rules:\n      - {alert: DiskFull, expr: "sum by (host) (disk_used) > 95", for: 5m, labels: {severity: critical}}\n      - {alert: DiskBusy, expr: "sum by (host) (disk_busy) > 95", for: 5m, labels: {severity: warning}}\n',
  good: 'route: {receiver: team}\nreceivers:\n  - name: team\ninhibit_rules:\n  - source_matchers: [severity="critical"]\n    target_matchers: [severity="warning"]\n    equal: [host]\n---\nglobal: {external_labels: {site: plant-1}}\nscrape_configs: []\n---\ngroups:\n  - name: disks\n    rules:\n      - {alert: DiskFull, expr: "sum by (host) (disk_used) > 95", for: 5m, labels: {severity: critical}}\n      - {alert: DiskBusy, expr: "sum by (host) (disk_busy) > 95", for: 5m, labels: {severity: warning}}\n',
  judge: ({ config }, context) => {
    if (context.heardAlerts.length === 0) return [];
    return config.inhibitRules.flatMap((rule) =>
      findInhibitionFacts([rule], shapesFor(rule, context)).flatMap((fact) => {
        if (fact.kind !== 'trivially-equal') return [];
        const text = `No alert on either side has ${fact.labels.join(', ')}, so all of them agree on it.`;
        return [{ text, pointer: `${rule.pointer}/equal` }];
      }),
    );
  },
};
