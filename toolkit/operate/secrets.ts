import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Diagnostic, Failure, type SourceSpan } from '../diagnostics/index.ts';
import { type JsonObject, type Resource, secretReferencesIn, type TargetBinding } from '../model/index.ts';
import type { ObjectToObserve } from '../plan/index.ts';
import type { Repository } from './contract.ts';
import { operateDiagnostics } from './operate-diagnostics.ts';

/** Gives the value of a reference. Each is resolved once. */
export type SecretResolver = (reference: string) => Promise<string>;

/** Something with references to secrets in it. */
export interface SecretUser {
  /** As people call it: an address, or `prometheus of plant-1`. */
  readonly name: string;
  readonly spec: JsonObject;
  readonly position?: SourceSpan;
}

/** `env:NAME` from the environment, `file:PATH` from a file, relative to the repository. An empty value is none. */
export function createSecretResolver(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): SecretResolver {
  const known = new Map<string, Promise<string>>();
  return async (reference) => {
    const found = known.get(reference) ?? lookUp(reference, root, environment);
    known.set(reference, found);
    return await found;
  };
}

/** All references that are not at hand, one diagnostic each, with who names them: nobody mends them one run at a time. */
export async function findMissingSecrets(
  users: readonly SecretUser[],
  secrets: SecretResolver,
): Promise<readonly Diagnostic[]> {
  const named = users.flatMap((user) => secretReferencesIn(user.spec).map((reference) => ({ reference, user })));
  const byReference = Map.groupBy(named, ({ reference }) => reference);
  const answers = await Promise.all(
    [...byReference].map(async ([reference, uses]) => {
      const reason = await reasonMissing(reference, secrets);
      if (reason === null) return [];
      const position = uses.find(({ user }) => user.position !== undefined)?.user.position;
      const facts = { reference, reason, users: [...new Set(uses.map(({ user }) => user.name))] };
      const occurrence = position === undefined ? { subject: reference } : { position, subject: reference };
      return [operateDiagnostics.create('secret-unresolved', facts, occurrence)];
    }),
  );
  return answers.flat();
}

/** Targets of these stacks, as users of the credentials in their bindings. */
export function credentialUsers({ bindings, boundAt }: Repository, stacks: readonly string[]): readonly SecretUser[] {
  const own = bindings.targets.filter(({ stack }) => stacks.includes(stack));
  return own.map(({ stack, target, settings }: TargetBinding) => ({
    name: `${target} of ${stack}`,
    spec: settings,
    position: boundAt(stack, target),
  }));
}

/** Who names secrets that this plan needs: what is declared, and what is looked at (a record may name others still). */
export function specUsers(desired: readonly Resource[], observed: readonly ObjectToObserve[]): readonly SecretUser[] {
  const declared = new Set(desired.flatMap(({ spec }) => secretReferencesIn(spec)));
  const recorded = observed.filter(({ reference }) =>
    secretReferencesIn(reference.spec).some((name) => !declared.has(name)),
  );
  return [
    ...desired.map(({ address, spec, source }) => ({ name: address, spec, position: source })),
    ...recorded.map(({ reference }) => ({ name: `the record of ${reference.address}`, spec: reference.spec })),
  ];
}

async function reasonMissing(reference: string, secrets: SecretResolver): Promise<string | null> {
  try {
    await secrets(reference);
    return null;
  } catch (error) {
    if (error instanceof SecretMissing) return error.reason;
    throw error;
  }
}

class SecretMissing extends Failure {
  readonly reason: string;

  constructor(reference: string, reason: string) {
    super(operateDiagnostics.create('secret-unresolved', { reference, reason }, { subject: reference }));
    this.reason = reason;
  }
}

async function lookUp(
  reference: string,
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const [, scheme, name = ''] = /^(env|file):(.+)$/.exec(reference) ?? [];
  if (scheme === 'env') return notEmpty(reference, environment[name] ?? null, `the variable ${name}`, 'set');
  if (scheme !== 'file') throw new SecretMissing(reference, 'it is neither env:NAME nor file:PATH');
  const text = await readFile(resolve(root, name), 'utf8').catch(() => null);
  return notEmpty(reference, text?.trimEnd() ?? null, `the file ${name}`, 'there, or cannot be read');
}

function notEmpty(reference: string, value: string | null, place: string, missing: string): string {
  if (value === null) throw new SecretMissing(reference, `${place} is not ${missing}`);
  if (value === '') throw new SecretMissing(reference, `${place} is empty`);
  return value;
}
