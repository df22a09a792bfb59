import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { isErrorCode } from './file-failure.ts';

/** Enough about a process to tell later whether it is still there: a number alone comes round again. */
export interface ProcessIdentity {
  readonly host: string;
  /** Id of the installed system, the host name where it has none. */
  readonly machine: string;
  /** Changes with every start of the machine; empty where the system does not tell. */
  readonly boot: string;
  /** Process numbers are only comparable inside one namespace (containers have their own); empty where there is none. */
  readonly pidNamespace: string;
  readonly pid: number;
  /** Clock ticks from boot to the start of the process; empty where the system does not tell. */
  readonly started: string;
  readonly user: string;
}

export function thisProcess(): ProcessIdentity {
  const host = hostname();
  return {
    host,
    machine: readText('/etc/machine-id') || host,
    boot: readText('/proc/sys/kernel/random/boot_id'),
    pidNamespace: readLink('/proc/self/ns/pid'),
    pid: process.pid,
    started: startOf(process.pid),
    user: userName(),
  };
}

export type Liveness =
  /** The very process is there. */
  | 'alive'
  /** It is certainly gone. */
  | 'dead'
  /** Another machine or container, or a system that does not tell: only time can say. */
  | 'unknown';

/** Whether the process is still there, as far as `here` can see. */
export function livenessOf(other: ProcessIdentity, here: ProcessIdentity): Liveness {
  if (other.machine !== here.machine || other.host !== here.host) return 'unknown';
  if (other.boot !== here.boot) return other.boot !== '' && here.boot !== '' ? 'dead' : 'unknown';
  if (other.pidNamespace !== here.pidNamespace) return 'unknown';
  if (!isProcess(other.pid) || isZombie(other.pid)) return 'dead';
  if (other.started === '') return 'unknown';
  return startOf(other.pid) === other.started ? 'alive' : 'dead';
}

function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !isErrorCode(error, 'ESRCH'); // EPERM: it is there and belongs to somebody else.
  }
}

/**
 * A killed process stays in the table until its parent asks for it. It is as good as gone, but not before its last thread
 * is: until then a write that was under way may still arrive.
 */
function isZombie(pid: number): boolean {
  return statFields(pid)[0] === 'Z' && threadsOf(pid) <= 1;
}

function threadsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).length;
  } catch {
    return 0;
  }
}

/** Field 22 of `/proc/PID/stat`. */
function startOf(pid: number): string {
  return statFields(pid)[19] ?? '';
}

// The second field is the program's name in parentheses and may hold spaces and parentheses itself, so counting starts
// behind the last one.
function statFields(pid: number): readonly string[] {
  const stat = readText(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? ''); // A user id without an entry in the user database, as in containers.
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
