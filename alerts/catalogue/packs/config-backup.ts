import { defineAlertPack } from 'opsctl';
import { configBackup } from 'opsctl/cmdb';
import { notWatched } from './not-watched.ts';

const clauses = ['S0:7.1.1.2.b', 'S0:7.1.1.2.b/5'];

/** Alerts of configurations of network devices. */
export const configBackupAlerts = defineAlertPack(configBackup, {
  down: {
    name: 'ConfigBackupDown',
    signal: 'up',
    when: { equals: 0 },
    for: '30m',
    severity: 'warning',
    summary: { en: 'Oxidized {item} at {site} does not answer', zh: '{site} 的 Oxidized {item} 无应答' },
    runbook: 'config-backup/down',
    rationale: 'What it has is safe in Git; half an hour outlasts a restart with many devices.',
    clauses,
  },
  notWatched: {
    ...notWatched({ name: 'ConfigBackupNotWatched', runbook: 'config-backup/down', clauses }),
    for: '30m',
    severity: 'warning',
    rationale: 'Configurations are fetched all the same; no change would be told.',
  },
  deviceUnreached: {
    name: 'ConfigDeviceUnreached',
    signal: 'deviceReached',
    when: { equals: 0 },
    for: '6h',
    severity: 'warning',
    summary: { en: '{item} cannot log in to {name}', zh: '{item} 无法登录设备 {name}' },
    runbook: 'config-backup/not-saved',
    rationale: 'A device that is down has an alert of its own; six hours later it is the account or the access list.',
    clauses,
  },
  notSaved: {
    name: 'ConfigNotSaved',
    signal: 'saved',
    when: { equals: 0 },
    for: '6h',
    severity: 'warning',
    summary: { en: '{item} could not fetch the configuration of {name}', zh: '{item} 未能获取设备 {name} 的配置' },
    runbook: 'config-backup/not-saved',
    rationale: 'One attempt an hour: six in a row.',
    clauses,
  },
  old: {
    name: 'ConfigOld',
    signal: 'age',
    when: { above: 172_800 },
    for: '1h',
    severity: 'warning',
    summary: {
      en: 'The configuration of {name} in {item} is {value} old',
      zh: '{item} 中设备 {name} 的配置已 {value} 未更新',
    },
    runbook: 'config-backup/not-saved',
    rationale: 'Two days: when the device dies now, it is set up as it was the day before yesterday.',
    clauses,
  },
  changed: {
    name: 'ConfigChanged',
    signal: 'changed',
    when: { above: 0 },
    for: '0s',
    severity: 'warning',
    summary: { en: 'The configuration of {name} changed by {value}', zh: '设备 {name} 的配置变更了 {value}' },
    runbook: 'config-backup/changed',
    rationale:
      'Each change must be one that somebody asked for. It is told for six hours, once; a silence with the change keeps the planned ones quiet.',
    clauses,
  },
});
