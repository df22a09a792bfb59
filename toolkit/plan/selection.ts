import type { Diagnostic } from '../diagnostics/index.ts';
import { addressFields } from '../model/index.ts';
import { addressPattern } from './address-pattern.ts';
import type { ChangeGraph } from './change-graph.ts';
import type { Decision } from './decision.ts';
import { effectOf } from './effect.ts';
import type { OwedChange, PlanSelection } from './plan.ts';
import { planDiagnostics } from './plan-diagnostics.ts';
import { waitersOf } from './topological-order.ts';

export interface SelectedChanges {
  /** For each decision: null if it is part of the plan, else why not. */
  readonly leftOut: readonly (OwedChange['reason'] | null)[];
  readonly findings: readonly Diagnostic[];
}

/**
 * `--target` takes what matches and all that it waits for, directly or not. `--exclude` leaves out the changes that
 * match and all that waits for them, and wins over `--target`: nothing is ever done before what it needs. Changes in a
 * target that could not be asked are left out in the same way.
 */
export function selectChanges(
  decisions: readonly Decision[],
  graph: ChangeGraph,
  selection: PlanSelection,
): SelectedChanges {
  const findings: Diagnostic[] = [];
  const targeted = matching(decisions, selection.targets, findings);
  const matchingExcluded = matching(decisions, selection.exclude, findings);
  const excluded = matchingExcluded.filter((node) => hasEffect(decisions[node]));
  const wanted = selection.targets.length === 0 ? null : reachable(targeted, graph.waits);
  const excludedAtAll = new Set(excluded);
  const blocked = excluded.length === 0 ? excludedAtAll : reachable(excluded, waitersOf(graph.waits));
  const unasked = unaskedChanges(decisions);
  const unaskedAtAll = new Set(unasked);
  const held =
    unasked.length === 0
      ? unaskedAtAll
      : reachable([...unasked, ...removalsBeside(decisions, unasked)], waitersOf(graph.waits));
  const leftOut = decisions.map((_, node) => {
    if (wanted !== null && !wanted.has(node)) return 'not-targeted';
    if (excludedAtAll.has(node)) return 'excluded';
    if (unaskedAtAll.has(node)) return 'not-asked';
    if (blocked.has(node)) return 'depends-on-excluded';
    return held.has(node) ? 'depends-on-not-asked' : null;
  });
  return { leftOut, findings };
}

function unaskedChanges(decisions: readonly Decision[]): readonly number[] {
  return [...decisions.keys()].filter((node) => decisions[node]?.isUnasked && hasEffect(decisions[node]));
}

/**
 * What goes from a stack may be what comes elsewhere: a plant that moves to a cluster which cannot be asked keeps its files.
 */
function removalsBeside(decisions: readonly Decision[], unasked: readonly number[]): readonly number[] {
  const owing = new Set(unasked.flatMap((node) => (isRemoval(decisions[node]) ? [] : stackAt(decisions[node]))));
  if (owing.size === 0) return [];
  return [...decisions.keys()].filter(
    (node) => isRemoval(decisions[node]) && stackAt(decisions[node]).some((stack) => owing.has(stack)),
  );
}

function isRemoval(decision: Decision | undefined): boolean {
  return decision?.change?.change.action === 'delete';
}

function stackAt(decision: Decision | undefined): readonly string[] {
  return decision === undefined ? [] : [addressFields(decision.pair.address).stack];
}

function matching(
  decisions: readonly Decision[],
  patterns: readonly string[],
  findings: Diagnostic[],
): readonly number[] {
  const nodes = new Set<number>();
  for (const pattern of [...new Set(patterns)].sort()) {
    const matches = addressPattern(pattern);
    const found = [...decisions.keys()].filter((node) => matchesPair(decisions[node], matches));
    if (found.length === 0) findings.push(planDiagnostics.create('pattern-matches-nothing', { pattern }));
    for (const node of found) nodes.add(node);
  }
  return [...nodes];
}

function matchesPair(decision: Decision | undefined, matches: (address: string) => boolean): boolean {
  if (decision === undefined) return false;
  const { address, record } = decision.pair;
  return matches(address) || (record !== null && matches(record.address));
}

function hasEffect(decision: Decision | undefined): boolean {
  return decision?.change != null && effectOf(decision.change) !== 'none';
}

function reachable(from: readonly number[], edges: readonly (readonly number[])[]): ReadonlySet<number> {
  const reached = new Set(from);
  for (const node of reached) for (const next of edges[node] ?? []) reached.add(next);
  return reached;
}
