import { choice, defineClass, flag, networkName, optional, port, text } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { fingerprint } from './fingerprint.ts';
import { gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

const read = readingsBy({
  probe_success: gauge(),
  probe_icmp_duration_seconds: gauge(['phase']),
  probe_dns_duration_seconds: gauge(['phase']),
  probe_dns_answer_rrs: gauge(),
  probe_grpc_duration_seconds: gauge(['phase'], { since: '0.21' }),
  probe_grpc_status_code: gauge([], { since: '0.21' }),
  probe_ssl_earliest_cert_expiry: gauge(),
});

const probed = { ...exporterAnswers('probe'), title: { en: 'Prober answers', zh: '探测器应答' } };

/**
 * A way through the network to a place, such as the line to a plant: whether an echo comes back, how many are lost and how
 * long they take. The prober needs leave to send ICMP (`CAP_NET_RAW`, or `net.ipv4.ping_group_range`).
 */
export const networkPath = defineClass({
  id: 'network-path',
  title: { en: 'Network path', zh: '网络链路' },
  attributes: {
    address: networkName('What answers at the far end: the router of the site rather than a server behind it.'),
    carrier: optional(text('Who runs the line, with the number of the circuit.')),
  },
  sources: {
    probe: {
      kind: 'probe',
      interval: '15s',
      endpoint: ({ address }) => address,
      module: () => ({
        name: 'icmp_echo',
        settings: { prober: 'icmp', timeout: '5s', icmp: { preferred_ip_protocol: 'ip4' } },
      }),
    },
  },
  signals: {
    // One echo that is lost is no outage: loss is told apart.
    up: {
      ...stateOf('Far end answers', '对端应答'),
      from: 'probe',
      ...read((series) => `max_over_time(${series('probe_success')}[1m])`),
    },
    probed,
    loss: {
      ...highIsBad('ratio', 'Echoes lost (10 min)', '丢包率(10 分钟)'),
      from: 'probe',
      ...read((series) => `1 - avg_over_time(${series('probe_success')}[10m])`),
    },
    roundTrip: {
      ...highIsBad('seconds', 'Time there and back', '往返时间'),
      from: 'probe',
      ...read((series) => `avg_over_time(${series('probe_icmp_duration_seconds', 'phase="rtt"')}[5m])`),
    },
  },
});

/** A name that a name server must know, asked of that very server. */
export const dnsName = defineClass({
  id: 'dns-name',
  title: { en: 'DNS name', zh: 'DNS 解析' },
  attributes: {
    server: networkName('Name server that is asked.'),
    port: optional(port('Port of the server.'), 53),
    name: networkName('Name that is asked for.'),
    type: optional(choice('Type of the record.', ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'SOA', 'SRV', 'TXT']), 'A'),
    transport: optional(choice('How it is asked.', ['udp', 'tcp']), 'udp'),
    answerPattern: optional(
      text('Regular expression (RE2) that one record of the answer must match: `10[.]1[.]2[.]3`.'),
    ),
  },
  sources: {
    probe: {
      kind: 'probe',
      interval: '30s',
      endpoint: ({ server, port: at = 53 }) => `${server}:${at}`,
      module: ({ name, type = 'A', transport = 'udp', answerPattern }) => ({
        name: `dns_${fingerprint([name, type, transport, answerPattern ?? ''].join('\n'))}`,
        settings: {
          prober: 'dns',
          timeout: '5s',
          dns: {
            query_name: name,
            query_type: type,
            transport_protocol: transport,
            preferred_ip_protocol: 'ip4',
            valid_rcodes: ['NOERROR'],
            ...(answerPattern === undefined
              ? {}
              : { validate_answer_rrs: { fail_if_none_matches_regexp: [answerPattern] } }),
          },
        },
      }),
    },
  },
  signals: {
    up: { ...stateOf('Answered as expected', '解析正常'), from: 'probe', ...read((series) => series('probe_success')) },
    probed,
    duration: {
      ...highIsBad('seconds', 'Time to answer', '解析时间'),
      from: 'probe',
      ...read((series) => `avg_over_time(${series('probe_dns_duration_seconds', 'phase="request"')}[5m])`),
    },
    answers: {
      ...lowIsBad('count', 'Records in the answer', '应答记录数'),
      from: 'probe',
      ...read((series) => series('probe_dns_answer_rrs')),
    },
  },
});

