import { defineClassDashboard, definePanel } from 'opsctl';
import { jaeger, tempo, tracedService } from 'opsctl/cmdb';

const chosen = '{site=~"$site",item=~"$item"}';

/** Who calls whom, the busiest first, as the service graph of the traces has it. */
export const serviceGraphTable = definePanel({
  id: 'service-graph',
  title: { en: 'Who calls whom', zh: '谁调用谁' },
  description: {
    en: 'Requests a second from each caller to each traced application, counted from spans. What fails is in the graphs above.',
    zh: '由 Span 统计的各调用方到各应用的每秒请求数;失败率见上方图表。',
  },
  show: {
    kind: 'table',
    columns: [
      { label: 'client', title: { en: 'Caller', zh: '调用方' } },
      { label: 'item', title: { en: 'Application', zh: '应用' } },
      { label: 'team', title: { en: 'Team', zh: '班组' } },
      { label: 'Value', title: { en: 'Requests', zh: '请求速率' } },
    ],
  },
  queries: [{ expr: `sort_desc(signal:traced_service_caller_requests${chosen})`, instant: true }],
  unit: 'per-second',
  whenEmpty: { en: 'Nobody counts who calls', zh: '无服务调用图数据' },
});

/** Dashboard of traced applications: rate, errors and duration, by operation, and the graph of who calls whom. */
export const tracedServiceDashboard = defineClassDashboard(tracedService, {
  title: { en: 'Traced applications', zh: '链路追踪应用' },
  rows: [
    {
      title: { en: 'Requests, errors, duration', zh: '请求、错误与耗时' },
      signals: ['requests', 'errorRatio', 'latency'],
    },
    { title: { en: 'By operation', zh: '按操作' }, signals: ['operationErrors', 'operationLatency'] },
    {
      title: { en: 'Service graph: by who calls', zh: '服务调用图:按调用方' },
      signals: ['callerRequests', 'callerErrors', 'callerLatency'],
      panels: [serviceGraphTable],
    },
    { title: { en: 'Measurement', zh: '测量' }, signals: ['up', 'isCalled'] },
  ],
});

/** Dashboard of trace stores. */
export const tempoDashboard = defineClassDashboard(tempo, {
  title: { en: 'Trace stores', zh: '链路存储' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'requestErrors'] },
    {
      title: { en: 'Spans', zh: 'Span' },
      signals: ['spansReceived', 'spansDiscarded', 'flushesFailed'],
    },
  ],
});

/** Dashboard of Jaeger 1. */
export const jaegerDashboard = defineClassDashboard(jaeger, {
  title: { en: 'Jaeger', zh: 'Jaeger 链路存储' },
  overview: ['queueUsed'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'received', 'queueUsed'] },
    { title: { en: 'Lost', zh: '丢失' }, signals: ['dropped', 'rejected', 'savesFailed', 'saveTime'] },
  ],
});
