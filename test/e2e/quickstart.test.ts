import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { realPrograms } from '../support/programs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const programs = realPrograms([
  'prometheus',
  'promtool',
  'alertmanager',
  'amtool',
  'prometheus-blackbox-exporter',
  'prometheus-node-exporter',
]);

/** The first command of the README, as a newcomer runs it: it fails when one of its own steps sees anything else. */
describe.skipIf(!programs.available)(programs.title('npm run quickstart'), () => {
  it('plans, applies, shows drift and an alert, repairs both, and leaves nothing running', {
    timeout: 240_000,
  }, async () => {
    const { exitCode, output } = await runQuickstart();
    expect(output).toContain('Applied: 143 of 143 changes done: 70 seen to work, 73 only written.');
    expect(output).toContain('! plant-east-1/prometheus-rules/host (changed)');
    expect(output).toMatch(/hq after [\d.]+ s: plant-east-1 的主机 pe1-mes-1 无应答/);
    expect(output).toContain('resolved at both');
    expect(exitCode).toBe(0);
  });
});

function runQuickstart(): Promise<{ readonly exitCode: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--conditions=opsctl-source', 'tools/quickstart/main.ts'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, output }));
  });
}
