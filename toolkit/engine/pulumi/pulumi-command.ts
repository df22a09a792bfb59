import { Failure } from '../../diagnostics/index.ts';
import { findProgram, runProgram } from '../../host/run-program.ts';
import type { StackKey } from '../state/state-backend.ts';
import { ensureProjectFile, environmentOf, type PulumiProject } from './project.ts';
import { pulumiDiagnostics } from './pulumi-diagnostics.ts';
import { pulumiStackName } from './urn.ts';

/** The command line of Pulumi, for what is read and moved. Runs go through its Automation API. */
export interface PulumiCommand {
  readonly project: PulumiProject;
  /** Stacks of the project that the backend has, as Pulumi names them. */
  listStacks(): Promise<readonly string[]>;
  /** The deployment of a stack as it is stored; null when there is no such stack. */
  exportStack(key: StackKey): Promise<string | null>;
  /** Replaces the deployment of a stack, which must be there. `file` holds it. */
  importStack(key: StackKey, file: string): Promise<void>;
  createStack(key: StackKey): Promise<void>;
  /** Drops the record of a resource and leaves what it stands for. */
  forget(key: StackKey, urn: string): Promise<void>;
}

export interface CommandSettings {
  readonly project: PulumiProject;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const timeoutMs = 120_000;
const maxOutputBytes = 512 * 1024 * 1024;

export function createPulumiCommand({ project, env }: CommandSettings): PulumiCommand {
  const run = async (args: readonly string[]) => {
    const program = await findPulumi(env);
    await ensureProjectFile(project);
    const environment = environmentOf(project, { env, bindingsFile: null, adopted: [], released: [] });
    return await runProgram(program, [...args, '--non-interactive', '--color', 'never'], {
      ...{ cwd: project.directory, env: environment, timeoutMs, maxOutputBytes },
    });
  };
  const must = async (key: StackKey, args: readonly string[]) => {
    const { exitCode, stdout, stderr } = await run(args);
    if (exitCode !== 0) throw failureOf(key, stderr || stdout);
    return stdout;
  };
  return {
    project,
    async listStacks() {
      const { exitCode, stdout, stderr } = await run(['stack', 'ls', '--json', '--project', project.name]);
      if (exitCode !== 0)
        throw new Failure(pulumiDiagnostics.create('no-backend', { reason: reasonIn(stderr || stdout) }));
      return (JSON.parse(stdout) as { readonly name: string }[]).map(({ name }) => name);
    },
    async exportStack(key) {
      const { exitCode, stdout, stderr } = await run(['stack', 'export', '--stack', pulumiStackName(key)]);
      if (exitCode === 0) return stdout;
      if (/no stack named/.test(stderr)) return null;
      throw failureOf(key, stderr || stdout);
    },
    async importStack(key, file) {
      await must(key, ['stack', 'import', '--stack', pulumiStackName(key), '--file', file]);
    },
    async createStack(key) {
      await must(key, ['stack', 'init', pulumiStackName(key), '--no-select']);
    },
    async forget(key, urn) {
      await must(key, ['state', 'delete', urn, '--stack', pulumiStackName(key), '--yes', '--force']);
    },
  };
}

export async function findPulumi(env: CommandSettings['env']): Promise<string> {
  const program = await findProgram('pulumi', env['PATH'] ?? '');
  if (program === null) throw new Failure(pulumiDiagnostics.create('no-program', {}));
  return program;
}

/** What Pulumi printed, as the diagnostic that says what to do. */
export function failureOf({ stack, environment }: StackKey, printed: string): Failure {
  const facts = { stack, environment, reason: reasonIn(printed) };
  const about = { subject: stack };
  if (/currently locked by|\[409\]|Another update is currently in progress/i.test(printed))
    return new Failure(pulumiDiagnostics.create('state-locked', { ...facts, holder: lockHolder(printed) }, about));
  if (/passphrase|incorrect|decrypt|secrets manager|message authentication failed/i.test(printed))
    return new Failure(pulumiDiagnostics.create('wrong-passphrase', facts, about));
  if (/PULUMI_ACCESS_TOKEN|not logged in|log ?in|unable to open (?:bucket|state database)|backend/i.test(printed))
    return new Failure(pulumiDiagnostics.create('no-backend', facts));
  return new Failure(pulumiDiagnostics.create('cannot-read', facts, about));
}

/** The first line that says what is wrong. */
export function reasonIn(printed: string): string {
  const lines = printed.split('\n').map((line) => line.trim());
  const told =
    lines.find((line) => line.startsWith('error:')) ?? lines.find((line) => line !== '') ?? 'it did not say why';
  // The address of a database may hold its password.
  const reason = told.replace(/^error:\s*/, '').replaceAll(/(:\/\/[^\s:/@]+):[^\s@]+@/g, '$1:***@');
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}

/** `created by root@host (pid 12) at ...` stands on a line below. */
function lockHolder(printed: string): string {
  const line = printed.split('\n').find((text) => /created by/.test(text));
  return line === undefined ? reasonIn(printed) : `${line.trim().replace(/^.*?created by/, 'created by')}.`;
}
