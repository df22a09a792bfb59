import { findProgram, type ProgramResult, runProgram } from '../../host/run-program.ts';

/** How a script is kept from what is not its business; `none` only where somebody has asked for it. */
export type Confinement = { readonly kind: 'namespaces'; readonly unshare: string } | { readonly kind: 'none' };

export type Confinable =
  | { readonly confinement: Confinement; readonly reason: null }
  | { readonly confinement: null; readonly reason: string };

/**
 * Content of a pull request must not reach the credentials of whoever tests it. A script is any program, so it gets a
 * machine of its own: a user, a network without a way out, processes and mounts that end with it, and as its files a folder
 * in memory with `/usr` read-only, `/proc`, a few devices and the fixtures. No home, no `/etc`, no repository, no sockets.
 * The kernel does it, without root where it allows user namespaces.
 */
export async function findConfinement(signal: AbortSignal): Promise<Confinable> {
  const unshare = await findProgram('unshare');
  if (unshare === null) return { confinement: null, reason: 'the program unshare of util-linux is not on PATH' };
  const confinement = { kind: 'namespaces', unshare } as const;
  const { exitCode, stderr } = await runConfined(confinement, {
    folder: null,
    command: ['true'],
    timeoutMs: 10_000,
    signal,
  });
  if (exitCode === 0) return { confinement, reason: null };
  const said = stderr.trim().split('\n').at(-1) ?? '';
  return { confinement: null, reason: said === '' ? `the attempt ended with ${exitCode}` : said.replace(/\.$/, '') };
}

export interface ConfinedRun {
  /** Becomes `/trial`, copied; with `bin` first on PATH and `root` as `$OPSCTL_ROOT`. Null: nothing. */
  readonly folder: string | null;
  readonly command: readonly string[];
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const maxOutputBytes = 4 * 1024 * 1024;

export async function runConfined(confinement: Confinement, run: ConfinedRun): Promise<ProgramResult> {
  const { folder, command, timeoutMs, signal } = run;
  if (confinement.kind === 'none') {
    const there = folder ?? '/';
    const args = ['-i', ...environmentIn(there), ...command.map((word) => word.replace(/^\/trial\//, `${there}/`))];
    return await runProgram('/usr/bin/env', args, { cwd: there, timeoutMs, signal, maxOutputBytes });
  }
  const walls = ['--user', '--map-root-user', '--mount', '--net', '--pid', '--ipc', '--uts', '--cgroup'];
  const args = [...walls, '--fork', '--kill-child', '/bin/sh', '-c', insideScript, 'opsctl', folder ?? ''];
  const confined = ['/usr/bin/env', '-i', ...environmentIn('/trial'), ...command];
  return await runProgram(confinement.unshare, [...args, ...confined], { cwd: '/', timeoutMs, signal, maxOutputBytes });
}

/** All that a script sees of an environment. */
function environmentIn(folder: string): readonly string[] {
  return [
    `PATH=${folder}/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`,
    `HOME=${folder}`,
    `TMPDIR=${folder}/tmp`,
    `OPSCTL_ROOT=${folder}/root`,
    'LANG=C.UTF-8',
    'TZ=UTC',
  ];
}

/**
 * Run by root of the new user namespace, who is nobody outside of it. `/tmp` is only where the new root is mounted: the
 * mount is seen in this namespace alone. What is printed on the way goes to the errors. `/proc` is read-only: where opsctl is
 * run by root, that is whose files it has. The last step gives up the right to
 * undo any of this: chroot alone is no wall for somebody who may mount.
 */
const insideScript = `
set -e
from=$1
shift
root=/tmp
mount --make-rprivate / >&2
if [ -n "$from" ]; then exec 3<"$from"; fi
mount -t tmpfs -o size=64m,mode=0755 opsctl "$root" >&2
cd "$root"
mkdir usr proc dev tmp etc trial
mount --bind /usr usr >&2
mount -o remount,bind,ro,nosuid,nodev usr >&2
for name in bin sbin lib lib32 lib64 libx32; do
  if [ -L "/$name" ]; then ln -s "usr/$name" "$name"
  elif [ -d "/$name" ]; then mkdir "$name" && mount --bind "/$name" "$name" >&2 && mount -o remount,bind,ro,nosuid,nodev "$name" >&2
  fi
done
if [ -d /etc/alternatives ]; then
  mkdir etc/alternatives
  mount --bind /etc/alternatives etc/alternatives >&2
  mount -o remount,bind,ro,nosuid,nodev etc/alternatives >&2
fi
mount -t proc -o ro,nosuid,nodev,noexec proc proc >&2
for name in null zero urandom; do
  : >"dev/$name"
  mount --bind "/dev/$name" "dev/$name" >&2
done
if [ -n "$from" ]; then cp -R /proc/self/fd/3/. trial/ && exec 3<&-; fi
mkdir -p trial/tmp trial/root trial/bin
exec chroot . /usr/bin/setpriv --bounding-set=-all --inh-caps=-all --no-new-privs /bin/sh -c 'cd /trial && exec "$@"' opsctl "$@"
`;
