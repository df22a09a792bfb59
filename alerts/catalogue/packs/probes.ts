import { defineAlertPack } from 'opsctl';
import { browserJourney, dnsName, grpcService, networkPath } from 'opsctl/cmdb';

const reachable = ['S0:7.1.1.2.b', 'S0:7.1.1.2.b/2', 'S1:7.4.1.1.a'];
const path = ['S0:7.1.1.2.b', 'S0:7.1.1.2.b/4'];
const state = ['S0:7.1.1.5.a', 'S0:7.1.1.5.a/1', 'S1:7.4.1.1.a'];
const latency = ['S0:7.1.1.5.a', 'S0:7.1.1.5.a/2'];
const day = 86_400;

const notProbed = {
  signal: 'probed',
  when: { equals: 0 },
  for: '5m',
  severity: 'critical',
  summary: {
    en: '{item} at {site} is not watched: the prober gives no result',
    zh: '{site} 的 {item} 失去监视:探测器未给出结果',
  },
  runbook: 'endpoint/not-probed',
  rationale: 'Without results no outage is told; five minutes are longer than a restart of the exporter.',
} as const;

/** Alerts of ways through the network. */
export const networkPathAlerts = defineAlertPack(networkPath, {
  down: {
    name: 'NetworkPathDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    meansDown: true,
    supersedes: 'lossy',
    summary: { en: 'Nothing answers at the end of {item} at {site}', zh: '{site} 的链路 {item} 对端无应答' },
    runbook: 'network-path/down',
    rationale: 'Not one of twelve echoes. Routes change within a minute; alerts of what lies behind are held back.',
    clauses: reachable,
  },
  notProbed: { name: 'NetworkPathNotProbed', ...notProbed, clauses: reachable },
  lossy: {
    name: 'NetworkPathLossy',
    signal: 'loss',
    when: { above: 0.05 },
    for: '10m',
    severity: 'warning',
    summary: { en: '{item} loses {value} of the echoes', zh: '链路 {item} 丢包率 {value}' },
    runbook: 'network-path/poor',
    rationale:
      'Two echoes of forty over ten minutes, for ten more. From five in a hundred on, transfers crawl and calls break up.',
    clauses: path,
  },
  slow: {
    name: 'NetworkPathSlow',
    signal: 'roundTrip',
    when: { above: 0.15 },
    for: '15m',
    severity: 'warning',
    summary: { en: '{item} takes {value} there and back', zh: '链路 {item} 往返时间 {value}' },
    runbook: 'network-path/poor',
    rationale:
      'Lines within a country take 10 to 60 ms; above this a detour is taken or a queue is full. For satellites tune it to 0.8.',
    clauses: path,
  },
});

/** Alerts of names. */
export const dnsNameAlerts = defineAlertPack(dnsName, {
  down: {
    name: 'DnsNameDown',
    signal: 'up',
    when: { equals: 0 },
    for: '3m',
    severity: 'critical',
    summary: { en: 'Name {item} at {site} is not answered as expected', zh: '{site} 的域名 {item} 解析异常' },
    runbook: 'dns-name/down',
    rationale: 'Six questions. Clients ask another server after seconds, where there is one.',
    clauses: state,
  },
  notProbed: { name: 'DnsNameNotProbed', ...notProbed, clauses: state },
  slow: {
    name: 'DnsNameSlow',
    signal: 'duration',
    when: { above: 0.5 },
    for: '10m',
    severity: 'warning',
    summary: { en: 'Name {item} takes {value} to be answered', zh: '域名 {item} 解析时间 {value}' },
    runbook: 'dns-name/down',
    rationale: 'Milliseconds are usual, and each page asks for many names.',
    clauses: latency,
  },
});

/** Alerts of gRPC services. */
export const grpcServiceAlerts = defineAlertPack(grpcService, {
  down: {
    name: 'GrpcServiceDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    meansDown: true,
    summary: {
      en: 'gRPC service {item} at {site} does not say that it serves',
      zh: '{site} 的 gRPC 服务 {item} 健康检查异常',
    },
    runbook: 'grpc/down',
    rationale: 'Four probes; a rolling update keeps one replica serving.',
    clauses: state,
  },
  notProbed: { name: 'GrpcServiceNotProbed', ...notProbed, clauses: state },
  slow: {
    name: 'GrpcServiceSlow',
    signal: 'duration',
    when: { above: 1 },
    for: '10m',
    severity: 'warning',
    summary: { en: 'gRPC service {item} takes {value} to answer', zh: 'gRPC 服务 {item} 应答时间 {value}' },
    runbook: 'grpc/down',
    rationale: 'A health check does no work; a second means that it waits behind work that hangs.',
    clauses: latency,
  },
  certificateExpiring: {
    name: 'GrpcCertificateExpiring',
    signal: 'certificateTimeLeft',
    when: { below: 21 * day },
    for: '1h',
    severity: 'warning',
    summary: { en: 'The certificate of {item} ends in {value}', zh: '{item} 的证书将在 {value} 后到期' },
    runbook: 'endpoint/certificate-expiring',
    rationale: 'Three weeks are enough for a certificate that somebody has to ask for.',
    clauses: state,
  },
  certificateAboutToExpire: {
    name: 'GrpcCertificateAboutToExpire',
    signal: 'certificateTimeLeft',
    when: { below: 3 * day },
    for: '5m',
    severity: 'critical',
    supersedes: 'certificateExpiring',
    summary: { en: 'The certificate of {item} ends in {value}', zh: '{item} 的证书将在 {value} 后到期' },
    runbook: 'endpoint/certificate-expiring',
    rationale: 'Past a weekend, and every client refuses the connection at once.',
    clauses: state,
  },
});

/** Alerts of browser journeys. */
export const browserJourneyAlerts = defineAlertPack(browserJourney, {
  unread: {
    name: 'BrowserJourneysUnread',
    signal: 'up',
    when: { equals: 0 },
    for: '10m',
    severity: 'warning',
    summary: { en: 'The results of the journeys of {item} cannot be read', zh: '{item} 的拨测结果无法读取' },
    runbook: 'journey/not-run',
    rationale: 'The application may be well; nobody travels through it any more.',
    clauses: state,
  },
  failed: {
    name: 'BrowserJourneyFailed',
    signal: 'succeeded',
    when: { equals: 0 },
    for: '10m',
    severity: 'critical',
    summary: {
      en: 'Journey {journey} of {item} at {site} does not come to its end',
      zh: '{site} 的 {item} 拨测流程 {journey} 失败',
    },
    runbook: 'journey/failed',
    rationale:
      'At least two runs in a row where it runs every five minutes: one may stumble over a page that was slow.',
    clauses: state,
  },
  slow: {
    name: 'BrowserJourneySlow',
    signal: 'duration',
    when: { above: 60 },
    for: '15m',
    severity: 'warning',
    summary: { en: 'Journey {journey} of {item} takes {value}', zh: '{item} 的拨测流程 {journey} 耗时 {value}' },
    runbook: 'journey/failed',
    rationale: 'A journey of ten pages takes twenty seconds. Tune it to twice of what each takes on a good day.',
    clauses: latency,
  },
  notRun: {
    name: 'BrowserJourneyNotRun',
    signal: 'sinceRun',
    when: { above: 3600 },
    for: '5m',
    severity: 'warning',
    summary: {
      en: 'Journey {journey} of {item} was last made {value} ago',
      zh: '{item} 的拨测流程 {journey} 距上次运行已 {value}',
    },
    runbook: 'journey/not-run',
    rationale: 'What it says last stays as it was, good or bad: an hour is twelve runs of the usual five minutes.',
    clauses: state,
  },
});
