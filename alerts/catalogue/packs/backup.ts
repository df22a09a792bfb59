import { defineAlertPack } from 'opsctl';
import { backup } from 'opsctl/cmdb';

const clauses = ['S1:7.4.1.1.a', 'S2:8.1.1.b'];

/** Alerts of backups. */
export const backupAlerts = defineAlertPack(backup, {
  unread: {
    name: 'BackupUnread',
    signal: 'up',
    when: { equals: 0 },
    for: '30m',
    severity: 'warning',
    summary: { en: 'The backups of {item} at {site} cannot be read', zh: '{site} 的 {item} 备份状态无法读取' },
    runbook: 'backup/unread',
    rationale: 'Nothing is lost yet; half an hour is longer than a restart, and backups are made once a day.',
    clauses,
  },
  unknown: {
    name: 'BackupUnknown',
    signal: 'known',
    when: { equals: 0 },
    for: '1h',
    severity: 'critical',
    summary: { en: 'There is no backup of {item} at {site}', zh: '{site} 的 {item} 没有任何备份' },
    runbook: 'backup/late',
    rationale:
      'The worst that a backup can be, and the one that an age never shows. An hour leaves out the first run of a new one.',
    clauses,
  },
  late: {
    name: 'BackupLate',
    signal: 'age',
    when: { above: 100_800 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: 'The last good backup {backup} of {item} is {value} old',
      zh: '{item} 的备份 {backup} 已有 {value} 未成功',
    },
    runbook: 'backup/late',
    rationale: 'Twenty-eight hours: a day, and four hours for a run that takes long. Tune it for weekly ones.',
    clauses,
  },
  missing: {
    name: 'BackupMissing',
    signal: 'age',
    when: { above: 187_200 },
    for: '15m',
    severity: 'critical',
    supersedes: 'late',
    summary: {
      en: 'Backup {backup} of {item} has failed twice: the last good one is {value} old',
      zh: '{item} 的备份 {backup} 连续两次未成功,已有 {value}',
    },
    runbook: 'backup/late',
    rationale: 'Two daily runs in a row. What is lost in a disaster is now two days and grows.',
    clauses,
  },
  failed: {
    name: 'BackupFailed',
    signal: 'lastRunFailed',
    when: { above: 0 },
    for: '10m',
    severity: 'warning',
    summary: { en: 'The last run of backup {backup} of {item} failed', zh: '{item} 的备份 {backup} 最近一次运行失败' },
    runbook: 'backup/late',
    rationale: 'Known at once, in time to run it again before the night.',
    clauses,
  },
  damaged: {
    name: 'BackupDamaged',
    signal: 'intact',
    when: { equals: 0 },
    for: '0s',
    severity: 'critical',
    summary: { en: 'A check found the backup of {item} damaged {backup}', zh: '{item} 的备份 {backup} 校验发现损坏' },
    runbook: 'backup/damaged',
    rationale: 'A backup that cannot be read is none, and older ones may be damaged as well.',
    clauses,
  },
  repositoryUnwell: {
    name: 'BackupRepositoryUnwell',
    signal: 'repositoryWell',
    when: { equals: 0 },
    for: '30m',
    severity: 'warning',
    summary: {
      en: 'The repository of the backups of {item} is not well {backup}',
      zh: '{item} 的备份仓库 {backup} 异常',
    },
    runbook: 'backup/damaged',
    rationale:
      'A stanza that is missing or differs, or a text file that cannot be read: until it is mended no number of it means anything.',
    clauses,
  },
  logGap: {
    name: 'BackupLogGap',
    signal: 'logsArchived',
    when: { equals: 0 },
    for: '30m',
    severity: 'warning',
    summary: { en: 'The log archive of {backup} of {item} has no range', zh: '{item} 的 {backup} 预写日志归档不完整' },
    runbook: 'backup/damaged',
    rationale:
      'Without the log only the moment of a backup can be restored, and none at all of one that was made online.',
    clauses,
  },
  shrunk: {
    name: 'BackupShrunk',
    signal: 'shrunk',
    when: { above: 0.5 },
    for: '1h',
    severity: 'warning',
    summary: {
      en: 'Backup {backup} of {item} is {value} smaller than a day before',
      zh: '{item} 的备份 {backup} 比前一天小 {value}',
    },
    runbook: 'backup/shrunk',
    rationale:
      'A run that succeeds with half of the data is worse than one that fails: a mount that was not there, a database that was empty.',
    clauses,
  },
  slow: {
    name: 'BackupSlow',
    signal: 'duration',
    when: { above: 28_800 },
    for: '15m',
    severity: 'warning',
    summary: { en: 'Backup {backup} of {item} took {value}', zh: '{item} 的备份 {backup} 耗时 {value}' },
    runbook: 'backup/shrunk',
    rationale:
      'Eight hours are a night. What takes longer slows down the day, and soon does not end before the next begins.',
    clauses,
  },
  restoreNotTested: {
    name: 'BackupRestoreNotTested',
    signal: 'restoreTested',
    when: { above: 15_552_000 },
    for: '1h',
    severity: 'warning',
    summary: {
      en: 'A restore of {backup} of {item} was last tried {value} ago',
      zh: '{item} 的备份 {backup} 距上次恢复演练已 {value}',
    },
    runbook: 'backup/restore-not-tested',
    rationale:
      'Half a year. Only a restore shows that a backup is one; critical systems are tried each quarter: tune those.',
    clauses,
  },
});
