import { defineAlertPack } from 'opsctl';
import { keepalived } from 'opsctl/cmdb';
import { notWatched } from './not-watched.ts';

const state = ['S0:7.1.1.4', 'S1:7.4.1.1.a'];

/** Alerts of keepalived. */
export const keepalivedAlerts = defineAlertPack(keepalived, {
  down: {
    name: 'KeepalivedDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    summary: { en: 'keepalived on {item} at {site} does not run', zh: '{site} 的 {item} 上 keepalived 未运行' },
    runbook: 'keepalived/down',
    rationale: 'Four scrapes. The other machine holds the address alone now; when it goes as well, nobody does.',
    clauses: state,
  },
  notWatched: notWatched({ name: 'KeepalivedNotWatched', runbook: 'keepalived/down', clauses: state }),
  faulty: {
    name: 'KeepalivedFaulty',
    signal: 'healthy',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    summary: { en: '{item} cannot hold the address of {iname}', zh: '{item} 无法承担 {iname} 的虚拟地址' },
    runbook: 'keepalived/faulty',
    rationale:
      'A tracked interface or script failed, so it stands back. Two minutes outlast a restart of what is tracked.',
    clauses: state,
  },
  scriptFails: {
    name: 'KeepalivedScriptFails',
    signal: 'scriptsPass',
    when: { equals: 0 },
    for: '5m',
    severity: 'warning',
    summary: {
      en: 'The check {name} of keepalived on {item} fails',
      zh: '{item} 上 keepalived 的检查脚本 {name} 失败',
    },
    runbook: 'keepalived/faulty',
    rationale:
      'With a weight it lowers the priority, and the other machine takes over; without one the group is faulty.',
    clauses: state,
  },
  flapping: {
    name: 'KeepalivedFlapping',
    signal: 'takeovers',
    when: { above: 3 },
    for: '0s',
    severity: 'warning',
    summary: {
      en: '{item} has become master of {iname} {value} times within an hour',
      zh: '{item} 一小时内 {value} 次切换为 {iname} 的主',
    },
    runbook: 'keepalived/flapping',
    rationale: 'A release switches twice. More is a check that comes and goes, or advertisements that get lost.',
    clauses: state,
  },
  refused: {
    name: 'KeepalivedAdvertisementsRefused',
    signal: 'refused',
    when: { above: 10 },
    for: '0s',
    severity: 'warning',
    summary: {
      en: '{item} refused {value} advertisements of {iname} within a quarter of an hour',
      zh: '{item} 一刻钟内拒绝了 {value} 个 {iname} 的通告',
    },
    runbook: 'keepalived/flapping',
    rationale: 'Another password or another interval at the other side: both may then be master.',
    clauses: state,
  },
});
