import { type Diagnostic, Failure } from '../../../toolkit/diagnostics/index.ts';
import { createFileBackend } from '../../../toolkit/engine/state/file-backend.ts';
import { type LoadedStack, loadStack } from '../../../toolkit/engine/state/load-stack.ts';
import type { StackStore } from '../../../toolkit/engine/state/state-backend.ts';
import type { Repository } from '../../../toolkit/operate/index.ts';
import { nearest } from '../../nearest.ts';
import { stateCommandDiagnostics } from './diagnostics.ts';

/** Where the state of each stack is that has one; with names, of those, and a name without a state is a Failure. */
export async function openStores(
  { stateRoot, environment }: Repository,
  names: readonly string[],
): Promise<readonly StackStore[]> {
  const backend = createFileBackend(stateRoot);
  const known = await backend.listStacks(environment);
  const missing = names.find((name) => !known.includes(name));
  if (missing !== undefined) throw noState(missing, environment, known);
  const chosen = names.length === 0 ? known : [...new Set(names)].sort();
  return chosen.map((stack) => backend.open({ environment, stack }));
}

/**
 * Stores of which anything is there, or of these names: a lost state has to be repaired, a first run unlocked. A name is
 * one of those, or one that the bindings know; any other is a Failure.
 */
export async function openTouchedStores(
  { stateRoot, environment, bindings }: Repository,
  names: readonly string[],
): Promise<readonly StackStore[]> {
  const backend = createFileBackend(stateRoot);
  const touched = await backend.listTouched(environment);
  const known = [...new Set([...touched, ...bindings.targets.map(({ stack }) => stack)])].sort();
  const missing = names.find((name) => !known.includes(name));
  if (missing !== undefined) throw noState(missing, environment, known);
  const chosen = names.length === 0 ? touched : [...new Set(names)].sort();
  return chosen.map((stack) => backend.open({ environment, stack }));
}

/** The stack that an address is in, whether or not its state holds the address. */
export async function openStoreOf(repository: Repository, address: string): Promise<StackStore> {
  const [store] = await openStores(repository, [address.slice(0, address.indexOf('/'))]);
  if (store === undefined) throw new Error('Bug: one name was given, and no stack came back.');
  return store;
}

export interface RecordedStacks {
  readonly stacks: readonly LoadedStack[];
  /** Of states that cannot be read, and notices of those that can. */
  readonly diagnostics: readonly Diagnostic[];
}

export async function loadStacks(stores: readonly StackStore[]): Promise<RecordedStacks> {
  const results = await Promise.all(stores.map(loadStack));
  return {
    stacks: results.flatMap((result) => (result.ok ? [result.loaded] : [])),
    diagnostics: results.flatMap((result) => (result.ok ? result.loaded.notices : result.diagnostics)),
  };
}

function noState(stack: string, environment: string, known: readonly string[]): Failure {
  const alike = nearest(stack, known);
  return new Failure(
    stateCommandDiagnostics.create('no-state', { stack, environment, known, alike }, { found: stack }),
  );
}
