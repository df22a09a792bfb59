import { type Diagnostic, nearestName, type SourceSpan } from '../diagnostics/index.ts';
import {
  type Alert,
  type AlertPack,
  type Catalogue,
  type ClassDashboard,
  type ObjectClass,
  parseDuration,
  readingsOf,
  type SignalSource,
  type ThresholdCase,
} from '../model/index.ts';
import { findTwice } from './check-reference.ts';
import { compileDiagnostics } from './compile-diagnostics.ts';

/** Whether alerts, dashboards and signals of the catalogue fit their classes. */
export function checkCatalogue({ classes, alerts, dashboards }: Catalogue): readonly Diagnostic[] {
  const all = alerts.flatMap((pack) => Object.values(pack.alerts));
  const classPosition = classes[0]?.source ?? { file: 'cmdb/organisation/index.ts', line: 1, column: 1 };
  const classNames = classes.map(({ id }) => id);
  const alertNames = all.map(({ name }) => name);
  return [
    ...findTwice('classes', classNames, classPosition),
    ...findTwice('alerts', alertNames, all[0]?.source ?? classPosition),
    ...classes.flatMap(checkClass),
    ...alerts.flatMap((pack) => Object.values(pack.alerts).flatMap((alert) => checkAlert(pack, alert))),
    ...dashboards.flatMap(checkDashboard),
  ];
}

function checkClass({ id, sources, signals, source }: ObjectClass): readonly Diagnostic[] {
  const known = Object.keys(sources);
  return [
    ...Object.entries(sources).flatMap(([key, declared]) => checkTimeout(`${key} of ${id}`, declared, source)),
    ...Object.entries(signals).flatMap(([key, signal]) =>
      Object.keys(readingsOf(signal)).flatMap((from) =>
        mustBeAmong(`The signal ${key} of ${id}`, 'source', from, known, source),
      ),
    ),
  ];
}

/** Prometheus takes no configuration with a timeout beyond its interval. */
function checkTimeout(of: string, declared: SignalSource, position: SourceSpan): readonly Diagnostic[] {
  const { interval, timeout } = declared;
  if (timeout === undefined || (parseDuration(timeout) ?? 0) <= (parseDuration(interval) ?? 0)) return [];
  return [compileDiagnostics.create('timeout-beyond-interval', { of, interval, timeout }, { position, subject: of })];
}

function checkAlert({ class: objectClass, alerts }: AlertPack, alert: Alert): readonly Diagnostic[] {
  const { id, signal, supersedes, source } = alert;
  const placeholders = [...commonPlaceholders, ...(objectClass.signals[signal]?.partLabels ?? [])];
  return [
    ...mustBeAmong(`The alert ${id}`, 'signal', signal, Object.keys(objectClass.signals), source),
    ...(supersedes === undefined
      ? []
      : mustBeAmong(`The alert ${id}`, 'milder alert', supersedes, Object.keys(alerts), source)),
    ...placeholdersIn(alert).flatMap((name) =>
      mustBeAmong(`A summary of ${id}`, 'placeholder', name, placeholders, source),
    ),
    ...(alert.thresholds ?? []).flatMap((entry) => checkThreshold(objectClass, alert, entry)),
  ];
}

/** Where a threshold depends on attributes, the class has them, and what is to be a number is one. */
function checkThreshold(
  { attributes }: ObjectClass,
  alert: Alert,
  { where, threshold }: ThresholdCase,
): readonly Diagnostic[] {
  const position = alert.patched?.source ?? alert.source;
  const from = typeof threshold === 'object' && 'attribute' in threshold ? [threshold.attribute] : [];
  const named = [...Object.keys(where?.attributes ?? {}), ...from];
  const known = Object.keys(attributes);
  return [
    ...named.flatMap((name) => mustBeAmong(`A threshold of ${alert.id}`, 'attribute', name, known, position)),
    ...Object.entries(where?.attributes ?? {}).flatMap(([name, wanted]) =>
      [wanted].flat().flatMap((value) => {
        const choices = attributes[name]?.schema.enum;
        if (!Array.isArray(choices) || typeof value !== 'string') return [];
        return mustBeAmong(`A threshold of ${alert.id}`, `${name}`, value, choices as readonly string[], position);
      }),
    ),
    ...from
      .filter((name) => !['integer', 'number', undefined].includes(attributes[name]?.cell))
      .map((attribute) =>
        compileDiagnostics.create(
          'attribute-no-number',
          { alert: alert.id, attribute },
          { position, subject: alert.id },
        ),
      ),
  ];
}

function checkDashboard(dashboard: ClassDashboard): readonly Diagnostic[] {
  const { class: objectClass, rows, overview = [], forecast = [], source } = dashboard;
  const known = Object.keys(objectClass.signals);
  return [...rows.flatMap(({ signals }) => signals), ...overview, ...forecast].flatMap((signal) =>
    mustBeAmong(`The dashboard of ${objectClass.id}`, 'signal', signal, known, source),
  );
}

const commonPlaceholders = ['value', 'item', 'class', 'tier', 'site', 'tenant', 'team', 'criticality'];

function placeholdersIn({ summary }: Alert): readonly string[] {
  const names = [...`${summary.en} ${summary.zh}`.matchAll(/\{([a-z_]+)\}/gi)].map(([, name = '']) => name);
  return [...new Set(names)];
}

function mustBeAmong(
  subject: string,
  field: string,
  name: string,
  known: readonly string[],
  position: SourceSpan,
): readonly Diagnostic[] {
  if (known.includes(name)) return [];
  return [
    compileDiagnostics.create(
      'unknown-name',
      { subject, field, name, known, nearest: nearestName(name, known) },
      { position, found: name, expected: known.join(' | ') },
    ),
  ];
}
