import { defineClassDashboard } from 'opsctl';
import { collector, mtail, otelCollector, pushgateway, vector } from 'opsctl/cmdb';

/** Dashboard of the shared exporters of control points. */
export const collectorDashboard = defineClassDashboard(collector, {
  title: { en: 'Shared exporters', zh: '共享采集器' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'configLoaded', 'badQuestions', 'sinceStart'] },
    { title: { en: 'Resources', zh: '资源' }, signals: ['cpuUsed', 'memoryUsed', 'filesUsed'] },
  ],
});

/** Dashboard of Pushgateways. */
export const pushgatewayDashboard = defineClassDashboard(pushgateway, {
  title: { en: 'Pushgateways', zh: '推送网关' },
  rows: [{ title: { en: 'Pushes', zh: '推送' }, signals: ['up', 'pushAge', 'pushAccepted', 'memoryUsed'] }],
});

/** Dashboard of log counters. */
export const mtailDashboard = defineClassDashboard(mtail, {
  title: { en: 'Log counters', zh: '日志计数器' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'programsBroken'] },
    { title: { en: 'Lines', zh: '日志行' }, signals: ['linesRead', 'fileLines'] },
  ],
});

/** Dashboard of OpenTelemetry Collectors. */
export const otelCollectorDashboard = defineClassDashboard(otelCollector, {
  title: { en: 'OpenTelemetry Collectors', zh: 'OpenTelemetry Collector' },
  overview: ['queueUsed'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'memoryUsed'] },
    { title: { en: 'Taken in', zh: '接收' }, signals: ['accepted', 'refused'] },
    { title: { en: 'Sent', zh: '发送' }, signals: ['queueUsed', 'sendFailed', 'lost'] },
  ],
});

/** Dashboard of log shippers. */
export const vectorDashboard = defineClassDashboard(vector, {
  title: { en: 'Log shippers', zh: '日志转发器' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'errors', 'lost'] },
    { title: { en: 'Events', zh: '事件' }, signals: ['received', 'sent'] },
  ],
});
