import { type Expression, parseExpression, printExpression } from '../languages/promql/index.ts';
import { canonicalJson, isJsonObject, type JsonObject, type JsonValue, parseDuration } from '../model/index.ts';
import type { RecordedRule } from './expand-recorded.ts';
import type { ReplayedRule } from './replay-alert.ts';
import type { Labels } from './series.ts';

/** A rule of a group as it would be replayed. */
export interface AlertingRule extends ReplayedRule {
  readonly expression: Expression;
  /** As it is written. */
  readonly text: string;
  readonly intervalMs: number;
  /** Name of its group. */
  readonly group: string;
}

export interface RuleGroup {
  readonly alerts: readonly AlertingRule[];
  readonly recorded: readonly RecordedRule[];
}

const defaultIntervalMs = 60_000;

/** Reads the spec of a rule file. What does not parse is left out: validation tells that. */
export function readGroup({ group }: JsonObject): RuleGroup {
  if (group === undefined || !isJsonObject(group) || !Array.isArray(group.rules)) return { alerts: [], recorded: [] };
  const intervalMs = durationIn(group.interval) ?? defaultIntervalMs;
  const rules = group.rules.filter((rule) => isJsonObject(rule));
  return {
    alerts: rules.flatMap((rule) => readAlert(rule, intervalMs, String(group.name ?? ''))),
    recorded: rules.flatMap(readRecorded),
  };
}

function readAlert(rule: JsonObject, intervalMs: number, group: string): readonly AlertingRule[] {
  const expression = expressionOf(rule);
  if (typeof rule.alert !== 'string' || expression === null) return [];
  return [
    {
      name: rule.alert,
      expression,
      text: String(rule.expr),
      forMs: durationIn(rule.for) ?? 0,
      keepFiringMs: durationIn(rule.keep_firing_for) ?? 0,
      labels: labelsOf(rule),
      intervalMs,
      group,
    },
  ];
}

function readRecorded(rule: JsonObject): readonly RecordedRule[] {
  const expression = expressionOf(rule);
  if (typeof rule.record !== 'string' || expression === null) return [];
  return [{ name: rule.record, expression, labels: labelsOf(rule) }];
}

function expressionOf({ expr }: JsonObject): Expression | null {
  const parsed = parseExpression(String(expr));
  return parsed.kind === 'parsed' ? parsed.expression : null;
}

function durationIn(value: JsonValue | undefined): number | null {
  return typeof value === 'string' ? parseDuration(value) : null;
}

function labelsOf({ labels }: JsonObject): Labels {
  if (labels === undefined || !isJsonObject(labels)) return {};
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]));
}

/** Equal for rules that do the same. */
export function ruleKey({ expression, forMs, keepFiringMs, labels, intervalMs }: AlertingRule): string {
  return canonicalJson([printExpression(expression), forMs, keepFiringMs, { ...labels }, intervalMs]);
}
