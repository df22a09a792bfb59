import { type Diagnostic, sortDiagnostics } from '../diagnostics/index.ts';
import { createFileBackend } from '../engine/state/file-backend.ts';
import { type LoadedStack, loadStack } from '../engine/state/load-stack.ts';
import { listEnvironments } from '../host/content-modules.ts';
import {
  type Address,
  digestOf,
  digestSecret,
  type JsonValue,
  type Resource,
  type ResourceTypeDefinition,
  type StackState,
  secretReferencesIn,
} from '../model/index.ts';
import {
  digestOfPlan,
  objectsToObserve,
  type Plan,
  type PlanSelection,
  planChanges,
  secretKey,
} from '../plan/index.ts';
import { checkPlaces } from './check-places.ts';
import type { Content, Outcome, PlanRequest, Repository, Wiring } from './contract.ts';
import { findMoved, tellMoved, unknownMoves } from './moved-targets.ts';
import {
  compareRunning,
  discoverUnmanaged,
  identifyTargets,
  type Looking,
  observeObjects,
  settleStates,
} from './observe.ts';
import { isUnbound } from './open-repository.ts';
import { operateDiagnostics } from './operate-diagnostics.ts';
import { programVersion } from './program-version.ts';
import { createSecretResolver, credentialUsers, findMissingSecrets, specUsers } from './secrets.ts';
import { TargetSessions, targetKey } from './target-sessions.ts';
import { findUnbound } from './unbound-targets.ts';

/**
 * From content to plan: states are loaded, targets are asked (unless offline), and the difference is planned and judged.
 * Reads only. Without content (`content` null) the desired set is empty, which is what destroying is.
 */
export async function makePlan(
  repository: Repository,
  content: Content | null,
  wiring: Wiring,
  request: PlanRequest,
): Promise<Outcome<Plan>> {
  const diagnostics: Diagnostic[] = [];
  if (isUnbound(repository))
    return {
      value: null,
      diagnostics: [operateDiagnostics.create('no-environment', { known: await listEnvironments(repository.root) })],
    };
  const types = typesOf(wiring);
  const resources = content?.resources ?? [];
  const loaded = await loadStates(repository, content, diagnostics);
  const stacks = request.stacks.length === 0 ? loaded.map(({ state }) => state.stack) : request.stacks;
  diagnostics.push(
    ...unknownStacks(stacks, loaded),
    ...unknownMoves(request.targetMoved, repository),
    ...validate(resources, wiring),
  );
  if (!request.offline) {
    diagnostics.push(...findUnbound(resources, loaded, stacks, repository, content));
    diagnostics.push(...(await checkPlaces(repository, stacks, wiring)));
  }
  if (hasErrors(diagnostics)) return { value: null, diagnostics: sortDiagnostics(diagnostics) };

  const secrets = createSecretResolver(repository.root, process.env);
  const sessions = new TargetSessions(repository.bindings.targets, wiring.providers, {
    resolveSecret: secrets,
    report: request.onProgress,
    signal: request.signal,
  });
  const looking: Looking = { sessions, secrets, diagnostics };
  try {
    const desired = request.destroy ? resources.filter(({ address }) => !stacks.includes(stackOf(address))) : resources;
    const adopt = expandAdopted(
      request.adopt,
      desired.filter(({ address }) => stacks.includes(stackOf(address))),
    );
    const selection: PlanSelection = { stacks, targets: request.targets, exclude: request.exclude };
    const states = request.offline
      ? loaded.map(({ state }) => state)
      : await settleStates(loaded, types, adopt, looking);
    const objects = objectsToObserve(desired, states, selection, types);
    const own = desired.filter(({ address }) => stacks.includes(stackOf(address)));
    if (!request.offline) {
      const users = [...credentialUsers(repository, stacks), ...specUsers(own, objects.observed)];
      diagnostics.push(...(await findMissingSecrets(users, secrets)));
    }
    if (hasErrors(diagnostics)) return { value: null, diagnostics: sortDiagnostics(diagnostics) };
    const seen = request.offline ? null : await look(objects, stacks, repository, looking);
    if (hasErrors(diagnostics)) return { value: null, diagnostics: sortDiagnostics(diagnostics) };
    const moved = findMoved(seen?.identities ?? [], states, request.targetMoved);

    const plan = planChanges({
      environment: repository.environment,
      types,
      desired,
      states,
      observed: seen?.observed ?? null,
      ...(seen === null ? {} : { destinations: seen.destinations }),
      unmanaged: seen?.unmanaged ?? [],
      running: seen?.running ?? [],
      identities: seen?.identities ?? [],
      moved,
      inputs: {
        content: content?.inputs.content ?? digestOf([]),
        policies: content?.inputs.policies ?? digestOf([]),
        bindings: digestOf(repository.bindings as unknown as JsonValue),
        program: programVersion,
      },
      selection,
      adopt,
      brakes: { ...request.brakes, allowEmpty: request.destroy },
      secrets: request.offline ? new Map() : await digestSecrets(own, states, looking),
    });
    diagnostics.push(...tellMoved(plan, moved, states, repository));
    return { value: await judgePlan(plan, content, request.today), diagnostics: sortDiagnostics(diagnostics) };
  } finally {
    await sessions.close();
  }
}

