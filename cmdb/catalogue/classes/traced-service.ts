import { choice, defineClass, networkName, optional, port, type Reading, text } from 'opsctl';
import { counter, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

type Writer = 'otel-collector' | 'tempo';

const ofSpan = ['span_name', 'span_kind', 'status_code'];
const ofEdge = ['client', 'server', 'connection_type'];
const graph = {
  traces_service_graph_request_total: counter(ofEdge),
  traces_service_graph_request_failed_total: counter(ofEdge),
  traces_service_graph_request_server_seconds_bucket: counter([...ofEdge, 'le']),
};
/** Of the connector: its unit of time is a setting, and milliseconds were the default for years. */
const collectorFacts = {
  traces_span_metrics_calls_total: counter(['service_name', ...ofSpan]),
  traces_span_metrics_duration_milliseconds_bucket: counter(['service_name', ...ofSpan, 'le']),
  traces_span_metrics_duration_seconds_bucket: counter(['service_name', ...ofSpan, 'le']),
  ...graph,
};
const tempoFacts = {
  traces_spanmetrics_calls_total: counter(['service', ...ofSpan]),
  traces_spanmetrics_latency_bucket: counter(['service', ...ofSpan, 'le']),
  ...graph,
};

/** Spans with which a request enters the service: those that it sends itself are of another service's time. */
const entering = 'span_kind=~"SPAN_KIND_(SERVER|CONSUMER)"';
const failed = 'status_code="STATUS_CODE_ERROR"';
/** Which labels spans have besides is set where they are counted, so what stays is named, not what goes. */
const own = 'item, class, tier, site, tenant, team, criticality, job, instance';

/**
 * An application whose traces are counted: its requests, failures and times by operation, and who calls it. The counting is
 * done by an OpenTelemetry Collector (connectors `spanmetrics` and `servicegraph`) or by Tempo (`metrics-generator`); names
 * from their documentation, not seen on real ones. One page has all services, and each item keeps what is its own, so a
 * page should not be shared by more than some fifty.
 */
export const tracedService = defineClass({
  id: 'traced-service',
  title: { en: 'Traced application', zh: '链路追踪应用' },
  attributes: {
    serviceName: text('The `service.name` of its spans.'),
    countedBy: optional(choice('Who counts the spans.', ['otel-collector', 'tempo']), 'otel-collector'),
    address: networkName('Of the collector that shows the counts, or of the Prometheus that Tempo writes them to.'),
    port: optional(port('Port there; 8889 of a collector is usual, and 9090 of a Prometheus.'), 8889),
  },
  sources: {
    collector: {
      kind: 'exporter',
      exporter: 'spanmetrics',
      interval: '30s',
      when: ({ countedBy = 'otel-collector' }) => countedBy === 'otel-collector',
      endpoint: ({ address, port: there = 8889 }) => `${address}:${there}`,
      sharedBy: ['service_name', 'server'],
      shareOf: ({ serviceName }) => serviceName,
    },
    tempo: {
      kind: 'exporter',
      exporter: 'tempo >=2.0',
      interval: '30s',
      when: ({ countedBy = 'otel-collector' }: { readonly countedBy?: Writer }) => countedBy === 'tempo',
      path: '/federate',
      params: { 'match[]': ['{__name__=~"traces_(spanmetrics|service_graph)_.+"}'] },
      endpoint: ({ address, port: there = 9090 }) => `${address}:${there}`,
      sharedBy: ['service', 'server'],
      shareOf: ({ serviceName }) => serviceName,
    },
  },
  signals: {
    up: {
      ...stateOf('Counts of its spans can be read', '可读取 Span 指标'),
      readings: {
        collector: { expression: (series) => series('up'), metrics: ['up'] },
        tempo: { expression: (series) => series('up'), metrics: ['up'] },
      },
    },
    requests: {
      ...lowIsBad('per-second', 'Requests', '请求速率'),
      readings: ofBoth(({ calls }) => `sum by (${own}) (rate(${calls(entering)}[5m]))`),
    },
    errorRatio: {
      ...highIsBad('ratio', 'Requests that fail', '请求失败率'),
      // Below one request in fifty seconds a single failure would be a rate.
      readings: ofBoth(
        ({ calls }) =>
          `(sum by (${own}) (rate(${calls(`${entering},${failed}`)}[5m])) or 0 * sum by (${own}) (rate(${calls(entering)}[5m]))) / (sum by (${own}) (rate(${calls(entering)}[5m])) > 0.02)`,
      ),
    },
    latency: {
      ...highIsBad('seconds', 'Time within which 95 of 100 requests end', '请求耗时 P95'),
      readings: ofBoth(({ quantile }) => quantile(0.95, own)),
    },
    isCalled: {
      ...stateOf('Called within a quarter of an hour', '一刻钟内有请求'),
      // Its series end some minutes after the last span, so none is ever zero.
      readings: ofBoth(
        ({ calls, up }) => `(sum by (${own}) (rate(${calls(entering)}[15m])) or on (item) 0 * ${up}) > bool 0`,
      ),
    },
    operationErrors: {
      ...highIsBad('ratio', 'Requests that fail, by operation', '各操作请求失败率'),
      partLabels: ['span_name'],
      readings: ofBoth(
        ({ calls }) =>
          `sum by (${own}, span_name) (rate(${calls(`${entering},${failed}`)}[5m])) / (sum by (${own}, span_name) (rate(${calls(entering)}[5m])) > 0.02)`,
      ),
    },
    operationLatency: {
      ...highIsBad('seconds', 'Time within which 95 of 100 end, by operation', '各操作耗时 P95'),
      partLabels: ['span_name'],
      readings: ofBoth(({ quantile }) => quantile(0.95, `${own}, span_name`)),
    },
    callerRequests: {
      ...lowIsBad('per-second', 'Requests, by who calls', '各调用方请求速率'),
      partLabels: ['client'],
      readings: ofGraph(
        (series) => `sum by (${own}, client) (rate(${series('traces_service_graph_request_total')}[5m]))`,
      ),
    },
    callerErrors: {
      ...highIsBad('ratio', 'Requests that fail, by who calls', '各调用方请求失败率'),
      partLabels: ['client'],
      readings: ofGraph(
        (series) =>
          `sum by (${own}, client) (rate(${series('traces_service_graph_request_failed_total')}[5m])) / (sum by (${own}, client) (rate(${series('traces_service_graph_request_total')}[5m])) > 0.02)`,
      ),
    },
    callerLatency: {
      ...highIsBad('seconds', 'Time within which 95 of 100 end, by who calls', '各调用方请求耗时 P95'),
      partLabels: ['client'],
      readings: ofGraph(
        (series) =>
          `histogram_quantile(0.95, sum by (${own}, client, le) (rate(${series('traces_service_graph_request_server_seconds_bucket')}[5m])))`,
      ),
    },
  },
});

/** What the two who count have in common, by their own names. */
interface Counted {
  readonly calls: (matchers: string) => string;
  /** Time within which a share of the requests ends, in seconds. */
  readonly quantile: (share: number, by: string) => string;
  readonly up: string;
}

function ofBoth(expression: (counted: Counted) => string): Readonly<Record<'collector' | 'tempo', Reading>> {
  return {
    collector: readingsBy(collectorFacts)((series) => {
      const seconds = series('traces_span_metrics_duration_seconds_bucket', entering);
      const milliseconds = series('traces_span_metrics_duration_milliseconds_bucket', entering);
      return expression({
        calls: (matchers) => series('traces_span_metrics_calls_total', matchers),
        quantile: (share, by) => `${quantileOf(share, by, seconds)} or ${quantileOf(share, by, milliseconds)} / 1000`,
        up: series('up'),
      });
    }),
    tempo: readingsBy(tempoFacts)((series) =>
      expression({
        calls: (matchers) => series('traces_spanmetrics_calls_total', matchers),
        quantile: (share, by) => quantileOf(share, by, series('traces_spanmetrics_latency_bucket', entering)),
        up: series('up'),
      }),
    ),
  };
}

function quantileOf(share: number, by: string, buckets: string): string {
  return `histogram_quantile(${share}, sum by (${by}, le) (rate(${buckets}[5m])))`;
}

/** Both who count write the graph with equal names. */
function ofGraph(
  expression: (series: (metric: keyof typeof graph) => string) => string,
): Readonly<Record<'collector' | 'tempo', Reading>> {
  const reading = readingsBy(graph)((series) => expression((metric) => series(metric)));
  return { collector: reading, tempo: reading };
}
