import { type Diagnostic, nearestName } from '../../diagnostics/index.ts';
import type { CountedSeries, Pipeline, PipelineAlert } from '../../model/index.ts';
import { isMetricStep, labelName, labelsOf, type MetricStep } from './made-metrics.ts';
import { pipelineDiagnostics } from './pipeline-diagnostics.ts';

/** Whether every alert looks at a series that the pipeline makes, by labels that it has. */
export function checkPipelineAlerts(pipeline: Pipeline): readonly Diagnostic[] {
  const steps = pipeline.steps.filter(isMetricStep);
  return (pipeline.alerts ?? []).flatMap((alert) =>
    countedIn(alert).flatMap((counted) => checkSeries(pipeline, steps, alert, counted)),
  );
}

/** The series that an alert looks at. */
function countedIn({ when }: PipelineAlert): readonly CountedSeries[] {
  if ('share' in when) return [when.share, when.of];
  if ('quantile' in when) return [when.of];
  return 'silent' in when ? [when.silent] : [when];
}

function checkSeries(
  pipeline: Pipeline,
  steps: readonly MetricStep[],
  alert: PipelineAlert,
  { count, where = {}, by = [] }: CountedSeries,
): readonly Diagnostic[] {
  const tell = (what: string, nearest: string | null) =>
    pipelineDiagnostics.create(
      'alert-series-unknown',
      { alert: alert.name, pipeline: pipeline.id, what, nearest },
      { position: pipeline.source, subject: alert.name },
    );
  const step = steps.find(({ metric }) => metric === count);
  const names = steps.map(({ metric }) => metric);
  if (step === undefined) return [tell(count, nearestName(count, names))];
  const isHistogram = 'quantile' in alert.when;
  if (isHistogram !== (step.step === 'measure'))
    return [tell(`${count} as a ${isHistogram ? 'histogram' : 'counter'}`, null)];
  const labels = labelsOf(pipeline, step).map((field) => labelName(pipeline, field));
  return [...Object.keys(where), ...by]
    .filter((label) => !labels.includes(label))
    .map((label) => tell(`the label ${label} of ${count}`, nearestName(label, labels)));
}
