import { defineAlertPack } from 'opsctl';
import { tempo, tracedService } from 'opsctl/cmdb';

/** Alerts of trace stores. */
export const tempoAlerts = defineAlertPack(tempo, {
  down: {
    name: 'TempoDown',
    signal: 'up',
    when: { equals: 0 },
    for: '5m',
    severity: 'warning',
    summary: { en: 'Trace store {item} at {site} does not answer', zh: '{site} 的链路存储 {item} 无应答' },
    runbook: 'tempo/down',
    rationale: 'Applications run on without it: traces of this time are missing, nothing else. So nobody is woken.',
    clauses: ['S0:7.1.1.5.b'],
  },
  requestsFailing: {
    name: 'TempoRequestsFailing',
    signal: 'requestErrors',
    when: { above: 0.05 },
    for: '15m',
    severity: 'warning',
    summary: { en: '{value} of the requests to {item} fail', zh: '{item} 的请求失败率为 {value}' },
    runbook: 'tempo/down',
    samples: {
      bad: {
        'tempo_request_duration_seconds_count{status_code="500"}': '0.52/s',
        'tempo_request_duration_seconds_count{status_code="200"}': '9.48/s',
      },
      good: {
        'tempo_request_duration_seconds_count{status_code="500"}': '0.48/s',
        'tempo_request_duration_seconds_count{status_code="200"}': '9.52/s',
      },
    },
    rationale: 'Queries and writes together; a short burst is a restart of one part.',
    clauses: ['S0:7.1.1.5.b'],
  },
  discarding: {
    name: 'TempoDiscarding',
    signal: 'spansDiscarded',
    when: { above: 0 },
    for: '15m',
    severity: 'warning',
    summary: { en: '{item} discarded {value} spans ({reason})', zh: '{item} 丢弃了 {value} 个 Span ({reason})' },
    runbook: 'tempo/losing',
    rationale: 'A limit is too low or an application sends too much; traces have holes until one of them changes.',
    clauses: ['S0:7.1.1.5.b'],
  },
  flushesFailing: {
    name: 'TempoFlushesFailing',
    signal: 'flushesFailed',
    when: { above: 2 },
    for: '15m',
    severity: 'critical',
    summary: { en: '{item} could not write {value} blocks', zh: '{item} 有 {value} 个数据块写入失败' },
    runbook: 'tempo/losing',
    rationale: 'Its storage refuses: what is kept in memory grows until the process falls over, and then it is lost.',
    clauses: ['S0:7.1.1.5.b'],
  },
});

/** Alerts of traced applications. */
export const tracedServiceAlerts = defineAlertPack(tracedService, {
  notMeasured: {
    name: 'TracedServiceNotMeasured',
    signal: 'up',
    when: { equals: 0 },
    for: '10m',
    severity: 'warning',
    summary: {
      en: 'Requests of {item} are not counted: the page with the counts does not answer',
      zh: '{item} 的请求未被统计:Span 指标页面无应答',
    },
    runbook: 'traced-service/not-measured',
    rationale:
      'The application may be well; its errors would be told by nobody. The collector has an alert of its own, which is earlier.',
    clauses: ['S0:7.1.1.5.b'],
  },
  errorsHigh: {
    name: 'TracedServiceErrorsHigh',
    signal: 'errorRatio',
    when: { above: 0.02 },
    for: '15m',
    severity: 'warning',
    summary: { en: '{value} of the requests to {item} fail', zh: '{item} 的请求失败率为 {value}' },
    runbook: 'traced-service/errors',
    rationale:
      'Errors of users excepted, most applications are below one in a thousand. An objective says it better: give it one.',
    clauses: ['S0:7.1.1.5.b/4'],
  },
  errorsVeryHigh: {
    name: 'TracedServiceErrorsVeryHigh',
    signal: 'errorRatio',
    when: { above: 0.1 },
    for: '5m',
    severity: 'critical',
    summary: { en: '{value} of the requests to {item} fail', zh: '{item} 的请求失败率为 {value}' },
    runbook: 'traced-service/errors',
    samples: {
      bad: {
        'traces_span_metrics_calls_total{span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_ERROR"}': '1.1/s',
        'traces_span_metrics_calls_total{span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET"}': '8.9/s',
      },
      good: {
        'traces_span_metrics_calls_total{span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_ERROR"}': '0.9/s',
        'traces_span_metrics_calls_total{span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET"}': '9.1/s',
      },
    },
    supersedes: 'errorsHigh',
    rationale: 'One request in ten: users see it.',
    clauses: ['S0:7.1.1.5.b/4'],
  },
  slow: {
    name: 'TracedServiceSlow',
    signal: 'latency',
    when: { above: 1 },
    for: '15m',
    severity: 'warning',
    summary: { en: '5 of 100 requests to {item} take longer than {value}', zh: '{item} 有 5% 的请求耗时超过 {value}' },
    runbook: 'traced-service/slow',
    rationale: 'A second is what people wait without thinking of it. Tune it to the application.',
    clauses: ['S0:7.1.1.5.b/2'],
  },
  notCalled: {
    name: 'TracedServiceNotCalled',
    signal: 'isCalled',
    when: { equals: 0 },
    for: '30m',
    severity: 'warning',
    summary: { en: '{item} has had no request for three quarters of an hour', zh: '{item} 已四十五分钟没有请求' },
    runbook: 'traced-service/not-called',
    criticality: ['critical', 'high'],
    rationale:
      'What nobody can reach has no errors. Only for what is called around the clock; waive it for what rests at night.',
    clauses: ['S0:7.1.1.5.b/3'],
  },
  callerFailing: {
    name: 'TracedServiceCallerFailing',
    signal: 'callerErrors',
    when: { above: 0.1 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: '{value} of the requests of {client} to {item} fail',
      zh: '{client} 调用 {item} 的失败率为 {value}',
    },
    runbook: 'traced-service/errors',
    rationale: 'One caller may fail while all together look well: another version, another network, another account.',
    clauses: ['S0:7.1.1.5.b/1'],
  },
});
