import { type Diagnostic, nearestName } from '../../diagnostics/index.ts';
import {
  type Alert,
  type AlertPack,
  type AlertSeverity,
  type ConfigurationItem,
  type DerivationStep,
  declaredThresholds,
  describeSelection,
  type ItemSelection,
  isSelected,
  numberOf,
  type ThresholdCase,
  type Tuning,
  thresholdOfCase,
  type Waiver,
  withBaseline,
} from '../../model/index.ts';
import { compileDiagnostics } from '../compile-diagnostics.ts';
import { itemsOfClass, type OperatedStack } from '../operated-stack.ts';
import { readSignal } from '../read-signal.ts';
import { findOffScale } from './off-scale.ts';
import { thresholdOf } from './threshold-of.ts';

/**
 * How one alert differs for some items. Tuned items leave the common rule and get one of their own; waived items only
 * leave it. The item's threshold travels as a series, so that one expression serves all of a variant's items.
 */
export interface AlertOverrides {
  readonly alert: Alert;
  readonly variants: readonly AlertVariant[];
  readonly waived: readonly { readonly item: ConfigurationItem; readonly waiver: Waiver }[];
}

/** Items with thresholds of their own that share waiting time and severity. */
export interface AlertVariant {
  /** `tuned-1`, `tuned-2` in order of waiting time and severity; `declared` for those that the alert itself sorts. */
  readonly name: string;
  readonly for: string;
  readonly severity: AlertSeverity;
  readonly items: readonly DifferentItem[];
}

export interface DifferentItem {
  readonly item: ConfigurationItem;
  readonly threshold: number;
  /** The tuning, or the case of the alert, that makes it differ. */
  readonly because: DerivationStep;
}

export function overridesOf(operated: OperatedStack, pack: AlertPack, alert: Alert): AlertOverrides {
  const items = itemsOfClass(operated, pack.class.id);
  const waived = items.flatMap((item) => {
    const waiver = operated.stack.waivers.find(
      ({ waived: subject, selection }) => isSameAlert(subject, alert) && isSelected(selection, item),
    );
    return waiver === undefined ? [] : [{ item, waiver }];
  });
  const tuned = items.flatMap((item) => {
    const tuning = operated.stack.tunings.find(
      ({ alert: subject, selection }) => isSameAlert(subject, alert) && isSelected(selection, item),
    );
    return tuning === undefined || waived.some((entry) => entry.item === item) ? [] : [{ item, tuning }];
  });
  const taken = new Set([...waived, ...tuned].map(({ item }) => item));
  const others = items.filter((item) => !taken.has(item));
  return { alert, variants: [...groupVariants(alert, tuned), ...declaredVariant(pack, alert, others)], waived };
}

/** What is wrong with the stack's tunings and waivers of alerts; a statement that matches nothing is an error. */
export function checkStatements(operated: OperatedStack): readonly Diagnostic[] {
  const { stack } = operated;
  const waivers = stack.waivers.flatMap(({ waived, selection, source }) =>
    waived.kind === 'alert' ? [{ name: 'A waiver', alert: waived, selection, source }] : [],
  );
  const tunings = stack.tunings.flatMap(({ alert, selection, source }) =>
    alert.kind === 'alert' ? [{ name: 'A tuning', alert, selection, source }] : [],
  );
  const statements = [...tunings, ...waivers];
  const seen = new Map<string, Statement>();
  return [
    ...stack.tunings.flatMap((tuning) => checkTuning(operated, tuning)),
    ...statements.flatMap((statement) => checkStatement(operated, statement)),
    ...statements.flatMap((statement) => checkOverlap(operated, statement, seen)),
  ];
}

interface Statement {
  readonly name: string;
  readonly alert: Alert;
  readonly selection: Tuning['selection'];
  readonly source: Tuning['source'];
}

function checkTuning({ catalogue }: OperatedStack, { alert, change, source }: Tuning): readonly Diagnostic[] {
  const { threshold } = change;
  const isEmpty = threshold === undefined && change.for === undefined && change.severity === undefined;
  if (isEmpty) return [compileDiagnostics.create('tuning-empty', { alert: alert.id }, { position: source })];
  if (threshold === undefined || alert.kind !== 'alert') return [];
  const objectClass = catalogue.classes.find(({ id }) => id === alert.class);
  return findOffScale(alert, objectClass, numberOf(threshold), source);
}

function checkStatement(operated: OperatedStack, { name, alert, selection, source }: Statement): readonly Diagnostic[] {
  if (!isInUse(operated, alert)) {
    const facts = { alert: alert.id, stack: operated.stack.name };
    return [compileDiagnostics.create('alert-not-in-use', facts, { position: source, subject: alert.id })];
  }
  const matched = operated.items.filter((item) => isSelected(selection, item));
  const facts = {
    stack: operated.stack.name,
    statement: `${name} of ${alert.id}`,
    selection: describeSelection(selection),
    lacks: 'operates no such item',
    nearest: nearestItem(selection, operated.items),
  };
  if (matched.length === 0) return [compileDiagnostics.create('matches-nothing', facts, { position: source })];
  if (!isMeasured(operated, alert, matched)) {
    const names = matched.filter((item) => item.class === alert.class).map(({ id }) => id);
    const about = { alert: alert.id, signal: alert.signal, items: names };
    return [compileDiagnostics.create('alert-not-measured', about, { position: source, subject: alert.id })];
  }
  const stranger = matched.find((item) => item.class !== alert.class);
  // A selection by site or tenant may take in other classes; it must take in one item of the right class.
  if (stranger === undefined || matched.some((item) => item.class === alert.class)) return [];
  return [
    compileDiagnostics.create(
      'alert-not-of-class',
      { alert: alert.id, item: stranger.id, itemClass: stranger.class },
      { position: source, subject: stranger.id },
    ),
  ];
}

