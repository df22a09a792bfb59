import type { Route } from '../../languages/alert-routing/index.ts';
import type { Check, Problem } from '../check.ts';

const places = ['tenant', 'site', 'cluster', 'datacenter', 'region'];

export const check: Check = {
  code: 'group-by-place',
  about: 'alertmanager',
  severity: 'notice',
  summary: 'Alerts of several places told together',
  why: "Without the place among the labels of group_by, one notification mixes plants or tenants: one of them is told what is none of its business, and the second place is only a line in the first one's message.",
  hint: 'Add the label to group_by.',
  bad: 'route:\n  receiver: team\n  group_by: [alertname]\nreceivers:\n  - name: team\n---\nglobal: {external_labels: {site: plant-1}}\nscrape_configs: []\n',
  good: 'route:\n  receiver: team\n  group_by: [alertname, site]\nreceivers:\n  - name: team\n---\nglobal: {external_labels: {site: plant-1}}\nscrape_configs: []\n',
  judge: ({ config }, { externalLabels }) => {
    const said = places.filter((label) => externalLabels !== null && label in externalLabels);
    return said.length === 0 ? [] : judgeRoute(config.root, said, null);
  },
};

function judgeRoute(route: Route, said: readonly string[], inherited: Route['groupBy'] | null): readonly Problem[] {
  const below = route.routes.flatMap((child) => judgeRoute(child, said, route.groupBy));
  const isOwn = inherited === null || inherited.toString() !== route.groupBy.toString();
  if (!isOwn || route.groupBy === 'all' || said.some((label) => route.groupBy.includes(label))) return below;
  const text = `Alerts are told together by ${route.groupBy.join(', ') || 'nothing'}, and their place (${said.join(', ')}) is not in it.`;
  return [{ text, pointer: route.pointer }, ...below];
}
