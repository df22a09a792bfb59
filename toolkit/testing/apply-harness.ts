import type { Diagnostic } from '../diagnostics/index.ts';
import type { EmbeddedSettings } from '../engine/embedded/apply-plan.ts';
import { createEmbeddedEngine } from '../engine/embedded/embedded-engine.ts';
import type { ApplyEvent, ApplyOptions, ApplyResult } from '../engine/engine.ts';
import { acquireLock } from '../engine/lock/acquire-lock.ts';
import { loadStack } from '../engine/state/load-stack.ts';
import { observeUncertain } from '../engine/state/observe-uncertain.ts';
import { resolveUncertain } from '../engine/state/resolve-uncertain.ts';
import { emptyRecord } from '../engine/state/stack-record.ts';
import type { StateBackend } from '../engine/state/state-backend.ts';
import { writeCheckpoint } from '../engine/state/write-checkpoint.ts';
import {
  type Address,
  digestOf,
  type Observation,
  type Provider,
  type ProviderSession,
  type Resource,
  type ResourceTypeDefinition,
  type StackState,
  type TargetBinding,
} from '../model/index.ts';
import { objectsToObserve, type Plan, type PlannedTarget, planChanges, type TargetRunning } from '../plan/index.ts';
import { memoryBinding, testSecret } from './memory-target.ts';

/** What planning and applying need of the outside, in a test. */
export interface Bench {
  readonly backend: StateBackend;
  readonly providers: readonly Provider[];
  readonly types: ReadonlyMap<string, ResourceTypeDefinition>;
  readonly stacks: readonly string[];
  /** Targets of every stack; `disk` alone unless told. */
  readonly targets?: readonly string[];
  readonly resolveSecret?: (reference: string) => Promise<string>;
}

export interface BenchPlan {
  readonly plan: Plan;
  /** Of loading and of looking at what an earlier run left; a caller stops at errors among them. */
  readonly diagnostics: readonly Diagnostic[];
}

const environment = 'test';
const noSignal = new AbortController().signal;

/** Plans as a command does: load, look, decide, plan. */
export async function planOnBench(
  bench: Bench,
  desired: readonly Resource[],
  adopt: readonly Address[] = [],
): Promise<BenchPlan> {
  const sessions = openSessions(bench);
  const states: StackState[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const stack of bench.stacks) {
    const result = await loadStack(bench.backend.open({ environment, stack }));
    if (!result.ok) throw new Error(`The state cannot be read: ${JSON.stringify(result.diagnostics)}`);
    const sightings = await observeUncertain(result.loaded.record, (target, references) =>
      sessionOf(sessions, stack, target).readMany(references),
    );
    const resolved = resolveUncertain(result.loaded, sightings, bench.types, new Set(adopt));
    states.push(resolved.state);
    diagnostics.push(...result.loaded.notices, ...resolved.diagnostics);
  }
  const selection = { stacks: bench.stacks, targets: [], exclude: [] };
  const wanted = objectsToObserve(desired, states, selection, bench.types);
  const plan = planChanges({
    environment,
    types: bench.types,
    desired,
    states,
    observed: await observeAll(sessions, wanted.observed),
    destinations: await observeAll(sessions, wanted.destinations),
    unmanaged: [],
    running: await compareAll(sessions),
    identities: await identifyAll(sessions),
    inputs: {
      content: digestOf('content'),
      bindings: digestOf('bindings'),
      policies: digestOf('policies'),
      program: 'test',
    },
    selection,
    adopt: new Set(adopt),
    brakes: { maxDeletes: 1e9, maxDeleteShare: 1, allowedDeletes: 1e9, allowEmpty: true },
    secrets: new Map(),
  });
  return { plan, diagnostics };
}

export interface BenchApplyOptions extends Partial<ApplyOptions> {
  readonly settings?: Partial<EmbeddedSettings>;
}

