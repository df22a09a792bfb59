import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const clients = 50;
const attempts = 50;
const mortal = 8;

it('fifty processes take a lock fifty times each, some of them die with it, and there are never two holders', async () => {
  const root = mkdtempSync(join(tmpdir(), 'opsctl-soak-'));
  writeFileSync(join(root, 'counter'), '0 0');
  const script = join(import.meta.dirname, '../support/lock-client.ts');
  const ends = await Promise.all(
    Array.from({ length: clients }, (_, index) => runClient(script, root, index < mortal ? 'mortal' : 'immortal')),
  );
  const turns = Number(readFileSync(join(root, 'counter'), 'utf8').split(' ')[0]);
  expect(ends.filter(({ output }) => output !== '')).toEqual([]);
  expect(ends.filter(({ signal }) => signal === 'SIGKILL')).toHaveLength(mortal);
  expect(ends.filter(({ code }) => code === 0)).toHaveLength(clients - mortal);
  expect(turns).toBeGreaterThanOrEqual((clients - mortal) * attempts + mortal);
  rmSync(root, { recursive: true });
}, 900_000);

interface ClientEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly output: string;
}

function runClient(script: string, root: string, mortality: string): Promise<ClientEnd> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, root, String(attempts), mortality], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('close', (code, signal) => resolve({ code, signal, output }));
  });
}
