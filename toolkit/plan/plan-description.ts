import type { Diagnostic } from '../diagnostics/index.ts';
import type { Action, Address, Digest } from '../model/index.ts';
import type { Effect } from './effect.ts';
import type { ItemMove } from './item-moves.ts';
import type { LineChange } from './line-diff.ts';
import type { OverrideDescription } from './override-description.ts';
import type { Brake, Drift, OwedChange, Plan, UnhealthyObject, UnmanagedObject } from './plan.ts';
import type { ActionCounts, PlanSummary } from './plan-summary.ts';
import type { TextSegment } from './text-diff.ts';

/** A plan as it is shown, whatever shows it: grouped, in words, with alike changes told once. */
export interface PlanDescription {
  readonly environment: string;
  readonly offline: boolean;
  readonly isEmpty: boolean;
  readonly isExecutable: boolean;
  readonly summary: PlanSummary;
  /** What cannot be taken back easily, or silences somebody: what to read first, one line each. */
  readonly readFirst: readonly string[];
  /** Items that leave a stack, for another one or for good. */
  readonly moves: readonly ItemMove[];
  readonly stacks: readonly StackDescription[];
  readonly drift: readonly DriftDescription[];
  readonly unmanaged: readonly UnmanagedObject[];
  readonly owed: readonly OwedChange[];
  readonly uncommitted: Plan['uncommitted'];
  readonly running: Plan['running'];
  readonly unhealthy: readonly UnhealthyObject[];
  readonly unasked: NonNullable<Plan['unasked']>;
  readonly brakes: readonly Brake[];
  readonly findings: readonly Diagnostic[];
  readonly digest: Digest;
}

export interface StackDescription {
  readonly stack: string;
  readonly counts: ActionCounts;
  readonly groups: readonly GroupDescription[];
}

/** The changes of one configuration item, or else of one resource type. */
export interface GroupDescription {
  readonly kind: 'item' | 'type';
  readonly title: string;
  /** Of an item that leaves or arrives: where to, where from, or that it is gone. */
  readonly note: string | null;
  readonly changes: readonly ChangeDescription[];
}

export type ChangeSymbol = '+' | '~' | '-' | '-/+' | '=';

export interface ChangeDescription {
  readonly address: Address;
  readonly formerAddress: Address | null;
  readonly symbol: ChangeSymbol;
  readonly action: Action;
  readonly effect: Effect;
  /** The action in a word or two: `create`, `update`, `record only`. */
  readonly title: string;
  readonly explanation: string;
  /** New because it was declared, which is all there is to say of it. */
  readonly isPlainlyNew: boolean;
  readonly reverse: string | null;
  readonly fields: readonly FieldDescription[];
  /** Tunings and waivers that came, went or changed; their fields are not listed a second time. */
  readonly overrides: readonly OverrideDescription[];
  /** Names of the alerts, routes, panels inside of an object that is made. */
  readonly parts: readonly string[];
  /** Where it is declared, `stacks/plant.ts:12:3`; null for what is no longer declared. */
  readonly source: string | null;
  readonly owner: string;
  readonly criticality: string | null;
  /** Others of the same group to which the same happens for the same reason. */
  readonly alike: readonly Address[];
}

export interface FieldDescription {
  readonly symbol: '+' | '~' | '-';
  /** `group.rules[HostDown].expr` */
  readonly label: string;
  /** The part of the resource that it is in. */
  readonly part: string | null;
  readonly before: string | null;
  readonly after: string | null;
  /** For a text of several lines, the lines that differ. */
  readonly lines: readonly LineChange[];
  /** For a text of one line, the stretches that differ. */
  readonly segments: readonly TextSegment[];
  /** Of an object that came or went whole, each field as `name: value`. */
  readonly members: readonly string[];
  /** What can be said of a secret without its value. */
  readonly secret: 'differs-from-applied' | 'differs-from-declared' | 'rotated' | null;
  /** It is why the object has to be replaced. */
  readonly isForcing: boolean;
}

export interface DriftDescription {
  readonly address: Address;
  readonly kind: Drift['kind'];
  readonly detail: string;
  readonly fields: readonly FieldDescription[];
  readonly overrides: readonly OverrideDescription[];
  /** What an operator is told less of by what was found than by what was applied. */
  readonly losses: readonly string[];
  /** Whether its server runs what was found, in a sentence; null where there is none to ask. */
  readonly live: string | null;
}

export interface DescribeOptions {
  /** Each change on its own, and all fields of what is made and removed. */
  readonly verbose: boolean;
}
