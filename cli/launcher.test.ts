import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const launcher = join(root, 'opsctl');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const folder = mkdtempSync(join(tmpdir(), 'opsctl-launcher-'));
const emptyPath = { PATH: '/usr/bin:/bin' };

afterAll(() => rmSync(folder, { recursive: true }));

describe('./opsctl', () => {
  it.each([
    { name: 'by its own path', link: launcher },
    { name: 'through a link with an absolute target', link: linked('absolute', launcher) },
    { name: 'through a link to a link with a relative target', link: linked('relative', 'absolute') },
    { name: 'through a link in a folder whose name has a space', link: linked('a folder/opsctl', launcher) },
  ])('finds its program and its Node $name', ({ link }) => {
    expect(execFileSync(link, ['--version'], { env: emptyPath, encoding: 'utf8' })).toBe(`${version}\n`);
  });

  it('says in one line what to install when there is no Node 26', () => {
    const elsewhere = linked('without-node/opsctl', '');
    writeFileSync(elsewhere, readFileSync(launcher), { mode: 0o755 });
    const oldNode = join(folder, 'old-node');
    mkdirSync(oldNode);
    writeFileSync(join(oldNode, 'node'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });

    const { status, stdout, stderr } = spawnSync(elsewhere, ['--version'], {
      env: { PATH: `${oldNode}:/usr/bin:/bin` },
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^opsctl: needs Node 26 or newer: [^\n]+\n$/);
  });
});

/** A link of that name below this run's folder; without a target only the folder is made. */
function linked(name: string, target: string): string {
  const link = join(folder, name);
  mkdirSync(join(link, '..'), { recursive: true });
  if (target !== '') symlinkSync(target, link);
  return link;
}
