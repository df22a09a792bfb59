import { type Diagnostic, nearestName } from '../../diagnostics/index.ts';
import {
  type ConfigurationItem,
  type DerivationStep,
  describeSelection,
  isSelected,
  numberOf,
  type PipelineAlert,
  type PipelineAlertReference,
  type Tuning,
  type Waiver,
  withBaseline,
} from '../../model/index.ts';
import { compileDiagnostics } from '../compile-diagnostics.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { type Collected, collectedBy } from './collected.ts';
import { pipelineDiagnostics } from './pipeline-diagnostics.ts';

/** How an alert of a pipeline differs for some of its items, as alerts of classes do. */
export interface LogAlertOverrides {
  readonly variants: readonly LogAlertVariant[];
  readonly waived: readonly ConfigurationItem[];
  readonly because: readonly DerivationStep[];
}

/** Items that share waiting time and severity; each has a threshold of its own. */
export interface LogAlertVariant {
  readonly name: string;
  readonly for: string;
  readonly severity: PipelineAlert['severity'];
  readonly thresholds: ReadonlyMap<string, number>;
}

/** Null for an alert that only knows whether something was counted. */
export function thresholdOfLogAlert({ when }: PipelineAlert): number | null {
  return 'above' in when ? when.above : null;
}

export function logAlertOverrides(
  { stack }: OperatedStack,
  { pipeline, items }: Collected,
  alert: PipelineAlert,
): LogAlertOverrides {
  const isIt = isAlert(pipeline.id, alert);
  const tunings = stack.tunings.filter((tuning) => isIt(tuning.alert));
  const waivers = stack.waivers.filter((waiver) => isIt(waiver.waived));
  const waived = items.filter((item) => waivers.some(({ selection }) => isSelected(selection, item)));
  const tuned = items.flatMap((item) => {
    const tuning = tunings.find(({ selection }) => isSelected(selection, item));
    return tuning === undefined || waived.includes(item) ? [] : [{ item, tuning }];
  });
  return {
    waived,
    variants: variantsOf(alert, tuned),
    because: [...tuned.map(({ item, tuning }) => tuningStep(item, tuning)), ...waivers.map(waiverStep)],
  };
}

/** What is wrong with the tunings and waivers of alerts of pipelines. */
export function checkLogStatements(operated: OperatedStack): readonly Diagnostic[] {
  const { stack } = operated;
  const collected = collectedBy(operated);
  const seen = new Set<string>();
  const check = (
    what: string,
    subject: PipelineAlertReference,
    { selection, source }: Pick<Tuning, 'selection' | 'source'>,
  ) => {
    const own = collected.find(({ pipeline }) => pipeline.id === subject.pipeline);
    if (own === undefined) {
      const facts = { alert: subject.id, stack: stack.name };
      return [compileDiagnostics.create('alert-not-in-use', facts, { position: source, subject: subject.id })];
    }
    const matched = own.items.filter((item) => isSelected(selection, item));
    if (matched.length === 0) return [nothingMatched(operated, own, `${what} of ${subject.id}`, { selection, source })];
    return matched.flatMap((item) => {
      const key = `${subject.id} ${item.id}`;
      if (!seen.has(key)) {
        seen.add(key);
        return [];
      }
      const facts = { alert: subject.id, item: item.id };
      return [compileDiagnostics.create('tuned-twice', facts, { position: source, subject: item.id })];
    });
  };
  return [
    ...stack.tunings.flatMap((tuning) =>
      tuning.alert.kind === 'pipeline-alert'
        ? [...checkThreshold(collected, tuning, tuning.alert), ...check('A tuning', tuning.alert, tuning)]
        : [],
    ),
    ...stack.waivers.flatMap((waiver) =>
      waiver.waived.kind === 'pipeline-alert' ? check('A waiver', waiver.waived, waiver) : [],
    ),
  ];
}

function nothingMatched(
  { stack }: OperatedStack,
  { pipeline, items }: Collected,
  statement: string,
  { selection, source }: Pick<Tuning, 'selection' | 'source'>,
): Diagnostic {
  const { id } = selection.criteria;
  const nearest =
    typeof id === 'string'
      ? nearestName(
          id,
          items.map((item) => item.id),
        )
      : null;
  const lacks = `collects ${pipeline.id} of no such item`;
  const facts = { stack: stack.name, statement, selection: describeSelection(selection), lacks, nearest };
  return compileDiagnostics.create('matches-nothing', facts, { position: source });
}

function checkThreshold(
  collected: readonly Collected[],
  { change, source }: Tuning,
  { pipeline, name, id }: PipelineAlertReference,
): readonly Diagnostic[] {
  const alerts = collected.find((one) => one.pipeline.id === pipeline)?.pipeline.alerts ?? [];
  const alert = alerts.find((one) => one.name === name);
  if (change.threshold === undefined || alert === undefined || thresholdOfLogAlert(alert) !== null) return [];
  return [pipelineDiagnostics.create('no-threshold', { alert: id }, { position: source, subject: id })];
}

function isAlert(pipeline: string, { name }: PipelineAlert): (subject: Tuning['alert'] | Waiver['waived']) => boolean {
  return (subject) => subject.kind === 'pipeline-alert' && subject.pipeline === pipeline && subject.name === name;
}

function variantsOf(
  alert: PipelineAlert,
  tuned: readonly { readonly item: ConfigurationItem; readonly tuning: Tuning }[],
): readonly LogAlertVariant[] {
  const own = thresholdOfLogAlert(alert) ?? 0;
  const groups = Map.groupBy(tuned, ({ tuning: { change } }) =>
    [change.for ?? alert.for, change.severity ?? alert.severity].join(' '),
  );
  return [...groups]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, entries], index) => {
      const [wait = alert.for, severity] = key.split(' ');
      const thresholds = entries.map(({ item, tuning: { change } }) => {
        return [item.id, change.threshold === undefined ? own : numberOf(change.threshold)] as const;
      });
      const isUrgency = severity === 'critical' || severity === 'warning' || severity === 'info';
      return {
        name: `tuned-${index + 1}`,
        for: wait,
        severity: isUrgency ? severity : alert.severity,
        thresholds: new Map(thresholds),
      };
    });
}

function tuningStep(item: ConfigurationItem, { change, source }: Tuning): DerivationStep {
  return { kind: 'tuning', subject: item.id, text: withBaseline(change.reason, change.threshold), source };
}

function waiverStep({ selection, terms, source }: Waiver): DerivationStep {
  const text = `${terms.reason} Allowed by ${terms.approver} until ${terms.until}.`;
  return { kind: 'waiver', subject: describeSelection(selection), text, source };
}
