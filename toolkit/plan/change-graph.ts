import type { Diagnostic } from '../diagnostics/index.ts';
import type { Address, AppliedResource } from '../model/index.ts';
import { shortestCycle, strongComponents } from './cycles.ts';
import type { Decision } from './decision.ts';
import { planDiagnostics } from './plan-diagnostics.ts';
import { topologicalOrder } from './topological-order.ts';

/** What the plan knows of stacks that it does not touch: they may be depended on, and may depend. */
export interface Elsewhere {
  readonly declared: ReadonlySet<Address>;
  readonly recorded: ReadonlyMap<Address, AppliedResource>;
}

export interface ChangeGraph {
  /** For each decision the decisions that it waits for; numbers are places in the list of decisions. */
  readonly waits: readonly (readonly number[])[];
  /** All decisions: each after what it waits for, writes before removals where either may go first, then by address. */
  readonly order: readonly number[];
  readonly findings: readonly Diagnostic[];
}

/**
 * Who waits for whom:
 *
 * - what is written waits for what its declaration depends on;
 * - what is removed waits for all that depended on it when last applied, whether that is removed too or just lets go;
 * - what is replaced waits for the removal of what depended on it.
 *
 * The first kind alone may form a cycle that a person has to solve. The others come from the past, so a cycle through
 * them is solved by giving them up, the weakest first: `replace a -> delete b -> update c -> replace a`, where c moved
 * from b to a, is done as a, c, b.
 */
export function buildChangeGraph(decisions: readonly Decision[], elsewhere: Elsewhere): ChangeGraph {
  const findings: Diagnostic[] = [];
  const nodes = nodesByAddress(decisions);
  let edges: readonly Edge[] = [
    ...decisions.flatMap((decision, node) => dependencyEdges(decision, node, decisions, nodes, elsewhere, findings)),
    ...decisions.flatMap((decision, node) => removalEdges(decision, node, decisions, nodes)),
  ];
  findings.push(...stillNeeded(decisions, nodes, elsewhere));
  const priority = decisions.map(({ pair }, node) => (pair.desired === null ? decisions.length + node : node));
  let waits = waitsOf(edges, decisions.length);
  let order = topologicalOrder(waits, priority);
  while (order.length < decisions.length) {
    edges = withoutCycles(edges, waits, decisions, findings);
    waits = waitsOf(edges, decisions.length);
    order = topologicalOrder(waits, priority);
  }
  return { waits, order, findings };
}

/** The stronger, the later it is given up. */
type Strength = 'dependency' | 'removal' | 'replacement';
const weakestFirst: readonly Strength[] = ['replacement', 'removal', 'dependency'];

interface Edge {
  readonly waiter: number;
  readonly before: number;
  readonly strength: Strength;
}

/** By present and former address: what depends on a renamed resource by its former name still finds it. */
function nodesByAddress(decisions: readonly Decision[]): ReadonlyMap<Address, number> {
  const nodes = new Map<Address, number>();
  for (const [node, { pair }] of decisions.entries()) {
    if (pair.record !== null && pair.record.address !== pair.address) nodes.set(pair.record.address, node);
  }
  for (const [node, { pair }] of decisions.entries()) nodes.set(pair.address, node);
  return nodes;
}

function dependencyEdges(
  { pair }: Decision,
  waiter: number,
  decisions: readonly Decision[],
  nodes: ReadonlyMap<Address, number>,
  elsewhere: Elsewhere,
  findings: Diagnostic[],
): readonly Edge[] {
  const { desired } = pair;
  if (desired === null || desired.dependsOn.length === 0) return [];
  const edges: Edge[] = [];
  for (const dependency of desired.dependsOn) {
    const before = nodes.get(dependency);
    const isThere =
      before === undefined ? isElsewhere(dependency, elsewhere) : decisions[before]?.pair.desired !== null;
    if (before !== undefined && isThere) edges.push({ waiter, before, strength: 'dependency' });
    if (isThere) continue;
    const code = before === undefined ? 'unknown-dependency' : 'dependency-removed';
    const facts = { address: desired.address, dependency };
    findings.push(planDiagnostics.create(code, facts, { position: desired.source, subject: desired.address }));
  }
  return edges;
}

