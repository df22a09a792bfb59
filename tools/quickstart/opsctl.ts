import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export const root: string = fileURLToPath(new URL('../..', import.meta.url));

/** Runs the program as a user would, and takes down what it printed. */
export function runOpsctl(parameters: readonly string[]): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('./opsctl', parameters, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code ?? 1, ...output }));
  });
}

/** Runs the program where only some exit codes will do; else what it printed is the failure. */
export async function expectOpsctl(
  parameters: readonly string[],
  accepted: readonly number[] = [0],
): Promise<CommandResult> {
  const result = await runOpsctl(parameters);
  if (accepted.includes(result.exitCode)) return result;
  throw new Error(`opsctl ${parameters.join(' ')} ended with ${result.exitCode}:\n${result.stdout}${result.stderr}`);
}
