import type { SourceSpan } from '../diagnostics/index.ts';
import type { Alert } from './alert-pack.ts';
import { callSite } from './call-site.ts';
import type { Workload } from './cluster-workload.ts';
import type { CollectionScript } from './collection-script.ts';
import { deepFreeze } from './deep-freeze.ts';
import type { GrafanaDashboard } from './grafana-dashboard.ts';
import { holdToShape } from './hold-to-shape.ts';
import type { ItemSelection } from './item-selection.ts';
import type { KubernetesHome } from './kubernetes-home.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { ManifestFiles } from './manifest-files.ts';
import type { AlertSeverity, TierId } from './organisation.ts';
import type { Pipeline } from './pipeline.ts';
import type { PipelineAlertReference } from './pipeline-alert-reference.ts';
import type { PolicyReference } from './policy.ts';
import type { Routing } from './routing.ts';
import type { RuleGroup } from './rule-group.ts';
import type { Screen } from './screen.ts';
import type { SecretReference } from './secret.ts';
import type { DeclaredSilence, SilencedLabels, SilenceTerms } from './silence.ts';
import type { Slo } from './slo.ts';
import { stackShapes } from './stack-shapes.ts';
import { standardTargets, type TargetName } from './target-name.ts';
import type { IsolationTerms, TenantIsolation } from './tenant-isolation.ts';
import type { Threshold } from './threshold.ts';

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
  /** A cluster that its systems are in; absent: each has files of its own. */
  readonly home?: KubernetesHome;
  /** How long its Prometheus keeps samples, such as `90d`; absent: not known, and 15 days by Prometheus' own default. */
  readonly retention?: string;
  /**
   * Address outside of this control point that is called every minute as long as all is well and tells somebody when the
   * calls stop. The highest tier needs one: it is watched by no tier above.
   */
  readonly deadMan?: string | SecretReference;
  readonly operations: readonly Operation[];
  readonly objectives: readonly Objective[];
  readonly collections: readonly Collection[];
  readonly scripts: readonly ScheduledScript[];
  readonly screens: readonly DisplayedScreen[];
  readonly workloads: readonly ReachedWorkload[];
  readonly inclusions: readonly Inclusion[];
  readonly tunings: readonly Tuning[];
  readonly waivers: readonly Waiver[];
  readonly silences: readonly DeclaredSilence[];
  readonly isolations: readonly TenantIsolation[];
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

/** Rules, a dashboard, routing or an object of a cluster that no class derives, written by hand or imported. */
export type IncludedContent = RuleGroup | GrafanaDashboard | Routing | KubernetesObject | ManifestFiles;

/** Content that a stack loads as it is written. */
export interface Inclusion {
  readonly content: IncludedContent;
  /** Until when policies only note what they find in it; absent: they judge it as they do all else. */
  readonly terms?: WaiverTerms;
  readonly source: SourceSpan;
}

/** A big screen that hangs at a control point. */
export interface DisplayedScreen {
  readonly screen: Screen;
  readonly source: SourceSpan;
}

/** A pipeline of data, and the items that the data are of. */
export interface Collection {
  readonly pipeline: Pipeline;
  readonly selection: ItemSelection;
  readonly source: SourceSpan;
}

/** A collection script, and the hosts that run it. */
export interface ScheduledScript {
  readonly script: CollectionScript;
  readonly selection: ItemSelection;
  readonly source: SourceSpan;
}

/** Items that run in the cluster of their stack, and where their metrics are there. */
export interface ReachedWorkload {
  readonly selection: ItemSelection;
  readonly at: Workload;
  readonly source: SourceSpan;
}

/** A number that is different for some items, with the reason. */
export interface Tuning {
  readonly selection: ItemSelection;
  readonly alert: Alert | PipelineAlertReference;
  readonly change: TuningChange;
  readonly source: SourceSpan;
}

/** What is different, and why. At least one of the three is given. */
export interface TuningChange {
  /** A number, or `baseline({...})` where history gave it. */
  readonly threshold?: Threshold;
  readonly for?: string;
  readonly severity?: AlertSeverity;
  readonly reason: string;
}

