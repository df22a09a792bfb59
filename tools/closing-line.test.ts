import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'opsctl-closing-line-'));
const good = report('good', { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1 });
const bad = report('bad', { numPassedTests: 2, numFailedTests: 3, numPendingTests: 0, numTodoTests: 0 });
const none = join(folder, 'none.json');

afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  {
    name: 'two good runs are added up',
    args: ['0', good, '0', good],
    line: '10 passed, 0 failed, 4 skipped',
    status: 0,
  },
  {
    name: 'failed tests fail the whole',
    args: ['1', bad, '0', good],
    line: '7 passed, 3 failed, 2 skipped',
    status: 1,
  },
  {
    name: 'a run that failed without a failed test counts',
    args: ['1', good],
    line: '5 passed, 1 failed, 2 skipped',
    status: 1,
  },
  { name: 'a run that left no report counts', args: ['1', none], line: '0 passed, 1 failed, 0 skipped', status: 1 },
  { name: 'a run without tests is no failure', args: ['0', none], line: '0 passed, 0 failed, 0 skipped', status: 0 },
])('$name', ({ args, line, status }) => {
  const script = join(import.meta.dirname, 'closing-line.mjs');
  const result = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  expect({ line: result.stdout, status: result.status }).toEqual({ line: `${line}\n`, status });
});

function report(name: string, counts: Readonly<Record<string, number>>): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(counts));
  return file;
}
