import { counted } from '../../diagnostics/index.ts';
import {
  type Alert,
  type AlertPack,
  type ConfigurationItem,
  type DerivationStep,
  declaredThresholds,
  disabledPart,
  type JsonObject,
  type ObjectClass,
  ownThresholds,
  printAlertOverride,
  printDisabledAlert,
  type Resource,
  type ResourcePart,
  type Signal,
  waivedVariant,
  withoutOverridden,
} from '../../model/index.ts';
import { dashboardLink } from '../dashboard-link.ts';
import { makeResource, operatedStep } from '../make-resource.ts';
import { itemsOfClass, type OperatedStack, paced, runbookUrl } from '../operated-stack.ts';
import { readSignal } from '../read-signal.ts';
import { signalSeries } from '../signal-series.ts';
import { type AlertOverrides, type AlertVariant, overridesOf } from './overrides.ts';
import { summaryTemplate } from './summary-template.ts';
import { thresholdOf } from './threshold-of.ts';

interface RulePart {
  readonly name: string;
  readonly rule: JsonObject;
  readonly derivation: readonly DerivationStep[];
}

/** The rule file of one class at one control point: recorded signals, thresholds of tuned items, alerts. */
export function compileClassRules(operated: OperatedStack, objectClass: ObjectClass): Resource | null {
  const items = itemsOfClass(operated, objectClass.id);
  if (items.length === 0) return null;
  const packs = operated.catalogue.alerts.filter((pack) => pack.class.id === objectClass.id);
  const overrides = packs.flatMap((pack) =>
    Object.values(pack.alerts).map((alert) => overridesOf(operated, pack, alert)),
  );
  const rules = [
    ...Object.entries(objectClass.signals).flatMap(([key, signal]) => signalRule(objectClass, key, signal, items)),
    ...overrides.flatMap((entry) => overrideRules(entry)),
    ...disabledRules(operated, objectClass),
    ...overrides.flatMap((entry) => alertRules(operated, objectClass, entry, items)),
  ];
  return makeResource(operated, {
    type: 'prometheus-rules',
    name: objectClass.id,
    target: 'prometheus',
    spec: { group: { name: objectClass.id, interval: paced(operated, '30s'), rules: rules.map(({ rule }) => rule) } },
    items,
    clauses: overrides.flatMap(({ alert }) => alert.clauses),
    derivation: [operatedStep(operated, `${counted(items.length, 'item')} of class ${objectClass.id}`)],
    parts: rules.map(
      ({ name, derivation }, index): ResourcePart => ({ name, pointer: `/group/rules/${index}`, derivation }),
    ),
  });
}

/** Recorded under `signal:`, which is all that the tiers above see of this one. None where no item has a source of it. */
function signalRule(
  objectClass: ObjectClass,
  key: string,
  signal: Signal,
  items: readonly ConfigurationItem[],
): readonly RulePart[] {
  const expr = readSignal(objectClass, signal, items);
  if (expr === null) return [];
  const text = `Recorded for dashboards and for the tiers above: ${signal.title.en}.`;
  return [
    {
      name: `signal:${key}`,
      rule: { record: signalSeries(objectClass.id, key), expr },
      derivation: [{ kind: 'class-rule', subject: `${objectClass.id}.${key}`, text, source: objectClass.source }],
    },
  ];
}

function overrideRules({ alert, variants, waived }: AlertOverrides): readonly RulePart[] {
  const tuned = variants.flatMap((variant) =>
    variant.items.map(({ item, threshold, because }) => ({
      name: `override:${alert.name}:${item.id}`,
      rule: overrideSeries(alert, item, variant.name, threshold),
      derivation: [because],
    })),
  );
  const exempt = waived.map(({ item, waiver }) => ({
    name: `override:${alert.name}:${item.id}`,
    rule: overrideSeries(alert, item, waivedVariant, 0),
    derivation: [
      {
        kind: 'waiver',
        subject: item.id,
        text: `${waiver.terms.reason} Allowed by ${waiver.terms.approver} until ${waiver.terms.until}.`,
        source: waiver.source,
      } as const,
    ],
  }));
  return [...tuned, ...exempt];
}

/** Of the patches themselves: the packs of the catalogue have these alerts no more. */
function disabledRules({ catalogue }: OperatedStack, { id }: ObjectClass): readonly RulePart[] {
  return (catalogue.patches ?? []).flatMap((entry) => {
    if (entry.kind !== 'alert-disabling' || entry.alert.class !== id) return [];
    const { alert, terms, source } = entry;
    const text = `${terms.reason} Allowed by ${terms.approver} until ${terms.until}.`;
    return [
      {
        name: disabledPart(alert.name),
        rule: printDisabledAlert({ alert: alert.name, severity: alert.severity }),
        derivation: [{ kind: 'patch', subject: alert.id, text, source } as const],
      },
    ];
  });
}

function overrideSeries(alert: Alert, item: ConfigurationItem, variant: string, threshold: number): JsonObject {
  return printAlertOverride({ alert: alert.name, item: item.id, variant, threshold });
}

