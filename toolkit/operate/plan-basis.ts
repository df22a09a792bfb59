import type { Diagnostic } from '../diagnostics/index.ts';
import { readEngines } from '../engine/state/engine-register.ts';
import { createFileBackend } from '../engine/state/file-backend.ts';
import type { LoadedStack } from '../engine/state/load-stack.ts';
import { statesOf } from '../engine/state/state-source.ts';
import { type Address, addressFields, type Resource, type ResourceTypeDefinition } from '../model/index.ts';
import type { PlanSelection } from '../plan/index.ts';
import { checkPlaces } from './check-places.ts';
import type { Content, Outcome, PlanRequest, Repository, Wiring } from './contract.ts';
import { unknownMoves } from './moved-targets.ts';
import { findNeededSettings } from './needed-settings.ts';
import { operateDiagnostics } from './operate-diagnostics.ts';
import { leaveToControllers } from './reconciled-targets.ts';
import { rememberRecorded } from './recorded-states.ts';
import { findUnbound, findUnboundOf } from './unbound-targets.ts';
import { typesOf, validateContent } from './validate-resources.ts';

/** What a plan starts from, before any target is asked. */
export interface PlanBasis {
  readonly types: ReadonlyMap<string, ResourceTypeDefinition>;
  readonly loaded: readonly LoadedStack[];
  /** Stacks that an audit leaves out, with what keeps their states from being read. */
  readonly unreadable: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly desired: readonly Resource[];
  /** Of the stacks that are planned. */
  readonly own: readonly Resource[];
  readonly selection: PlanSelection;
  readonly adopt: ReadonlySet<Address>;
}

/** Loads the states and checks all that can be known without asking a target. */
export async function planBasis(
  repository: Repository,
  content: Content | null,
  wiring: Wiring,
  request: PlanRequest,
): Promise<Outcome<PlanBasis>> {
  const resources = content?.placed ?? [];
  const { loaded, unreadable } = await loadStates(repository, content);
  const leftOut = leftOutOf(request, loaded, unreadable);
  const stacks = request.stacks.length === 0 ? loaded.map(({ state }) => state.stack) : request.stacks;
  const diagnostics = [
    ...loaded.flatMap(({ notices }) => notices),
    ...[...unreadable].flatMap(([stack, why]) => (leftOut.has(stack) ? [] : why)),
    ...unknownStacks(
      stacks.filter((stack) => !unreadable.has(stack)),
      loaded,
    ),
    ...(await runByOtherEngine(repository, stacks, wiring)),
    ...unknownMoves(request.targetMoved, repository),
    ...(content === null ? [] : validateContent(content, wiring)),
    ...(request.offline
      ? findUnboundOf(content, stacks, repository)
      : findUnbound(loaded, stacks, repository, content)),
    ...(request.offline ? [] : await checkPlaces(repository, stacks, wiring)),
    ...(content === null || request.offline ? [] : toldAsWarnings(findNeededSettings(content, repository, wiring))),
  ];
  if (diagnostics.some(({ severity }) => severity === 'error')) return { value: null, diagnostics };

  const isPlanned = ({ address }: Resource) => stacks.includes(addressFields(address).stack);
  const types = typesOf(wiring);
  const wanted = request.destroy ? resources.filter((resource) => !isPlanned(resource)) : resources;
  const left = leaveToControllers(repository, { desired: wanted, loaded }, types, request.isAudit ?? false);
  const { desired } = left;
  const own = desired.filter(isPlanned);
  const selection = { stacks, targets: request.targets, exclude: request.exclude };
  const adopt = expandAdopted(request.adopt, own);
  diagnostics.push(...left.diagnostics);
  // Of stacks that nobody asked about there is nothing to say.
  const missed = request.stacks.length === 0 ? leftOut : new Map<string, readonly Diagnostic[]>();
  return { value: { types, loaded: left.loaded, unreadable: missed, desired, own, selection, adopt }, diagnostics };
}

/** A plan stands on what was applied everywhere, and is not made without knowing. An audit of the others is worth having. */
function leftOutOf(
  { isAudit = false, stacks }: PlanRequest,
  loaded: readonly LoadedStack[],
  unreadable: LoadedStates['unreadable'],
): LoadedStates['unreadable'] {
  if (!isAudit || loaded.length === 0) return new Map();
  return new Map([...unreadable].filter(([stack]) => !stacks.includes(stack)));
}

/** What cannot be looked at is left out of the plan, and the rest can be repaired. */
function toldAsWarnings(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) => ({ ...diagnostic, severity: 'warning' as const }));
}

interface LoadedStates {
  readonly loaded: readonly LoadedStack[];
  readonly unreadable: ReadonlyMap<string, readonly Diagnostic[]>;
}

/** Stacks that are declared, and stacks that only the state still knows. */
async function loadStates(
  { states, environment, recordedStates }: Repository,
  content: Content | null,
): Promise<LoadedStates> {
  const recorded = await recordedStates();
  const names = [...new Set([...(content?.stacks ?? []).map(({ name }) => name), ...recorded.keys()])].sort();
  const results = await Promise.all(
    names.map(async (stack) => ({ stack, ...(recorded.get(stack) ?? (await states.load({ environment, stack }))) })),
  );
  return {
    loaded: results.flatMap((result) => (result.ok ? [result.loaded] : [])),
    unreadable: new Map(results.flatMap((result) => (result.ok ? [] : [[result.stack, result.diagnostics]]))),
  };
}

/** A plan by the wrong engine would find no record, and take what is there for somebody else's. */
async function runByOtherEngine(
  { stateRoot, environment }: Repository,
  stacks: readonly string[],
  { engine: { name: asked } }: Wiring,
): Promise<readonly Diagnostic[]> {
  const engines = await readEngines(stateRoot, environment);
  const others = new Map(stacks.map((stack) => [stack, engines.get(stack) ?? 'embedded']));
  const embedded = asked === 'embedded' ? new Set<string>() : await recordedByEmbedded(stateRoot, environment);
  return stacks.flatMap((stack) => {
    const engine = others.get(stack) ?? 'embedded';
    if (engine === asked || (engine === 'embedded' && !embedded.has(stack))) return [];
    return [operateDiagnostics.create('other-engine', { stack, environment, engine, asked }, { subject: stack })];
  });
}

async function recordedByEmbedded(stateRoot: string, environment: string): Promise<ReadonlySet<string>> {
  const recorded = await rememberRecorded(statesOf(createFileBackend(stateRoot)), environment)();
  return new Set(
    [...recorded].flatMap(([stack, result]) => (result.ok && result.loaded.record.resources.size === 0 ? [] : [stack])),
  );
}

function unknownStacks(stacks: readonly string[], loaded: readonly LoadedStack[]): readonly Diagnostic[] {
  const known = loaded.map(({ state }) => state.stack);
  return stacks
    .filter((stack) => !known.includes(stack))
    .map((stack) => operateDiagnostics.create('unknown-stack', { stack, known }, { found: stack }));
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
