import { translatePattern } from '../languages/promql/translate-pattern.ts';
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

/**
 * The series that an alert is about, where its own file records them with labels of whoever that is: the alert has these
 * labels, though its rule does not say so. Objectives and the watching of targets are compiled that way.
 */
export function labelledBy(resources: readonly Resource[]): (alert: CompiledRule) => readonly CompiledRule[] {
  const labelled = recordingRulesIn(resources).filter(({ labels }) => labels.class !== undefined);
  const byFile = Map.groupBy(labelled, ({ resource }) => resource.address);
  return ({ resource, expression }) => {
    const recorded = byFile.get(resource.address) ?? [];
    // What else it reads only decides whether it fires: the labels are those of what stands first.
    const [first] = [...new Set(recorded.map(({ name }) => name))]
      .map((name) => ({ name, at: expression.indexOf(name) }))
      .filter(({ at }) => at >= 0)
      .sort((left, right) => left.at - right.at);
    if (first === undefined) return [];
    const isTaken = matchersAfter(expression.slice(first.at + first.name.length));
    return recorded.filter(({ name, labels }) => name === first.name && isTaken(labels));
  };
}

/** Of the selector that goes on in a text, as our compilers print it. */
function matchersAfter(text: string): (labels: CompiledRule['labels']) => boolean {
  const [, inside = ''] = /^\{([^}]*)\}/.exec(text) ?? [];
  const matchers = [...inside.matchAll(/(\w+)(=~|!~|!=|=)"([^"]*)"/g)].map(
    ([, label = '', operator = '', value = '']) => {
      const fits = operator.endsWith('~') ? patternOf(value) : (text: string) => text === value;
      const isWanted = !operator.startsWith('!');
      return { label, accepts: (text: string): boolean => fits === null || fits(text) === isWanted };
    },
  );
  // A label that the rule does not set comes from what it records, and may be anything.
  return (labels) => matchers.every(({ label, accepts }) => labels[label] === undefined || accepts(labels[label]));
}

/** Null for a pattern of RE2 that is none here, as a rule by hand may have: it takes whatever there is. */
function patternOf(value: string): ((text: string) => boolean) | null {
  try {
    const pattern = new RegExp(translatePattern(`^(?s:${value})$`), 'v');
    return (text) => pattern.test(text);
  } catch {
    return null;
  }
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
