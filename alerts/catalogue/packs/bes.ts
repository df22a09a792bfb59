import { defineAlertPack } from 'opsctl';
import { bes } from 'opsctl/cmdb';
import { javaAlerts } from './java-alerts.ts';

const web = ['S0:7.1.1.4/1', 'S1:7.4.1.1.a'];

/** Alerts of BES application servers. */
export const besAlerts = defineAlertPack(bes, {
  down: {
    name: 'BesDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    meansDown: true,
    summary: { en: 'BES {item} at {site} does not answer', zh: '{site} 的 BES {item} 无应答' },
    runbook: 'bes/down',
    rationale: 'Four failed scrapes in a row: the agent lives in the server, and dies with it.',
    clauses: web,
  },
  ...javaAlerts('Bes', 'bes'),
});
