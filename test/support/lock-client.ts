import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { acquireLock } from '../../toolkit/engine/lock/acquire-lock.ts';
import { createFileBackend } from '../../toolkit/engine/state/file-backend.ts';

/**
 * One client of the lock soak: takes and releases the lock again and again. While it has it, it is the only one that may
 * make the witness file and count up. `mortal` clients kill themselves in the middle of one of their turns.
 */
const [root = '', attempts = '0', mortality = ''] = process.argv.slice(2);
const store = createFileBackend(root).open({ environment: 'test', stack: 'east' });
const witness = join(root, 'witness');
const counter = join(root, 'counter');
const lastTurn = mortality === 'mortal' ? Math.floor(Math.random() * Number(attempts)) : -1;

for (let attempt = 0; attempt < Number(attempts); attempt += 1) {
  const lock = await acquireLock(store, { command: 'soak', waitMs: 600_000 });
  await enter();
  const [count = 0, fence = 0] = (await readFile(counter, 'utf8')).split(' ').map(Number);
  if (lock.fence <= fence) throw new Error(`Fencing number ${lock.fence} comes after ${fence}.`);
  await sleep(Math.random() * 3);
  await writeFile(counter, `${count + 1} ${lock.fence}`);
  if (attempt === lastTurn) process.kill(process.pid, 'SIGKILL');
  rmSync(witness);
  await lock.assertHeld();
  await lock.release();
}

async function enter(): Promise<void> {
  try {
    writeFileSync(witness, String(process.pid), { flag: 'wx' });
  } catch (error) {
    const other = Number(await readFile(witness, 'utf8').catch(() => '0'));
    if (isAlive(other)) throw new Error(`Process ${other} has the lock, too.`, { cause: error });
    writeFileSync(witness, String(process.pid)); // Left by one that was killed in its turn.
  }
}

// A killed process keeps its number until the test has asked for it, but can do nothing any more.
function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