/** A policy or an alert that does not hold for some items, with who allowed it and until when. */
export interface Waiver {
  readonly selection: ItemSelection;
  readonly waived: Alert | PipelineAlertReference | PolicyReference;
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
  /** Makes a dashboard of a big screen in the Grafana of this control point. */
  display(screen: Screen): StackDeclaration;
  /**
   * Loads rules, dashboards or routing that are written by hand, one or a list. With terms, what policies find in it is
   * noted until a day and blocks nothing: imported alerts lack what they ask for at first.
   */
  include(content: IncludedContent | readonly IncludedContent[], terms?: WaiverTerms): StackDeclaration;
  /** Collects data of the selected items with a pipeline: `.collect(authFailures, items.where({ class: 'host' }))`. */
  collect(pipeline: Pipeline, selection: ItemSelection): StackDeclaration;
  /** Lets the selected hosts run a script and show what it measures: `.schedule(raidState, items.where({ class: 'host' }))`. */
  schedule(script: CollectionScript, selection: ItemSelection): StackDeclaration;
  /**
   * Says where the metrics of items are that run in the cluster that the stack is at home in, whatever address they have
   * elsewhere: `.reach(item('mes-1'), { service: { namespace: 'mes', labels: { app: 'mes' }, port: 'metrics' } })`.
   */
  reach(selection: ItemSelection, at: Workload): StackDeclaration;
  tune(selection: ItemSelection, alert: Alert | PipelineAlertReference, change: TuningChange): StackDeclaration;
  waive(
    selection: ItemSelection,
    waived: Alert | PipelineAlertReference | PolicyReference,
    terms: WaiverTerms,
  ): StackDeclaration;
  /**
   * Tells nobody of alerts for a time, at this control point and above: `.silence(item('mes-db-1'), { until:
   * '2026-11-29T02:00:00+08:00', reason: 'Disks are replaced.', owner: 'mes-ops', change: 'CHG-1042' })`.
   */
  silence(of: ItemSelection | SilencedLabels, terms: SilenceTerms): StackDeclaration;
  /**
   * Gives a tenant namespaces of its own in the cluster of this stack, closed to everybody else: `.isolate('mes', {
   * namespaces: ['mes-prod'], access: { edit: ['mes-developers'] }, quota: { cpu: '8', memory: '16Gi' } })`.
   */
  isolate(tenant: string, terms: IsolationTerms): StackDeclaration;
  protect(pattern: string, reason: string): StackDeclaration;
  muteDrift(pattern: string, terms: WaiverTerms): StackDeclaration;
  /** Says what an object was called before: `.renamed('prometheus-rules/hosts', 'prometheus-rules/host')`. */
  renamed(from: string, to: string): StackDeclaration;
}

export type StackHead = Pick<Stack, 'name' | 'tier' | 'site' | 'parent' | 'team' | 'home' | 'retention' | 'deadMan'> & {
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
    collections: [],
    scripts: [],
    screens: [],
    workloads: [],
    inclusions: [],
    tunings: [],
    waivers: [],
    silences: [],
    isolations: [],
    protections: [],
    mutes: [],
    renames: [],
    source,
  });
}

type Statements =
  | 'operations'
  | 'objectives'
  | 'collections'
  | 'scripts'
  | 'screens'
  | 'workloads'
  | 'inclusions'
  | 'tunings'
  | 'waivers'
  | 'silences'
  | 'isolations'
  | 'protections'
  | 'mutes'
  | 'renames';
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
  const held = (content: IncludedContent | readonly IncludedContent[], terms?: WaiverTerms): readonly Inclusion[] => {
    const source = callSite(declaration.include);
    return [content].flat().map((one) => {
      const inclusion = { content: one, ...(terms === undefined ? {} : { terms }) };
      holdToShape(stackShapes.include, inclusion, '.include(...)', source);
      return { ...inclusion, source };
    });
  };
  const declaration: StackDeclaration = {
    ...stack,
    operate: (selection) => add('operations', 'operate', { selection }),
    uphold: (slo) => add('objectives', 'uphold', { slo }),
    collect: (pipeline, selection) => add('collections', 'collect', { pipeline, selection }),
    schedule: (script, selection) => add('scripts', 'schedule', { script, selection }),
    display: (screen) => add('screens', 'display', { screen }),
    reach: (selection, at) => add('workloads', 'reach', { selection, at }),
    include: (content, terms) => declare({ ...stack, inclusions: [...stack.inclusions, ...held(content, terms)] }),
    tune: (selection, alert, change) => add('tunings', 'tune', { selection, alert, change }),
    waive: (selection, waived, terms) => add('waivers', 'waive', { selection, waived, terms }),
    silence: (of, terms) => add('silences', 'silence', { of, terms }),
    isolate: (tenant, terms) => add('isolations', 'isolate', { tenant, terms }),
    protect: (pattern, reason) => add('protections', 'protect', { pattern, reason }),
    muteDrift: (pattern, terms) => add('mutes', 'muteDrift', { pattern, terms }),
    renamed: (from, to) => add('renames', 'renamed', { from, to }),
  };
  return deepFreeze(declaration);
}
