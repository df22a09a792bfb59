import type { Diagnostic } from '../../diagnostics/index.ts';
import { type ConfigurationItem, criticalities, tierIds } from '../../model/index.ts';
import type { AgentRow } from './agent.ts';
import { agentDiagnostics } from './agent-diagnostics.ts';
import { type InstalledAs, installedAs } from './installed-as.ts';
import { missingIn } from './join-agents.ts';
import { agentName } from './list-agents.ts';
import { compareVersions, isWithin, parseProgramRange } from './version-range.ts';
import { type AgentWork, type WorkCommands, workCommands } from './work-commands.ts';

export interface WorkRequest {
  readonly work: AgentWork;
  /** Those that were chosen. */
  readonly rows: readonly AgentRow[];
  readonly items: readonly ConfigurationItem[];
  /** How they were installed, where it is not to be told by the operating system. */
  readonly as: InstalledAs | null;
  /** How many go first of each program and way of installing. */
  readonly canary: number;
  /** At most so many at a time. */
  readonly batch: number;
  /** Remove also what content still asks for. */
  readonly evenDeclared: boolean;
}

/** What would be done, in the order in which it would be. Nobody has done any of it. */
export interface WorkPlan {
  readonly work: AgentWork;
  readonly batches: readonly WorkBatch[];
}

export interface WorkBatch {
  readonly number: number;
  /** Why these together, and why now. */
  readonly because: string;
  readonly steps: readonly WorkStep[];
}

export interface WorkStep extends WorkCommands {
  readonly agent: string;
  readonly program: string;
  readonly item: string | null;
  readonly stack: string;
  readonly tier: string;
  readonly site: string;
  readonly criticality: string;
  /** The machine, by the address at which Prometheus finds the agent. */
  readonly machine: string;
  readonly as: InstalledAs;
  readonly from: string | null;
  readonly check: ResultCheck;
}

/** What its Prometheus answers when it has worked: asked until it gives a result, no longer than this. */
export interface ResultCheck {
  readonly stack: string;
  readonly query: string;
  readonly within: string;
}

