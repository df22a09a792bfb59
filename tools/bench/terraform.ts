import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { flushDisk } from './flush-disk.ts';
import { type Program, runProgram } from './run-program.ts';
import { type TimedRun, timeRuns } from './timed-run.ts';

/** The peer: as many objects of `terraform_data`, which is built in and touches nothing outside the state. */
export interface Terraform {
  readonly version: string;
  applyNew(folder: string, objects: number, runs: number): Promise<readonly TimedRun[]>;
  /** After `applyNew` in the same folder. */
  planUnchanged(folder: string, objects: number, runs: number): Promise<readonly TimedRun[]>;
}

/** Null when `terraform` is not on PATH. */
export async function findTerraform(): Promise<Terraform | null> {
  const version = await readVersion();
  if (version === null) return null;
  return {
    version,
    async applyNew(folder, objects, runs) {
      const directory = await layOut(folder, objects);
      const apply = terraform(directory, 'apply', '-auto-approve', '-input=false');
      return await timeRuns(apply, runs, async () => {
        for (const state of ['terraform.tfstate', 'terraform.tfstate.backup'])
          await rm(join(directory, state), { force: true });
        await flushDisk();
      });
    },
    planUnchanged: (folder, objects, runs) =>
      timeRuns(terraform(directoryOf(folder, objects), 'plan', '-input=false', '-detailed-exitcode'), runs),
  };
}

const quiet = {
  CHECKPOINT_DISABLE: '1',
  TF_IN_AUTOMATION: '1',
  // A user's own settings (a plugin mirror, a cache) have no part in the comparison.
  TF_CLI_CONFIG_FILE: '/dev/null',
};

async function readVersion(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('terraform', ['version', '-json'], {
      env: { ...process.env, ...quiet },
    });
    return (JSON.parse(stdout) as { readonly terraform_version: string }).terraform_version;
  } catch {
    return null;
  }
}

function terraform(cwd: string, ...args: readonly string[]): Program {
  return { file: 'terraform', args, cwd, env: quiet };
}

function directoryOf(folder: string, objects: number): string {
  return join(folder, `terraform-${objects}`);
}

async function layOut(folder: string, objects: number): Promise<string> {
  const directory = directoryOf(folder, objects);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'main.tf'), configuration(objects));
  await runProgram(terraform(directory, 'init', '-input=false'));
  return directory;
}

/** `count`, because it is the form in which Terraform is fastest: with `for_each` it takes four times as long. */
function configuration(objects: number): string {
  return `resource "terraform_data" "object" {
  count = ${objects}
  input = {
    id      = "host-\${count.index}"
    owner   = "plant-1-ops"
    address = "host-\${count.index}.plant-1.example"
  }
}
`;
}
