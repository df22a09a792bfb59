import { type Diagnostic, nearestName } from '../../diagnostics/index.ts';
import { readLinePattern } from '../../languages/line-pattern/index.ts';
import type { FieldUnit, Pipeline, PipelineStep } from '../../model/index.ts';
import { abilityFor } from './backends.ts';
import { checkPipelineAlerts } from './check-alerts.ts';
import { followFields, type KnownFields, type PlacedStep } from './known-fields.ts';
import { isMetricStep, labelsOf, type MetricStep } from './made-metrics.ts';
import { pipelineDiagnostics } from './pipeline-diagnostics.ts';
import { type FieldRead, patternsOf, readsOf } from './step-reads.ts';

/** What is wrong with one pipeline, whatever collects with it. `upstream`: the fields that another one hands over. */
export function checkPipeline(pipeline: Pipeline, upstream: KnownFields | null): readonly Diagnostic[] {
  const flow = followFields(pipeline, upstream);
  return [
    ...flow.steps.flatMap((placed, index) => checkStep(pipeline, placed, index)),
    ...checkMetrics(pipeline),
    ...checkSinks(pipeline),
    ...checkPipelineAlerts(pipeline),
    ...checkTested(pipeline),
  ];
}

function checkStep(pipeline: Pipeline, placed: PlacedStep, index: number): readonly Diagnostic[] {
  const { step } = placed;
  const isLate = step.step === 'join' && index > 0;
  const at = { position: step.source, subject: pipeline.id };
  return [
    ...(isLate ? [pipelineDiagnostics.create('join-not-first', { pipeline: pipeline.id }, at)] : []),
    ...checkAbility(pipeline, step),
    ...checkPatterns(pipeline, step),
    ...checkReads(pipeline, placed),
    ...checkUnits(pipeline, placed),
    ...(isMetricStep(step) ? [...checkLabels(pipeline, placed, step), ...checkName(pipeline, step)] : []),
  ];
}

function checkAbility(pipeline: Pipeline, step: PipelineStep): readonly Diagnostic[] {
  const { what, able } = abilityFor(step);
  if (able.includes(pipeline.with)) return [];
  const facts = { pipeline: pipeline.id, step: `steps.${step.step}`, backend: pipeline.with, what, able };
  return [pipelineDiagnostics.create('step-not-possible', facts, { position: step.source, subject: pipeline.id })];
}

function checkPatterns(pipeline: Pipeline, step: PipelineStep): readonly Diagnostic[] {
  return patternsOf(step).flatMap((pattern) => {
    const read = readLinePattern(pattern);
    if (read.kind === 'pattern') return [];
    const facts = { pipeline: pipeline.id, step: `steps.${step.step}`, pattern, reason: read.reason };
    return [pipelineDiagnostics.create('pattern-invalid', facts, { position: step.source, subject: pipeline.id })];
  });
}

/** Labels of an exporter are not all known, so nothing is held against a pipeline of metrics. */
function checkReads(pipeline: Pipeline, { step, before }: PlacedStep): readonly Diagnostic[] {
  if (pipeline.from.kind === 'metrics') return [];
  const at = { position: step.source, subject: pipeline.id };
  const known = [...before.keys()].sort();
  return [...readsOf(step), ...senderRead(pipeline, step)].flatMap(({ field, isReckoned }) => {
    const facts = { pipeline: pipeline.id, step: `steps.${step.step}`, field };
    const found = before.get(field);
    if (found === undefined) {
      const about = { ...facts, known, nearest: nearestName(field, known) };
      return [pipelineDiagnostics.create('field-unknown', about, at)];
    }
    return isReckoned && found.type === 'text' ? [pipelineDiagnostics.create('field-not-a-number', facts, at)] : [];
  });
}

/** Whose a record is has to be known where it is counted, and where it is shipped. */
function senderRead({ sender }: Pipeline, step: PipelineStep): readonly FieldRead[] {
  const isNeeded = sender !== undefined && (isMetricStep(step) || step.step === 'ship');
  return isNeeded ? [{ field: sender, isReckoned: false }] : [];
}

const unitsOfNames: Readonly<Record<string, FieldUnit>> = { seconds: 'seconds', bytes: 'bytes', ratio: 'ratio' };

/** A unit stands in the name of a metric: `_seconds`, `_bytes_total`. */
function checkUnits(pipeline: Pipeline, { step, before }: PlacedStep): readonly Diagnostic[] {
  const read = measuredField(step);
  const unit = before.get(read?.field ?? '')?.unit ?? null;
  if (read === null || unit === null || read.wanted === null || read.wanted === unit) return [];
  const facts = { pipeline: pipeline.id, step: `steps.${step.step}`, field: read.field, unit, wanted: read.wanted };
  return [pipelineDiagnostics.create('unit-mismatch', facts, { position: step.source, subject: pipeline.id })];
}

function measuredField(step: PipelineStep): { readonly field: string; readonly wanted: FieldUnit | null } | null {
  if (step.step === 'convert') return { field: step.field, wanted: step.from };
  if (!isMetricStep(step)) return null;
  const field = step.step === 'count' ? step.sum : step.field;
  if (field === undefined) return null;
  const named = /_(seconds|bytes|ratio)(?:_total)?$/.exec(step.metric)?.[1] ?? '';
  return { field, wanted: unitsOfNames[named] ?? null };
}

