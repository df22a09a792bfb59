import type { SourceSpan } from '../diagnostics/index.ts';
import type { Alert } from './alert-pack.ts';
import { callSite } from './call-site.ts';
import { stackShapes } from './declared-shapes.ts';
import { deepFreeze } from './deep-freeze.ts';
import { holdToShape } from './hold-to-shape.ts';
import type { ItemSelection } from './item-selection.ts';
import type { AlertSeverity, TierId } from './organisation.ts';
import type { PolicyReference } from './policy.ts';
import type { Slo } from './slo.ts';
import { standardTargets, type TargetName } from './target-name.ts';

/** One control point: a headquarters, a region, a plant, with the systems that run its operations. */
export interface Stack {
  readonly kind: 'stack';
  /** Lower-case words with dashes; first part of every address. */
  readonly name: string;
  readonly tier: TierId;
  readonly site: string;
  /** Name of the stack one tier up; absent at L1. */
  readonly parent?: string;
  /** Team that answers for this control point: hears what no other team owns, and what escalates to this tier. */
  readonly team: string;
  /** Systems of this control point; bindings say where they are. */
  readonly targets: readonly TargetName[];
  /** How long its Prometheus keeps samples, such as `90d`; absent: not known, and 15 days by Prometheus' own default. */
  readonly retention?: string;
  readonly operations: readonly Operation[];
  readonly objectives: readonly Objective[];
  readonly tunings: readonly Tuning[];
  readonly waivers: readonly Waiver[];
  readonly protections: readonly Protection[];
  readonly mutes: readonly DriftMute[];
  readonly renames: readonly Rename[];
  readonly source: SourceSpan;
}

/** Items that a stack operates. */
export interface Operation {
  readonly selection: ItemSelection;
  readonly source: SourceSpan;
}

/** A service level objective that a stack measures and alerts on. */
export interface Objective {
  readonly slo: Slo;
  readonly source: SourceSpan;
}

/** A number that is different for some items, with the reason. */
export interface Tuning {
  readonly selection: ItemSelection;
  readonly alert: Alert;
  readonly change: TuningChange;
  readonly source: SourceSpan;
}

/** What is different, and why. At least one of the three is given. */
export interface TuningChange {
  readonly threshold?: number;
  readonly for?: string;
  readonly severity?: AlertSeverity;
  readonly reason: string;
}

/** A policy or an alert that does not hold for some items, with who allowed it and until when. */
export interface Waiver {
  readonly selection: ItemSelection;
  readonly waived: Alert | PolicyReference;
  readonly terms: WaiverTerms;
  readonly source: SourceSpan;
}

/** Why, by whom and until when. */
export interface WaiverTerms {
  readonly reason: string;
  /** Id of a person of the organisation. */
  readonly approver: string;
  /** Last day it holds, `2027-03-31`; after it, the waiver itself is a blocking finding. */
  readonly until: string;
}

/** Objects that no plan may delete or replace until this is lifted by a reviewed change of its own. */
export interface Protection {
  /** Address without the stack, `*` allowed: `cmdb-record/*`. */
  readonly pattern: string;
  readonly reason: string;
  readonly source: SourceSpan;
}

/** What an object was called before, so that a rename changes nothing in the real system. */
export interface Rename {
  /** Addresses without the stack: `cmdb-record/mes-1`. */
  readonly from: string;
  readonly to: string;
  readonly source: SourceSpan;
}

/** Drift that is known and left alone for a while: listed in every audit, not counted until the day is over. */
export interface DriftMute {
  /** Address without the stack, `*` allowed: `grafana-dashboard/*`. */
  readonly pattern: string;
  readonly terms: WaiverTerms;
  readonly source: SourceSpan;
}

/** A stack as it is declared: each call gives a new one with one more statement. */
export interface StackDeclaration extends Stack {
  /** Derives everything for the selected items: scraping, rules, routes, dashboards, records. */
  operate(selection: ItemSelection): StackDeclaration;
  /** Derives everything for a service level objective: its ratios, burn rates, error budget and alerts. */
  uphold(slo: Slo): StackDeclaration;
  tune(selection: ItemSelection, alert: Alert, change: TuningChange): StackDeclaration;
  waive(selection: ItemSelection, waived: Alert | PolicyReference, terms: WaiverTerms): StackDeclaration;
  protect(pattern: string, reason: string): StackDeclaration;
  muteDrift(pattern: string, terms: WaiverTerms): StackDeclaration;
  /** Says what an object was called before: `.renamed('prometheus-rules/hosts', 'prometheus-rules/host')`. */
  renamed(from: string, to: string): StackDeclaration;
}

export type StackHead = Pick<Stack, 'name' | 'tier' | 'site' | 'parent' | 'team' | 'retention'> & {
  readonly targets?: readonly TargetName[];
};

/** Declares a control point. `targets` defaults to `standardTargets`. */
export function defineStack(head: StackHead): StackDeclaration {
  const source = callSite(defineStack);
  holdToShape(stackShapes.head, head, 'defineStack({...})', source);
  return declare({
    kind: 'stack',
    ...head,
    targets: head.targets ?? standardTargets,
    operations: [],
    objectives: [],
    tunings: [],
    waivers: [],
    protections: [],
    mutes: [],
    renames: [],
    source,
  });
}

type Statements = 'operations' | 'objectives' | 'tunings' | 'waivers' | 'protections' | 'mutes' | 'renames';
type StatementCall = Exclude<keyof typeof stackShapes, 'head'>;

function declare(stack: Stack): StackDeclaration {
  /** The same stack with one more statement, once the arguments of its call are what they should be. */
  const add = <List extends Statements>(
    list: List,
    call: StatementCall,
    statement: Omit<Stack[List][number], 'source'>,
  ): StackDeclaration => {
    const source = callSite(declaration[call]);
    holdToShape(stackShapes[call], statement, `.${call}(...)`, source);
    return declare({ ...stack, [list]: [...stack[list], { ...statement, source }] });
  };
  const declaration: StackDeclaration = {
    ...stack,
    operate: (selection) => add('operations', 'operate', { selection }),
    uphold: (slo) => add('objectives', 'uphold', { slo }),
    tune: (selection, alert, change) => add('tunings', 'tune', { selection, alert, change }),
    waive: (selection, waived, terms) => add('waivers', 'waive', { selection, waived, terms }),
    protect: (pattern, reason) => add('protections', 'protect', { pattern, reason }),
    muteDrift: (pattern, terms) => add('mutes', 'muteDrift', { pattern, terms }),
    renamed: (from, to) => add('renames', 'renamed', { from, to }),
  };
  return deepFreeze(declaration);
}
