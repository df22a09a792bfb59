import type { Diagnostic } from '../diagnostics/index.ts';
import type { AccessTrial } from './access-trial.ts';
import type { Address } from './address.ts';
import type { TargetBinding } from './binding.ts';
import type { FieldChange } from './change.ts';
import type { JsonObject } from './json.ts';
import type { Resource } from './resource.ts';

/**
 * One kind of real system. The engine and the plan know only this contract; `cli/wire.ts` names the real ones. All
 * providers pass one conformance suite (`toolkit/testing/describe-provider.ts`).
 */
export interface Provider {
  readonly name: string;
  readonly resourceTypes: readonly ResourceTypeDefinition[];
  /** JSON Schema of a binding's settings. */
  readonly bindingSchema: JsonObject;
  /**
   * Files and folders of a binding's `directory` that are this provider's alone. Not given: all of the directory. No two
   * bindings may share one, so two providers with other files may lie in one directory.
   */
  readonly places?: readonly string[];
  /** Offline: what the real system would refuse, as far as it can be known without it. Never touches the network. */
  validate(resource: Resource): readonly Diagnostic[];
  /** Opens one target. Cheap: connects on first use. */
  open(binding: TargetBinding, context: ProviderContext): ProviderSession;
}

export interface ResourceTypeDefinition {
  readonly type: string;
  /**
   * The one form in which desired, applied and observed are compared: order that means nothing sorted, durations in one
   * spelling, defaults filled in. Idempotent and pure.
   */
  canonical(spec: JsonObject): JsonObject;
  /** JSON pointers whose change cannot be made in place; a function where they depend on what the object is. */
  readonly replaceOn?: readonly string[] | ((before: JsonObject, after: JsonObject) => readonly string[]);
  /** Whether both stand at one place, so that a replacement takes the former one away from where the new one comes. */
  isSamePlace?(before: JsonObject, after: JsonObject): boolean;
  /** Where the default field diff does not fit; both sides are canonical. */
  diff?(before: JsonObject, after: JsonObject): readonly FieldChange[];
  /** A setting that a binding may lack, and without which objects of this type can be neither seen nor made. */
  readonly needs?: NeededSetting;
}

export interface NeededSetting {
  readonly setting: string;
  /** Why it is needed, as a sentence. */
  readonly because: string;
  /** The line to write, such as `url: http://alertmanager.example:9093`. */
  readonly line: string;
}

/** What a session may use of the outside besides its own target. */
export interface ProviderContext {
  /** Resolves `env:` and `file:` references; throws a Failure that names the reference, never the value. */
  resolveSecret(reference: string): Promise<string>;
  /** Steps that take time tell what they wait for; goes to the progress line. */
  report(message: string): void;
  readonly signal: AbortSignal;
}

/** One open target. Reading methods never write and need no right to. */
export interface ProviderSession {
  /** Who answers here: facts that do not change while the target is the same (directory, external label, cluster UID). */
  identify(): Promise<TargetIdentity>;
  /**
   * Looks at many objects in as few calls as the target allows. Every address asked for is in the answer, in canonical
   * form, with secret references put back where the value is the present one.
   */
  readMany(references: readonly ObjectReference[]): Promise<ReadonlyMap<Address, Observation>>;
  /**
   * Compares what the target runs with what lies in it: files may be changed by hand and never loaded, or loaded and put
   * back. One look with a time limit; a server that does not answer is an answer, not a failure.
   */
  compareRunning(): Promise<RunningState>;
  /**
   * Of objects that are not as they were applied (references by what was applied): which of the two its server runs. Only
   * of targets with servers that show what they run. Never fails: what nobody could see is not known.
   */
  whichRuns?(applied: readonly ObjectReference[]): Promise<ReadonlyMap<Address, RunningSide>>;
  /**
   * Hands one change over without making it live. Where the target allows it (files), nothing can be seen of it before the
   * commit; else (an API) it is in place at once.
   */
  stage(change: StagedChange): Promise<void>;
  /**
   * Makes all that was staged since the last commit live: one check, one reload, the new configuration seen live.
   * Refused: every file staged since the last commit goes back, and the answer says why. Asked with nothing staged, it
   * makes live what is in place (a former run was cut off); asked after changes that changed nothing, it does nothing.
   */
  commit(): Promise<CommitOutcome>;
  /**
   * Keeps other processes from changing this target until it is released or the session closed; throws a Failure that says
   * who works there. Taken before the target is looked at for the last time. Not given where the target itself takes care.
   */
  claim?(): Promise<void>;
  release?(): Promise<void>;
  /** Waits until what was applied works (configuration loaded, rule groups healthy, targets up) or the time is over. */
  health(references: readonly HealthReference[], timeoutMs: number): Promise<readonly HealthReport[]>;
  /** Objects of this provider's types in the target that are not among `managed`. */
  discover(managed: readonly ObjectReference[]): Promise<readonly DiscoveredObject[]>;
  /**
   * What would keep declared objects from being taken, seen before anything is done: a kind that the target does not
   * know, a namespace that is missing. Each names an address as its subject. Only of targets where there is such a thing.
   */
  findObstacles?(desired: readonly ObjectReference[]): Promise<readonly Diagnostic[]>;
  /** Only of targets that evaluate alerting rules. */
  readonly alerting?: Alerting;
  /** Only of targets that know users and what each of them may do. */
  readonly trial?: AccessTrial;
  /** For somebody who asks why it does not work: does the server answer, is it ready, may it be reloaded. Never fails. */
  inspect(): Promise<readonly TargetCheck[]>;
  close(): Promise<void>;
}

