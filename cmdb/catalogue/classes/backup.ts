import { choice, defineClass, networkName, optional, port } from 'opsctl';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, stateOf } from './signal-meanings.ts';

const collector = '--collector.textfile.directory';

/** Our own contract, for whatever has no exporter: what a job writes for node_exporter when it ends. */
const textfile = readingsBy({
  backup_last_success_timestamp_seconds: gauge(['backup'], { collector }),
  backup_last_run_success: gauge(['backup'], { collector }),
  backup_last_duration_seconds: gauge(['backup'], { collector }),
  backup_last_size_bytes: gauge(['backup'], { collector }),
  restore_drill_last_success_timestamp_seconds: gauge(['backup'], { collector }),
  node_textfile_scrape_error: gauge(),
});

const ofSnapshot = ['client_hostname', 'client_username', 'snapshot_hash', 'snapshot_tag', 'snapshot_paths'];

/** restic-exporter (ngosang): read in its documentation. */
const restic = readingsBy({
  restic_backup_timestamp: gauge(ofSnapshot),
  restic_backup_size_total: gauge(ofSnapshot),
  restic_backup_duration_seconds: gauge(ofSnapshot, { since: '2.0' }),
  restic_check_success: gauge(),
});

/** Velero itself: read in its source. */
const velero = readingsBy({
  velero_backup_last_successful_timestamp: gauge(['schedule'], { since: '1.1' }),
  velero_backup_failure_total: counter(['schedule']),
  velero_backup_partial_failure_total: counter(['schedule'], { since: '1.1' }),
  velero_backup_tarball_size_bytes: gauge(['schedule']),
  velero_backup_duration_seconds_sum: counter(['schedule']),
  velero_backup_duration_seconds_count: counter(['schedule']),
});

const ofStanza = ['stanza', 'backup_type', 'block_incr'];

/** pgbackrest_exporter (woblerr): read in its documentation. */
const pgbackrest = readingsBy({
  pgbackrest_backup_since_last_completion_seconds: gauge(ofStanza),
  pgbackrest_backup_last_duration_seconds: gauge(ofStanza, { since: '0.15' }),
  pgbackrest_backup_last_size_bytes: gauge(ofStanza, { since: '0.15' }),
  pgbackrest_backup_last_error_status: gauge(ofStanza, { since: '0.15' }),
  pgbackrest_stanza_status: gauge(['stanza']),
  pgbackrest_wal_archive_status: gauge(['stanza', 'database_id', 'pg_version', 'repo_key']),
});

/** Snapshots come and go; what is backed up is told by machine and tag. */
function byMachine(function_: 'max' | 'sum', series: string): string {
  const changing = 'snapshot_hash, snapshot_tags, snapshot_paths, client_username, client_version';
  return `label_replace(${function_} without (${changing}) (${series}), "backup", "$1", "client_hostname", "(.*)")`;
}

function bySchedule(vector: string): string {
  return `label_replace(${vector}, "backup", "$1", "schedule", "(.*)")`;
}

function byStanza(vector: string): string {
  return `label_replace(${vector}, "backup", "$1", "stanza", "(.*)")`;
}

const usualPorts = { textfile: 9100, restic: 8001, velero: 8085, pgbackrest: 9854 } as const;

type Tool = keyof typeof usualPorts;

interface Attributes {
  readonly address: string;
  readonly tool: Tool;
  readonly exporterPort?: number;
}

function sourceOf<const Program extends string>(tool: Tool, exporter: Program) {
  return {
    kind: 'exporter',
    exporter,
    interval: '60s',
    when: (attributes: Attributes) => attributes.tool === tool,
    endpoint: ({ address, exporterPort = usualPorts[tool] }: Attributes) => `${address}:${exporterPort}`,
  } as const;
}

