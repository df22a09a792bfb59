export { appliedRecord } from './applied-record.ts';
export { describeOverrides, overridesOfChange } from './describe-overrides.ts';
export { describeDrifts, describePlan } from './describe-plan.ts';
export { diffFields } from './diff-fields.ts';
export { type Effect, effectOf } from './effect.ts';
export { effectiveSpec } from './effective-spec.ts';
export { fieldsOfChange } from './fields-of-change.ts';
export type { ItemMove } from './item-moves.ts';
export { itemMoves } from './item-moves.ts';
export type { LineChange } from './line-diff.ts';
export { type ObjectsToObserve, type ObjectToObserve, objectsToObserve } from './objects-to-observe.ts';
export type { OverrideDescription } from './override-description.ts';
export type * from './plan.ts';
export { planChanges } from './plan-changes.ts';
export type {
  ChangeDescription,
  ChangeSymbol,
  DescribeOptions,
  DriftDescription,
  FieldDescription,
  GroupDescription,
  PlanDescription,
  StackDescription,
} from './plan-description.ts';
export { planDiagnostics } from './plan-diagnostics.ts';
export { digestOfPlan } from './plan-digest.ts';
export { type ParsedPlan, parsePlan, serialisePlan } from './plan-file.ts';
export { findStaleReasons, type PresentWorld, type StaleReason } from './plan-staleness.ts';
export { type ActionCounts, isEmptyPlan, isExecutable, type PlanSummary, planSummary } from './plan-summary.ts';
export { readFirst } from './read-first.ts';
export { secretKey } from './secret-mask.ts';
export type { TextSegment } from './text-diff.ts';
export { isAsPlanned } from './world-moved.ts';
