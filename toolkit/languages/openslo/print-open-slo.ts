import { printYaml, type YamlMapping } from '../yaml/index.ts';
import type {
  MetricQuery,
  OpenSloDocument,
  OpenSloMetadata,
  OpenSloTarget,
  OpenSloWindow,
  SliSpec,
} from './documents.ts';

/** The same documents give the same bytes; between two of them stands a line of three dashes. */
export function printOpenSlo(documents: readonly OpenSloDocument[]): string {
  return documents.map((document) => printYaml(documentOf(document))).join('---\n');
}

function documentOf(document: OpenSloDocument): YamlMapping {
  const head = { apiVersion: 'openslo/v1', kind: document.kind, metadata: metadataOf(document.metadata) };
  if (document.kind === 'SLI') return { ...head, spec: sliOf(document.spec) };
  if (document.kind !== 'SLO') return { ...head, spec: {} };
  const { description, service, indicator, indicatorRef, timeWindow, budgetingMethod, objectives, alertPolicies } =
    document.spec;
  return {
    ...head,
    spec: {
      ...(description === undefined ? {} : { description }),
      service,
      ...(indicator === undefined
        ? {}
        : { indicator: { metadata: metadataOf(indicator.metadata), spec: sliOf(indicator.spec) } }),
      ...(indicatorRef === undefined ? {} : { indicatorRef }),
      ...(timeWindow === null ? {} : { timeWindow: [windowOf(timeWindow)] }),
      budgetingMethod,
      objectives: objectives.map((target: OpenSloTarget) => ({ ...target })),
      ...(alertPolicies.length === 0 ? {} : { alertPolicies }),
    },
  };
}

function metadataOf({ name, displayName, annotations }: OpenSloMetadata): YamlMapping {
  return {
    name,
    ...(displayName === undefined ? {} : { displayName }),
    ...(annotations === undefined ? {} : { annotations }),
  };
}

function sliOf(spec: SliSpec): YamlMapping {
  if (spec.kind === 'threshold') return { thresholdMetric: sourceOf(spec.query) };
  if (spec.kind === 'raw') return { ratioMetric: { rawType: spec.rawType, raw: sourceOf(spec.query) } };
  return {
    ratioMetric: { counter: spec.counter, [spec.kind]: sourceOf(spec.part), total: sourceOf(spec.total) },
  };
}

function sourceOf({ type, query }: MetricQuery): YamlMapping {
  return { metricSource: { ...(type === '' ? {} : { type }), ...(query === null ? {} : { spec: { query } }) } };
}

function windowOf(window: OpenSloWindow): YamlMapping {
  if (window.isRolling) return { duration: window.duration, isRolling: true };
  const { duration, startTime, timeZone } = window;
  return { duration, calendar: { startTime, timeZone }, isRolling: false };
}
