import { type Diagnostic, sortDiagnostics } from '../diagnostics/index.ts';
import { type Address, canonicalJson, type JsonValue } from '../model/index.ts';
import { arrivalsElsewhere } from './arrivals-elsewhere.ts';
import { findBrakes } from './brakes.ts';
import { buildChangeGraph, type ChangeGraph } from './change-graph.ts';
import { decideChange } from './decide-change.ts';
import type { Decision } from './decision.ts';
import { effectOf } from './effect.ts';
import { unchangedExplanation } from './explanations.ts';
import { brakesOfMoves, settleMoves } from './moved-targets.ts';
import { pairResources } from './pair-resources.ts';
import type {
  OwedChange,
  Plan,
  PlanInput,
  PlannedChange,
  PlannedTarget,
  TargetRunning,
  UnmanagedObject,
} from './plan.ts';
import { planDiagnostics } from './plan-diagnostics.ts';
import { digestOfPlan } from './plan-digest.ts';
import { planScope, type Scope } from './plan-scope.ts';
import { refuseUnnamedRenames } from './rename-without-alias.ts';
import { selectChanges } from './selection.ts';
import { waitersOf } from './topological-order.ts';
import { countUncompared, partlyUnasked } from './unasked-targets.ts';

/**
 * Desired, last applied and observed -> what to do, in which order, and why. Pure: equal inputs, in whatever order,
 * give equal bytes. What is wrong does not throw: it is a finding or a brake of the plan, and such a plan is shown but
 * not carried out (`isExecutable`).
 */
export function planChanges(input: PlanInput): Plan {
  const scope = planScope(input);
  const { pairs, findings: pairing } = pairResources(scope.desired, scope.records);
  const decided = refuseUnnamedRenames(
    pairs.map((pair) => decideChange(pair, input)),
    input.identities,
  );
  const { decisions, moves } = settleMoves(decided, input.moved ?? []);
  const graph = buildChangeGraph(decisions, scope.elsewhere);
  const { leftOut, findings: selecting } = selectChanges(decisions, graph, input.selection);
  const changes = changesInOrder(decisions, graph, leftOut);
  const listed = new Set(changes.map(({ address }) => address));
  const owed = owedChanges(decisions, leftOut);
  const elsewhere = arrivalsElsewhere(changes, input.desired, input.states);
  const unasked = (input.unasked ?? []).filter(({ stack }) => scope.includes(stack));
  const notLookedAt = [...unasked, ...partlyUnasked(decisions)];
  const findings = [
    ...scope.findings,
    ...pairing,
    ...decisions.flatMap((decision) => decision.findings),
    ...graph.findings,
    ...selecting,
    ...undeclaredAdoptions(input, scope),
  ];
  const plan: Omit<Plan, 'digest'> = {
    formatVersion: 1,
    environment: input.environment,
    offline: input.observed === null,
    stacks: scope.states.map(({ stack, lineage, serial, digest }) => ({ stack, lineage, serial, stateDigest: digest })),
    inputs: input.inputs,
    targets: sorted(input.identities.filter(({ stack }) => scope.includes(stack)).map(plannedTarget)),
    changes,
    unchanged: decisions.flatMap(({ pair, change, isRefused, isUnasked }) =>
      change === null && !isRefused && !isUnasked && !listed.has(pair.address) ? [pair.address] : [],
    ),
    drift: decisions.flatMap(({ drift }) => drift ?? []),
    unmanaged: sorted(input.unmanaged.filter(({ stack }) => scope.includes(stack)).map(unmanagedObject)),
    owed,
    uncommitted: sorted(
      scope.states.flatMap(({ stack, uncommittedTargets }) =>
        uncommittedTargets
          .filter((target) => !unasked.some((one) => one.stack === stack && one.target === target))
          .map((target) => ({ stack, target })),
      ),
    ),
    running: sorted((input.running ?? []).filter(({ stack }) => scope.includes(stack))),
    ...(notLookedAt.length === 0 ? {} : { unasked: countUncompared(notLookedAt, decisions) }),
    ...(input.unhealthy === undefined || input.unhealthy.length === 0 ? {} : { unhealthy: input.unhealthy }),
    ...(elsewhere.length === 0 ? {} : { elsewhere }),
    brakes: [
      ...brakesOfMoves(moves, listed, new Set(owed.map(({ address }) => address))),
      ...findBrakes(changes, scope.desired, scope.states, input.brakes),
    ],
    findings: sortDiagnostics(findings),
    selection: {
      stacks: unique(input.selection.stacks),
      targets: unique(input.selection.targets),
      exclude: unique(input.selection.exclude),
    },
  };
  return { ...plan, digest: digestOfPlan(plan) };
}

