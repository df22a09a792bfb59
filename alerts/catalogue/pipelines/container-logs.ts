import { definePipeline, type Pipeline, type Sink, steps } from 'opsctl';

/**
 * Logs of the containers of a Kubernetes cluster, read on each node by the OpenTelemetry Collector from the files that
 * the kubelet writes (CRI): `<time> <stdout|stderr> <F|P> <text>`. Everything is of the one item that is the cluster.
 */
export function containerLogs({
  id = 'container-logs',
  store,
}: {
  readonly id?: string;
  readonly store?: Sink;
} = {}): Pipeline {
  return definePipeline({
    id,
    title: { en: 'Logs of containers', zh: '容器日志' },
    with: 'otelcol',
    from: { kind: 'files', path: '/var/log/pods/{namespace}_{pod}_{uid}/{container}/*.log' },
    schema: {
      namespace: { atMost: 100, because: 'Namespaces are made by operators, one for each application and stage.' },
    },
    steps: [
      steps.parse({
        as: 'regex',
        pattern: '^(?P<time>\\S+) (?P<stream>stdout|stderr) (?P<part>[FP]) (?P<message>.*)$',
      }),
      steps.map({
        field: 'message',
        to: 'level',
        values: {
          '/(?i)\\bwarn(ing)?\\b/': 'warn',
          '/(?i)\\b(error|fatal|panic|critical)\\b/': 'error',
          '/(?i)"?level"?[=:] ?"?info/': 'other',
        },
        otherwise: 'other',
      }),
      steps.count({
        metric: 'container_log_records_total',
        help: 'Records of containers.',
        labels: ['namespace', 'stream', 'level'],
      }),
      ...(store === undefined
        ? []
        : [
            steps.redact({ fields: ['message'], what: ['token', 'id-card', 'bank-card', 'phone', 'email'] }),
            steps.remove({ fields: ['uid', 'part'] }),
            steps.ship({ to: 'store' }),
          ]),
    ],
    ...(store === undefined ? {} : { sinks: { store } }),
    alerts: [
      {
        name: 'ContainerErrorsMany',
        when: {
          count: 'container_log_records_total',
          where: { level: 'error' },
          by: ['namespace'],
          in: '10m',
          above: 300,
        },
        for: '10m',
        severity: 'warning',
        summary: {
          en: '{value} errors in the namespace {namespace} of {item} within 10 minutes',
          zh: '{item} 的命名空间 {namespace} 10 分钟内有 {value} 条错误日志',
        },
        runbook: 'logs/container-errors',
        rationale:
          'One container in a crash loop writes some tens; hundreds for twenty minutes is a service that fails for its users.',
        clauses: ['S0:7.1.1.5.c/3'],
      },
    ],
    tests: [
      {
        name: 'records are counted by namespace and level',
        path: '/var/log/pods/mes_orders-7d9c_1b2c/orders/0.log',
        lines: [
          '2026-11-21T10:00:00.123456789+08:00 stdout F {"level":"info","msg":"no error"}',
          '2026-11-21T10:00:01.123456789+08:00 stderr F panic: runtime error: index out of range',
          '2026-11-21T10:00:02.123456789+08:00 stdout F WARN retrying',
          'not of a container',
        ],
        metrics: {
          'container_log_records_total{level="other",namespace="mes",stream="stdout"}': 1,
          'container_log_records_total{level="error",namespace="mes",stream="stderr"}': 1,
          'container_log_records_total{level="warn",namespace="mes",stream="stdout"}': 1,
        },
      },
    ],
    clauses: ['S0:7.1.1.5.c/1', 'S0:7.1.1.5.c/2'],
  });
}