/** What is going on in a target that evaluates alerting rules. Throws a Failure when it does not answer. */
export interface Alerting {
  /** Alerts that are pending or firing now. */
  active(): Promise<readonly ActiveAlert[]>;
  /** Labels of the series that an expression gives now. */
  holds(expression: string): Promise<readonly Readonly<Record<string, string>>[]>;
}

export interface ActiveAlert {
  /** With `alertname`; without the external labels of the target. */
  readonly labels: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
  readonly activeAtMs: number;
  /** Name that the rule file has in an address, and of the group in it. */
  readonly file: string;
  readonly group: string;
  readonly rule: {
    readonly labels: Readonly<Record<string, string>>;
    /** Which it is of the rules of its group with its name and labels: those share nothing else. */
    readonly occurrence: number;
    /** As the target prints it. */
    readonly expression: string;
  };
}

/** One thing that was looked at. A `warning` keeps nothing from working. */
export interface TargetCheck {
  readonly subject: 'directory' | 'server' | 'configuration' | 'reload' | 'checker';
  /** `not-asked`: there is nobody to ask, so nothing is known. */
  readonly status: 'ok' | 'not-asked' | 'warning' | 'problem';
  readonly detail: string;
  /** What to do; null when there is nothing to do. */
  readonly remedy: string | null;
}

export interface ObjectReference {
  readonly address: Address;
  readonly type: string;
  /** Desired or last applied spec: says where the object lives in the target (a file name, a uid). */
  readonly spec: JsonObject;
}

/** An object to be seen at work. */
export interface HealthReference extends ObjectReference {
  /**
   * Of an object that an earlier run had not seen to work: what was amiss before that run (`HealthReport.excused`). It
   * stands for what was amiss before this one, or a repetition would excuse what the first run was to make work.
   */
  readonly excused?: readonly string[];
}

export type TargetIdentity = Readonly<Record<string, string>>;

export type Observation =
  | { readonly state: 'absent' }
  | {
      readonly state: 'present';
      readonly spec: JsonObject;
      /** Fields that somebody else holds in the target, by JSON pointer: a write does not go over them unless it takes over. */
      readonly heldBy?: Readonly<Record<string, string>>;
      /** It is on its way out, and this is why it is still there: what is written to it goes with it. */
      readonly leaving?: string;
    }
  /** There, but not readable as what it should be (a file broken by hand): an update would write it whole. */
  | { readonly state: 'malformed'; readonly reason: string; readonly spec: JsonObject }
  /** Something is there that this user may not look at, or that no update could replace. */
  | { readonly state: 'unreadable'; readonly reason: string }
  /**
   * Nobody answered who could know, while the rest of the target can be looked at: as with a target that could not be
   * asked, nothing is concluded from it and nothing done. The reason is whole sentences.
   */
  | { readonly state: 'unasked'; readonly reason: string };

export type StagedChange =
  | {
      readonly kind: 'write';
      readonly address: Address;
      readonly type: string;
      readonly spec: JsonObject;
      /** The spec holds resolved secrets: what is written must not be readable for others. */
      readonly sensitive?: boolean;
      /** The object is adopted: fields that somebody else holds become ours. Without it, they are refused. */
      readonly takeOver?: boolean;
    }
  | { readonly kind: 'remove'; readonly address: Address; readonly type: string; readonly spec: JsonObject };

/** What a target runs, compared with what lies in it. */
export type RunningState =
  /** It runs what lies there, or nothing there has to be loaded. */
  | { readonly state: 'as-placed' }
  /** `isLoadable`: a commit with nothing staged makes it run what lies there. */
  | {
      readonly state: 'behind';
      readonly differences: readonly string[];
      readonly isLoadable: boolean;
      /** Nothing lies there that it could load: it goes on with what it had until somebody stops it. */
      readonly isLeftOver?: true;
    }
  | { readonly state: 'not-answering'; readonly reason: string };

/** What a server runs of an object that was changed in place: the change, what was applied, or something else than both. */
export type RunningSide = 'found' | 'applied' | 'neither' | 'not-known';

/** `commit` throws Unanswered when the target does not answer: everything is in place then, and may be live or not. */
export type CommitOutcome =
  | { readonly accepted: true; readonly note: string }
  /** Everything is in place, and nothing runs that could load it: what is started there starts with it. */
  | { readonly accepted: true; readonly note: string; readonly notRunning: string }
  /** The target refused; everything staged since the last commit has been put back. */
  | {
      readonly accepted: false;
      readonly reason: string;
      readonly blamed: readonly Address[];
      /** What stood in the way, where it was not the target that refused. */
      readonly diagnostic?: Diagnostic;
    };

export interface HealthReport {
  readonly address: Address;
  readonly healthy: boolean;
  /** Only the file was looked at: no running program was asked whether it uses it. Not given: seen to work. */
  readonly extent?: 'in-place';
  /** One sentence: what was seen, or what is still missing. */
  readonly detail: string;
  /** What was amiss before the change and still is, in a sentence: told, and held against nobody. */
  readonly amissBefore?: string;
  /** The same as the provider tells it apart, to be given back when the object is looked at again. */
  readonly excused?: readonly string[];
}

export interface DiscoveredObject {
  /** Resource type it would be managed as. */
  readonly type: string;
  /** Name it would have in an address. */
  readonly name: string;
  readonly spec: JsonObject;
  /** Where it is, for people: a file path in the target, a URL. */
  readonly location: string;
  /** What policies may know of it: nothing that could be somebody's secret. */
  readonly facts?: JsonObject;
  /** What somebody is not told because of it, as a sentence without its end, for who has to know it first. */
  readonly concern?: string;
}
