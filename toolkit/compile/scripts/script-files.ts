import { type CollectionScript, parseDuration } from '../../model/index.ts';

/** Where things are on a host; Debian's node_exporter reads text files there. */
const textFileFolder = '/var/lib/prometheus/node-exporter';
const scriptFolder = '/usr/local/lib/opsctl/scripts';

/**
 * The files of a script for a host, by name: the program, what runs it, and the units of systemd. What runs it puts the
 * output into place by a rename once the script has ended well; else the former output stays, and a metric tells.
 */
export function scriptFiles(script: CollectionScript): Readonly<Record<string, string>> {
  const { id } = script;
  return {
    [id]: script.script.endsWith('\n') ? script.script : `${script.script}\n`,
    [`${id}.run`]: runner(script),
    [`opsctl-script-${id}.service`]: service(script),
    [`opsctl-script-${id}.timer`]: timer(script),
  };
}

/** No value of the author's is printed here but the id, the interpreter and a number: all are of known form. */
function runner({ id, interpreter, timeout, interval }: CollectionScript): string {
  return `#!/bin/sh
# Made by opsctl. Runs ${id} and puts what it prints where node_exporter reads it.
set -u
folder="\${OPSCTL_TEXTFILES:-${textFileFolder}}"
program="\${OPSCTL_SCRIPTS:-${scriptFolder}}/${id}"
output="$folder/opsctl-${id}.prom"
# Another ending than .prom: node_exporter must not read half a file.
new=$(mktemp "$output.XXXXXX") || exit 1
state=$(mktemp "$folder/opsctl-${id}-state.XXXXXX") || exit 1
trap 'rm -f "$new" "$state"' EXIT
began=$(date +%s)
OPSCTL_ROOT='' timeout --kill-after=5 ${seconds(timeout)} ${interpreter} "$program" >"$new"
code=$?
if [ "$code" -eq 0 ]; then
  chmod 0644 "$new" && mv -f "$new" "$output" || code=1
fi
{
  printf '# HELP collection_script_success Whether the last run ended well.\\n# TYPE collection_script_success gauge\\n'
  printf 'collection_script_success{script="${id}"} %d\\n' "$((code == 0))"
  printf '# HELP collection_script_run_timestamp_seconds When it was run last.\\n# TYPE collection_script_run_timestamp_seconds gauge\\n'
  printf 'collection_script_run_timestamp_seconds{script="${id}"} %d\\n' "$began"
  printf '# HELP collection_script_interval_seconds How often it is to run.\\n# TYPE collection_script_interval_seconds gauge\\n'
  printf 'collection_script_interval_seconds{script="${id}"} %d\\n' ${seconds(interval)}
} >"$state"
chmod 0644 "$state" && mv -f "$state" "$folder/opsctl-${id}-state.prom"
exit "$code"
`;
}

function service({ id, user = 'prometheus', timeout }: CollectionScript): string {
  return `# Made by opsctl.
[Unit]
Description=Collection script ${id}

[Service]
Type=oneshot
User=${user}
ExecStart=/bin/sh ${scriptFolder}/${id}.run
TimeoutStartSec=${seconds(timeout) + 15}
Nice=10
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ProtectHome=yes
ReadWritePaths=${textFileFolder}
`;
}

/** Spread, so that a thousand hosts do not ask one storage at the same second. */
function timer({ id, interval }: CollectionScript): string {
  const every = seconds(interval);
  return `# Made by opsctl.
[Unit]
Description=Runs the collection script ${id}

[Timer]
OnBootSec=60
OnUnitActiveSec=${every}
RandomizedDelaySec=${Math.min(30, Math.floor(every / 10))}
AccuracySec=1

[Install]
WantedBy=timers.target
`;
}

function seconds(duration: string): number {
  return Math.max(1, Math.round((parseDuration(duration) ?? 0) / 1000));
}
