import { defineAlertPack } from 'opsctl';
import { jaeger } from 'opsctl/cmdb';

const clauses = ['S0:7.1.1.4', 'S1:7.4.1.1.a'];

/** Alerts of Jaeger 1. */
export const jaegerAlerts = defineAlertPack(jaeger, {
  down: {
    name: 'JaegerDown',
    signal: 'up',
    when: { equals: 0 },
    for: '5m',
    severity: 'warning',
    summary: { en: 'Jaeger {item} at {site} does not answer', zh: '{site} 的 Jaeger {item} 无应答' },
    runbook: 'jaeger/down',
    rationale: 'Traces are lost meanwhile and nothing else is; five minutes are longer than a restart.',
    clauses: clauses,
  },
  dropped: {
    name: 'JaegerSpansDropped',
    signal: 'dropped',
    when: { above: 100 },
    for: '0s',
    severity: 'warning',
    summary: {
      en: '{item} dropped {value} spans within a quarter of an hour',
      zh: '{item} 一刻钟内丢弃了 {value} 个 Span',
    },
    runbook: 'jaeger/spans-lost',
    rationale: 'Its queue was full because the store is too slow. Single spans are lost in any restart.',
    clauses: clauses,
  },
  savesFailed: {
    name: 'JaegerSavesFail',
    signal: 'savesFailed',
    when: { above: 0.05 },
    for: '10m',
    severity: 'warning',
    summary: { en: '{value} of the spans of {item} could not be stored', zh: '{item} 有 {value} 的 Span 写入失败' },
    runbook: 'jaeger/spans-lost',
    rationale: 'The store refuses or is away: full, or an index that is read-only.',
    samples: {
      bad: {
        'jaeger_collector_spans_saved_by_svc_total{result="err"}': '1/s',
        'jaeger_collector_spans_saved_by_svc_total{result="ok"}': '1/s',
      },
      good: {
        'jaeger_collector_spans_saved_by_svc_total{result="err"}': 0,
        'jaeger_collector_spans_saved_by_svc_total{result="ok"}': '5/s',
      },
    },
    clauses: clauses,
  },
  queueHigh: {
    name: 'JaegerQueueHigh',
    signal: 'queueUsed',
    when: { above: 0.8 },
    for: '10m',
    severity: 'warning',
    summary: { en: 'The queue of {item} is {value} full', zh: '{item} 的队列已用 {value}' },
    runbook: 'jaeger/spans-lost',
    rationale: 'It bridges seconds; what fills it for ten minutes will empty it by dropping.',
    clauses: clauses,
  },
});