export function typesOf({ providers }: Wiring): ReadonlyMap<string, ResourceTypeDefinition> {
  return new Map(providers.flatMap(({ resourceTypes }) => resourceTypes.map((type) => [type.type, type] as const)));
}

/** Stacks that are declared, and stacks that only the state still knows. */
async function loadStates(
  repository: Repository,
  content: Content | null,
  diagnostics: Diagnostic[],
): Promise<readonly LoadedStack[]> {
  const { stateRoot, environment } = repository;
  const recorded = await repository.recordedStates();
  const names = [...new Set([...(content?.stacks ?? []).map(({ name }) => name), ...recorded.keys()])].sort();
  const backend = createFileBackend(stateRoot);
  const results = await Promise.all(
    names.map((stack) => recorded.get(stack) ?? loadStack(backend.open({ environment, stack }))),
  );
  return results.flatMap((result) => {
    diagnostics.push(...(result.ok ? result.loaded.notices : result.diagnostics));
    return result.ok ? [result.loaded] : [];
  });
}

async function look(
  objects: ReturnType<typeof objectsToObserve>,
  stacks: readonly string[],
  repository: Repository,
  looking: Looking,
) {
  const keys = boundTargets(repository, stacks);
  const [observed, destinations, unmanaged, identities, running] = await Promise.all([
    observeObjects(objects.observed, looking),
    observeObjects(objects.destinations, looking),
    discoverUnmanaged([...objects.observed, ...objects.destinations], keys, looking),
    identifyTargets(keys, looking),
    compareRunning(keys, looking),
  ]);
  return { observed, destinations, unmanaged, identities, running };
}

function boundTargets({ bindings }: Repository, stacks: readonly string[]): readonly string[] {
  const own = bindings.targets.filter(({ stack }) => stacks.includes(stack));
  return own.map(({ stack, target }) => targetKey(stack, target)).sort();
}

function unknownStacks(stacks: readonly string[], loaded: readonly LoadedStack[]): readonly Diagnostic[] {
  const known = loaded.map(({ state }) => state.stack);
  return stacks
    .filter((stack) => !known.includes(stack))
    .map((stack) => operateDiagnostics.create('unknown-stack', { stack, known }, { found: stack }));
}

/** What the real systems would refuse, as far as it can be known without them. */
export function validate(resources: readonly Resource[], { providers }: Wiring): readonly Diagnostic[] {
  const byType = new Map(
    providers.flatMap((provider) => provider.resourceTypes.map(({ type }) => [type, provider] as const)),
  );
  return resources.flatMap((resource) => byType.get(resource.type)?.validate(resource) ?? []);
}

/** `*` stands for any text; what matches nothing is an unmanaged object's business, not an error. */
function expandAdopted(patterns: readonly string[], desired: readonly Resource[]): ReadonlySet<Address> {
  const expressions = patterns.map(
    (pattern) => new RegExp(`^${pattern.split('*').map(escapeForRegex).join('.*')}$`, 'u'),
  );
  return new Set(
    desired
      .map(({ address }) => address)
      .filter((address) => expressions.some((expression) => expression.test(address))),
  );
}

function escapeForRegex(text: string): string {
  return text.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&');
}

/** Salted digests of the secrets that the desired resources name: a rotated secret is a change. */
async function digestSecrets(
  desired: readonly Resource[],
  states: readonly StackState[],
  { secrets }: Looking,
): Promise<ReadonlyMap<string, string>> {
  const salts = new Map(states.map(({ stack, salt }) => [stack, salt]));
  const digests = new Map<string, string>();
  for (const { address, spec } of desired) {
    const stack = stackOf(address);
    for (const reference of secretReferencesIn(spec))
      digests.set(secretKey(stack, reference), digestSecret(salts.get(stack) ?? '', await secrets(reference)));
  }
  return digests;
}

/** Findings of the policies belong to the plan, and so to what is approved. */
async function judgePlan(plan: Plan, content: Content | null, today: string): Promise<Plan> {
  if (content === null) return plan;
  const findings = await content.judge(plan, today);
  const { digest: _, ...judged } = { ...plan, findings: sortDiagnostics([...plan.findings, ...findings]) };
  return { ...judged, digest: digestOfPlan(judged) };
}

function stackOf(address: Address): string {
  return address.slice(0, address.indexOf('/'));
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}
