import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { isRecord } from './denial.ts';
import { findInstallation } from './installation.ts';

const installation = findInstallation();

it('the package is found from where this file lies', () => {
  expect(readManifest(installation.manifest).name).toBe('opsctl');
  expect(installation.runsFromSources).toBe(true);
  expect(installation.code.filter((folder) => !existsSync(folder))).toEqual([]);
});

it('no secret of a clone is in reach', () => {
  const root = join(installation.manifest, '..');
  const readable = [...installation.code, ...installation.dependencies];
  expect(
    readable.filter((folder) =>
      ['.git', '.env', '.opsctl', ''].some((name) => join(root, name, '/').startsWith(`${folder}/`)),
    ),
  ).toEqual([]);
});

it('with each dependency comes everything that it depends on', () => {
  const names = installation.dependencies.map((folder) => basename(folder));
  const needed = installation.dependencies.flatMap((folder) => {
    const { dependencies } = readManifest(join(folder, 'package.json'));
    return isRecord(dependencies) ? Object.keys(dependencies) : [];
  });
  expect(names).toEqual(['yaml', 'csv-parse']);
  expect(needed.filter((name) => !names.includes(name))).toEqual([]);
});

function readManifest(path: string): Record<string, unknown> {
  const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return isRecord(manifest) ? manifest : {};
}
