import { execFile } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileSet } from './file-set.ts';
import { stagingFolder } from './relative-path.ts';
import { removeLeftovers } from './staging-area.ts';

const run = promisify(execFile);
const by = 'plant/file/a';
let root = '';
let isMounted = false;
beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'opsctl-full-'));
  isMounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', root]).then(
    () => true,
    () => false,
  );
});
afterEach(async () => {
  if (isMounted) await run('umount', [root]);
  rmSync(root, { recursive: true });
});

function fill(leaveBytes: number): void {
  const filler = path.join(root, 'filler');
  try {
    for (;;) appendFileSync(filler, Buffer.alloc(4096));
  } catch {
    truncateSync(filler, statSync(filler).size - leaveBytes);
  }
}

describe('a full disk', () => {
  it.each([0, 4096, 8192, 12_288])('with %d bytes left keeps nothing that was staged', async (leaveBytes) => {
    if (!isMounted) return;
    fill(leaveBytes);
    const files = new FileSet(root);
    const write = async () => {
      await files.write('a', 'x'.repeat(20_000), { by });
      await files.commit({});
    };
    await expect(write()).rejects.toMatchObject({ diagnostic: { code: 'host/disk-full' } });
    await files.close();
    expect(readdirSync(root)).toEqual(['filler']);
  });
});

it.each([
  { name: 'of a moment ago is of somebody who is about to say who', ageMs: 0, left: ['area'] },
  { name: 'of minutes ago is of nobody', ageMs: 120_000, left: [] },
])('a staging area without an owner: one $name', async ({ ageMs, left }) => {
  const area = path.join(root, stagingFolder, 'area');
  await mkdir(area, { recursive: true });
  await writeFile(path.join(area, 'owner.json'), '');
  const at = (Date.now() - ageMs) / 1000;
  await utimes(area, at, at);
  await removeLeftovers(root);
  expect(await readdir(path.join(root, stagingFolder)).catch(() => [])).toEqual(left);
});
