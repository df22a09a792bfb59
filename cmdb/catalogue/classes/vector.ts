import { defineClass } from 'opsctl';
import { answersItself } from './exporter-answers.ts';
import { servesMetrics } from './measured-beside.ts';
import { counter, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad } from './signal-meanings.ts';

const component = ['component_id', 'component_kind', 'component_type'];
const read = readingsBy({
  vector_component_received_events_total: counter(component),
  vector_component_sent_events_total: counter(component),
  vector_component_errors_total: counter([...component, 'error_type', 'stage']),
  vector_component_discarded_events_total: counter([...component, 'intentional']),
});

/** A Vector with its own metrics exposed (`internal_metrics` into `prometheus_exporter`); names from its documentation. */
export const vector = defineClass({
  id: 'vector',
  title: { en: 'Log shipper (Vector)', zh: '日志转发器 (Vector)' },
  ...servesMetrics({ program: 'vector', since: '0.30', port: 9598 }),
  signals: {
    up: answersItself('builtin'),
    received: {
      ...lowIsBad('per-second', 'Events taken in', '事件接收速率'),
      from: 'builtin',
      partLabels: ['component_id'],
      ...read((series) =>
        byComponent(`rate(${series('vector_component_received_events_total', 'component_kind="source"')}[5m])`),
      ),
    },
    sent: {
      ...lowIsBad('per-second', 'Events sent', '事件发送速率'),
      from: 'builtin',
      partLabels: ['component_id'],
      ...read((series) =>
        byComponent(`rate(${series('vector_component_sent_events_total', 'component_kind="sink"')}[5m])`),
      ),
    },
    errors: {
      ...highIsBad('count', 'Errors (10 min)', '错误次数(10 分钟)'),
      from: 'builtin',
      partLabels: ['component_id'],
      ...read((series) => byComponent(`increase(${series('vector_component_errors_total')}[10m])`)),
    },
    lost: {
      ...highIsBad('count', 'Events lost (10 min)', '丢失的事件(10 分钟)'),
      from: 'builtin',
      partLabels: ['component_id'],
      // What a filter leaves out on purpose is no loss.
      ...read((series) =>
        byComponent(`increase(${series('vector_component_discarded_events_total', 'intentional="false"')}[10m])`),
      ),
    },
  },
});

function byComponent(expression: string): string {
  return `sum without (component_kind, component_type, component_name, error_type, error_code, stage, intentional, reason, output) (${expression})`;
}
