import { readFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { checkSharedPlaces, readBindings } from '../compile/bindings/index.ts';
import { createFileBackend } from '../engine/state/file-backend.ts';
import { statesOf } from '../engine/state/state-source.ts';
import { findRepository, listEnvironments } from '../host/content-modules.ts';
import { type EnvironmentBindings, isJsonObject, type JsonObject, type TargetBinding } from '../model/index.ts';
import { contentDiagnostics } from './content-diagnostics.ts';
import type { Outcome, Repository, Wiring } from './contract.ts';
import { EarlyReadings } from './early-readings.ts';
import { loadProviders, unloaded } from './optional-providers.ts';
import { rememberRecorded } from './recorded-states.ts';

export interface RepositoryRequest {
  /** Where to look from, going up. */
  readonly directory: string;
  /** Null: the only one there is, or none. */
  readonly environment: string | null;
  /** Null: `stacks/bindings/<environment>.yaml`. */
  readonly bindingsFile: string | null;
  readonly wiring: Wiring;
}

/** What content can be checked against when nothing is bound yet. */
const unbound = 'unbound';
const unboundBindings = { environment: unbound, targets: [], addresses: {}, speed: 1 };

/** Finds the repository and reads the bindings of one environment. Looks at no target. */
export async function openRepository(request: RepositoryRequest): Promise<Outcome<Repository>> {
  const start = resolve(request.directory);
  const root = await findRepository(start);
  if (root === null)
    return { value: null, diagnostics: [contentDiagnostics.create('no-repository', { directory: start })] };

  const known = await listEnvironments(root);
  const environment = request.environment ?? (known.length === 1 ? known[0] : undefined);
  if (request.bindingsFile !== null)
    return readEnvironment(root, resolve(request.bindingsFile), environment ?? null, request.wiring);
  if (environment === undefined)
    return {
      value: repositoryOf(root, null, unboundBindings, nowhere, { ...request.wiring, providers: [] }),
      diagnostics: [],
    };
  if (!known.includes(environment)) {
    return {
      value: null,
      diagnostics: [contentDiagnostics.create('no-bindings', { environment, known }, { found: environment })],
    };
  }
  return readEnvironment(root, join(root, 'stacks/bindings', `${environment}.yaml`), environment, request.wiring);
}

/** True when no environment was chosen, so that only content can be judged. */
export function isUnbound(repository: Repository): boolean {
  return repository.environment === unbound;
}

async function readEnvironment(
  root: string,
  file: string,
  environment: string | null,
  wiring: Wiring,
): Promise<Outcome<Repository>> {
  const shown = relative(root, file);
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) {
    return {
      value: null,
      diagnostics: [
        contentDiagnostics.create(
          'no-bindings',
          { environment: environment ?? basename(file), known: await listEnvironments(root) },
          { found: shown },
        ),
      ],
    };
  }
  const providers = [...wiring.providers, ...unloaded(wiring)].map(({ name, bindingSchema }) => ({
    name,
    bindingSchema,
  }));
  const { bindings, positionOf, diagnostics } = readBindings({ bytes, file: shown, providers });
  if (bindings === null) return { value: null, diagnostics };
  const bound = new Set(bindings.targets.map(({ provider }) => provider));
  await loadProviders(wiring, ({ name }) => bound.has(name));
  const targets = bindings.targets.map((binding) => withAbsolutePaths(binding, root));
  const shared = checkSharedPlaces(targets, { root, providers: wiring.providers, positionOf });
  if (shared.length > 0) return { value: null, diagnostics: shared };
  return { value: repositoryOf(root, file, { ...bindings, targets }, positionOf, wiring), diagnostics };
}

/** Nothing is bound, so nothing can be asked for its place. */
function nowhere(): never {
  throw new Error('Bug: the place of a binding was asked for where nothing is bound.');
}

function repositoryOf(
  root: string,
  bindingsFile: string | null,
  bindings: EnvironmentBindings,
  boundAt: Repository['boundAt'],
  wiring: Wiring,
): Repository {
  const stateRoot = join(root, '.opsctl', 'state');
  const states = wiring.statesOf?.({ root, stateRoot }) ?? statesOf(createFileBackend(stateRoot));
  const recordedStates = rememberRecorded(states, bindings.environment);
  const { providers } = wiring;
  return {
    root,
    environment: bindings.environment,
    bindingsFile,
    bindings,
    boundAt,
    stateRoot,
    states,
    recordedStates,
    earlyReadings: new EarlyReadings({ root, bindings: bindings.targets, providers, recordedStates }),
  };
}

/** Settings that are paths. A relative one is meant from the root of the repository; `..` and doubled slashes go. */
const pathSettings = ['directory', 'kubeconfig'];

function withAbsolutePaths(binding: TargetBinding, root: string): TargetBinding {
  const settings = binding.settings as JsonObject;
  const paths = pathSettings.flatMap((name) => {
    const path = settings[name];
    return typeof path === 'string' ? [[name, resolve(root, path)] as const] : [];
  });
  return paths.length === 0 ? binding : { ...binding, settings: { ...settings, ...Object.fromEntries(paths) } };
}

/** Of the bindings, what compiled output may hold. */
export function surroundingsOf({ targets, addresses, speed }: EnvironmentBindings) {
  const entries = targets.map(({ stack, target, settings }) => ({ key: `${stack}/${target}`, settings }));
  return {
    addresses,
    endpoints: Object.fromEntries(
      entries.flatMap(({ key, settings }) =>
        typeof settings.url === 'string' ? [[key, new URL(settings.url).host]] : [],
      ),
    ),
    directories: Object.fromEntries(
      entries.flatMap(({ key, settings }) =>
        isJsonObject(settings) && typeof settings.directory === 'string' ? [[key, settings.directory]] : [],
      ),
    ),
    speed,
  };
}
