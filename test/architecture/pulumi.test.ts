import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './imports.ts';

/** What is loaded with a file before anything of it runs: imports that are no types and stand at its top. */
function loadedWith(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  if (!file.endsWith('.ts')) return found;
  const text = readFileSync(join(root, file), 'utf8');
  for (const [, specifier = ''] of text.matchAll(/^(?:import|export)\s(?!type\b)[^;]*?from '([^']+)';$/gms))
    loadedWith(specifier.startsWith('.') ? join(dirname(file), specifier) : specifier, found);
  return found;
}

it.each([
  'cli/program.ts',
  'cli/wire.ts',
  'cli/commands/plan/run-plan.ts',
  'cli/commands/carry-out.ts',
  'toolkit/index.ts',
])('%s loads nothing of Pulumi but the name of its engine', (file) => {
  const loaded = [...loadedWith(file)];
  expect(loaded.length).toBeGreaterThan(5);
  const ofPulumi = loaded.filter((name) => name.startsWith('@pulumi') || name.startsWith('toolkit/engine/pulumi/'));
  expect(ofPulumi.filter((name) => name !== 'toolkit/engine/pulumi/pulumi-engine.ts')).toEqual([]);
});
