import { definePipeline, type Pipeline, steps } from 'opsctl';
import { type LogPlace, senderOf, testAt } from './log-place.ts';

/**
 * Requests of nginx by status and method, and how long they took. nginx has to write the time of a request behind its
 * usual format: `log_format timed '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent
 * "$http_referer" "$http_user_agent" $request_time';`. The exporter counts requests too, but neither errors nor time.
 */
export function nginxAccess({
  id = 'nginx-access',
  path = '/var/log/remote/{host}/nginx-access.log',
  ...place
}: LogPlace = {}): Pipeline {
  return definePipeline({
    id,
    title: { en: 'Requests of nginx', zh: 'nginx 访问' },
    with: place.with ?? 'mtail',
    from: { kind: 'files', path },
    ...senderOf(path),
    schema: {
      bytes: { type: 'number', unit: 'bytes' },
      seconds: { type: 'number', unit: 'seconds' },
    },
    steps: [
      steps.parse({
        as: 'regex',
        pattern:
          '^(?P<client>\\S+) \\S+ \\S+ \\[(?P<time>[^\\]]+)\\] "(?P<verb>[A-Z]+)? ?[^"]*" (?P<code>\\d{3}) (?P<bytes>\\d+) "[^"]*" "[^"]*" (?P<seconds>\\d+\\.\\d+)',
      }),
      steps.map({
        field: 'code',
        to: 'status',
        values: { '/^1/': '1xx', '/^2/': '2xx', '/^3/': '3xx', '/^4/': '4xx', '/^5/': '5xx' },
        otherwise: 'other',
      }),
      steps.map({
        field: 'verb',
        to: 'method',
        values: {
          GET: 'GET',
          POST: 'POST',
          PUT: 'PUT',
          DELETE: 'DELETE',
          HEAD: 'HEAD',
          OPTIONS: 'OPTIONS',
          PATCH: 'PATCH',
        },
        otherwise: 'other',
      }),
      steps.count({
        metric: 'nginx_log_requests_total',
        help: 'Requests by class of status and by method.',
        labels: ['status', 'method'],
      }),
      steps.count({ metric: 'nginx_log_response_bytes_total', help: 'Bytes of answers.', sum: 'bytes' }),
      steps.measure({
        metric: 'nginx_log_request_seconds',
        help: 'Time of requests, as nginx measures it.',
        field: 'seconds',
        buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
        // A connection that was upgraded lasts for hours and is no slow request.
        where: { not: { field: 'code', is: '101' } },
      }),
    ],
    alerts: [
      {
        name: 'NginxServerErrors',
        when: {
          share: { count: 'nginx_log_requests_total', where: { status: '5xx' } },
          of: { count: 'nginx_log_requests_total' },
          in: '5m',
          above: 0.05,
          atLeast: 100,
        },
        for: '5m',
        severity: 'warning',
        summary: { en: '{value} of requests to {item} fail', zh: '{item} 有 {value} 的请求失败' },
        runbook: 'logs/nginx-server-errors',
        samples: {
          bad: { 'nginx_log_requests_total{status="5xx"}': '1/s', 'nginx_log_requests_total{status="2xx"}': '9/s' },
          good: {
            'nginx_log_requests_total{status="5xx"}': '0.01/s',
            'nginx_log_requests_total{status="2xx"}': '10/s',
          },
        },
        rationale:
          'One in twenty is more than a deployment of one instance makes; below a hundred requests one slow client decides.',
        clauses: ['S0:7.1.1.5.c/3'],
      },
      {
        name: 'NginxMostlyFailing',
        when: {
          share: { count: 'nginx_log_requests_total', where: { status: '5xx' } },
          of: { count: 'nginx_log_requests_total' },
          in: '5m',
          above: 0.5,
          atLeast: 20,
        },
        for: '2m',
        severity: 'critical',
        summary: { en: '{value} of requests to {item} fail', zh: '{item} 有 {value} 的请求失败' },
        runbook: 'logs/nginx-server-errors',
        samples: {
          bad: { 'nginx_log_requests_total{status="5xx"}': '8/s', 'nginx_log_requests_total{status="2xx"}': '2/s' },
          good: {
            'nginx_log_requests_total{status="5xx"}': '0.01/s',
            'nginx_log_requests_total{status="2xx"}': '10/s',
          },
        },
        rationale: 'Half of all: what is behind is down, and users see it.',
        clauses: ['S0:7.1.1.5.c/3'],
      },
      {
        name: 'NginxRequestsSlow',
        when: { quantile: 0.95, of: { count: 'nginx_log_request_seconds' }, in: '10m', above: 2.5 },
        for: '10m',
        severity: 'warning',
        summary: {
          en: 'One in twenty requests to {item} takes {value} or more',
          zh: '{item} 每二十个请求有一个耗时超过 {value}',
        },
        runbook: 'logs/nginx-slow',
        rationale: 'People leave after three seconds; ten minutes leave out one slow report.',
        clauses: ['S0:7.1.1.5.c/3'],
      },
    ],
    tests: [
      testAt(path, {
        name: 'requests are counted by class of status, bytes added up, time put into buckets',
        lines: [
          '10.2.0.7 - - [21/Nov/2026:10:00:00 +0800] "GET /orders HTTP/1.1" 200 512 "-" "Mozilla/5.0" 0.050',
          '10.2.0.7 - li [21/Nov/2026:10:00:01 +0800] "POST /orders HTTP/1.1" 201 64 "https://mes.example/" "Mozilla/5.0" 0.200',
          '10.2.0.8 - - [21/Nov/2026:10:00:02 +0800] "GET /report HTTP/1.1" 504 160 "-" "curl/8" 60.001',
          '10.2.0.9 - - [21/Nov/2026:10:00:03 +0800] "PROPFIND / HTTP/1.1" 405 150 "-" "-" 0.000',
          '10.2.0.9 - - [21/Nov/2026:10:00:04 +0800] "GET /ws HTTP/1.1" 101 10 "-" "-" 3600.000',
          '10.2.0.9 - - [21/Nov/2026:10:00:05 +0800] "" 400 0 "-" "-" 0.000',
          '10.2.0.9 - - [21/Nov/2026:10:00:06 +0800] "GET / HTTP/1.1" 200 5 "-" "-"',
        ],
        metrics: {
          'nginx_log_requests_total{method="GET",sender="srv-1",status="2xx"}': 1,
          'nginx_log_requests_total{method="POST",sender="srv-1",status="2xx"}': 1,
          'nginx_log_requests_total{method="GET",sender="srv-1",status="5xx"}': 1,
          'nginx_log_requests_total{method="other",sender="srv-1",status="4xx"}': 2,
          'nginx_log_requests_total{method="GET",sender="srv-1",status="1xx"}': 1,
          'nginx_log_response_bytes_total{sender="srv-1"}': 896,
          'nginx_log_request_seconds_count{sender="srv-1"}': 5,
        },
      }),
    ],
    clauses: ['S0:7.1.1.5.c/1', 'S0:7.1.1.5.c/2'],
  });
}