/** A gRPC service, asked by the health protocol of gRPC. */
export const grpcService = defineClass({
  id: 'grpc-service',
  title: { en: 'gRPC service', zh: 'gRPC 服务' },
  attributes: {
    address: networkName('DNS name or IP address.'),
    port: port('Port of the service.'),
    service: optional(text('Which service is asked for; absent: the server as a whole.')),
    tls: optional(flag('The connection is TLS.'), false),
    insecureTls: optional(flag('Accept a certificate that nobody vouches for.'), false),
  },
  sources: {
    probe: {
      kind: 'probe',
      interval: '30s',
      endpoint: (attributes) => `${attributes.address}:${attributes.port}`,
      module: ({ service, tls = false, insecureTls = false }) => ({
        name: `grpc_${fingerprint(JSON.stringify([service ?? '', tls, insecureTls]))}`,
        settings: {
          prober: 'grpc',
          timeout: '5s',
          grpc: {
            preferred_ip_protocol: 'ip4',
            ...(service === undefined ? {} : { service }),
            ...(tls ? { tls: true } : {}),
            ...(insecureTls ? { tls_config: { insecure_skip_verify: true } } : {}),
          },
        },
      }),
    },
  },
  signals: {
    up: {
      ...stateOf('Says that it serves', '健康检查正常'),
      from: 'probe',
      ...read((series) => series('probe_success')),
    },
    probed,
    duration: {
      ...highIsBad('seconds', 'Time to answer', '应答时间'),
      from: 'probe',
      ...read((series) => `avg_over_time(${series('probe_grpc_duration_seconds', 'phase="check"')}[5m])`),
    },
    statusCode: {
      ...stateOf('gRPC status', 'gRPC 状态码'),
      unit: 'count',
      from: 'probe',
      ...read((series) => series('probe_grpc_status_code')),
    },
    certificateTimeLeft: {
      ...lowIsBad('seconds', 'Certificate valid for', '证书剩余有效期'),
      from: 'probe',
      // Present only with TLS.
      expression: (series) => `${series('probe_ssl_earliest_cert_expiry')} - time()`,
      metrics: [],
    },
  },
});

const collector = '--collector.textfile.directory';
const journey = readingsBy({
  journey_last_run_timestamp_seconds: gauge(['journey'], { collector }),
  journey_success: gauge(['journey'], { collector }),
  journey_duration_seconds: gauge(['journey'], { collector }),
});

/**
 * Journeys that a browser makes through an application, as a person would. The script (Playwright, Selenium) is the
 * application's; when a run ends it writes a text file for node_exporter:
 *
 * ```text
 * journey_last_run_timestamp_seconds{journey="order"} 1.7e9
 * journey_success{journey="order"} 1
 * journey_duration_seconds{journey="order"} 12.4
 * ```
 */
export const browserJourney = defineClass({
  id: 'browser-journey',
  title: { en: 'Browser journeys', zh: '浏览器拨测' },
  attributes: {
    address: networkName('DNS name or IP address of the machine that the browser runs on.'),
    nodeExporterPort: optional(port('Port of node_exporter.'), 9100),
  },
  sources: {
    textfile: {
      kind: 'exporter',
      exporter: 'node_exporter >=1.3',
      interval: '60s',
      params: { 'collect[]': ['textfile'] },
      endpoint: ({ address, nodeExporterPort = 9100 }) => `${address}:${nodeExporterPort}`,
    },
  },
  signals: {
    up: { ...stateOf('Results are read', '结果可读'), from: 'textfile', ...journey((series) => series('up')) },
    succeeded: {
      ...stateOf('Came to its end', '流程完成'),
      from: 'textfile',
      ...journey((series) => series('journey_success')),
      partLabels: ['journey'],
    },
    duration: {
      ...highIsBad('seconds', 'Time of a journey', '流程耗时'),
      from: 'textfile',
      ...journey((series) => `avg_over_time(${series('journey_duration_seconds')}[30m])`),
      partLabels: ['journey'],
    },
    sinceRun: {
      ...highIsBad('seconds', 'Since the last run', '距上次运行'),
      from: 'textfile',
      ...journey((series) => `time() - ${series('journey_last_run_timestamp_seconds')}`),
      partLabels: ['journey'],
    },
  },
});
