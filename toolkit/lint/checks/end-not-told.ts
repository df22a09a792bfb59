import type { Route } from '../../languages/alert-routing/index.ts';
import type { Check } from '../check.ts';

/** Only where somebody is woken up: mail is silent about the end by default, and few want it otherwise. */
export const check: Check = {
  code: 'end-not-told',
  about: 'alertmanager',
  severity: 'notice',
  summary: 'Receiver that is never told of the end',
  why: 'A pager or ticket that hears of the beginning alone stays open until somebody looks whether the trouble is still there.',
  hint: 'Set send_resolved: true, or say in the description that it is meant.',
  bad: 'route: {receiver: team}\nreceivers:\n  - name: team\n    webhook_configs:\n      - {url: "https://duty.example.com/", send_resolved: false}\n',
  good: 'route: {receiver: team}\nreceivers:\n  - name: team\n    webhook_configs:\n      - {url: "https://duty.example.com/"}\n',
  judge: ({ config }) => {
    const used = new Set(receiversOf(config.root));
    return config.receivers.flatMap(({ name, channels }) => {
      const silent = channels.filter(({ kind, tellsOfEnd }) => !tellsOfEnd && !/^(?:email|slack)_configs$/.test(kind));
      if (!used.has(name) || silent.length < channels.length) return [];
      return silent.map(({ kind, pointer }) => ({
        text: `${name} is told by ${kind} when alerts begin, and not when they end.`,
        pointer,
      }));
    });
  },
};

/** The end of an alert that always fires is its silence. */
const alwaysFires = /watchdog|dead.?man/i;

function receiversOf({ receiver, routes, matchers }: Route): readonly string[] {
  const isHeartbeat = matchers.some(
    ({ label, values }) => label === 'alertname' && values?.every((name) => alwaysFires.test(name)) === true,
  );
  if (isHeartbeat) return [];
  return [receiver, ...routes.flatMap(receiversOf)];
}