export async function applyOnBench(
  bench: Bench,
  plan: Plan,
  { settings, ...options }: BenchApplyOptions = {},
): Promise<ApplyResult & { readonly events: readonly ApplyEvent[] }> {
  const events: ApplyEvent[] = [];
  const engine = createEmbeddedEngine({
    backend: bench.backend,
    command: 'test apply',
    timeouts: { readMs: 200, stageMs: 50, commitMs: 50 },
    ...settings,
  });
  const result = await engine.apply(plan, {
    bindings: bindingsOf(bench),
    providers: bench.providers,
    parallel: 4,
    healthTimeoutMs: 0,
    lockTimeoutMs: 0,
    approvedBy: null,
    onEvent: (event) => events.push(event),
    signal: noSignal,
    resolveSecret: bench.resolveSecret ?? (async (reference) => testSecret(reference)),
    ...options,
  });
  return { ...result, events };
}

/** Puts a state in the backend as an earlier apply would have left it. */
export async function storeState(backend: StateBackend, state: StackState): Promise<void> {
  const key = { environment: state.environment, stack: state.stack };
  const store = backend.open(key);
  const lock = await acquireLock(store, { command: 'test', waitMs: 0 });
  const record = emptyRecord(key, { lineage: state.lineage, salt: state.salt });
  for (const [address, resource] of state.resources) record.resources.set(address, resource);
  record.serial = state.serial;
  await writeCheckpoint(store, record, lock);
  await lock.release();
}

interface OpenTarget {
  readonly stack: string;
  readonly target: string;
  readonly provider: string;
  readonly session: ProviderSession;
}

function bindingsOf({ stacks, targets = ['disk'] }: Bench): readonly TargetBinding[] {
  return stacks.flatMap((stack) => targets.map((target) => memoryBinding(stack, target)));
}

function openSessions(bench: Bench): readonly OpenTarget[] {
  const resolveSecret = bench.resolveSecret ?? (async (reference: string) => testSecret(reference));
  return bindingsOf(bench).flatMap((binding) => {
    const provider = bench.providers.find(({ name }) => name === binding.provider);
    if (provider === undefined) return [];
    const session = provider.open(binding, { resolveSecret, report: () => {}, signal: noSignal });
    return [{ stack: binding.stack, target: binding.target, provider: provider.name, session }];
  });
}

function sessionOf(sessions: readonly OpenTarget[], stack: string, target: string): ProviderSession {
  const open = sessions.find((candidate) => candidate.stack === stack && candidate.target === target);
  if (open === undefined) throw new Error(`No target ${target} of stack ${stack} on this bench.`);
  return open.session;
}

async function observeAll(
  sessions: readonly OpenTarget[],
  objects: ReturnType<typeof objectsToObserve>['observed'],
): Promise<ReadonlyMap<Address, Observation>> {
  const seen = new Map<Address, Observation>();
  const groups = Map.groupBy(objects, ({ target, reference }) => `${reference.address.split('/')[0]} ${target}`);
  for (const [name, group] of groups) {
    const [stack = '', target = ''] = name.split(' ');
    const answer = await sessionOf(sessions, stack, target).readMany(group.map(({ reference }) => reference));
    for (const [address, observation] of answer) seen.set(address, observation);
  }
  return seen;
}

async function compareAll(sessions: readonly OpenTarget[]): Promise<readonly TargetRunning[]> {
  const answers = await Promise.all(
    sessions.map(async ({ stack, target, session }) => ({ stack, target, running: await session.compareRunning() })),
  );
  return answers.flatMap(({ stack, target, running }) =>
    running.state === 'as-placed' ? [] : [{ stack, target, running }],
  );
}

async function identifyAll(sessions: readonly OpenTarget[]): Promise<readonly PlannedTarget[]> {
  return await Promise.all(
    sessions.map(async ({ stack, target, provider, session }) => ({
      stack,
      target,
      provider,
      identity: await session.identify(),
    })),
  );
}
