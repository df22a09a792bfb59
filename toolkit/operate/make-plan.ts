import { type Diagnostic, sortDiagnostics } from '../diagnostics/index.ts';
import { listEnvironments } from '../host/content-modules.ts';
import {
  addressFields,
  digestOf,
  digestSecret,
  type JsonValue,
  type Resource,
  type StackState,
  secretReferencesIn,
} from '../model/index.ts';
import {
  digestOfPlan,
  objectsToObserve,
  type Plan,
  type PlannedTarget,
  planChanges,
  secretKey,
  type TargetRunning,
} from '../plan/index.ts';
import type { PlanInputs } from '../plan/plan.ts';
import type { Content, PlanOutcome, PlanRequest, Repository, Wiring } from './contract.ts';
import { findObstacles } from './find-obstacles.ts';
import { findMoved, tellMoved } from './moved-targets.ts';
import { type Looking, look, settleStates } from './observe.ts';
import { isUnbound } from './open-repository.ts';
import { operateDiagnostics } from './operate-diagnostics.ts';
import { type PlanBasis, planBasis } from './plan-basis.ts';
import { programVersion } from './program-version.ts';
import { askRefires } from './refire-question.ts';
import { createSecretResolver, credentialUsers, findMissingSecrets, specUsers } from './secrets.ts';
import { TargetSessions, targetKey } from './target-sessions.ts';
import { UnaskedTargets } from './unasked-targets.ts';
import { levelsOf, weakenedPolicies } from './weakened-policies.ts';

/**
 * From content to plan: states are loaded, targets are asked (unless offline), and the difference is planned and judged.
 * Reads only. Without content (`content` null) the desired set is empty, which is what destroying is.
 */
export async function makePlan(
  repository: Repository,
  content: Content | null,
  wiring: Wiring,
  request: PlanRequest,
): Promise<PlanOutcome> {
  if (isUnbound(repository)) {
    const known = await listEnvironments(repository.root);
    return { value: null, diagnostics: [operateDiagnostics.create('no-environment', { known })], refires: [] };
  }
  const basis = await planBasis(repository, content, wiring, request);
  const diagnostics = [...basis.diagnostics];
  if (basis.value === null) return { value: null, diagnostics: sortDiagnostics(diagnostics), refires: [] };

  const secrets = createSecretResolver(repository.root, process.env);
  const sessions = new TargetSessions(repository.bindings.targets, wiring.providers, {
    resolveSecret: secrets,
    report: request.onProgress,
    signal: request.signal,
  });
  try {
    const { earlyReadings } = repository;
    const unasked = new UnaskedTargets();
    const looking: Looking = { sessions, secrets, earlyReadings, diagnostics, unasked, isDestroying: request.destroy };
    const plan = await planWorld(repository, basis.value, { content, request, looking });
    diagnostics.push(...unasked.diagnostics, ...[...basis.value.unreadable.values()].flat());
    const [value, refires] = await Promise.all([
      plan && judgePlan(ofEngine(plan, wiring), content, request.today),
      plan === null ? [] : askRefires(plan, sessions, diagnostics),
    ]);
    return { value, diagnostics: sortDiagnostics(diagnostics), refires };
  } finally {
    await sessions.close();
  }
}

interface Planning {
  readonly content: Content | null;
  readonly request: PlanRequest;
  readonly looking: Looking;
}

