import { groupThousands } from '../../diagnostics/index.ts';
import type { Route } from '../../languages/alert-routing/index.ts';
import type { Check, PlacedProblem } from '../check.ts';
import { take } from '../facts/may-take.ts';
import type { AlertmanagerFile, Rule } from '../lint-input.ts';

export const check: Check = {
  code: 'default-receiver-only',
  about: 'everything',
  severity: 'notice',
  summary: 'Alert that no route takes',
  why: 'Whatever labels it has, it ends at the receiver for the rest, which is a mailbox mostly and nobody on call.',
  hint: 'Give it the label that its route asks for, such as team, or add a route.',
  bad: '- alert: Down\n  expr: sum by (job) (up) == 0\n  for: 5m\n  labels: {team: network}\n---\nglobal: {external_labels: {site: a}}\nscrape_configs: []\n---\nroute:\n  receiver: rest\n  routes:\n    - matchers: [team="database"]\n      receiver: database\nreceivers:\n  - name: rest\n  - name: database\n',
  good: '- alert: Down\n  expr: sum by (job) (up) == 0\n  for: 5m\n  labels: {team: database}\n---\nglobal: {external_labels: {site: a}}\nscrape_configs: []\n---\nroute:\n  receiver: rest\n  routes:\n    - matchers: [team="database"]\n      receiver: database\nreceivers:\n  - name: rest\n  - name: database\n',
  judge: (context) => {
    const roots = context.input.alertmanagers.filter(({ config }) => config.root.routes.length > 0);
    const [first] = roots;
    if (first === undefined) return [];
    const trees = roots.map(({ config }) => config.root);
    const alerts = context.rules.filter(({ kind, name }) => kind === 'alert' && name !== 'Watchdog');
    const left = alerts.filter(
      (rule) => !trees.some((root) => root.routes.some(({ matchers }) => take(matchers, rule, context) !== 'no')),
    );
    if (left.length > mostTold && left.length * 2 > alerts.length) return [tellOnce(first, left, alerts.length)];
    return left.map((place) => ({ place, text: `${place.name} goes to ${namesOf(trees)} alone.`, pointer: '/alert' }));
  },
};

/** Where most alerts end there, it is the way that is meant, or the rules belong to another Alertmanager. */
const mostTold = 20;

function tellOnce(place: AlertmanagerFile, left: readonly Rule[], all: number): PlacedProblem {
  const names = left.slice(0, 3).map(({ name }) => name);
  const text = `${groupThousands(left.length)} of ${groupThousands(all)} alerts go to ${place.config.root.receiver} alone, such as ${names.join(', ')}.`;
  return { place, text, pointer: '/route' };
}

function namesOf(trees: readonly Route[]): string {
  return [...new Set(trees.map(({ receiver }) => receiver))].join(', ');
}