export interface PlannedWork {
  readonly plan: WorkPlan;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Batches go from where least is at stake to where most is: one agent of each kind first, then the lowest tier before the
 * ones above, site by site, and within a site by rising criticality. An agent that fails blinds its own tier only, and the
 * tiers above still see that; L1, which watches all others, comes last. What others are asked through comes last at its
 * site, for it blinds all of them.
 */
export function planWork(request: WorkRequest): PlannedWork {
  const sorted = sortRows(request);
  const diagnostics = [...sorted.diagnostics, ...unfit(request, sorted.ready)];
  const steps = sorted.ready.map(({ row, as }) => stepOf(row, as, request.work));
  const batches = intoBatches(steps, request).map((batch, index) => ({ number: index + 1, ...batch }));
  // Where something blocks, that is what is to be put right; that nothing is left then follows.
  const isTold = batches.length > 0 || diagnostics.some(({ severity }) => severity === 'error');
  const nothing = isTold ? [] : [agentDiagnostics.create('no-agent-chosen', { skipped: request.rows.length })];
  return { plan: { work: request.work, batches }, diagnostics: [...diagnostics, ...nothing] };
}

interface Ready {
  readonly row: AgentRow;
  readonly as: InstalledAs;
}

function sortRows(request: WorkRequest): {
  readonly ready: readonly Ready[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const items = new Map(request.items.map((item) => [item.id, item]));
  const reasons = new Map(request.rows.map((row) => [row, reasonToLeave(row, request)]));
  const rows = request.rows.filter((row) => reasons.get(row) === null);
  const declared = request.work.kind === 'uninstall' && !request.evenDeclared ? rows.filter(isWanted) : [];
  const free = rows.filter((row) => !declared.includes(row));
  const known = free.map((row) => ({ row, as: request.as ?? installedAs(items.get(row.item ?? ''), items) }));
  const ready = known.flatMap(({ row, as }) => (as === null ? [] : [{ row, as }]));
  return {
    ready,
    diagnostics: [
      ...leftOut(reasons),
      ...stillDeclared(declared),
      ...unknownWays(known.filter(({ as }) => as === null)),
    ],
  };
}

function isWanted({ isDeclared }: AgentRow): boolean {
  return isDeclared;
}

/** Null: it can be worked on. */
function reasonToLeave({ kind, state, version, isDeclared }: AgentRow, { work }: WorkRequest): string | null {
  if (kind === 'built-in') return 'they are the item itself, which answers with metrics of its own';
  if (!['exporter', 'shipper', 'collector'].includes(kind))
    return 'they are asked from the control point and have no agent';
  if (work.kind === 'uninstall') return null;
  if (!isDeclared) return 'nobody declares them';
  if (state !== 'down' && version !== null && isSame(version, work.to)) return `they are at ${work.to} already`;
  return null;
}

function isSame(version: string, to: string): boolean {
  return isWithin(version, []) !== null && compareVersions(version, to) === 0;
}

function leftOut(reasons: ReadonlyMap<AgentRow, string | null>): readonly Diagnostic[] {
  const groups = Map.groupBy(
    [...reasons].filter(([, reason]) => reason !== null),
    ([, reason]) => reason ?? '',
  );
  return [...groups].map(([reason, rows]) =>
    agentDiagnostics.create('left-out', { reason, agents: rows.map(([row]) => agentName(row)) }),
  );
}

function stillDeclared(rows: readonly AgentRow[]): readonly Diagnostic[] {
  if (rows.length === 0) return [];
  return [agentDiagnostics.create('still-declared', { agents: rows.map(agentName) })];
}

function unknownWays(unknown: readonly { readonly row: AgentRow }[]): readonly Diagnostic[] {
  const byProgram = Map.groupBy(unknown, ({ row }) => row.program);
  return [...byProgram].map(([program, rows]) =>
    agentDiagnostics.create('how-installed', { program, agents: rows.map(({ row }) => agentName(row)) }),
  );
}

/** A version with which alerts would go blind is told before anything is updated to it. */
function unfit({ work }: WorkRequest, ready: readonly Ready[]): readonly Diagnostic[] {
  if (work.kind !== 'update') return [];
  const byProgram = Map.groupBy(ready, ({ row }) => `${row.program} ${row.expected}`);
  return [...byProgram.values()].flatMap((rows) => {
    const [first] = rows;
    if (first === undefined) return [];
    const { program, expected } = first.row;
    const versioned = rows.flatMap(({ row }) => row.versioned);
    const missing = [...new Set(missingIn(work.to, versioned))].sort();
    const isFit = isWithin(work.to, parseProgramRange(`${program} ${expected}`).bounds) !== false;
    if (isFit && missing.length === 0) return [];
    const facts = { version: work.to, program, expected, missing: isFit ? missing : [] };
    return [agentDiagnostics.create('version-unfit', facts, { subject: program })];
  });
}

function stepOf(row: AgentRow, as: InstalledAs, work: AgentWork): WorkStep {
  const { program, item, stack, tier, site, criticality, endpoint, version } = row;
  return {
    agent: agentName(row),
    program,
    item,
    stack,
    tier,
    site,
    criticality,
    machine: hostOf(endpoint),
    as,
    from: version,
    ...workCommands(program, as, work),
    check: checkOf(row, work),
  };
}

function hostOf(endpoint: string): string {
  return URL.parse(endpoint.includes('://') ? endpoint : `http://${endpoint}`)?.hostname ?? endpoint;
}

function checkOf({ stack, program, job, item, endpoint }: AgentRow, work: AgentWork): ResultCheck {
  const place = job === null ? { instance: endpoint } : { job, ...(item === null ? {} : { item }) };
  if (work.kind === 'uninstall') return { stack, query: `absent(up${matchers(place)} == 1)`, within: '10m' };
  const info = `${program.replaceAll(/\W/g, '_')}_build_info`;
  // Debian's programs say their version with or without the revision of the package.
  const version = `v?${work.to.replace(/^\d+:/, '').replace(/-.*$/, '').replaceAll(/\W/g, '\\$&')}([-+~].*)?`;
  const found = matchers(place, `version=~${JSON.stringify(version)}`);
  return { stack, query: `up${matchers(place)} == 1 and on (job, instance) ${info}${found}`, within: '10m' };
}

function matchers(place: Readonly<Record<string, string>>, ...more: readonly string[]): string {
  const own = Object.entries(place).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `{${[...own, ...more].join(',')}}`;
}

function intoBatches(
  steps: readonly WorkStep[],
  { canary, batch, rows }: WorkRequest,
): readonly Omit<WorkBatch, 'number'>[] {
  const shared = new Set(rows.filter(({ kind }) => kind === 'collector').map(agentName));
  const ordered = [...steps].sort((left, right) => compareSteps(left, right, shared));
  const firsts = firstOfEach(ordered, canary);
  const others = ordered.filter((step) => !firsts.includes(step));
  const bySite = Map.groupBy(others, ({ tier, site }) => `${tier}, ${site}`);
  return [
    ...(firsts.length === 0
      ? []
      : [{ because: 'Canaries: of each kind the least critical, in the lowest tier.', steps: firsts }]),
    ...[...bySite].flatMap(([place, own]) =>
      inSlices(own, batch).map((part, index, all) => ({
        because: `${place}: part ${index + 1} of ${all.length}.`,
        steps: part,
      })),
    ),
  ];
}

function firstOfEach(ordered: readonly WorkStep[], count: number): readonly WorkStep[] {
  const kinds = Map.groupBy(ordered, ({ program, as }) => `${program} ${as}`);
  return [...kinds.values()].flatMap((own) => own.slice(0, count));
}

function compareSteps(left: WorkStep, right: WorkStep, shared: ReadonlySet<string>): number {
  const rank = (step: WorkStep) => [
    -tierIds.findIndex((tier) => tier === step.tier),
    step.site,
    shared.has(step.agent) ? 1 : 0,
    -criticalities.findIndex((level) => level === step.criticality),
    step.agent,
  ];
  const [first, second] = [rank(left), rank(right)];
  const differs = first.findIndex((part, index) => part !== second[index]);
  if (differs < 0) return 0;
  return (first[differs] ?? '') < (second[differs] ?? '') ? -1 : 1;
}

function inSlices<Value>(values: readonly Value[], size: number): readonly (readonly Value[])[] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}