/**
 * The common rule leaves out the items that differ. Those that differ only in threshold come back into it with their own;
 * another waiting time or severity takes a rule of its own.
 */
function alertRules(
  operated: OperatedStack,
  objectClass: ObjectClass,
  overrides: AlertOverrides,
  items: readonly ConfigurationItem[],
): readonly RulePart[] {
  const { alert, variants, waived } = overrides;
  const signal = objectClass.signals[alert.signal];
  if (signal === undefined) throw new Error(`Bug: the signal ${alert.signal} of ${alert.id} was not checked.`);
  const read = readSignal(objectClass, signal, items, alert.criticality);
  if (read === null) return [];
  const value = parenthesised(read);
  const differs = variants.length > 0 || waived.length > 0;
  const others = differs ? withoutOverridden(value, alert.name) : value;
  const base = `${others} ${comparison(alert)} ${printNumber(thresholdOf(alert))}`;
  const merged = variants.filter((variant) => variant.for === alert.for && variant.severity === alert.severity);
  const expression = [base, ...merged.map((variant) => ownThreshold(alert, value, variant))].join(' or ');
  const common: RulePart = {
    name: alert.name,
    rule: alertRule(operated, alert, signal, expression, alert),
    derivation: [...alertDerivation(alert, variants.length + waived.length), ...merged.flatMap(tuningSteps)],
  };
  const apart = variants.filter((variant) => !merged.includes(variant));
  return [common, ...apart.map((variant) => variantRule(operated, alert, signal, value, variant))];
}

function ownThreshold(alert: Alert, value: string, variant: AlertVariant): string {
  return `${value} ${comparison(alert)} on (item) group_left () ${ownThresholds(alert.name, variant.name)}`;
}

function variantRule(
  operated: OperatedStack,
  alert: Alert,
  signal: Signal,
  value: string,
  variant: AlertVariant,
): RulePart {
  // Two rules of one name and equal labels are one alert to Prometheus; the severity, or else this label, keeps them apart.
  const labels = variant.severity === alert.severity ? { variant: variant.name } : {};
  return {
    name: `${alert.name}:${variant.name}`,
    rule: alertRule(operated, alert, signal, ownThreshold(alert, value, variant), variant, labels),
    derivation: [...alertDerivation(alert, 1), ...tuningSteps(variant)],
  };
}

/** What is true of many items is said once. */
function tuningSteps(variant: AlertVariant): readonly DerivationStep[] {
  if (variant.name !== declaredThresholds) return variant.items.map(({ because }) => because);
  const alike = Map.groupBy(variant.items, ({ because }) => because.text);
  return [...alike.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const subject = others.length === 0 ? first.item.id : `${first.item.id} and ${others.length} more`;
    return [{ ...first.because, subject }];
  });
}

function alertRule(
  operated: OperatedStack,
  alert: Alert,
  signal: Signal,
  expression: string,
  timing: Pick<Alert, 'for' | 'severity'>,
  labels: Readonly<Record<string, string>> = {},
): JsonObject {
  const wait = paced(operated, timing.for);
  return {
    alert: alert.name,
    expr: expression,
    ...(wait === '0s' ? {} : { for: wait }),
    labels: { severity: timing.severity, ...alert.labels, ...labels },
    annotations: {
      summary_en: summaryTemplate(alert.summary.en, signal.unit),
      summary_zh: summaryTemplate(alert.summary.zh, signal.unit),
      runbook_url: runbookUrl(operated, alert.runbook),
      ...dashboardLink(operated, alert.class, alert.signal),
    },
  };
}

function alertDerivation(alert: Alert, exceptionCount: number): readonly DerivationStep[] {
  const exceptions = exceptionCount === 0 ? '' : ' Items that are tuned or waived are left out of the common rule.';
  return [
    {
      kind: 'class-rule',
      subject: alert.id,
      text: `${alert.name}: signal ${alert.signal} ${comparison(alert)} ${printNumber(thresholdOf(alert))} for ${alert.for}. ${alert.rationale}${exceptions}`,
      source: alert.source,
      clauses: alert.clauses,
    },
    ...patchStep(alert),
  ];
}

function patchStep({ id, patched }: Alert): readonly DerivationStep[] {
  return patched === undefined ? [] : [{ kind: 'patch', subject: id, text: patched.reason, source: patched.source }];
}

function comparison({ when }: Alert): string {
  if ('above' in when) return '>';
  return 'below' in when ? '<' : '==';
}

/** An expression with operators binds looser than a comparison; one selector or one call does not. */
function parenthesised(expression: string): string {
  return /^[a-z_:]+(\{[^}]*\})?$/i.test(expression) ? expression : `(${expression})`;
}

function printNumber(value: number): string {
  return String(value);
}

/** The alert names of a class by which an item of it is known to give no service. */
export function downAlerts(packs: readonly AlertPack[], classId: string): readonly string[] {
  const alerts = packs.filter((pack) => pack.class.id === classId).flatMap((pack) => Object.values(pack.alerts));
  return alerts.filter((alert) => alert.meansDown === true).map((alert) => alert.name);
}
