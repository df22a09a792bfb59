import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { relocateAlertmanager } from './relocate-alertmanager.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opsctl-relocate-'));
  await mkdir(join(folder, 'usr/bin'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const program = () => join(folder, 'usr/bin/prometheus-alertmanager');

it('lets a program that names the installed folder run where it was unpacked', async () => {
  const script =
    '#!/bin/sh\necho "$PWD" /usr/share/prometheus/alertmanager:/usr/share/prometheus/alertmanager/ui/ "$@"\n';
  await writeFile(program(), script, { mode: 0o755 });
  await relocateAlertmanager(folder);
  await symlink(program(), join(folder, 'elsewhere'));
  const said = execFileSync(join(folder, 'elsewhere'), ['--a b'], { encoding: 'utf8' });
  expect(said).toBe(`${folder} usr/share/prometheus/alertmanager/:/usr/share/prometheus/alertmanager/ui/ --a b\n`);
});

it('leaves a program that does not name it as it is', async () => {
  await writeFile(program(), '#!/bin/sh\n', { mode: 0o755 });
  await relocateAlertmanager(folder);
  expect(await readdir(join(folder, 'usr/bin'))).toEqual(['prometheus-alertmanager']);
});
