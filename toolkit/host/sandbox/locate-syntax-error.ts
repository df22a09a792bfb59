import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import type { SandboxDenial } from './denial.ts';

const patienceMs = 5_000;

/**
 * What only the engine of JavaScript refuses, such as a name that is declared twice, is thrown without a place, and the
 * place is printed by `node --check`, which parses and runs nothing. Taking types out leaves lines and columns as they are.
 */
export function locateSyntaxError(repository: string, denial: SandboxDenial): SandboxDenial {
  const { kind, file, line } = denial;
  if (kind !== 'syntax-error' || file === undefined || line !== undefined) return denial;
  const text = plainText(join(repository, file));
  return text === null ? denial : { ...denial, ...placeOf(text) };
}

function plainText(path: string): string | null {
  try {
    const text = readFileSync(path, 'utf8');
    return /\.m?ts$/.test(path) ? stripTypeScriptTypes(text) : text;
  } catch {
    return null;
  }
}

function placeOf(text: string): { readonly line: number; readonly column: number } | null {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '--check', '-'], {
    input: text,
    env,
    encoding: 'utf8',
    timeout: patienceMs,
  });
  const [, line, blank = ''] = /^\[stdin\]:(\d+)\n.*\n( *)\^/m.exec(stderr) ?? [];
  return line === undefined ? null : { line: Number(line), column: blank.length + 1 };
}