function isElsewhere(address: Address, { declared, recorded }: Elsewhere): boolean {
  return declared.has(address) || recorded.has(address);
}

/** What the record of a decision says that it depended on waits for it, if that is removed or replaced. */
function removalEdges(
  { pair, change }: Decision,
  before: number,
  decisions: readonly Decision[],
  nodes: ReadonlyMap<Address, number>,
): readonly Edge[] {
  if (pair.record === null || change === null) return [];
  return pair.record.dependsOn.flatMap((dependency): readonly Edge[] => {
    const waiter = nodes.get(dependency);
    const other = waiter === undefined ? undefined : decisions[waiter];
    if (waiter === undefined || other === undefined || waiter === before) return [];
    if (other.pair.desired === null) return [{ waiter, before, strength: 'removal' }];
    const isReplacedUnder = other.change?.change.action === 'replace' && pair.desired === null;
    return isReplacedUnder ? [{ waiter, before, strength: 'replacement' }] : [];
  });
}

function stillNeeded(
  decisions: readonly Decision[],
  nodes: ReadonlyMap<Address, number>,
  { recorded }: Elsewhere,
): readonly Diagnostic[] {
  return [...recorded.values()].flatMap((dependant) =>
    dependant.dependsOn.flatMap((dependency) => {
      const node = nodes.get(dependency);
      const decision = node === undefined ? undefined : decisions[node];
      if (decision?.change?.change.action !== 'delete') return [];
      const facts = { address: decision.pair.address, dependant: dependant.address };
      return [planDiagnostics.create('still-needed', facts, { subject: decision.pair.address })];
    }),
  );
}

function waitsOf(edges: readonly Edge[], count: number): readonly (readonly number[])[] {
  const waits = Array.from({ length: count }, () => new Set<number>());
  for (const { waiter, before } of edges) waits[waiter]?.add(before);
  return waits.map((set) => [...set].sort((left, right) => left - right));
}

/** Gives up the weakest edges inside each cycle; when only declared ones are left, reports it and gives up those. */
function withoutCycles(
  edges: readonly Edge[],
  waits: readonly (readonly number[])[],
  decisions: readonly Decision[],
  findings: Diagnostic[],
): readonly Edge[] {
  const components = strongComponents(waits);
  const componentOf = new Map(
    components.flatMap((nodes, component) => nodes.map((node) => [node, component] as const)),
  );
  const inside = (edge: Edge) => {
    const component = componentOf.get(edge.waiter);
    return component !== undefined && component === componentOf.get(edge.before) ? component : null;
  };
  const weakest = components.map(() => 'dependency' as Strength);
  for (const edge of edges) {
    const component = inside(edge);
    if (component !== null && isWeaker(edge.strength, weakest[component])) weakest[component] = edge.strength;
  }
  for (const [component, nodes] of components.entries()) {
    if (weakest[component] === 'dependency') findings.push(cycleFinding(nodes, waits, decisions));
  }
  return edges.filter((edge) => {
    const component = inside(edge);
    return component === null || edge.strength !== weakest[component];
  });
}

function isWeaker(one: Strength, other: Strength | undefined): boolean {
  return other === undefined || weakestFirst.indexOf(one) < weakestFirst.indexOf(other);
}

function cycleFinding(
  nodes: readonly number[],
  waits: readonly (readonly number[])[],
  decisions: readonly Decision[],
): Diagnostic {
  const path = shortestCycle(nodes, waits).flatMap((node) => decisions[node]?.pair ?? []);
  const [first] = path;
  const occurrence = first?.desired ? { position: first.desired.source, subject: first.address } : {};
  return planDiagnostics.create('dependency-cycle', { path: path.map(({ address }) => address) }, occurrence);
}
