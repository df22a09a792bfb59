import { defineAlertPack } from 'opsctl';
import { mosquitto } from 'opsctl/cmdb';
import { notWatched } from './not-watched.ts';

const state = ['S0:7.1.1.4/3', 'S1:7.4.1.1.a'];
const performance = ['S0:7.1.1.4/3'];

/** Alerts of Mosquitto brokers. */
export const mosquittoAlerts = defineAlertPack(mosquitto, {
  down: {
    name: 'MosquittoDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    meansDown: true,
    summary: { en: 'Mosquitto {item} at {site} takes no clients', zh: '{site} 的 Mosquitto {item} 无法接受客户端' },
    runbook: 'mosquitto/down',
    rationale: 'The exporter is a client and cannot connect for four scrapes; neither can devices.',
    clauses: state,
  },
  notWatched: notWatched({ name: 'MosquittoNotWatched', runbook: 'mosquitto/not-watched', clauses: state }),
  clientsGone: {
    name: 'MosquittoClientsGone',
    signal: 'clientsGone',
    when: { above: 0.3 },
    for: '5m',
    severity: 'critical',
    summary: {
      en: '{value} of the clients of {item} have gone within half an hour',
      zh: '{item} 的客户端半小时内减少 {value}',
    },
    runbook: 'mosquitto/clients',
    rationale:
      'Devices come back within a minute after a broken connection; a third that does not is a network, a certificate or a line that stands.',
    clauses: state,
  },
  silent: {
    name: 'MosquittoSilent',
    signal: 'silent',
    when: { equals: 0 },
    for: '5m',
    severity: 'critical',
    summary: { en: '{item} has taken no message for a quarter of an hour', zh: '{item} 一刻钟内未收到任何消息' },
    runbook: 'mosquitto/clients',
    rationale:
      'Ten clients and more are connected, and devices report by themselves: together they are not quiet for a quarter of an hour.',
    clauses: state,
  },
  dropped: {
    name: 'MosquittoDropping',
    signal: 'dropped',
    when: { above: 1 },
    for: '10m',
    severity: 'warning',
    summary: { en: '{item} drops {value} messages a second', zh: '{item} 每秒丢弃 {value} 条消息' },
    runbook: 'mosquitto/messages',
    rationale: 'Queues of slow or absent subscribers are full (max_queued_messages); what is dropped is lost.',
    clauses: performance,
  },
  storedMany: {
    name: 'MosquittoStoredMany',
    signal: 'stored',
    when: { above: 100000 },
    for: '30m',
    severity: 'warning',
    summary: { en: '{item} keeps {value} messages', zh: '{item} 保存了 {value} 条消息' },
    runbook: 'mosquitto/messages',
    rationale: 'They lie in memory and are written out as one file; it starts slower and slower.',
    clauses: performance,
  },
});
