import { pointerTo } from '../../diagnostics/index.ts';
import type { Check } from '../check.ts';

/** Only where the dashboards are among the files as well. */
export const check: Check = {
  code: 'dashboard-link-dead',
  about: 'rule',
  severity: 'warning',
  summary: 'Link to a dashboard that is not there',
  why: 'At night the link opens "Dashboard not found".',
  hint: 'Correct the uid in the annotation.',
  bad: '- alert: Down\n  expr: up == 0\n  for: 5m\n  annotations: {dashboard_url: "https://grafana.example.com/d/hots/hosts"}\n---\n{"title": "Hosts", "uid": "hosts", "schemaVersion": 39, "panels": []}',
  good: '- alert: Down\n  expr: up == 0\n  for: 5m\n  annotations: {dashboard_url: "https://grafana.example.com/d/hosts/hosts"}\n---\n{"title": "Hosts", "uid": "hosts", "schemaVersion": 39, "panels": []}',
  judge: ({ annotations }, { input }) => {
    if (input.dashboards.length === 0) return [];
    return Object.entries(annotations).flatMap(([name, text]) => {
      const uid = name === '__dashboardUid__' ? text : (/\/d\/([\w-]+)(?:[/?#]|$)/.exec(text)?.[1] ?? '');
      if (uid === '' || input.dashboards.some((dashboard) => dashboard.uid === uid)) return [];
      return [{ text: `No dashboard here has the uid ${uid}.`, pointer: pointerTo('/annotations', name), found: uid }];
    });
  },
};
