import { addressFields, isJsonObject, type JsonObject, type JsonValue, type Resource } from '../model/index.ts';

/** One rule of the compiled rule files, as its Prometheus will evaluate it. */
export interface CompiledRule {
  readonly resource: Resource;
  readonly stack: string;
  /** JSON pointer into the resource's spec; `partAt` makes it a part address. */
  readonly pointer: string;
  /** Of the alert, or of the recorded series. */
  readonly name: string;
  readonly expression: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Every alert of the compiled rule files, in the order of the resources. */
export function alertRulesIn(resources: readonly Resource[]): readonly CompiledRule[] {
  return rulesIn(resources, 'alert');
}

/** Every recorded series of the compiled rule files. */
export function recordingRulesIn(resources: readonly Resource[]): readonly CompiledRule[] {
  return rulesIn(resources, 'record');
}

function rulesIn(resources: readonly Resource[], kind: 'alert' | 'record'): readonly CompiledRule[] {
  return resources.flatMap((resource) => {
    const group = resource.type === 'prometheus-rules' ? resource.spec.group : undefined;
    const rules = isJsonObject(group) && Array.isArray(group.rules) ? (group.rules as readonly JsonValue[]) : [];
    const { stack } = addressFields(resource.address);
    return rules.flatMap((rule, index) => {
      if (!isJsonObject(rule) || typeof rule[kind] !== 'string') return [];
      return [readRule(resource, stack, `/group/rules/${index}`, rule[kind], rule)];
    });
  });
}

function readRule(resource: Resource, stack: string, pointer: string, name: string, rule: JsonObject): CompiledRule {
  const expression = typeof rule.expr === 'string' ? rule.expr : '';
  return {
    resource,
    stack,
    pointer,
    name,
    expression,
    labels: textsOf(rule.labels),
    annotations: textsOf(rule.annotations),
  };
}

function textsOf(value: JsonValue | undefined): Readonly<Record<string, string>> {
  return isJsonObject(value) ? (value as Readonly<Record<string, string>>) : {};
}