const contract = [
  'item',
  'class',
  'tier',
  'site',
  'tenant',
  'team',
  'criticality',
  'severity',
  'sender',
  'job',
  'instance',
  'le',
  'prog',
];
const manySeries = 1000;

/** The guard of cardinality: every label has a known number of values. */
function checkLabels(pipeline: Pipeline, { before }: PlacedStep, step: MetricStep): readonly Diagnostic[] {
  const at = { position: step.source, subject: pipeline.id };
  const facts = { pipeline: pipeline.id, metric: step.metric };
  const own = labelsOf(pipeline, step).filter((label) => label !== pipeline.sender);
  const reserved = own.filter((label) => contract.includes(label));
  const unbounded = own.filter((label) => before.has(label) && before.get(label)?.atMost === null);
  const series = own.reduce((product, label) => product * Math.max(1, before.get(label)?.atMost ?? 1), 1);
  return [
    ...reserved.map((label) => pipelineDiagnostics.create('label-reserved', { ...facts, label }, at)),
    ...unbounded.map((label) => pipelineDiagnostics.create('label-unbounded', { ...facts, label }, at)),
    ...(series > manySeries ? [pipelineDiagnostics.create('series-too-many', { ...facts, series }, at)] : []),
  ];
}

function checkName(pipeline: Pipeline, step: MetricStep): readonly Diagnostic[] {
  const at = { position: step.source, subject: pipeline.id };
  const facts = { pipeline: pipeline.id, metric: step.metric };
  const isTotal = step.metric.endsWith('_total');
  if (step.step === 'count' && !isTotal)
    return [pipelineDiagnostics.create('metric-name', { ...facts, reason: 'a counter', suffix: '_total' }, at)];
  if (step.step === 'measure' && !/_(seconds|bytes|ratio)$/.test(step.metric)) {
    const wanted = { ...facts, reason: 'a histogram without a unit', suffix: '_seconds, _bytes or _ratio' };
    return [pipelineDiagnostics.create('metric-name', wanted, at)];
  }
  if (step.step === 'measure' && !isRising(step.buckets))
    return [pipelineDiagnostics.create('buckets-unordered', facts, at)];
  if (step.step === 'gauge' && isTotal)
    return [pipelineDiagnostics.create('metric-name', { ...facts, reason: 'a gauge', suffix: 'no _total' }, at)];
  return [];
}

function isRising(buckets: readonly number[]): boolean {
  return buckets.length > 0 && buckets.every((bound, index) => index === 0 || bound > (buckets[index - 1] ?? bound));
}

/** One name, one kind, one set of labels; and nothing counted that a sample has left over. */
function checkMetrics(pipeline: Pipeline): readonly Diagnostic[] {
  const steps = pipeline.steps.filter(isMetricStep);
  const sampled = pipeline.steps.findIndex(({ step }) => step === 'sample');
  return steps.flatMap((step) => {
    const at = { position: step.source, subject: pipeline.id };
    const first = steps.find(({ metric }) => metric === step.metric) ?? step;
    const about = { metric: step.metric, first: `steps.${first.step}`, second: `steps.${step.step}` };
    const isLate = sampled >= 0 && pipeline.steps.indexOf(step) > sampled;
    return [
      ...(shapeOf(first) === shapeOf(step) ? [] : [pipelineDiagnostics.create('metric-twice', about, at)]),
      ...(isLate
        ? [pipelineDiagnostics.create('counted-after-sample', { pipeline: pipeline.id, metric: step.metric }, at)]
        : []),
    ];
  });
}

function shapeOf(step: MetricStep): string {
  const buckets = step.step === 'measure' ? step.buckets : [];
  const sum = step.step === 'count' && step.sum !== undefined;
  return JSON.stringify([step.step, step.help, step.labels ?? [], buckets, sum]);
}

function checkSinks(pipeline: Pipeline): readonly Diagnostic[] {
  const declared = Object.keys(pipeline.sinks ?? {});
  const ships = pipeline.steps.flatMap((step) => (step.step === 'ship' ? [step] : []));
  const unused = declared.filter((sink) => !ships.some(({ to }) => to === sink));
  return [
    ...ships
      .filter(({ to }) => !declared.includes(to))
      .map(({ to, source }) =>
        pipelineDiagnostics.create(
          'sink-unknown',
          { pipeline: pipeline.id, sink: to, nearest: nearestName(to, declared) },
          { position: source, subject: pipeline.id },
        ),
      ),
    ...unused.map((sink) =>
      pipelineDiagnostics.create(
        'sink-unused',
        { pipeline: pipeline.id, sink },
        { position: pipeline.source, subject: pipeline.id },
      ),
    ),
  ];
}

function checkTested(pipeline: Pipeline): readonly Diagnostic[] {
  if ((pipeline.tests ?? []).length > 0) return [];
  const at = { position: pipeline.source, subject: pipeline.id };
  return [pipelineDiagnostics.create('untested', { pipeline: pipeline.id }, at)];
}
