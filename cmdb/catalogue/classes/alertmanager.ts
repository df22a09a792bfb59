import { defineClass, networkName, optional, port } from 'opsctl';
import { answersItself } from './exporter-answers.ts';

/** An Alertmanager as an item, by its own metrics; the names were read off a real 0.25 (Debian 12). */
export const alertmanager = defineClass({
  id: 'alertmanager',
  title: { en: 'Alertmanager', zh: 'Alertmanager' },
  attributes: {
    address: networkName('DNS name or IP address of the server.'),
    port: optional(port('Port of its HTTP API.'), 9093),
  },
  sources: {
    self: {
      kind: 'exporter',
      exporter: 'alertmanager >=0.25',
      interval: '30s',
      endpoint: ({ address, port: own = 9093 }) => `${address}:${own}`,
    },
  },
  signals: {
    up: answersItself('self'),
    configLoaded: {
      title: { en: 'Last reload succeeded', zh: '最近一次重载成功' },
      unit: 'boolean',
      direction: 'state',
      from: 'self',
      expression: (series) => series('alertmanager_config_last_reload_successful'),
      metrics: ['alertmanager_config_last_reload_successful'],
    },
    messagesFailed: {
      title: { en: 'Messages that failed', zh: '通知失败比例' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'self',
      // From 0.26 on, failures are told apart by their reason.
      expression: (series) =>
        `sum without (reason) (rate(${series('alertmanager_notifications_failed_total')}[10m])) / (rate(${series('alertmanager_notifications_total')}[10m]) > 0)`,
      metrics: ['alertmanager_notifications_failed_total', 'alertmanager_notifications_total'],
      partLabels: ['integration'],
    },
    peersFailed: {
      title: { en: 'Peers that it lost', zh: '失联的集群成员数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'self',
      expression: (series) => series('alertmanager_cluster_failed_peers'),
      // Present unless it runs alone by `--cluster.listen-address=`.
      metrics: ['alertmanager_cluster_failed_peers'],
    },
    alertsInvalid: {
      title: { en: 'Invalid alerts received (15 min)', zh: '收到的无效告警数(15 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'self',
      expression: (series) => `sum without (version) (increase(${series('alertmanager_alerts_invalid_total')}[15m]))`,
      metrics: ['alertmanager_alerts_invalid_total'],
    },
    alertsActive: {
      title: { en: 'Alerts that are active', zh: '活动告警数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'self',
      expression: (series) => `sum without (state) (${series('alertmanager_alerts', 'state="active"')})`,
      metrics: ['alertmanager_alerts'],
    },
    silences: {
      title: { en: 'Silences in force', zh: '生效的静默数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'self',
      expression: (series) => `sum without (state) (${series('alertmanager_silences', 'state="active"')})`,
      metrics: ['alertmanager_silences'],
    },
  },
});
