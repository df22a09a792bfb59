import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Failure } from '../diagnostics/index.ts';
import { isJsonObject, isSecretReference, type JsonObject, type JsonValue, secretReferencesIn } from '../model/index.ts';
import { operateDiagnostics } from './operate-diagnostics.ts';

/** Gives the value of a reference. Each is resolved once. */
export type SecretResolver = (reference: string) => Promise<string>;

/** `env:NAME` from the environment, `file:PATH` from a file, relative to the repository. */
export function createSecretResolver(root: string, environment: NodeJS.ProcessEnv): SecretResolver {
  const known = new Map<string, Promise<string>>();
  return (reference) => {
    const value = known.get(reference) ?? resolveReference(reference, root, environment);
    known.set(reference, value);
    return value;
  };
}

async function resolveReference(reference: string, root: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const [, scheme, name = ''] = /^(env|file):(.+)$/.exec(reference) ?? [];
  if (scheme === 'env') return environment[name] ?? fail(reference, `the variable ${name} is not set`);
  if (scheme === 'file') return (await readFile(resolve(root, name), 'utf8').catch(() => fail(reference, 'the file cannot be read'))).trimEnd();
  return fail(reference, 'it is neither env:NAME nor file:PATH');
}

function fail(reference: string, reason: string): never {
  throw new Failure(operateDiagnostics.create('secret-unresolved', { reference, reason }, { subject: reference }));
}

/**
 * An observed spec with references back where the declared one has them and the value is the same, so that a secret that
 * did not change is no difference and its text is in no plan.
 */
export async function putBackReferences(observed: JsonObject, declared: JsonObject, resolver: SecretResolver): Promise<JsonObject> {
  const references = secretReferencesIn(declared);
  if (references.length === 0) return observed;
  const values = new Map<string, string>();
  for (const reference of references) values.set(reference, await resolver(reference));
  return putBack(observed, declared, values) as JsonObject;
}

function putBack(observed: JsonValue, declared: JsonValue | undefined, values: ReadonlyMap<string, string>): JsonValue {
  if (isSecretReference(declared)) return observed === values.get(declared.$secret) ? declared : observed;
  if (Array.isArray(observed)) return observed.map((entry, index) => putBack(entry, Array.isArray(declared) ? declared[index] : undefined, values));
  if (!isJsonObject(observed)) return observed;
  const counterpart = isJsonObject(declared) ? declared : {};
  return Object.fromEntries(Object.entries(observed).map(([key, entry]) => [key, putBack(entry, counterpart[key], values)]));
}
