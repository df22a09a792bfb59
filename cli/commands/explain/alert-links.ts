import {
  isJsonObject,
  type JsonObject,
  makePartAddress,
  type Resource,
  type ResourcePart,
  readAlertOverride,
  readDisabledAlert,
} from '../../../toolkit/model/index.ts';
import { describeOverrides, type OverrideDescription } from '../../../toolkit/plan/index.ts';
import { valueAt } from '../../../toolkit/plan/json-pointer.ts';

/** What else there is to an alert besides its own rule. */
export interface AlertLinks {
  readonly alert: string;
  /** Tunings and waivers of the alert in this stack; none when it is the same for all items. */
  readonly overrides: readonly OverrideDescription[];
  /** Addresses of the other rules that serve the alert: variants, thresholds of items, the rule that raises it to a tier above. */
  readonly rules: readonly string[];
}

/** Null for a part that has nothing to do with an alert. */
export function linksOfAlert(
  resource: Resource,
  part: ResourcePart,
  resources: readonly Resource[],
): AlertLinks | null {
  const alert = alertOf(resource, part);
  if (alert === null) return null;
  const siblings = resource.parts.filter((other) => other !== part && alertOf(resource, other) === alert);
  return {
    alert,
    overrides: overridesIn(resource).filter((override) => override.alert === alert && concerns(part, override)),
    rules: [
      ...siblings.map(({ name }) => makePartAddress(resource.address, name)),
      ...escalationsOf(resource, resources),
    ],
  };
}

function alertOf({ spec }: Resource, { pointer }: ResourcePart): string | null {
  const rule = valueAt(spec, pointer);
  if (rule === undefined || !isJsonObject(rule)) return null;
  const override = readAlertOverride(rule) ?? readDisabledAlert(rule);
  if (override !== null) return override.alert;
  return typeof rule.alert === 'string' && !isEscalation(rule) ? rule.alert : null;
}

/** The series of one item is about that item alone. */
function concerns({ name }: ResourcePart, { alert, item }: OverrideDescription): boolean {
  return !name.startsWith('override:') || name === `override:${alert}:${item}`;
}

/** Tunings and waivers in one rule file, against the same rules as they would be if no item differed. */
export function overridesIn(resource: Resource): readonly OverrideDescription[] {
  const rules = rulesOf(resource).filter(
    (rule) => readAlertOverride(rule) === null && readDisabledAlert(rule) === null,
  );
  return describeOverrides({ group: { rules } }, resource.spec, resource);
}

/** What a stack does not resolve is raised by rules of their own, which take in every alert of it. */
function escalationsOf({ address }: Resource, resources: readonly Resource[]): readonly string[] {
  const stack = address.slice(0, address.indexOf('/') + 1);
  return resources
    .filter((other) => other.address.startsWith(stack))
    .flatMap((other) =>
      other.parts.flatMap(({ name, pointer }) => {
        const rule = valueAt(other.spec, pointer);
        return rule !== undefined && isJsonObject(rule) && isEscalation(rule)
          ? [makePartAddress(other.address, name)]
          : [];
      }),
    );
}

function isEscalation({ labels }: JsonObject): boolean {
  return isJsonObject(labels ?? null) && typeof (labels as JsonObject).escalated === 'string';
}

function rulesOf({ spec }: Resource): readonly JsonObject[] {
  const rules = valueAt(spec, '/group/rules');
  return Array.isArray(rules) ? rules.filter(isJsonObject) : [];
}
