import { type Diagnostic, Failure } from '../../../toolkit/diagnostics/index.ts';
import { readEngines } from '../../../toolkit/engine/state/engine-register.ts';
import { createFileBackend } from '../../../toolkit/engine/state/file-backend.ts';
import type { LoadedStack } from '../../../toolkit/engine/state/load-stack.ts';
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
  // A stack of another engine has its history here, if no state.
  const others = (await readEngines(stateRoot, environment)).keys();
  const known = [...new Set([...(await backend.listStacks(environment)), ...others])].sort();
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

/** The state of the stack that an address is in; what keeps it from being read is a Failure. */
export async function mustLoadStackOf({ states, environment }: Repository, address: string): Promise<LoadedStack> {
  const stack = address.slice(0, address.indexOf('/'));
  const known = await states.listStacks(environment);
  if (!known.includes(stack)) throw noState(stack, environment, known);
  const result = await states.load({ environment, stack });
  if (result.ok) return result.loaded;
  const [first] = result.diagnostics;
  if (first === undefined) throw new Error('Bug: a state was refused without a reason.');
  throw new Failure(first);
}

export interface RecordedStacks {
  readonly stacks: readonly LoadedStack[];
  /** Of states that cannot be read, and notices of those that can. */
  readonly diagnostics: readonly Diagnostic[];
}

/** By the engine of the command; a name without a state is a Failure. */
export async function loadStacks(
  { states, environment }: Repository,
  names: readonly string[],
): Promise<RecordedStacks> {
  const known = await states.listStacks(environment);
  const missing = names.find((name) => !known.includes(name));
  if (missing !== undefined) throw noState(missing, environment, known);
  const chosen = names.length === 0 ? known : [...new Set(names)].sort();
  const results = await Promise.all(chosen.map((stack) => states.load({ environment, stack })));
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
