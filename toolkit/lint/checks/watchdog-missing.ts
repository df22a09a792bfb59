import type { Check } from '../check.ts';
import { bare, constantOf } from '../expression-index.ts';

/** Only where a whole set-up is judged: its rules, its Prometheus and its Alertmanager. */
export const check: Check = {
  code: 'watchdog-missing',
  about: 'everything',
  severity: 'notice',
  summary: 'No alert that always fires',
  why: 'When Prometheus, Alertmanager or the way between them is down, nothing is told, which looks like nothing being wrong. An alert that fires always lets an outsider notice its silence.',
  hint: 'Add `- alert: Watchdog` with `expr: vector(1)`, and a receiver outside that tells when it stops.',
  bad: '- alert: Down\n  expr: up == 0\n  for: 5m\n---\nglobal: {}\nscrape_configs: []\n---\nroute: {receiver: team}\nreceivers:\n  - name: team\n',
  good: '- alert: Down\n  expr: up == 0\n  for: 5m\n- alert: Watchdog\n  expr: vector(1)\n---\nglobal: {}\nscrape_configs: []\n---\nroute: {receiver: team}\nreceivers:\n  - name: team\n',
  judge: ({ input, rules, indexOf }) => {
    const [prometheus] = input.prometheuses;
    if (prometheus === undefined || input.alertmanagers.length === 0) return [];
    const alerts = rules.filter(({ kind }) => kind === 'alert');
    const isThere = alerts.some(({ expression }) => {
      const inner = bare(
        indexOf(expression, 'alert')?.expression ?? {
          kind: 'number',
          type: 'scalar',
          value: 0,
          span: { from: 0, to: 0 },
        },
      );
      return (
        inner.kind === 'call' &&
        inner.name === 'vector' &&
        inner.args[0] !== undefined &&
        constantOf(inner.args[0]) !== null
      );
    });
    return alerts.length === 0 || isThere
      ? []
      : [{ place: prometheus, text: `None of the ${alerts.length} alerts fires always.` }];
  },
};
