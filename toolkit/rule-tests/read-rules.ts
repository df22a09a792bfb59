import { debianDialect, type Expression, parseExpression } from '../languages/promql/index.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseDuration, type Resource } from '../model/index.ts';

/** One rule of a compiled rule file. */
export interface Rule {
  readonly kind: 'alert' | 'record';
  /** Name of the alert, or of the series that it records. */
  readonly name: string;
  readonly text: string;
  readonly expression: Expression;
  readonly forMs: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** As it stands in the file. */
  readonly spec: JsonObject;
  /** Where it is: the resource, and its place in the group. */
  readonly file: RuleFile;
  readonly index: number;
}

/** One compiled rule file: a group of one stack. */
export interface RuleFile {
  readonly address: string;
  readonly stack: string;
  /** Name of the group, which for alerts of items is their class. */
  readonly name: string;
  readonly resource: Resource;
}

/** Rules of all rule files, in order. A rule that does not parse is left out: validation tells that. */
export function readRules(resources: readonly Resource[]): readonly Rule[] {
  return resources.filter(({ type }) => type === 'prometheus-rules').flatMap(rulesOf);
}

function rulesOf(resource: Resource): readonly Rule[] {
  const group = resource.spec.group ?? null;
  const rules = isJsonObject(group) && Array.isArray(group.rules) ? (group.rules as readonly JsonValue[]) : [];
  const [stack = '', , name = ''] = resource.address.split('/');
  const file: RuleFile = { address: resource.address, stack, name, resource };
  return rules.flatMap((spec, index) => (isJsonObject(spec) ? readRule(spec, file, index) : []));
}

function readRule(spec: JsonObject, file: RuleFile, index: number): readonly Rule[] {
  const kind = typeof spec.alert === 'string' ? 'alert' : 'record';
  const [name, text] = [String(spec[kind]), String(spec.expr)];
  const parsed = parseExpression(text, debianDialect);
  if (parsed.kind === 'refused') return [];
  const forMs = typeof spec.for === 'string' ? (parseDuration(spec.for) ?? 0) : 0;
  const rest = { labels: textsOf(spec.labels), annotations: textsOf(spec.annotations), spec, file, index };
  return [{ kind, name, text, expression: parsed.expression, forMs, ...rest }];
}

function textsOf(value: JsonValue | undefined): Readonly<Record<string, string>> {
  if (value === undefined || !isJsonObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
}
