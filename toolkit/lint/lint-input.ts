import type { SourceSpan } from '../diagnostics/index.ts';
import type { AlertmanagerConfig, RoutingFinding } from '../languages/alert-routing/index.ts';
import type { YamlMapping, YamlValue } from '../languages/yaml/index.ts';

/** All that is judged together: what one Prometheus, its Alertmanager and its Grafana would load, or several of them. */
export interface LintInput {
  readonly ruleFiles: readonly RuleFile[];
  readonly alertmanagers: readonly AlertmanagerFile[];
  readonly dashboards: readonly DashboardFile[];
  readonly prometheuses: readonly PrometheusFile[];
  readonly silences: readonly SilenceFile[];
  /** Lists of targets that Prometheus reads beside its configuration. */
  readonly targets: readonly TargetGroup[];
  /** Records of configuration items. */
  readonly items: readonly ItemRecord[];
  /** Rules of other control points whose alerts come here too; they are judged with those. */
  readonly heard: readonly RuleFile[];
}

export const emptyInput: LintInput = {
  ruleFiles: [],
  alertmanagers: [],
  dashboards: [],
  prometheuses: [],
  silences: [],
  targets: [],
  items: [],
  heard: [],
};

/** Where the parts of one document stand. Pointers are JSON pointers into the document. */
export interface LintDocument {
  readonly file: string;
  positionOf(pointer: string): SourceSpan;
  keyPositionOf(pointer: string): SourceSpan;
  /** A text as it is written, with its offset in the file; null where the file is not at hand, as for what is compiled. */
  writtenAt(pointer: string): WrittenText | null;
  /** Where an offset of the file stands. */
  spanAt(start: number, end: number): SourceSpan;
  /** It lies in a text of another document, so that offsets are not those of a file. */
  readonly isEmbedded?: true;
  /** The address of what a pointer names, where it has one. */
  subjectOf(pointer: string): string | null;
}

export interface WrittenText {
  readonly text: string;
  readonly start: number;
}

/** One thing in a document. */
export interface Located {
  readonly document: LintDocument;
  readonly pointer: string;
}

export interface RuleFile extends Located {
  readonly value: YamlMapping;
  readonly groups: readonly RuleGroup[];
}

export interface RuleGroup extends Located {
  readonly name: string;
  /** Null: the evaluation interval of its Prometheus. */
  readonly intervalMs: number | null;
  readonly rules: readonly Rule[];
}

export interface Rule extends Located {
  readonly kind: 'alert' | 'record';
  readonly name: string;
  readonly expression: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly forMs: number;
  readonly keepFiringForMs: number;
  readonly group: RuleGroup;
  readonly file: RuleFile;
}

export interface AlertmanagerFile extends Located {
  readonly value: YamlMapping;
  readonly config: AlertmanagerConfig;
  readonly findings: readonly RoutingFinding[];
}

export interface PrometheusFile extends Located {
  readonly scrapeIntervalMs: number;
  readonly evaluationIntervalMs: number;
  readonly externalLabels: Readonly<Record<string, string>>;
  readonly jobs: ReadonlyMap<string, number>;
  readonly retentionMs: number | null;
}

export interface DashboardFile extends Located {
  readonly title: string;
  readonly uid: string;
  readonly value: YamlMapping;
  readonly panels: readonly Panel[];
  readonly variables: readonly Variable[];
}

export interface Panel extends Located {
  readonly id: number | null;
  readonly type: string;
  readonly title: string;
  readonly value: YamlMapping;
  readonly targets: readonly Target[];
}

export interface Target extends Located {
  readonly expression: string;
  /** False for a query of Loki, of SQL and of others that are not PromQL. */
  readonly isPromql: boolean;
  readonly value: YamlMapping;
}

export interface Variable extends Located {
  readonly name: string;
  readonly type: string;
  readonly value: YamlMapping;
}

/** Targets with the labels that Prometheus gives them. */
export interface TargetGroup extends Located {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

export interface ItemRecord extends Located {
  readonly id: string;
  readonly class: string;
  readonly stage: string;
}

export interface SilenceFile extends Located {
  readonly value: readonly YamlValue[];
}
