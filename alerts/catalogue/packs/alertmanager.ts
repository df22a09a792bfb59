import { defineAlertPack } from 'opsctl';
import { alertmanager } from 'opsctl/cmdb';

const collection = ['S0:7.1.1.1.a'];

/** Alerts of Alertmanagers. What one says of itself it may not be able to say: the tiers above hear all alerts too. */
export const alertmanagerAlerts = defineAlertPack(alertmanager, {
  down: {
    name: 'AlertmanagerDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    summary: { en: 'Alertmanager {item} at {site} does not answer', zh: '{site} 的 Alertmanager {item} 无应答' },
    runbook: 'alertmanager/down',
    rationale: 'Four missed scrapes. The Alertmanagers of the tiers above tell of it.',
    clauses: [...collection, 'S1:7.4.1.1.a'],
  },
  reloadFailed: {
    name: 'AlertmanagerReloadFailed',
    signal: 'configLoaded',
    when: { equals: 0 },
    for: '5m',
    severity: 'warning',
    summary: { en: '{item} runs with an older configuration', zh: '{item} 仍在使用旧配置' },
    runbook: 'alertmanager/reload-failed',
    rationale: 'opsctl puts back files that are refused, so somebody else changed them; the next restart would fail.',
    clauses: collection,
  },
  messagesFailing: {
    name: 'AlertmanagerMessagesFailing',
    signal: 'messagesFailed',
    when: { above: 0.05 },
    for: '5m',
    severity: 'critical',
    summary: {
      en: '{value} of the messages of {item} by {integration} fail',
      zh: '{item} 通过 {integration} 发送的通知有 {value} 失败',
    },
    runbook: 'alertmanager/messages-failing',
    rationale: 'Each is somebody who is not told. It tries again for five minutes before it counts one as failed.',
    clauses: collection,
  },
  peersLost: {
    name: 'AlertmanagerPeersLost',
    signal: 'peersFailed',
    when: { above: 0 },
    for: '15m',
    severity: 'warning',
    summary: { en: '{item} has lost {value} peers', zh: '{item} 失去了 {value} 个集群成员' },
    runbook: 'alertmanager/peers-lost',
    rationale:
      'Peers that do not hear each other tell everything twice, and know nothing of silences. A restart is shorter.',
    clauses: collection,
  },
  alertsInvalid: {
    name: 'AlertmanagerAlertsInvalid',
    signal: 'alertsInvalid',
    when: { above: 0 },
    for: '5m',
    severity: 'warning',
    summary: { en: '{item} refused {value} invalid alerts', zh: '{item} 拒绝了 {value} 条无效告警' },
    runbook: 'alertmanager/alerts-invalid',
    rationale: 'Prometheus sends none, so it is another program, whose alerts reach nobody.',
    clauses: collection,
  },
});
