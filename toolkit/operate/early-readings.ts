import { setImmediate as turn } from 'node:timers/promises';
import { type Diagnostic, Failure } from '../diagnostics/index.ts';
import type { LoadedStack } from '../engine/state/load-stack.ts';
import { Unanswered } from '../host/unanswered.ts';
import type { Address, ObjectReference, Observation, Provider, TargetBinding } from '../model/index.ts';
import type { ObjectToObserve } from '../plan/index.ts';
import { createSecretResolver } from './secrets.ts';
import { TargetSessions, targetKey } from './target-sessions.ts';

export interface EarlyReadingsOptions {
  /** Of the repository. */
  readonly root: string;
  readonly bindings: readonly TargetBinding[];
  readonly providers: readonly Provider[];
  readonly recordedStates: () => Promise<RecordedStacks>;
}

type RecordedStacks = ReadonlyMap<
  string,
  { readonly ok: false } | { readonly ok: true; readonly loaded: Pick<LoadedStack, 'state'> }
>;

interface EarlyReading {
  readonly target: string;
  readonly reference: ObjectReference;
  readonly observation: Observation;
}

type Readings = ReadonlyMap<Address, EarlyReading>;

/**
 * Objects that were last applied, looked at while the content is compiled and this process would wait: a plan then finds
 * most of what it asks for. Nothing is told from here. What fails is asked again in its turn, and tells why;
 * only who did not answer at all is not waited for twice.
 */
export class EarlyReadings {
  readonly #options: EarlyReadingsOptions;
  #readings: Promise<Readings> = Promise.resolve(new Map());
  readonly #unanswered = new Map<string, Diagnostic>();

  constructor(options: EarlyReadingsOptions) {
    this.#options = options;
  }

  /** Begins to read the objects of these stacks; of all, when none is named. */
  begin(stacks: readonly string[]): void {
    this.#readings = this.#readAll(stacks);
    // Who asks for them meets what went wrong.
    void this.#readings.catch(() => undefined);
  }

  /** Waits for what was begun, and gives of these objects those that were read as they are asked for. */
  async of(objects: readonly ObjectToObserve[]): Promise<ReadonlyMap<Address, Observation>> {
    const readings = await this.#readings;
    return new Map(
      objects.flatMap(({ target, reference }) => {
        const early = readings.get(reference.address);
        const isSame =
          early?.target === target &&
          early.reference.type === reference.type &&
          early.reference.spec === reference.spec;
        return isSame ? [[reference.address, early.observation] as const] : [];
      }),
    );
  }

  /** Targets that were waited for in vain, by key, with what there is to tell. */
  async unanswered(): Promise<ReadonlyMap<string, Diagnostic>> {
    await this.#readings;
    return this.#unanswered;
  }

  async #readAll(stacks: readonly string[]): Promise<Readings> {
    const { root, bindings, providers, recordedStates } = this.#options;
    const sessions = new TargetSessions(bindings, providers, {
      resolveSecret: createSecretResolver(root, process.env),
      report: () => undefined,
      signal: new AbortController().signal,
    });
    try {
      // What a target needs to be opened is loaded now, also where nothing was applied yet.
      openAhead(
        bindings.filter(({ stack }) => isAsked(stack, stacks)),
        sessions,
      );
      const objects = recordedObjects(await recordedStates(), stacks);
      const answers: Promise<readonly EarlyReading[]>[] = [];
      for (const [key, ofTarget] of Map.groupBy(objects, ({ stack, target }) => targetKey(stack, target))) {
        await turn(); // Files are read at once: between two targets, an answer of the sandbox has its turn.
        const answer = readTarget(ofTarget, sessions).catch((error: unknown) => {
          if (error instanceof Unanswered) this.#unanswered.set(key, error.diagnostic);
          return leaveToLater(error);
        });
        void answer.catch(() => undefined); // Met below, when all have begun.
        answers.push(answer);
      }
      return new Map((await Promise.all(answers)).flat().map((reading) => [reading.reference.address, reading]));
    } finally {
      await sessions.close();
    }
  }
}

function isAsked(stack: string, stacks: readonly string[]): boolean {
  return stacks.length === 0 || stacks.includes(stack);
}

interface RecordedObject extends ObjectToObserve {
  readonly stack: string;
}

function recordedObjects(states: RecordedStacks, stacks: readonly string[]): readonly RecordedObject[] {
  return [...states]
    .filter(([stack]) => isAsked(stack, stacks))
    .flatMap(([stack, result]) =>
      result.ok
        ? [...result.loaded.state.resources.values()].map(({ target, address, type, spec }) => ({
            stack,
            target,
            reference: { address, type, spec },
          }))
        : [],
    );
}

/** Who needs a target that cannot be opened is told then. */
function openAhead(bindings: readonly TargetBinding[], sessions: TargetSessions): void {
  for (const { stack, target } of bindings) {
    try {
      sessions.open(stack, target);
    } catch (error) {
      leaveToLater(error);
    }
  }
}

/** A target that refuses; a bug is none. */
function leaveToLater(error: unknown): readonly EarlyReading[] {
  if (!(error instanceof Failure)) throw error;
  return [];
}

async function readTarget(
  objects: readonly RecordedObject[],
  sessions: TargetSessions,
): Promise<readonly EarlyReading[]> {
  const [first] = objects;
  if (first === undefined) return [];
  const seen = await sessions.open(first.stack, first.target).readMany(objects.map(({ reference }) => reference));
  return objects.flatMap(({ target, reference }) => {
    const observation = seen.get(reference.address);
    return observation === undefined ? [] : [{ target, reference, observation }];
  });
}
