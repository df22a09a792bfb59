import type { SourceSpan } from '../diagnostics/index.ts';
import { readGroup } from '../history/index.ts';
import { printExpression } from '../languages/promql/index.ts';
import {
  commonThreshold,
  isJsonObject,
  type JsonObject,
  parseDuration,
  readAlertOverride,
  servesVariant,
  waivedVariant,
} from '../model/index.ts';
import type { StackSpecs } from './backtest-rules.ts';
import type { Content } from './contract.ts';
import type { DeclaredAlert } from './session-messages.ts';

/** How one alert holds for one item, as it is compiled. */
export interface ItemRule {
  readonly threshold: number;
  readonly forMs: number;
  readonly intervalMs: number;
  /** Nobody is told of it for this item. */
  readonly isWaived: boolean;
}

/** The expression by which a signal is recorded in a stack; null where it is not. */
export function recordedExpression(specs: StackSpecs, series: string): string | null {
  for (const spec of specs.values()) {
    const rule = readGroup(spec).recorded.find(({ name }) => name === series);
    if (rule !== undefined) return printExpression(rule.expression);
  }
  return null;
}

/** Reads off the compiled rules which threshold and waiting time hold for an item, and which tuning says so. */
export function itemRules(
  specs: StackSpecs,
  content: Content,
  stack: string,
  alert: DeclaredAlert,
): (item: string) => (ItemRule & { readonly source: SourceSpan | null }) | null {
  const groups = [...specs].flatMap(([address, spec]) =>
    isJsonObject(spec.group ?? null) ? [{ address, group: spec.group as JsonObject }] : [],
  );
  const found = groups.find(({ group }) => rulesIn(group).some((rule) => rule.alert === alert.name));
  if (found === undefined) return () => null;
  const rules = rulesIn(found.group);
  const own = rules.filter((rule) => rule.alert === alert.name);
  const overrides = new Map(
    rules
      .flatMap((rule) => readAlertOverride(rule) ?? [])
      .filter((one) => one.alert === alert.name)
      .map((one) => [one.item, one]),
  );
  const parts =
    content.resources.find(({ address }) => String(address) === found.address && address.startsWith(`${stack}/`))
      ?.parts ?? [];
  const intervalMs = parseDuration(String(found.group.interval)) ?? 60_000;
  return (item) => {
    const override = overrides.get(item);
    const rule =
      override === undefined
        ? own[0]
        : own.find(({ expr }) => servesVariant(String(expr), alert.name, override.variant));
    const common = own[0] === undefined ? null : commonThreshold(String(own[0].expr), alert.name);
    const part = parts.find(({ name }) => name === `override:${alert.name}:${item}`);
    const tuning = part?.derivation.find(({ kind }) => kind === 'tuning');
    return {
      threshold: override?.threshold ?? common ?? declaredThreshold(alert),
      forMs: parseDuration(String((rule ?? own[0])?.for ?? '0s')) ?? 0,
      intervalMs,
      isWaived: override?.variant === waivedVariant,
      source: tuning?.source ?? null,
    };
  };
}

function rulesIn({ rules }: JsonObject): readonly JsonObject[] {
  return Array.isArray(rules) ? rules.filter((rule) => isJsonObject(rule)) : [];
}

function declaredThreshold({ when }: DeclaredAlert): number {
  if ('above' in when) return when.above;
  return 'below' in when ? when.below : when.equals;
}
