import { definePipeline, type Pipeline, type Sink, steps } from 'opsctl';
import { type LogPlace, senderOf, testAt } from './log-place.ts';

/**
 * Errors of Java programs as Logback and Log4j write them (`2026-11-21 10:00:00,123 ERROR ...`), with their stack traces.
 * With a `store`, records are shipped there, and numbers of people and tokens written over before.
 */
export function javaErrors({
  id = 'java-errors',
  path = '/var/log/remote/{host}/java.log',
  store,
  ...place
}: LogPlace & { readonly store?: Sink } = {}): Pipeline {
  const backend = place.with ?? 'vector';
  return definePipeline({
    id,
    title: { en: 'Errors of Java programs', zh: 'Java 应用错误' },
    with: backend,
    from: { kind: 'files', path },
    ...senderOf(path),
    steps: [
      steps.join({
        startsWith: '^\\d{4}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}:\\d{2}|^Exception in thread',
        // mtail sees one line at a time: there, a problem is only found in the first.
        take: backend === 'mtail' ? 'first-line' : 'all',
      }),
      steps.parse({ as: 'regex', pattern: '^(?P<head>[^\\n]*)' }),
      steps.map({
        field: 'head',
        to: 'level',
        values: { '/\\bWARN\\b/': 'warn', '/\\b(ERROR|SEVERE|FATAL)\\b/': 'error', '/^Exception in thread/': 'error' },
        otherwise: 'other',
      }),
      steps.map({
        field: backend === 'mtail' ? 'head' : 'message',
        to: 'problem',
        values: {
          '/(SQLException|CannotGetJdbcConnection|JDBCConnectionException)/': 'database',
          '/(ConnectException|SocketTimeoutException|UnknownHostException|NoRouteToHost)/': 'network',
          '/(StackOverflowError)/': 'stack-overflow',
          '/(OutOfMemoryError)/': 'out-of-memory',
        },
        otherwise: 'other',
      }),
      steps.count({
        metric: 'java_log_records_total',
        help: 'Records of Java programs.',
        labels: ['level', 'problem'],
      }),
      ...(store === undefined
        ? []
        : [
            steps.redact({ fields: ['message', 'head'], what: ['token', 'id-card', 'bank-card', 'phone', 'email'] }),
            steps.ship({ to: 'store', where: { not: { field: 'level', is: 'other' } } }),
          ]),
    ],
    ...(store === undefined ? {} : { sinks: { store } }),
    alerts: [
      {
        name: 'JavaOutOfMemory',
        when: { count: 'java_log_records_total', where: { problem: 'out-of-memory' }, in: '15m', above: 0 },
        for: '0s',
        severity: 'critical',
        summary: { en: 'A Java program at {item} ran out of memory', zh: '{item} 上的 Java 应用内存溢出' },
        runbook: 'logs/java-out-of-memory',
        rationale:
          'After it, threads are missing and the program is in no known state, even where it goes on: it has to be restarted.',
        clauses: ['S0:7.1.1.5.c/3'],
      },
      {
        name: 'JavaErrorsMany',
        when: { count: 'java_log_records_total', where: { level: 'error' }, in: '10m', above: 50 },
        for: '5m',
        severity: 'warning',
        summary: {
          en: '{value} errors of Java programs at {item} within 10 minutes',
          zh: '{item} 的 Java 应用 10 分钟内有 {value} 条错误',
        },
        runbook: 'logs/java-errors',
        rationale:
          'A few errors an hour are usual; five a minute for a quarter of an hour is something that is broken.',
        clauses: ['S0:7.1.1.5.c/3'],
      },
    ],
    tests: [
      testAt(path, {
        name: 'a stack trace is one record, and its cause is found',
        lines: [
          '2026-11-21 10:00:00,123 INFO  [main] com.example.Mes - started',
          '2026-11-21 10:00:01,456 ERROR [http-1] com.example.Orders - order 4711 failed OutOfMemoryError',
          'java.lang.OutOfMemoryError: Java heap space',
          '\tat com.example.Orders.load(Orders.java:42)',
          '2026-11-21 10:00:02,000 WARN  [http-2] com.example.Orders - ConnectException, trying again',
          'Exception in thread "main" java.lang.IllegalStateException: no licence',
          '\tat com.example.Mes.main(Mes.java:7)',
        ],
        metrics: {
          'java_log_records_total{level="other",problem="other",sender="srv-1"}': 1,
          'java_log_records_total{level="error",problem="out-of-memory",sender="srv-1"}': 1,
          'java_log_records_total{level="warn",problem="network",sender="srv-1"}': 1,
          'java_log_records_total{level="error",problem="other",sender="srv-1"}': 1,
        },
      }),
    ],
    clauses: ['S0:7.1.1.5.c/1', 'S0:7.1.1.5.c/2'],
  });
}
