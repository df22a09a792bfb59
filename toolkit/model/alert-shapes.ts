import type { Alert, AlertPack, AlertSamples, PatchNote } from './alert-pack.ts';
import { objectClass } from './class-shapes.ts';
import { bilingual, criticality, duration, severity, source } from './declared-words.ts';
import type { Shape } from './shape.ts';
import {
  andOthers,
  fieldsOf,
  finiteNumber,
  listOf,
  made,
  maybe,
  oneField,
  oneOf,
  recordOf,
  someText,
  value,
  yesOrNo,
} from './shape.ts';
import { thresholdCase } from './threshold-shapes.ts';

/** Labels that the item, the compiler or Prometheus gives. */
const takenLabels: ReadonlySet<string> = new Set([
  ...['item', 'class', 'tier', 'site', 'tenant', 'team', 'criticality', 'severity'],
  ...['alertname', 'alert', 'variant', 'escalated', 'job', 'instance'],
]);

const sampleValue = value(
  'a finite number, or how fast a counter grows, such as 5/s',
  (given) => Number.isFinite(given) || (typeof given === 'string' && /^-?\d+(\.\d+)?\/s$/.test(given)),
);

export const alertSamples = fieldsOf<AlertSamples>({ bad: recordOf(sampleValue), good: recordOf(sampleValue) });

export const alertFields = {
  name: someText,
  signal: someText,
  when: oneField(
    fieldsOf<{ above?: number; below?: number; equals?: number }>(
      { above: maybe(finiteNumber), below: maybe(finiteNumber), equals: maybe(finiteNumber) },
      'a condition with exactly one of above, below and equals',
    ),
  ),
  thresholds: maybe(listOf(thresholdCase)),
  for: duration,
  severity,
  summary: bilingual,
  runbook: someText,
  labels: maybe(extraLabels()),
  criticality: maybe(listOf(criticality)),
  meansDown: maybe(yesOrNo),
  supersedes: maybe(someText),
  samples: maybe(alertSamples),
  rationale: someText,
  clauses: listOf(someText),
};

export const misspeltKey =
  'Name an alert or a policy that there is, such as hostAlerts.cpuBusy; a misspelt name gives nothing.';

export const alert = made<Alert>(
  {
    ...alertFields,
    kind: oneOf(['alert']),
    id: someText,
    class: someText,
    source,
    patched: maybe(fieldsOf<PatchNote>({ reason: someText, source })),
  },
  'an alert of a pack, such as hostAlerts.cpuBusy',
  misspeltKey,
);

/** Its alerts are fields beside these two, under names of the author's choice. */
export const alertPack = andOthers(
  made<AlertPack>({ class: objectClass, alerts: recordOf(alert) }, 'an alert pack made by defineAlertPack(...)'),
);

/** Those of the contract and of routing have a meaning of their own, and cannot be set by hand. */
export function extraLabels(): Shape {
  const areNames = (given: unknown) =>
    Object.keys(given ?? {}).every((name) => /^[a-zA-Z_]\w*$/.test(name) && !takenLabels.has(name));
  const refused = value(
    `labels of other names than ${[...takenLabels].join(', ')}, of letters, digits and _`,
    () => false,
  );
  return { kind: 'branch', choose: (given) => (areNames(given) ? recordOf(someText) : refused) };
}
