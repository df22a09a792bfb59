import type { Route } from '../../languages/alert-routing/index.ts';
import type { Check } from '../check.ts';

export const check: Check = {
  code: 'receiver-unused',
  about: 'alertmanager',
  severity: 'warning',
  summary: 'Receiver or time interval that no route names',
  why: 'Somebody expects to be told, and is not: the route to them was forgotten, or went away with a change.',
  hint: 'Add the route, or delete what nobody uses.',
  bad: 'route: {receiver: team}\nreceivers:\n  - name: team\n  - name: night-shift\n',
  good: 'route:\n  receiver: team\n  routes:\n    - matchers: [severity="critical"]\n      receiver: night-shift\nreceivers:\n  - name: team\n  - name: night-shift\n',
  judge: ({ config }) => {
    const routes = allRoutes(config.root);
    const receivers = new Set(routes.map(({ receiver }) => receiver));
    const intervals = new Set(
      routes.flatMap(({ muteIntervals, activeIntervals }) => [...muteIntervals, ...activeIntervals]),
    );
    return [
      ...config.receivers
        .filter(({ name }) => !receivers.has(name))
        .map(({ name, pointer }) => ({ text: `No route leads to the receiver ${name}.`, pointer, found: name })),
      ...config.timeIntervals
        .filter(({ name }) => !intervals.has(name))
        .map(({ name, pointer }) => ({ text: `No route has the time interval ${name}.`, pointer, found: name })),
    ];
  },
};

function allRoutes(route: Route): readonly Route[] {
  return [route, ...route.routes.flatMap(allRoutes)];
}
