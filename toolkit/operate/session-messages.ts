import type { ManifestPattern, WrittenManifest } from '../compile/manifests/index.ts';
import type { Diagnostic, SourceSpan } from '../diagnostics/index.ts';
import type {
  Alert,
  AttributeConflict,
  Attributes,
  BilingualText,
  CollectionScript,
  ConfigurationItem,
  DeclaredItem,
  DriftMute,
  KubernetesHome,
  Organisation,
  Pipeline,
  Resource,
  Slo,
  TargetName,
  TierId,
} from '../model/index.ts';
import type { Plan } from '../plan/plan.ts';
import type { PolicyLevel } from '../policy/policy.ts';
import type { DeclaredCollection } from './agents/describe-collection.ts';

/** What the parent asks of the sandboxed child, in this order. */
export type SessionRequest =
  | LoadRequest
  | PrepareRequest
  | ItemsRequest
  | CompileRequest
  | ResourcesRequest
  | JudgeAheadRequest
  | JudgeRequest;

export interface LoadRequest {
  readonly kind: 'load';
  /** Content modules relative to the repository, in the order of loading. */
  readonly files: readonly string[];
}

export interface LoadAnswer {
  readonly diagnostics: readonly Diagnostic[];
  readonly organisation: Organisation | null;
  readonly classes: readonly {
    readonly id: string;
    readonly attributes: Attributes;
    readonly conflicts: readonly AttributeConflict[];
    readonly source: SourceSpan;
  }[];
  /** What the catalogue says of alerts, for the tests of their rules. */
  readonly alerts: readonly DeclaredAlert[];
  /** What collects, by class and source. */
  readonly collection: readonly DeclaredCollection[];
  /** Items declared in TypeScript; those of YAML and CSV never enter the child before they are checked. */
  readonly items: readonly DeclaredItem[];
  readonly stacks: readonly DeclaredStack[];
  readonly policies: readonly {
    readonly id: string;
    readonly level: PolicyLevel;
    readonly title: BilingualText;
    readonly clauses: readonly string[];
  }[];
}

export type DeclaredAlert = Pick<Alert, 'name' | 'class' | 'when' | 'for' | 'severity' | 'samples' | 'source'> &
  /** Those of a class's pack have them. */
  Partial<Pick<Alert, 'id' | 'signal'>>;

export interface DeclaredStack {
  readonly name: string;
  readonly tier: TierId;
  readonly site: string;
  readonly parent: string | null;
  readonly team: string;
  readonly targets: readonly TargetName[];
  /** What bindings have to say of it: the same, unless it is at home in a cluster. */
  readonly bound: readonly TargetName[];
  /** By what its Prometheus is told apart in a cluster; null where that is in none. */
  readonly home: Pick<KubernetesHome, 'namespace' | 'labels'> | null;
  readonly mutes: readonly DriftMute[];
  /** YAML files that it includes; not given where it includes none. */
  readonly manifests?: readonly ManifestPattern[];
  readonly source: SourceSpan;
}

/** Loads what compiles, while the parent checks the items. */
export interface PrepareRequest {
  readonly kind: 'prepare';
}

/** Some of the checked items, before the compile: while the parent prints the next, the child reads these. */
export interface ItemsRequest {
  readonly kind: 'items';
  readonly items: readonly ConfigurationItem[];
}

export interface CompileRequest {
  readonly kind: 'compile';
  readonly surroundings: SurroundingsData;
  /** Objects of the YAML files that stacks include; not given where none does. */
  readonly manifests?: readonly WrittenManifest[];
}

/** Of the bindings, what compiled output may hold: no credential is among it. */
export interface SurroundingsData {
  readonly addresses: Readonly<Record<string, string>>;
  /** `host:port` by `<stack>/<target>`. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly directories: Readonly<Record<string, string>>;
  readonly speed: number;
}

export interface CompileAnswer {
  /** How many there are; they are asked for in parts. */
  readonly resources: number;
  /** How many there are as systems hold them; null where those are the same. */
  readonly placed: number | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly statements: readonly Statement[];
  readonly objectives: readonly UpheldObjective[];
  /** Pipelines where they are collected, with the tests of their authors. */
  /** Scheduled scripts, each once, for their tests. */
  readonly scripts: readonly CollectionScript[];
  readonly pipelines: readonly CollectedPipeline[];
}

/** Some of the compiled resources: ten thousand in one answer would be in memory several times, as text and as bytes. */
export interface ResourcesRequest {
  readonly kind: 'resources';
  /** As content means them, or as systems hold them. */
  readonly form: 'meant' | 'placed';
  readonly from: number;
  readonly to: number;
}

export interface ResourcesAnswer {
  readonly resources: readonly Resource[];
}

/** A tuning or waiver in words, for `explain` and for reports. */
export interface Statement {
  readonly kind: 'tuning' | 'waiver';
  readonly stack: string;
  readonly selection: string;
  readonly subject: string;
  readonly reason: string;
  readonly approver: string | null;
  readonly until: string | null;
  readonly source: SourceSpan;
}

/** A pipeline and a stack that collects with it. */
export interface CollectedPipeline {
  readonly pipeline: Pipeline;
  readonly stack: string;
}

/** A service level objective where it is upheld. */
export interface UpheldObjective {
  readonly slo: Slo;
  readonly stack: string;
  /** Ids of the items of its service that the stack sees. */
  readonly items: readonly string[];
  /** Stacks that operate those items. */
  readonly operators: readonly string[];
  /** Of the `.uphold(...)`. */
  readonly source: SourceSpan;
}

/** What policies find without a plan is looked for ahead, while the parent is busy with the targets. */
export interface JudgeAheadRequest {
  readonly kind: 'judge-ahead';
}

export interface JudgeRequest {
  readonly kind: 'judge';
  readonly plan: Plan | null;
  readonly today: string;
}

export interface JudgeAnswer {
  readonly diagnostics: readonly Diagnostic[];
}