/**
 * The backups that one tool makes: of a machine that writes our metrics as a text file, of a restic repository, of a cluster
 * by Velero, or of PostgreSQL by pgBackRest. Backup software with neither an exporter nor our metrics (Veeam, NetBackup,
 * Bareos) is brought in by a script that writes the text file after each job:
 *
 * ```text
 * backup_last_success_timestamp_seconds{backup="mes-db"} 1.7e9
 * backup_last_run_success{backup="mes-db"} 1
 * backup_last_duration_seconds{backup="mes-db"} 840
 * backup_last_size_bytes{backup="mes-db"} 5.1e10
 * restore_drill_last_success_timestamp_seconds{backup="mes-db"} 1.69e9
 * ```
 */
export const backup = defineClass({
  id: 'backup',
  title: { en: 'Backups', zh: '备份' },
  attributes: {
    address: networkName('DNS name or IP address of the machine that the metrics are served on.'),
    tool: choice('What makes the backups, which decides how they are seen.', [
      'textfile',
      'restic',
      'velero',
      'pgbackrest',
    ]),
    exporterPort: optional(
      port('Port of the exporter; node_exporter 9100, restic-exporter 8001, Velero 8085, pgbackrest_exporter 9854.'),
    ),
  },
  sources: {
    // Only the text files: all the rest belongs to the machine, which is an item of its own.
    textfile: { ...sourceOf('textfile', 'node_exporter >=1.3'), params: { 'collect[]': ['textfile'] } },
    restic: { ...sourceOf('restic', 'restic-exporter >=1.4'), timeout: '30s' },
    velero: sourceOf('velero', 'velero >=1.9'),
    pgbackrest: { ...sourceOf('pgbackrest', 'pgbackrest_exporter >=0.15'), timeout: '30s' },
  },
  signals: {
    up: {
      ...stateOf('Backups are read', '备份状态可读'),
      readings: {
        textfile: textfile((series) => series('up')),
        restic: restic((series) => series('up')),
        velero: velero((series) => series('up')),
        pgbackrest: pgbackrest((series) => series('up')),
      },
    },
    known: {
      ...stateOf('There is a backup', '存在备份'),
      // What was never made, or is no longer written, has no series that could be old.
      readings: {
        textfile: textfile(
          (series) =>
            `group without (backup) (${series('backup_last_success_timestamp_seconds')}) or on (item) 0 * (${series('up')} == 1)`,
        ),
        restic: restic(
          (series) =>
            `group without (${ofSnapshot.join(', ')}, client_version, snapshot_tags) (${series('restic_backup_timestamp')}) or on (item) 0 * (${series('up')} == 1)`,
        ),
        velero: velero(
          (series) =>
            `group without (schedule) (${series('velero_backup_last_successful_timestamp')}) or on (item) 0 * (${series('up')} == 1)`,
        ),
        pgbackrest: pgbackrest(
          (series) =>
            `group without (${ofStanza.join(', ')}) (${series('pgbackrest_backup_since_last_completion_seconds')}) or on (item) 0 * (${series('up')} == 1)`,
        ),
      },
    },
    age: {
      ...highIsBad('seconds', 'Since the last good backup', '距上次成功备份'),
      readings: {
        textfile: textfile((series) => `time() - ${series('backup_last_success_timestamp_seconds')}`),
        restic: restic((series) => `time() - ${byMachine('max', series('restic_backup_timestamp'))}`),
        velero: velero(
          (series) => `time() - ${bySchedule(series('velero_backup_last_successful_timestamp', 'schedule!=""'))}`,
        ),
        pgbackrest: pgbackrest((series) =>
          byStanza(
            `min without (backup_type, block_incr) (${series('pgbackrest_backup_since_last_completion_seconds')})`,
          ),
        ),
      },
      partLabels: ['backup', 'snapshot_tag'],
    },
    lastRunFailed: {
      ...highIsBad('count', 'Last run failed', '最近一次运行失败'),
      readings: {
        textfile: textfile((series) => `1 - ${series('backup_last_run_success')}`),
        velero: velero((series) =>
          bySchedule(
            `increase(${series('velero_backup_failure_total')}[12h]) + increase(${series('velero_backup_partial_failure_total')}[12h])`,
          ),
        ),
      },
      partLabels: ['backup'],
    },
    intact: {
      ...stateOf('Found intact', '校验完好'),
      readings: {
        // Not with NO_CHECK, which leaves it at 2.
        restic: restic((series) => `${series('restic_check_success')} != bool 0`),
        pgbackrest: pgbackrest((series) =>
          byStanza(`1 - max without (backup_type, block_incr) (${series('pgbackrest_backup_last_error_status')})`),
        ),
      },
      partLabels: ['backup'],
    },
    repositoryWell: {
      ...stateOf('Repository well', '备份仓库正常'),
      readings: {
        textfile: textfile((series) => `${series('node_textfile_scrape_error')} == bool 0`),
        pgbackrest: pgbackrest((series) => byStanza(`${series('pgbackrest_stanza_status')} == bool 0`)),
      },
      partLabels: ['backup'],
    },
    logsArchived: {
      ...stateOf('Write-ahead log archived', '预写日志已归档'),
      from: 'pgbackrest',
      ...pgbackrest((series) =>
        byStanza(`max without (database_id, pg_version, repo_key) (${series('pgbackrest_wal_archive_status')})`),
      ),
      partLabels: ['backup'],
    },
    duration: {
      ...highIsBad('seconds', 'Time of the last backup', '最近一次备份耗时'),
      readings: {
        textfile: textfile((series) => series('backup_last_duration_seconds')),
        restic: restic((series) => byMachine('max', series('restic_backup_duration_seconds'))),
        velero: velero((series) =>
          bySchedule(
            `increase(${series('velero_backup_duration_seconds_sum')}[1d]) / (increase(${series('velero_backup_duration_seconds_count')}[1d]) > 0)`,
          ),
        ),
        pgbackrest: pgbackrest((series) =>
          byStanza(`max without (backup_type, block_incr) (${series('pgbackrest_backup_last_duration_seconds')})`),
        ),
      },
      partLabels: ['backup', 'snapshot_tag'],
    },
    size: {
      ...highIsBad('bytes', 'Size of the last backup', '最近一次备份大小'),
      readings: {
        textfile: textfile((series) => series('backup_last_size_bytes')),
        restic: restic((series) => byMachine('sum', series('restic_backup_size_total'))),
        velero: velero((series) => bySchedule(series('velero_backup_tarball_size_bytes'))),
        pgbackrest: pgbackrest((series) =>
          byStanza(`max without (backup_type, block_incr) (${series('pgbackrest_backup_last_size_bytes')})`),
        ),
      },
      partLabels: ['backup', 'snapshot_tag'],
    },
    shrunk: {
      ...highIsBad('ratio', 'Smaller than a day before', '比前一天缩小的比例'),
      readings: {
        textfile: textfile(
          (series) =>
            `1 - ${series('backup_last_size_bytes')} / (max_over_time(${series('backup_last_size_bytes')}[26h]) > 0)`,
        ),
        velero: velero((series) =>
          bySchedule(
            `1 - ${series('velero_backup_tarball_size_bytes')} / (max_over_time(${series('velero_backup_tarball_size_bytes')}[26h]) > 0)`,
          ),
        ),
        pgbackrest: pgbackrest((series) =>
          byStanza(
            `1 - max without (backup_type, block_incr) (${series('pgbackrest_backup_last_size_bytes')}) / (max without (backup_type, block_incr) (max_over_time(${series('pgbackrest_backup_last_size_bytes')}[26h])) > 0)`,
          ),
        ),
      },
      partLabels: ['backup'],
    },
    restoreTested: {
      ...highIsBad('seconds', 'Since a restore was last tried', '距上次恢复演练'),
      from: 'textfile',
      ...textfile((series) => `time() - ${series('restore_drill_last_success_timestamp_seconds')}`),
      partLabels: ['backup'],
    },
  },
});
