import type { Diagnostic, SourceSpan } from '../diagnostics/index.ts';
import type { Engine } from '../engine/engine.ts';
import type { StateSource } from '../engine/state/state-source.ts';
import type {
  CollectionScript,
  ConfigurationItem,
  EnvironmentBindings,
  Organisation,
  Provider,
  Resource,
} from '../model/index.ts';
import type { BrakeLimits, Plan, PlanInputs } from '../plan/plan.ts';
import type { DeclaredCollection } from './agents/describe-collection.ts';
import type { EarlyReadings } from './early-readings.ts';
import type { RecordedStates } from './recorded-states.ts';
import type { Refire } from './refire.ts';
import type {
  CollectedPipeline,
  DeclaredAlert,
  DeclaredStack,
  LoadAnswer,
  Statement,
  UpheldObjective,
} from './session-messages.ts';

/** What a front end wires in: the real providers and an engine. */
export interface Wiring {
  /** Those that are loaded. */
  readonly providers: readonly Provider[];
  /** Those that are loaded when something needs them: they are among `providers` from then on. */
  readonly optionalProviders?: readonly OptionalProvider[];
  readonly engine: Engine;
  /** Where that engine keeps what was last applied in a repository; not given: in the files of the embedded one. */
  readonly statesOf?: (place: Pick<Repository, 'root' | 'stateRoot'>) => StateSource;
}

/** A provider whose code most commands can do without: it takes long to load, or stands on a library that not everybody has. */
export interface OptionalProvider extends Pick<Provider, 'name' | 'bindingSchema'> {
  readonly resourceTypes: readonly string[];
  /** Makes it one of the `providers`; a second time it does nothing. */
  load(): Promise<void>;
}

/** One repository of content in one environment. */
export interface Repository {
  /** Absolute path. */
  readonly root: string;
  readonly environment: string;
  /** Absolute path of the bindings file, or null when the environment has none (enough to validate). */
  readonly bindingsFile: string | null;
  readonly bindings: EnvironmentBindings;
  /** Where a stack, or a target of it, is bound. */
  readonly boundAt: (stack: string, target?: string) => SourceSpan;
  /** Where the states of all environments are: `.opsctl/state`. */
  readonly stateRoot: string;
  /** What was last applied, by the engine that this command works with. */
  readonly states: StateSource;
  /** All of it, as this command found it. */
  readonly recordedStates: () => Promise<RecordedStates>;
  /** What of it was looked at ahead, for a plan. */
  readonly earlyReadings: Pick<EarlyReadings, 'begin' | 'of' | 'unanswered'>;
}

/** A result that may be missing, with everything there is to tell about it. */
export interface Outcome<Value> {
  readonly value: Value | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** A plan, and what it would do to alerts that are active as it is made: these come and go, so they are no part of it. */
export interface PlanOutcome extends Outcome<Plan> {
  readonly refires: readonly Refire[];
}

/** Content after it was run, checked and compiled in the sandbox. Close it to end the sandbox. */
export interface Content {
  readonly organisation: Organisation;
  readonly stacks: readonly ContentStack[];
  readonly items: readonly ConfigurationItem[];
  /** What content means, whatever its systems are: what is judged, tested and explained. */
  readonly resources: readonly Resource[];
  /** As the systems hold it, objects of a cluster in the place of files: what is planned. Mostly the same list. */
  readonly placed: readonly Resource[];
  /** Tunings and waivers in words. */
  readonly statements: readonly Statement[];
  /** Service level objectives, by stack. */
  readonly objectives: readonly UpheldObjective[];
  /** Scheduled collection scripts. */
  readonly scripts: readonly CollectionScript[];
  /** Pipelines of data, by stack. */
  readonly pipelines: readonly CollectedPipeline[];
  /** What the catalogue says of alerts. */
  readonly alerts: readonly DeclaredAlert[];
  /** What collects, by class and source. */
  readonly collection: readonly DeclaredCollection[];
  readonly policies: LoadAnswer['policies'];
  readonly inputs: Pick<PlanInputs, 'content' | 'policies'>;
  /** Runs the policies in the sandbox, over the content and, where there is one, a plan. */
  judge(plan: Plan | null, today: string): Promise<readonly Diagnostic[]>;
  close(): Promise<void>;
}

export type ContentStack = DeclaredStack;

export interface PlanRequest {
  /** Stack names; empty: all. */
  readonly stacks: readonly string[];
  readonly targets: readonly string[];
  readonly exclude: readonly string[];
  /** Compare with the last recorded state only: no target is asked and no credential needed. */
  readonly offline: boolean;
  /** Compare what controllers have applied with what is rendered; a plan leaves it to them. */
  readonly isAudit?: boolean;
  /** Plan against an empty desired set. */
  readonly destroy: boolean;
  /** Addresses to take over as they are. */
  readonly adopt: readonly string[];
  /** `<stack>/<target>` of targets that were moved on purpose: what lies at their former place may stay there. */
  readonly targetMoved: readonly string[];
  readonly brakes: BrakeLimits;
  readonly today: string;
  readonly parallel: number;
  readonly onProgress: (message: string) => void;
  readonly signal: AbortSignal;
}
