import type { Diagnostic } from '../diagnostics/index.ts';
import type {
  Address,
  AppliedResource,
  Change,
  Digest,
  FieldChange,
  JsonObject,
  Observation,
  Resource,
  ResourceTypeDefinition,
  RunningSide,
  RunningState,
  StackState,
  TargetIdentity,
} from '../model/index.ts';

/** All that planning looks at, as values: no network, no clock, no disk behind it. */
export interface PlanInput {
  readonly environment: string;
  /** How each resource type compares its specs, by type. */
  readonly types: ReadonlyMap<string, ResourceTypeDefinition>;
  /** Desired resources; empty to destroy. Stacks outside the selection may be there too: others may depend on them. */
  readonly desired: readonly Resource[];
  readonly states: readonly StackState[];
  /**
   * What the targets hold, by the address of the state where it has a record of the object, else by the desired one:
   * what `objectsToObserve` asks for. With `offline`, null: the last recorded state stands for it.
   */
  readonly observed: ReadonlyMap<Address, Observation> | null;
  /** What stands where an object is about to move to, by desired address: `objectsToObserve` asks for these too. */
  readonly destinations?: ReadonlyMap<Address, Observation>;
  readonly unmanaged: readonly UnmanagedObject[];
  /** Targets that do not run what lies in them, or did not say. */
  readonly running?: readonly TargetRunning[];
  /** Objects that were applied and not seen to work since, as they are seen now. */
  readonly unhealthy?: readonly UnhealthyObject[];
  readonly identities: readonly PlannedTarget[];
  /** Targets that could not be asked: of their objects `observed` says nothing. None unless told. */
  readonly unasked?: readonly UnaskedTarget[];
  /** Targets that answer from another place than the one that was applied to; none unless told. */
  readonly moved?: readonly MovedTarget[];
  readonly inputs: PlanInputs;
  readonly selection: PlanSelection;
  /** Addresses that the user asked to take over as they are (`opsctl adopt`); an unmanaged object in the way of any other is refused. */
  readonly adopt: ReadonlySet<Address>;
  readonly brakes: BrakeLimits;
  /** Salted digests of the secret values at hand, by `secretKey(stack, reference)`: tells a rotated secret. Empty when offline. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** Digests of what the plan was made from: a saved plan is refused when one of them has moved. */
export interface PlanInputs {
  readonly content: Digest;
  readonly bindings: Digest;
  readonly policies: Digest;
  readonly program: string;
}

export interface PlannedTarget {
  readonly stack: string;
  readonly target: string;
  readonly provider: string;
  /** Who answered when the plan was made; apply refuses another. */
  readonly identity: TargetIdentity;
}

/** A target that could not be asked when the plan was made. What it holds is not known, so nothing is done there. */
export interface UnaskedTarget {
  readonly stack: string;
  readonly target: string;
  /** As sentences. */
  readonly reason: string;
}

/** A target whose binding names another place than the one that the state remembers. */
export interface MovedTarget {
  readonly stack: string;
  readonly target: string;
  /** For people: a directory. */
  readonly from: string;
  readonly to: string;
  /** The user said that what lies at the former place may stay there (`--target-moved`). */
  readonly isReviewed: boolean;
}

/** A target that runs something else than what lies in it, or that could not be asked. */
export interface TargetRunning {
  readonly stack: string;
  readonly target: string;
  readonly running: Exclude<RunningState, { readonly state: 'as-placed' }>;
}

/** An object that was applied and not seen to work since. */
export interface UnhealthyObject {
  readonly address: Address;
  /** It works now; the next apply sees that too, and forgets it. */
  readonly healthy: boolean;
  readonly detail: string;
}

/** An item that another stack declares, of which the plan changes nothing. */
export interface ItemElsewhere {
  readonly item: string;
  readonly stack: string;
  /** That stack has it already. */
  readonly isApplied: boolean;
}

/** A policy that judged what was applied last, and that says less now. */
export interface WeakenedPolicy {
  readonly policy: string;
  readonly before: string;
  /** Null for one that is gone. */
  readonly after: string | null;
}

/** Something in a target that nobody declared. Its content stays out of the plan: it may hold somebody's secret. */
export interface UnmanagedObject {
  readonly stack: string;
  readonly target: string;
  readonly type: string;
  readonly name: string;
  readonly location: string;
  /** What its provider says is nobody's secret, for policies. */
  readonly facts?: JsonObject;
  /** What somebody is not told because of it, as a sentence without its end. */
  readonly concern?: string;
}

export interface PlanSelection {
  readonly stacks: readonly string[];
  /** Addresses or patterns, where `*` is any text, slashes too; empty: everything. What they wait for comes along. */
  readonly targets: readonly string[];
  /** Left out and recorded as owed. What depends on them is left out too. */
  readonly exclude: readonly string[];
}

export interface BrakeLimits {
  /** More deletes than this in one plan stop it. */
  readonly maxDeletes: number;
  /** More than this share of a stack's managed objects stops it; between 0 and 1. */
  readonly maxDeleteShare: number;
  /** The user said that this many deletes were reviewed (`--allow-deletes N`). */
  readonly allowedDeletes: number;
  /** The user said that an empty desired set is meant (`opsctl destroy`). */
  readonly allowEmpty: boolean;
}

/** What apply carries out, and nothing else. Plain JSON; equal inputs give equal bytes; holds no time and no secret. */
export interface Plan {
  readonly formatVersion: 1;
  readonly environment: string;
  readonly offline: boolean;
  readonly stacks: readonly PlannedStack[];
  readonly inputs: PlanInputs;
  readonly targets: readonly PlannedTarget[];
  /**
   * In the order of apply: whatever a change waits for stands before it. A `no-op` here has something to record
   * (`effectOf`), or is an unchanged resource between two changes, through which the later one waits for the earlier.
   */
  readonly changes: readonly PlannedChange[];
  /** Managed, looked at, and as declared: nothing to do and nothing to record. */
  readonly unchanged: readonly Address[];
  /** Observed differs from last applied, apart from what is intended. */
  readonly drift: readonly Drift[];
  readonly unmanaged: readonly UnmanagedObject[];
  /** Left out by `--exclude` or `--target`, or because its target could not be asked: what is owed to make the plan whole. */
  readonly owed: readonly OwedChange[];
  /** Targets that a cut-off run left changed but not reloaded; apply commits them first. */
  readonly uncommitted: readonly { readonly stack: string; readonly target: string }[];
  /** Targets that do not run what lies in them, which is drift too; apply makes them, where it may. Or that did not answer. */
  readonly running: readonly TargetRunning[];
  /** Targets that could not be asked, and how many objects are therefore not compared. Not given where there is none. */
  readonly unasked?: readonly (UnaskedTarget & { readonly objects: number })[];
  /** Objects that were applied and not seen to work since; each apply looks at them again. Not given where there is none. */
  readonly unhealthy?: readonly UnhealthyObject[];
  /** By id, the level of each policy that judges this plan. Plans from before, and those of no content, do not say. */
  readonly policies?: Readonly<Record<string, string>>;
  /** Policies that are gone or say less since something was applied. Not given where there is none. */
  readonly weakened?: readonly WeakenedPolicy[];
  /** Items that leave a stack here and are declared in another that this plan leaves out. Not given where there is none. */
  readonly elsewhere?: readonly ItemElsewhere[];
  readonly brakes: readonly Brake[];
  readonly findings: readonly Diagnostic[];
  readonly selection: PlanSelection;
  /** Ids of the people of the organisation: who may be named as having approved it. Plans from before do not say. */
  readonly approvers?: readonly string[];
  /** Whose state it was made from, and which carries it out, where that is not the embedded engine. */
  readonly engine?: 'pulumi';
  /** Over everything above. */
  readonly digest: Digest;
}

export interface PlannedStack {
  readonly stack: string;
  readonly lineage: string;
  readonly serial: number;
  readonly stateDigest: Digest;
}

export interface PlannedChange {
  readonly address: Address;
  /** Where the state knows it under another address: apply moves the record. */
  readonly formerAddress?: Address;
  readonly change: Change;
  readonly cause: ChangeCause;
  /** One sentence for the reviewer. */
  readonly explanation: string;
  /** What would undo it; null when nothing can, with the reason in the explanation. */
  readonly reverse: ReverseStep | null;
  /** Addresses of changes in this plan that must be done first. */
  readonly waitsFor: readonly Address[];
  readonly applied: AppliedResource | null;
}

export type ChangeCause =
  | { readonly kind: 'declared' }
  | { readonly kind: 'declaration-changed' }
  | { readonly kind: 'declaration-removed' }
  | { readonly kind: 'drifted' }
  | { readonly kind: 'declaration-changed-and-drifted' }
  | { readonly kind: 'vanished' }
  | { readonly kind: 'secret-rotated'; readonly references: readonly string[] }
  | { readonly kind: 'adopted' }
  /** The declaration names another target: the object is made there and removed here. */
  | { readonly kind: 'target-changed'; readonly from: string }
  /** The target is bound to another place, where the object is not as it was applied. */
  | { readonly kind: 'target-moved'; readonly from: string; readonly to: string }
  /** Somebody already made the real object what is declared now; only the record follows. */
  | { readonly kind: 'already-in-place' }
  /** Only what the state remembers changes (protection, owner, dependencies), by name of the field. */
  | { readonly kind: 'record-changed'; readonly fields: readonly string[] }
  | { readonly kind: 'renamed'; readonly from: Address }
  | { readonly kind: 'unchanged' };

export interface ReverseStep {
  readonly action: 'create' | 'update' | 'delete';
  readonly text: string;
}

export interface Drift {
  readonly address: Address;
  readonly kind: 'changed' | 'vanished' | 'malformed';
  readonly fields: readonly FieldChange[];
  readonly detail: string;
  /** What its server runs of it; not given where nobody loads it, or nobody was asked. */
  readonly runs?: RunningSide;
}

export interface OwedChange {
  readonly address: Address;
  readonly action: Change['action'];
  readonly reason: 'excluded' | 'depends-on-excluded' | 'not-targeted' | 'not-asked' | 'depends-on-not-asked';
}

/** A stop that only a review lifts; apply refuses a plan that has one (exit code 4). */
export interface Brake {
  readonly kind: 'too-many-deletes' | 'delete-share' | 'empty-desired-set' | 'protected' | 'target-moved';
  /** Null where the plan as a whole is meant. */
  readonly stack: string | null;
  readonly addresses: readonly Address[];
  readonly detail: string;
  readonly lift: string;
}
