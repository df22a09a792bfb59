import type { Diagnostic } from '../diagnostics/index.ts';
import type { LoadedStack } from '../engine/state/load-stack.ts';
import { observeUncertain } from '../engine/state/observe-uncertain.ts';
import { resolveUncertain } from '../engine/state/resolve-uncertain.ts';
import {
  type Address,
  addressFields,
  type ObjectReference,
  type Observation,
  type ResourceTypeDefinition,
  type StackState,
  type TargetBinding,
} from '../model/index.ts';
import type {
  ObjectsToObserve,
  ObjectToObserve,
  PlannedTarget,
  TargetRunning,
  UnhealthyObject,
  UnmanagedObject,
} from '../plan/index.ts';
import type { Repository } from './contract.ts';
import { operateDiagnostics } from './operate-diagnostics.ts';
import type { SecretResolver } from './secrets.ts';
import { askTarget, type TargetSessions, targetKey } from './target-sessions.ts';
import type { UnaskedTargets } from './unasked-targets.ts';

/** Reads of one plan: the sessions to ask, and where what goes wrong is told. */
export interface Looking {
  readonly sessions: TargetSessions;
  readonly secrets: SecretResolver;
  readonly earlyReadings: Repository['earlyReadings'];
  readonly diagnostics: Diagnostic[];
  readonly unasked: UnaskedTargets;
  /** Everything is to be removed: a server that is stopped already is no trouble then. */
  readonly isDestroying: boolean;
}

/** Everything that a plan has to know of the targets, asked of all of them at once. */
export async function look(
  objects: ObjectsToObserve,
  states: readonly StackState[],
  targets: readonly TargetBinding[],
  looking: Looking,
) {
  const keys = targets.map(({ stack, target }) => targetKey(stack, target)).sort();
  const [observed, destinations, discovered, identities, running, unhealthy] = await Promise.all([
    observeRecorded(objects.observed, looking),
    observeObjects(objects.destinations, looking),
    discoverUnmanaged([...objects.observed, ...objects.destinations], keys, looking),
    identifyTargets(keys, looking),
    compareRunning(keys, { applied: appliedTargets(states), used: usedTargets(objects) }, looking),
    looking.isDestroying ? [] : lookAtUnhealthy(states, new Set(keys), looking),
  ]);
  const { unmanaged, untold } = discovered;
  // What is managed is looked at one by one: that a folder cannot be listed keeps nothing from being compared.
  const untoldOfAsked = [...untold].flatMap(([key, ofTarget]) => (looking.unasked.has(key) ? [] : ofTarget));
  looking.diagnostics.push(...untoldOfAsked.map((diagnostic) => ({ ...diagnostic, severity: 'warning' as const })));
  const seen = looking.isDestroying ? withoutUnasked(observed) : observed;
  return { observed: seen, destinations, unmanaged, identities, running, unhealthy };
}

/** A server that was stopped before its files are removed keeps nothing that is in force, and is not waited for. */
function withoutUnasked(observed: ReadonlyMap<Address, Observation>): ReadonlyMap<Address, Observation> {
  return new Map(
    [...observed].map(([address, seen]) => [address, seen.state === 'unasked' ? { state: 'absent' } : seen] as const),
  );
}

/** Of what was last applied, most may have been looked at already. */
async function observeRecorded(
  objects: readonly ObjectToObserve[],
  looking: Looking,
): Promise<ReadonlyMap<Address, Observation>> {
  const early = await looking.earlyReadings.of(objects);
  const late = await observeObjects(
    objects.filter(({ reference }) => !early.has(reference.address)),
    looking,
  );
  return new Map([...early, ...late]);
}

/** Looks at many objects, one call per target. */
async function observeObjects(
  objects: readonly ObjectToObserve[],
  looking: Looking,
): Promise<ReadonlyMap<Address, Observation>> {
  const byTarget = Map.groupBy(objects, ({ target, reference }) =>
    targetKey(addressFields(reference.address).stack, target),
  );
  const answers = await Promise.all(
    [...byTarget].map(([key, ofTarget]) =>
      readTarget(
        key,
        ofTarget.map(({ reference }) => reference),
        looking,
      ),
    ),
  );
  return new Map(answers.flatMap((answer) => [...answer]));
}

async function readTarget(
  key: string,
  references: readonly ObjectReference[],
  looking: Looking,
): Promise<ReadonlyMap<Address, Observation>> {
  const { stack, target } = splitKey(key);
  const nothing: ReadonlyMap<Address, Observation> = new Map();
  return looking.unasked.ask(key, () => looking.sessions.open(stack, target).readMany(references), nothing);
}

/** Who answers, for every target that the plan looks at. */
async function identifyTargets(keys: readonly string[], looking: Looking): Promise<readonly PlannedTarget[]> {
  const answers = await Promise.all(
    keys.map((key) => {
      const { stack, target } = splitKey(key);
      return looking.unasked.ask(
        key,
        async () => {
          const identity = await looking.sessions.open(stack, target).identify();
          return { stack, target, provider: looking.sessions.binding(stack, target)?.provider ?? '', identity };
        },
        null,
      );
    }),
  );
  return answers.filter((answer) => answer !== null);
}

