import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Failure } from '../diagnostics/index.ts';
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
  if (scheme === 'file')
    return (
      await readFile(resolve(root, name), 'utf8').catch(() => fail(reference, 'the file cannot be read'))
    ).trimEnd();
  return fail(reference, 'it is neither env:NAME nor file:PATH');
}

function fail(reference: string, reason: string): never {
  throw new Failure(operateDiagnostics.create('secret-unresolved', { reference, reason }, { subject: reference }));
}
