import type { Pipeline, StepOf } from '../../model/index.ts';

export type MetricStep = StepOf<'count'> | StepOf<'measure'> | StepOf<'gauge'>;

/** A metric of a pipeline; several steps may make it. */
export interface MadeMetric {
  readonly name: string;
  readonly kind: MetricStep['step'];
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds of a histogram. */
  readonly buckets: readonly number[];
}

export function isMetricStep(step: Pipeline['steps'][number]): step is MetricStep {
  return step.step === 'count' || step.step === 'measure' || step.step === 'gauge';
}

/** Metrics by the order of their first step; labels begin with the sender, where there is one. */
export function madeMetrics(pipeline: Pipeline): readonly MadeMetric[] {
  const made = new Map<string, MadeMetric>();
  for (const step of pipeline.steps.filter(isMetricStep)) {
    if (!made.has(step.metric)) made.set(step.metric, metricOf(pipeline, step));
  }
  return [...made.values()];
}

function metricOf(pipeline: Pipeline, step: MetricStep): MadeMetric {
  const buckets = step.step === 'measure' ? step.buckets : [];
  return { name: step.metric, kind: step.step, help: step.help, labels: labelsOf(pipeline, step), buckets };
}

/** Fields that become labels. Every series says whose it is, so that the item's labels can be put in its place. */
export function labelsOf({ sender }: Pipeline, { labels = [] }: MetricStep): readonly string[] {
  return sender === undefined || labels.includes(sender) ? labels : [sender, ...labels];
}

/** How the label of a field is called: a dot is none in a label. */
export function labelName({ sender }: Pipeline, field: string): string {
  return field === sender ? 'sender' : field.replaceAll('.', '_');
}

/** Names of its series as Prometheus has them. */
export function seriesNames({ name, kind }: MadeMetric): readonly string[] {
  return kind === 'measure' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name];
}