/** Targets that do not run what lies in them, and those whose server does not answer, which is a warning besides. */
async function compareRunning(
  keys: readonly string[],
  { applied, used }: { readonly applied: ReadonlySet<string>; readonly used: ReadonlySet<string> },
  looking: Looking,
): Promise<readonly TargetRunning[]> {
  const answers = await Promise.all(
    keys.map((key) => {
      const { stack, target } = splitKey(key);
      return looking.unasked.ask(
        key,
        async () => ({ stack, target, running: await looking.sessions.open(stack, target).compareRunning() }),
        null,
      );
    }),
  );
  return answers.flatMap((answer) => {
    if (answer === null || answer.running.state === 'as-placed') return [];
    const { stack, target, running } = answer;
    const key = targetKey(stack, target);
    if (running.state === 'not-answering') {
      // Where nothing lies, and nothing is to come, nobody needs the server.
      if (!used.has(key)) return [];
      if (!looking.isDestroying) looking.diagnostics.push(notAnswering(stack, target, running.reason));
    } else if (running.isLeftOver) {
      // What runs where nothing was ever applied is not ours.
      if (!applied.has(key)) return [];
      looking.diagnostics.push(leftRunning(stack, target, running.differences));
    }
    return [{ stack, target, running }];
  });
}

/** One look at what was applied and not seen to work since: an apply that ended so has left something to mend. */
async function lookAtUnhealthy(
  states: readonly StackState[],
  keys: ReadonlySet<string>,
  { sessions }: Looking,
): Promise<readonly UnhealthyObject[]> {
  const objects = states.flatMap(({ stack, unhealthy = new Map<Address, readonly string[]>(), resources }) =>
    [...unhealthy].flatMap(([address, excused]) => {
      const resource = resources.get(address);
      const key = resource === undefined ? '' : targetKey(stack, resource.target);
      return resource === undefined || !keys.has(key) ? [] : [{ key, resource, excused }];
    }),
  );
  const answers = await Promise.all(
    [...Map.groupBy(objects, ({ key }) => key)].map(async ([key, ofTarget]) => {
      const { stack, target } = splitKey(key);
      const references = ofTarget.map(({ resource: { address, type, spec }, excused }) => ({
        address,
        type,
        spec,
        excused,
      }));
      const told: Diagnostic[] = [];
      const reports = await askTarget(key, told, () => sessions.open(stack, target).health(references, 0), null);
      if (reports === null)
        return references.map(({ address }) => ({ address, healthy: false, detail: told[0]?.detail ?? notLookedAt }));
      // Of files that nothing runs from there is nothing to say.
      return reports.map(({ address, healthy, detail }) => ({ address, healthy, detail }));
    }),
  );
  return answers.flat().sort((left, right) => (left.address < right.address ? -1 : 1));
}

const notLookedAt = 'It was not looked at.';

function usedTargets({ observed, destinations }: ObjectsToObserve): ReadonlySet<string> {
  return new Set(
    [...observed, ...destinations].map(({ target, reference }) =>
      targetKey(addressFields(reference.address).stack, target),
    ),
  );
}

function appliedTargets(states: readonly StackState[]): ReadonlySet<string> {
  return new Set(
    states.flatMap(({ stack, identities }) => Object.keys(identities).map((target) => targetKey(stack, target))),
  );
}

function leftRunning(stack: string, target: string, differences: readonly string[]): Diagnostic {
  const facts = { stack, target, differences };
  return operateDiagnostics.create('target-left-running', facts, { subject: targetKey(stack, target) });
}

function notAnswering(stack: string, target: string, reason: string): Diagnostic {
  const facts = { stack, target, reason };
  return operateDiagnostics.create('target-not-answering', facts, { subject: `${stack}/${target}` });
}

interface Discovered {
  readonly unmanaged: readonly UnmanagedObject[];
  /** By target. */
  readonly untold: ReadonlyMap<string, readonly Diagnostic[]>;
}

/** What is in the targets that nobody declared. */
async function discoverUnmanaged(
  objects: readonly ObjectToObserve[],
  keys: readonly string[],
  looking: Looking,
): Promise<Discovered> {
  const byTarget = Map.groupBy(objects, ({ target, reference }) =>
    targetKey(addressFields(reference.address).stack, target),
  );
  const untold = new Map<string, Diagnostic[]>(keys.map((key) => [key, []]));
  const found = await Promise.all(
    keys.map((key) => {
      const { stack, target } = splitKey(key);
      const managed = (byTarget.get(key) ?? []).map(({ reference }) => reference);
      const nothing: readonly UnmanagedObject[] = [];
      return askTarget(
        key,
        untold.get(key) ?? [],
        async () => {
          const objectsThere = await looking.sessions.open(stack, target).discover(managed);
          return objectsThere.map(({ spec: _, ...known }) => ({ stack, target, ...known }));
        },
        nothing,
      );
    }),
  );
  return { unmanaged: found.flat(), untold };
}

/** States for planning: what a run that was cut off left open is looked up before anything is decided. */
export async function settleStates(
  loaded: readonly LoadedStack[],
  types: ReadonlyMap<string, ResourceTypeDefinition>,
  adopt: ReadonlySet<Address>,
  looking: Looking,
): Promise<readonly StackState[]> {
  return Promise.all(
    loaded.map(async (stack) => {
      if (stack.uncertain.size === 0) return stack.state;
      const name = stack.state.stack;
      const sightings = await observeUncertain(stack.record, (target, references) =>
        looking.unasked.ask(
          targetKey(name, target),
          () => looking.sessions.open(name, target).readMany(references),
          new Map<Address, Observation>(),
        ),
      );
      const resolved = resolveUncertain(stack, sightings, types, adopt);
      // The whole stack is left alone then.
      if (!looking.unasked.hasAnyOf(name)) looking.diagnostics.push(...resolved.diagnostics);
      return resolved.state;
    }),
  );
}

function splitKey(key: string): { readonly stack: string; readonly target: string } {
  const [stack = '', target = ''] = key.split('/');
  return { stack, target };
}
