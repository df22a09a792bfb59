import { choice, defineClass, flag, httpUrl, integer, networkName, optional, port, type Signal, text } from 'opsctl';
import { fingerprint } from './fingerprint.ts';

/** Whatever is probed is watched by something that may fail itself. */
const probed: Signal = {
  title: { en: 'Prober answers', zh: '探测器应答' },
  unit: 'boolean',
  direction: 'state',
  from: 'probe',
  // Without the blackbox exporter there is no `probe_success` at all, neither 0 nor 1.
  expression: (series) => series('up'),
  metrics: ['up'],
};

/** Of whatever may stand behind TLS. */
const certificateTimeLeft: Signal = {
  title: { en: 'Certificate valid for', zh: '证书剩余有效期' },
  unit: 'seconds',
  direction: 'low-is-bad',
  from: 'probe',
  expression: (series) => `${series('probe_ssl_earliest_cert_expiry')} - time()`,
  // Present only behind TLS.
  metrics: [],
};

/** Something that answers HTTP, watched from outside by the blackbox exporter. */
export const httpEndpoint = defineClass({
  id: 'http-endpoint',
  title: { en: 'HTTP endpoint', zh: 'HTTP 服务端点' },
  attributes: {
    url: httpUrl('What is asked for, such as `https://mes.example.com/healthz`.'),
    expectedStatus: optional(integer('The one right answer; absent: any 2xx.', { minimum: 100, maximum: 599 })),
    method: optional(choice('HTTP method.', ['GET', 'HEAD']), 'GET'),
    bodyPattern: optional(text('Regular expression (RE2) that the body must match.')),
    insecureTls: optional(flag('Accept a certificate that nobody vouches for; for plant devices.'), false),
  },
  conflicts: [
    {
      when: { method: 'HEAD' },
      without: 'bodyPattern',
      because: 'The answer to HEAD has no body that could match it.',
    },
  ],
  sources: {
    probe: {
      kind: 'probe',
      interval: '30s',
      endpoint: ({ url }) => url,
      module: ({ expectedStatus, method = 'GET', bodyPattern, insecureTls = false }) => ({
        name: httpModuleName({ expectedStatus, method, bodyPattern, insecureTls }),
        settings: {
          prober: 'http',
          timeout: '10s',
          http: {
            method,
            preferred_ip_protocol: 'ip4',
            ...(expectedStatus === undefined ? {} : { valid_status_codes: [expectedStatus] }),
            ...(bodyPattern === undefined ? {} : { fail_if_body_not_matches_regexp: [bodyPattern] }),
            ...(insecureTls ? { tls_config: { insecure_skip_verify: true } } : {}),
          },
        },
      }),
    },
  },
  signals: {
    up: {
      title: { en: 'Answers as expected', zh: '应答正常' },
      unit: 'boolean',
      direction: 'state',
      from: 'probe',
      expression: (series) => series('probe_success'),
      metrics: ['probe_success'],
    },
    probed,
    duration: {
      title: { en: 'Time to answer', zh: '应答时间' },
      unit: 'seconds',
      direction: 'high-is-bad',
      from: 'probe',
      expression: (series) => `avg_over_time(${series('probe_duration_seconds')}[5m])`,
      metrics: ['probe_duration_seconds'],
    },
    statusCode: {
      title: { en: 'HTTP status', zh: 'HTTP 状态码' },
      unit: 'count',
      direction: 'state',
      from: 'probe',
      expression: (series) => series('probe_http_status_code'),
      metrics: ['probe_http_status_code'],
    },
    certificateTimeLeft,
  },
});

/** A TCP port that must accept connections, watched from outside by the blackbox exporter. */
export const tcpService = defineClass({
  id: 'tcp-service',
  title: { en: 'TCP service', zh: 'TCP 服务' },
  attributes: {
    address: networkName('DNS name or IP address.'),
    port: port('Port that accepts connections.'),
    tls: optional(flag('The connection is TLS.'), false),
  },
  sources: {
    probe: {
      kind: 'probe',
      interval: '30s',
      endpoint: (attributes) => `${attributes.address}:${attributes.port}`,
      module: ({ tls = false }) => ({
        name: tls ? 'tcp_tls' : 'tcp_connect',
        settings: {
          prober: 'tcp',
          timeout: '5s',
          tcp: { preferred_ip_protocol: 'ip4', ...(tls ? { tls: true } : {}) },
        },
      }),
    },
  },
  signals: {
    up: {
      title: { en: 'Accepts connections', zh: '可建立连接' },
      unit: 'boolean',
      direction: 'state',
      from: 'probe',
      expression: (series) => series('probe_success'),
      metrics: ['probe_success'],
    },
    probed,
    duration: {
      title: { en: 'Time to connect', zh: '连接时间' },
      unit: 'seconds',
      direction: 'high-is-bad',
      from: 'probe',
      expression: (series) => `avg_over_time(${series('probe_duration_seconds')}[5m])`,
      metrics: ['probe_duration_seconds'],
    },
    certificateTimeLeft,
  },
});

interface HttpModuleOptions {
  readonly expectedStatus: number | undefined;
  readonly method: string;
  readonly bodyPattern: string | undefined;
  readonly insecureTls: boolean;
}

/** A name that says what is expected: `http_get_2xx`, `http_head_204_insecure`. A pattern adds its own fingerprint. */
function httpModuleName({ expectedStatus, method, bodyPattern, insecureTls }: HttpModuleOptions): string {
  const parts = ['http', method.toLowerCase(), String(expectedStatus ?? '2xx')];
  if (bodyPattern !== undefined) parts.push(`body${fingerprint(bodyPattern)}`);
  if (insecureTls) parts.push('insecure');
  return parts.join('_');
}