/** Null when what was found on the way, told in the diagnostics, leaves nothing to plan on. */
async function planWorld(
  repository: Repository,
  { types, loaded, unreadable, desired, own, selection, adopt }: PlanBasis,
  { content, request, looking }: Planning,
): Promise<Plan | null> {
  const { diagnostics } = looking;
  const states = request.offline ? loaded.map(({ state }) => state) : await settleStates(loaded, types, adopt, looking);
  const objects = objectsToObserve(desired, states, selection, types);
  if (!request.offline) {
    const users = [...credentialUsers(repository, selection.stacks), ...specUsers(own, objects.observed)];
    diagnostics.push(...(await findMissingSecrets(users, looking.secrets)));
  }
  if (hasErrors(diagnostics)) return null;
  const targets = boundTargets(repository, selection.stacks);
  if (!request.offline) await looking.unasked.leaveSilent(repository.earlyReadings);
  const [seen, obstacles] = request.offline
    ? [null, []]
    : await Promise.all([look(objects, states, targets, looking), findObstacles(targets, own, looking)]);
  diagnostics.push(...obstacles);
  if (hasErrors(diagnostics)) return null;
  looking.unasked.leaveUnsettled(loaded, targets);
  const isAsked = ({ stack, target }: PlannedTarget | TargetRunning) => !looking.unasked.has(targetKey(stack, target));

  const identities = (seen?.identities ?? []).filter(isAsked);
  const moved = findMoved(identities, states, request.targetMoved);
  const plan = planChanges({
    ...{ environment: repository.environment, types, desired, states, selection, adopt, moved },
    observed: seen?.observed ?? null,
    ...(seen === null ? {} : { destinations: seen.destinations }),
    unmanaged: seen?.unmanaged ?? [],
    unhealthy: seen?.unhealthy ?? [],
    running: (seen?.running ?? []).filter(isAsked),
    identities,
    unasked: looking.unasked.list(),
    inputs: inputsOf(repository, content),
    brakes: { ...request.brakes, allowEmpty: request.destroy },
    secrets: request.offline ? new Map() : await digestSecrets(own, states, looking),
  });
  diagnostics.push(...tellMoved(plan, moved, states, repository));
  const whole = withUnreadable(plan, unreadable, desired, repository);
  const judged = content === null ? whole : withPolicies(whole, content, states);
  if (plan.drift.length === 0 || request.offline) return judged;
  const { withWhatRuns } = await import('./what-runs.ts');
  return await withWhatRuns(judged, states, looking.sessions);
}

/** The targets of a stack that an audit leaves out were not looked at, and what is declared there was not compared. */
function withUnreadable(
  plan: Plan,
  unreadable: PlanBasis['unreadable'],
  desired: readonly Resource[],
  { bindings }: Repository,
): Plan {
  if (unreadable.size === 0) return plan;
  const left = bindings.targets.flatMap(({ stack, target }) => {
    const [why] = unreadable.get(stack) ?? [];
    if (why === undefined) return [];
    const isThere = (one: Resource) => one.target === target && addressFields(one.address).stack === stack;
    return [{ stack, target, objects: desired.filter(isThere).length, reason: `${why.summary}. ${why.detail}` }];
  });
  return { ...plan, unasked: [...(plan.unasked ?? []), ...left] };
}

/** What judges the plan, and what of it says less than when something was applied last. */
function withPolicies(plan: Plan, { policies }: Content, states: readonly StackState[]): Plan {
  const planned = new Set(plan.stacks.map(({ stack }) => stack));
  const weakened = weakenedPolicies(
    policies,
    states.filter(({ stack }) => planned.has(stack)),
  );
  return { ...plan, policies: levelsOf(policies), ...(weakened.length === 0 ? {} : { weakened }) };
}

function boundTargets({ bindings }: Repository, stacks: readonly string[]) {
  return bindings.targets.filter(({ stack }) => stacks.includes(stack));
}

function inputsOf({ bindings }: Repository, content: Content | null): PlanInputs {
  return {
    content: content?.inputs.content ?? digestOf([]),
    policies: content?.inputs.policies ?? digestOf([]),
    bindings: digestOf(bindings as unknown as JsonValue),
    program: programVersion,
  };
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
    const { stack } = addressFields(address);
    for (const reference of secretReferencesIn(spec))
      digests.set(secretKey(stack, reference), digestSecret(salts.get(stack) ?? '', await secrets(reference)));
  }
  return digests;
}

/** A plan is made from the state of one engine, and no other may carry it out. */
function ofEngine(plan: Plan, { engine }: Wiring): Plan {
  if (engine.name === 'embedded') return plan;
  const { digest: _, ...named } = { ...plan, engine: engine.name };
  return { ...named, digest: digestOfPlan(named) };
}

/** Findings of the policies belong to the plan, and so to what is approved. */
async function judgePlan(plan: Plan, content: Content | null, today: string): Promise<Plan> {
  if (content === null) return plan;
  const findings = await content.judge(plan, today);
  const { digest: _, ...judged } = {
    ...plan,
    findings: sortDiagnostics([...plan.findings, ...findings]),
    approvers: content.organisation.people.map(({ id }) => id).sort(),
  };
  return { ...judged, digest: digestOfPlan(judged) };
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}
