import type { Diagnostic } from '../diagnostics/index.ts';
import type { Action, Address, Digest } from '../model/index.ts';
import type { Effect } from './effect.ts';
import type { LineChange } from './line-diff.ts';
import type { Brake, Drift, OwedChange, Plan, UnmanagedObject } from './plan.ts';
import type { ActionCounts, PlanSummary } from './plan-summary.ts';

/** A plan as it is shown, whatever shows it: grouped, in words, with alike changes told once. */
export interface PlanDescription {
  readonly environment: string;
  readonly offline: boolean;
  readonly isEmpty: boolean;
  readonly isExecutable: boolean;
  readonly summary: PlanSummary;
  /** What cannot be taken back easily, so what to read first: one line each. */
  readonly readFirst: readonly string[];
  readonly stacks: readonly StackDescription[];
  readonly drift: readonly DriftDescription[];
  readonly unmanaged: readonly UnmanagedObject[];
  readonly owed: readonly OwedChange[];
  readonly uncommitted: Plan['uncommitted'];
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
  readonly reverse: string | null;
  readonly fields: readonly FieldDescription[];
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
  /** It is why the object has to be replaced. */
  readonly isForcing: boolean;
}

export interface DriftDescription {
  readonly address: Address;
  readonly kind: Drift['kind'];
  readonly detail: string;
  readonly fields: readonly FieldDescription[];
}

export interface DescribeOptions {
  /** Each change on its own, and all fields of what is made and removed. */
  readonly verbose: boolean;
}
