import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeFileAtomically } from '../../host/atomic-write.ts';
import { makeDirectory } from '../../host/make-directory.ts';
import { isJsonObject, type JsonValue } from '../../model/index.ts';
import type { EngineName } from '../engine.ts';
import type { StackKey } from './state-backend.ts';

/**
 * Which stacks are run by another engine than the embedded one, by name: a plan by the wrong engine would find no
 * state, and take everything that is there for somebody else's.
 */
export async function readEngines(stateRoot: string, environment: string): Promise<ReadonlyMap<string, EngineName>> {
  const text = await readFile(fileOf(stateRoot, environment), 'utf8').catch(() => null);
  const stacks = text === null ? {} : parse(text);
  return new Map(
    Object.entries(isJsonObject(stacks) ? stacks : {}).flatMap(([stack, engine]) =>
      engine === 'pulumi' ? [[stack, 'pulumi'] as const] : [],
    ),
  );
}

export async function writeEngineOf(
  stateRoot: string,
  { environment, stack }: StackKey,
  engine: EngineName,
): Promise<void> {
  const engines = new Map(await readEngines(stateRoot, environment));
  if ((engines.get(stack) ?? 'embedded') === engine) return;
  if (engine === 'embedded') engines.delete(stack);
  else engines.set(stack, engine);
  const file = fileOf(stateRoot, environment);
  await makeDirectory(dirname(file));
  const sorted = [...engines].sort(([left], [right]) => (left < right ? -1 : 1));
  await writeFileAtomically(file, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`, { mode: 0o600 });
}

function fileOf(stateRoot: string, environment: string): string {
  return join(stateRoot, environment, 'engines.json');
}

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
