import { type AlertShape, labelOf, matchesShape } from './alert-shape.ts';
import type { AlertmanagerConfig, Channel, InhibitRule, Receiver } from './config.ts';
import type { LabelSet } from './label-set.ts';
import { routesTaken } from './route-alert.ts';

/** Why a rule holds nothing back, or not what it seems to. */
export type InhibitionFact =
  | { readonly kind: 'no-source' | 'no-target'; readonly rule: InhibitRule }
  /** There are sources and targets, and no two agree on these labels: one side lacks them, or has other values. */
  | { readonly kind: 'never-equal'; readonly rule: InhibitRule; readonly labels: readonly string[] }
  /** Neither side ever has these labels, so all alerts agree on them. */
  | { readonly kind: 'trivially-equal'; readonly rule: InhibitRule; readonly labels: readonly string[] }
  /** Some alert is surely on both sides; which alerts such a rule holds back depends on the release and on the order. */
  | { readonly kind: 'both-sides'; readonly rule: InhibitRule; readonly shape: AlertShape };

/** Rules that can hold back nothing among the alerts that can fire, or that do not do what they seem to. */
export function findInhibitionFacts(
  rules: readonly InhibitRule[],
  shapes: readonly AlertShape[],
): readonly InhibitionFact[] {
  return rules.flatMap((rule) => factsOf(rule, shapes));
}

function factsOf(rule: InhibitRule, shapes: readonly AlertShape[]): readonly InhibitionFact[] {
  const sources = shapes.filter((shape) => matchesShape(rule.source, shape) !== 'no');
  if (sources.length === 0) return [{ kind: 'no-source', rule }];
  const targets = shapes.filter((shape) => matchesShape(rule.target, shape) !== 'no');
  if (targets.length === 0) return [{ kind: 'no-target', rule }];
  const facts: InhibitionFact[] = [];
  const both = sources.find(
    (shape) => matchesShape(rule.source, shape) === 'yes' && matchesShape(rule.target, shape) === 'yes',
  );
  if (both !== undefined) facts.push({ kind: 'both-sides', rule, shape: both });
  if (!sources.some((source) => targets.some((target) => canAgree(rule.equal, source, target))))
    facts.push({ kind: 'never-equal', rule, labels: blockingLabels(rule, sources, targets) });
  const everywhere = [...sources, ...targets];
  const unknown = rule.equal.filter((label) => everywhere.every((shape) => labelOf(shape, label) === ''));
  if (unknown.length > 0) facts.push({ kind: 'trivially-equal', rule, labels: unknown });
  return facts;
}

function canAgree(equal: readonly string[], source: AlertShape, target: AlertShape): boolean {
  return equal.every((label) => {
    const [left, right] = [labelOf(source, label), labelOf(target, label)];
    if (left === null || right === null) return left !== '' && right !== '';
    return left === right;
  });
}

/** The labels on which no source and target agree; all of them where it is their combination. */
function blockingLabels(
  { equal }: InhibitRule,
  sources: readonly AlertShape[],
  targets: readonly AlertShape[],
): readonly string[] {
  const blocking = equal.filter(
    (label) => !sources.some((source) => targets.some((target) => canAgree([label], source, target))),
  );
  return blocking.length > 0 ? blocking : equal;
}

/** An alert whose end may be told to nobody who heard of its begin: it ends while it is held back. */
export interface HiddenRecovery {
  readonly rule: InhibitRule;
  readonly labels: LabelSet;
  readonly receiver: Receiver;
  /** The channels that would have told of the end. */
  readonly channels: readonly Channel[];
}

/** What inhibition hides of the ends of these alerts. */
export function findHiddenRecoveries(
  { root, receivers, inhibitRules }: AlertmanagerConfig,
  alerts: readonly LabelSet[],
): readonly HiddenRecovery[] {
  const byName = new Map(receivers.map((receiver) => [receiver.name, receiver]));
  return alerts.flatMap((labels) => {
    const rules = inhibitRules.filter(
      (rule) =>
        matchesShape(rule.target, labels) === 'yes' &&
        alerts.some(
          (source) =>
            matchesShape(rule.source, source) === 'yes' && source !== labels && canAgree(rule.equal, source, labels),
        ),
    );
    if (rules.length === 0) return [];
    return routesTaken(root, labels).flatMap(({ receiver: name }) => {
      const receiver = byName.get(name);
      const channels = receiver?.channels.filter(({ tellsOfEnd }) => tellsOfEnd) ?? [];
      if (receiver === undefined || channels.length === 0) return [];
      return rules.map((rule) => ({ rule, labels, receiver, channels }));
    });
  });
}
