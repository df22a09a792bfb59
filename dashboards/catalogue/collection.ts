import { defineClassDashboard } from 'opsctl';
import { alertmanager, prometheus } from 'opsctl/cmdb';

/** Dashboard of Prometheus servers. */
export const prometheusDashboard = defineClassDashboard(prometheus, {
  title: { en: 'Prometheus servers', zh: 'Prometheus 服务器' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'configLoaded', 'alertmanagers', 'storageFailures'] },
    { title: { en: 'Rules and alerts', zh: '规则与告警' }, signals: ['ruleFailures', 'rulesMissed', 'alertsDropped'] },
    {
      title: { en: 'Scrapes and storage', zh: '抓取与存储' },
      signals: ['scrapesRejected', 'samplesRejected', 'samplesAppended', 'seriesInMemory', 'blocksSize'],
    },
  ],
});

/** Dashboard of Alertmanagers. */
export const alertmanagerDashboard = defineClassDashboard(alertmanager, {
  title: { en: 'Alertmanagers', zh: 'Alertmanager' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'configLoaded', 'peersFailed'] },
    {
      title: { en: 'Alerts and messages', zh: '告警与通知' },
      signals: ['messagesFailed', 'alertsInvalid', 'alertsActive', 'silences'],
    },
  ],
});