/**
 * Changes with an effect, and the unchanged resources through which one of them waits for another. These stay in the
 * list so that it grows with the edges: a hub between a hundred changes and a hundred others is not 10,000 waits.
 */
function changesInOrder(
  decisions: readonly Decision[],
  graph: ChangeGraph,
  leftOut: readonly (OwedChange['reason'] | null)[],
): readonly PlannedChange[] {
  const isIn = (node: number) => leftOut[node] === null && decisions[node]?.isRefused === false;
  const isChange = (node: number) => isIn(node) && decisions[node]?.change != null;
  const isAfterChange = spread(graph.order, graph.waits, isIn, isChange);
  const isBeforeChange = spread(graph.order.toReversed(), waitersOf(graph.waits), isIn, isChange);
  const isListed = (node: number) =>
    isChange(node) || (isIn(node) && isAfterChange.has(node) && isBeforeChange.has(node));
  return graph.order.filter(isListed).flatMap((node) => {
    const decision = decisions[node];
    if (decision === undefined) return [];
    const waitsFor = (graph.waits[node] ?? [])
      .filter(isListed)
      .flatMap((other) => decisions[other]?.pair.address ?? []);
    return [{ ...(decision.change ?? unchangedDraft(decision)), waitsFor: waitsFor.sort() }];
  });
}

/** Nodes with a change somewhere before them, when `order` gives each node after its neighbours in `edges`. */
function spread(
  order: readonly number[],
  edges: readonly (readonly number[])[],
  isIn: (node: number) => boolean,
  isChange: (node: number) => boolean,
): ReadonlySet<number> {
  const reached = new Set<number>();
  for (const node of order) {
    const isReached = (edges[node] ?? []).some((other) => isIn(other) && (isChange(other) || reached.has(other)));
    if (isReached) reached.add(node);
  }
  return reached;
}

function unchangedDraft({ pair }: Decision): Omit<PlannedChange, 'waitsFor'> {
  if (pair.desired === null) throw new Error(`Bug: ${pair.address} is recorded only, which is never unchanged.`);
  return {
    address: pair.address,
    change: { action: 'no-op', desired: pair.desired },
    cause: { kind: 'unchanged' },
    explanation: unchangedExplanation,
    reverse: null,
    applied: pair.record,
  };
}

function owedChanges(
  decisions: readonly Decision[],
  leftOut: readonly (OwedChange['reason'] | null)[],
): readonly OwedChange[] {
  return decisions.flatMap(({ pair, change }, node) => {
    const reason = leftOut[node] ?? null;
    if (reason === null || change === null || effectOf(change) === 'none') return [];
    return [{ address: pair.address, action: change.change.action, reason }];
  });
}

function undeclaredAdoptions({ adopt }: PlanInput, { desired }: Scope): readonly Diagnostic[] {
  const declared = new Set<Address>(desired.map(({ address }) => address));
  return [...adopt]
    .filter((address) => !declared.has(address))
    .map((address) => planDiagnostics.create('adopt-undeclared', { address }, { subject: address }));
}

function plannedTarget({ stack, target, provider, identity }: PlannedTarget): PlannedTarget {
  return { stack, target, provider, identity };
}

/** Field by field, so that a discovered object's spec does not get in with it. */
function unmanagedObject({ stack, target, type, name, location, facts, concern }: UnmanagedObject): UnmanagedObject {
  const said = { ...(facts === undefined ? {} : { facts }), ...(concern === undefined ? {} : { concern }) };
  return { stack, target, type, name, location, ...said };
}

function sorted<
  Entry extends PlannedTarget | UnmanagedObject | TargetRunning | { readonly stack: string; readonly target: string },
>(entries: readonly Entry[]): readonly Entry[] {
  const keyed = entries.map((entry) => ({
    entry,
    key: `${entry.stack} ${canonicalJson(entry as unknown as JsonValue)}`,
  }));
  return keyed.sort((left, right) => (left.key < right.key ? -1 : 1)).map(({ entry }) => entry);
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
