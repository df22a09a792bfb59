import { defineAlertPack } from 'opsctl';
import { httpEndpoint, tcpService } from 'opsctl/cmdb';

const day = 86_400;

// What HTTP endpoints and TCP services have in common, but for the names.

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
  clauses: ['S0:7.1.1.5.a/1', 'S1:7.4.1.1.a'],
} as const;

const certificateExpiring = {
  signal: 'certificateTimeLeft',
  when: { below: 21 * day },
  for: '1h',
  severity: 'warning',
  summary: { en: 'The certificate of {item} is valid for {value} more', zh: '{item} 的证书还有 {value} 到期' },
  runbook: 'endpoint/certificate-expiring',
  rationale: 'Three weeks: enough for a change through the board. Renewal by machine happens before day 30.',
  clauses: ['S0:7.1.1.5.a/2'],
} as const;

const certificateExpired = {
  signal: 'certificateTimeLeft',
  when: { below: 3 * day },
  for: '5m',
  severity: 'critical',
  supersedes: 'certificateExpiring',
  summary: { en: 'The certificate of {item} is valid for only {value}', zh: '{item} 的证书仅剩 {value} 有效期' },
  runbook: 'endpoint/certificate-expiring',
  rationale: 'A weekend is shorter than three days: whoever is on duty must act.',
  clauses: ['S0:7.1.1.5.a/2'],
} as const;

/** Alerts of HTTP endpoints, their certificates included. */
export const httpEndpointAlerts = defineAlertPack(httpEndpoint, {
  down: {
    name: 'HttpEndpointDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    meansDown: true,
    supersedes: 'slow',
    summary: { en: '{item} at {site} does not answer as expected', zh: '{site} 的 {item} 未按预期应答' },
    runbook: 'endpoint/http-down',
    rationale: 'Four failed probes in a row; a rolling restart is shorter.',
    clauses: ['S0:7.1.1.5.a/1', 'S1:7.4.1.1.a'],
  },
  notProbed: { name: 'HttpEndpointNotProbed', ...notProbed },
  slow: {
    name: 'HttpEndpointSlow',
    signal: 'duration',
    when: { above: 2 },
    for: '10m',
    severity: 'warning',
    summary: { en: '{item} takes {value} to answer', zh: '{item} 的应答时间为 {value}' },
    runbook: 'endpoint/slow',
    rationale: 'People notice two seconds; the mean over five minutes hides single slow answers on purpose.',
    clauses: ['S0:7.1.1.5.a/2'],
  },
  certificateExpiring: { name: 'HttpCertificateExpiring', ...certificateExpiring },
  certificateExpired: { name: 'HttpCertificateAboutToExpire', ...certificateExpired },
});

/** Alerts of TCP services, and of the certificates of those behind TLS. */
export const tcpServiceAlerts = defineAlertPack(tcpService, {
  down: {
    name: 'TcpServiceDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    meansDown: true,
    supersedes: 'slow',
    summary: { en: '{item} at {site} accepts no connections', zh: '{site} 的 {item} 无法建立连接' },
    runbook: 'endpoint/tcp-down',
    rationale: 'Four failed probes in a row.',
    clauses: ['S0:7.1.1.5.a/1', 'S1:7.4.1.1.a'],
  },
  notProbed: { name: 'TcpServiceNotProbed', ...notProbed },
  slow: {
    name: 'TcpServiceSlow',
    signal: 'duration',
    when: { above: 1 },
    for: '10m',
    severity: 'warning',
    summary: { en: 'Connecting to {item} takes {value}', zh: '连接 {item} 需要 {value}' },
    runbook: 'endpoint/slow',
    rationale: 'A connection inside a plant takes milliseconds; a second means lost packets or a full backlog.',
    clauses: ['S0:7.1.1.5.a/2'],
  },
  certificateExpiring: { name: 'TcpCertificateExpiring', ...certificateExpiring },
  certificateExpired: { name: 'TcpCertificateAboutToExpire', ...certificateExpired },
});
