import type { Alert, Pipeline } from '../../model/index.ts';

/** What the tests of rules have to know of the alerts of a pipeline: the samples of their authors. */
export function pipelineAlerts({
  alerts = [],
  id,
  source,
}: Pipeline): readonly Pick<Alert, 'name' | 'class' | 'when' | 'for' | 'severity' | 'samples' | 'source'>[] {
  return alerts.map(({ name, when, for: wait, severity, samples }) => ({
    name,
    // No class of items; a rule is played as it is compiled.
    class: `pipeline ${id}`,
    when: { above: 'above' in when ? when.above : 0 },
    for: wait,
    severity,
    source,
    ...(samples === undefined ? {} : { samples }),
  }));
}