/** What is off for a while comes back with its tunings. */
function isInUse({ catalogue }: OperatedStack, { id }: Alert): boolean {
  if (catalogue.patches?.some(({ kind, alert }) => kind === 'alert-disabling' && alert.id === id)) return true;
  return catalogue.alerts.some((pack) => Object.values(pack.alerts).some((alert) => alert.id === id));
}

/** False where there are items of the class, and none of them has a source that gives the signal. */
function isMeasured({ catalogue }: OperatedStack, alert: Alert, matched: readonly ConfigurationItem[]): boolean {
  const items = matched.filter((item) => item.class === alert.class);
  const objectClass = catalogue.alerts.find((pack) => pack.class.id === alert.class)?.class;
  const signal = objectClass?.signals[alert.signal];
  if (items.length === 0 || objectClass === undefined || signal === undefined) return true;
  return readSignal(objectClass, signal, items) !== null;
}

/** Of an item that is named by its id. */
function nearestItem({ criteria }: ItemSelection, items: readonly ConfigurationItem[]): string | null {
  if (typeof criteria.id !== 'string') return null;
  return nearestName(
    criteria.id,
    items.map(({ id }) => id),
  );
}

function checkOverlap(
  operated: OperatedStack,
  statement: Statement,
  seen: Map<string, Statement>,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const item of operated.items) {
    if (item.class !== statement.alert.class || !isSelected(statement.selection, item)) continue;
    const key = `${statement.alert.id} ${item.id}`;
    if (seen.has(key))
      diagnostics.push(
        compileDiagnostics.create(
          'tuned-twice',
          { alert: statement.alert.id, item: item.id },
          { position: statement.source, subject: item.id },
        ),
      );
    seen.set(key, statement);
  }
  return diagnostics;
}

function groupVariants(
  alert: Alert,
  tuned: readonly { readonly item: ConfigurationItem; readonly tuning: Tuning }[],
): readonly AlertVariant[] {
  const groups = new Map<string, { readonly item: ConfigurationItem; readonly tuning: Tuning }[]>();
  for (const entry of tuned) {
    const key = `${entry.tuning.change.for ?? alert.for} ${entry.tuning.change.severity ?? alert.severity}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.keys()].sort().map((key, index) => {
    const [duration = alert.for, severity = alert.severity] = key.split(' ') as [string, AlertSeverity];
    const items = (groups.get(key) ?? []).map(({ item, tuning }) => ({
      item,
      because: tuningStep(item, tuning),
      threshold:
        tuning.change.threshold === undefined
          ? (caseFor(alert, item)?.threshold ?? thresholdOf(alert))
          : numberOf(tuning.change.threshold),
    }));
    return { name: `tuned-${index + 1}`, for: duration, severity, items };
  });
}

/** Items that a case of the alert gives another threshold; not those that it does not concern or that nothing measures. */
function declaredVariant(pack: AlertPack, alert: Alert, items: readonly ConfigurationItem[]): readonly AlertVariant[] {
  const signal = pack.class.signals[alert.signal];
  if (alert.thresholds === undefined || signal === undefined) return [];
  const differing = items.flatMap((item): readonly DifferentItem[] => {
    const fitting = caseFor(alert, item);
    if (fitting === null || fitting.threshold === thresholdOf(alert)) return [];
    if (readSignal(pack.class, signal, [item], alert.criticality) === null) return [];
    return [{ item, threshold: fitting.threshold, because: caseStep(alert, item, fitting.case) }];
  });
  return differing.length === 0
    ? []
    : [{ name: declaredThresholds, for: alert.for, severity: alert.severity, items: differing }];
}

/** The first case of an alert that is about an item. */
function caseFor(
  { thresholds = [] }: Alert,
  item: ConfigurationItem,
): { readonly case: ThresholdCase; readonly threshold: number } | null {
  for (const entry of thresholds) {
    const threshold = thresholdOfCase(entry, item);
    if (threshold !== null) return { case: entry, threshold };
  }
  return null;
}

function tuningStep(item: ConfigurationItem, { change, source }: Tuning): DerivationStep {
  return { kind: 'tuning', subject: item.id, text: withBaseline(change.reason, change.threshold), source };
}

function caseStep(alert: Alert, item: ConfigurationItem, { reason, threshold }: ThresholdCase): DerivationStep {
  const source = alert.patched?.source ?? alert.source;
  return { kind: 'class-rule', subject: item.id, text: withBaseline(reason, threshold), source };
}

function isSameAlert(subject: Alert | Waiver['waived'], alert: Alert): boolean {
  return subject.kind === 'alert' && subject.id === alert.id;
}
