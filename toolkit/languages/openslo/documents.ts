import type { YamlMapping } from '../yaml/index.ts';

/** OpenSLO v1 as plain data: what of it says something about an objective. */
export type OpenSloDocument = OpenSloObjective | OpenSloIndicator | OtherDocument;

export interface OpenSloMetadata {
  readonly name: string;
  readonly displayName?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface OpenSloObjective {
  readonly kind: 'SLO';
  readonly metadata: OpenSloMetadata;
  readonly spec: SloSpec;
}

export interface OpenSloIndicator {
  readonly kind: 'SLI';
  readonly metadata: OpenSloMetadata;
  readonly spec: SliSpec;
}

/** Kinds that say nothing that an objective needs. */
export interface OtherDocument {
  readonly kind: 'DataSource' | 'AlertPolicy' | 'AlertCondition' | 'AlertNotificationTarget' | 'Service';
  readonly metadata: OpenSloMetadata;
}

export interface SloSpec {
  readonly description?: string;
  readonly service: string;
  readonly indicator?: { readonly metadata: OpenSloMetadata; readonly spec: SliSpec };
  readonly indicatorRef?: string;
  readonly timeWindow: OpenSloWindow | null;
  readonly budgetingMethod: 'Occurrences' | 'Timeslices';
  readonly objectives: readonly OpenSloTarget[];
  /** As they stand: inline policies, or references to some. */
  readonly alertPolicies: readonly YamlMapping[];
}

export type OpenSloWindow =
  | { readonly duration: string; readonly isRolling: true }
  | { readonly duration: string; readonly isRolling: false; readonly startTime: string; readonly timeZone: string };

export interface OpenSloTarget {
  readonly displayName?: string;
  /** Share; `targetPercent` is read as one. */
  readonly target: number;
  readonly op?: 'lte' | 'gte' | 'lt' | 'gt';
  readonly value?: number;
  readonly timeSliceTarget?: number;
  readonly timeSliceWindow?: string;
}

export type SliSpec =
  | { readonly kind: 'threshold'; readonly query: MetricQuery }
  | {
      readonly kind: 'good' | 'bad';
      readonly counter: boolean;
      readonly part: MetricQuery;
      readonly total: MetricQuery;
    }
  | { readonly kind: 'raw'; readonly query: MetricQuery; readonly rawType: string };

/** A query as its source has it; null where it is not one text. */
export interface MetricQuery {
  readonly type: string;
  readonly query: string | null;
}

/** A duration of OpenSLO, `30d`, `1M`: a number and one letter. */
export const durationShorthand = /^([1-9]\d*)([mhdwMQY])$/;
