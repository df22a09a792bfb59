import {
  type Alert,
  addressFields,
  type ConfigurationItem,
  isJsonObject,
  type JsonValue,
  type Resource,
} from '../model/index.ts';
import { alertRulesIn, type CompiledRule, recordingRulesIn } from './alert-rules.ts';
import type { PolicyInput } from './policy.ts';

/** How one item in service is watched, read from what was compiled and not from what was meant. */
export interface ItemAlerts {
  readonly item: ConfigurationItem;
  /** The stack that operates it. */
  readonly stack: string;
  /** Labels of its series, which its alerts inherit; null when no target list has it, so that nothing is measured. */
  readonly labels: Readonly<Record<string, string>> | null;
  /** Alerts that can fire for it. */
  readonly rules: readonly CompiledRule[];
}

const answers = new WeakMap<PolicyInput, ReadonlyMap<string, ItemAlerts>>();

/**
 * By item id. An item that is not in service, or that no stack operates, has no entry. Several policies ask, of one input
 * that does not change, so the answer is kept.
 */
export function itemAlerts(input: PolicyInput): ReadonlyMap<string, ItemAlerts> {
  const answer = answers.get(input) ?? readItemAlerts(input);
  answers.set(input, answer);
  return answer;
}

function readItemAlerts(input: PolicyInput): ReadonlyMap<string, ItemAlerts> {
  const labels = targetLabels(input.resources);
  const rulesOf = indexRules(input);
  const watched = new Map<string, ItemAlerts>();
  for (const item of input.items) {
    const stack = input.operatedBy.get(item.id);
    if (stack === undefined || item.stage !== 'in-service') continue;
    watched.set(item.id, {
      item,
      stack,
      labels: labels.get(`${stack} ${item.id}`) ?? null,
      rules: rulesOf(stack, item),
    });
  }
  return watched;
}

/** Labels of the target lists, by stack and item. */
function targetLabels(resources: readonly Resource[]): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const found = new Map<string, Readonly<Record<string, string>>>();
  for (const { type, address, spec } of resources) {
    if (type !== 'prometheus-targets' || !Array.isArray(spec.groups)) continue;
    const { stack } = addressFields(address);
    for (const group of spec.groups as readonly JsonValue[]) {
      const labels = isJsonObject(group) ? group.labels : undefined;
      if (isJsonObject(labels)) found.set(`${stack} ${labels.item}`, labels as Readonly<Record<string, string>>);
    }
  }
  return found;
}

interface ClassRules {
  readonly all: readonly { readonly rule: CompiledRule; readonly variant: string | undefined }[];
  /** Without those for items whose alert is tuned. */
  readonly common: readonly CompiledRule[];
}

/**
 * A class has a few rules and thousands of items, nearly all of which have the same ones, so the answer for each stack,
 * class and criticality is kept, and only an item with overrides gets a list of its own.
 */
function indexRules(input: PolicyInput): (stack: string, item: ConfigurationItem) => readonly CompiledRule[] {
  const overrides = indexOverrides(input.resources);
  const classRules = indexClassRules(input);
  return (stack, item) => {
    const { all, common } = classRules(stack, item);
    const own = overrides.get(`${stack} ${item.id}`);
    if (own === undefined) return common;
    return all.filter(({ rule, variant }) => variant === own.get(rule.name)).map(({ rule }) => rule);
  };
}

function indexClassRules({
  organisation,
  resources,
}: PolicyInput): (stack: string, item: ConfigurationItem) => ClassRules {
  const declared = organisation.catalogue.alerts.flatMap((pack) => Object.values(pack.alerts));
  const alerts = new Map(declared.map((alert) => [alert.name, alert]));
  const byClass = Map.groupBy(alertRulesIn(resources), ({ stack, name }) => `${stack} ${alerts.get(name)?.class}`);
  const kept = new Map<string, ClassRules>();
  return (stack, item) => {
    const key = `${stack} ${item.class} ${item.criticality}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const concerning = (byClass.get(`${stack} ${item.class}`) ?? []).filter(({ name }) =>
      concerns(alerts.get(name), item),
    );
    const all = concerning.map((rule) => ({ rule, variant: variantOf(rule) }));
    const rules = { all, common: all.filter(({ variant }) => variant === undefined).map(({ rule }) => rule) };
    kept.set(key, rules);
    return rules;
  };
}

function concerns(alert: Alert | undefined, item: ConfigurationItem): boolean {
  return alert?.criticality === undefined || alert.criticality.includes(item.criticality);
}

/** Variant by alert name, for each item of which some alert is tuned or waived; no rule has the variant `waived`. */
function indexOverrides(resources: readonly Resource[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const { stack, name, labels } of recordingRulesIn(resources)) {
    const { alert, item, variant } = labels;
    if (name !== 'override:threshold' || alert === undefined || variant === undefined) continue;
    const key = `${stack} ${item}`;
    const known = found.get(key) ?? new Map<string, string>();
    found.set(key, known.set(alert, variant));
  }
  return found;
}

/** The compiler gives items that are tuned alike one rule, which reads their thresholds from a series of its variant. */
function variantOf({ expression }: CompiledRule): string | undefined {
  return /override:threshold\{alert="[^"]*",variant="([^"]*)"\}/.exec(expression)?.[1];
}
