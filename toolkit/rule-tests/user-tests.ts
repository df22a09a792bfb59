import type { Diagnostic } from '../diagnostics/index.ts';
import { debianDialect, parseExpression } from '../languages/promql/index.ts';
import { parseYaml, type YamlMapping, type YamlValue } from '../languages/yaml/index.ts';
import { ruleTestDiagnostics } from './diagnostics.ts';
import type { Rule, RuleFile } from './read-rules.ts';
import { sliceRules } from './rule-slice.ts';

/** A file of tests that people wrote, and the rules it is run with. */
export interface UserTests {
  /** Relative to the repository. */
  readonly file: string;
  /** As written; its rule files are replaced by those of the slice. */
  readonly document: YamlMapping;
  readonly tests: number;
  readonly slice: readonly { readonly file: RuleFile; readonly rules: readonly Rule[] }[];
  /** Rule files beside the test, which stay as they are. */
  readonly foreign: readonly string[];
}

export interface ReadTests {
  readonly tests: UserTests | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a file in promtool's own format. Of the compiled rules it names, it gets those that its tests ask for and what
 * these depend on. `isBeside`: whether a rule file lies where the test says, as it would for promtool itself.
 */
export function readUserTests(
  text: string,
  file: string,
  rules: readonly Rule[],
  isBeside: (entry: string) => boolean,
): ReadTests {
  const parsed = parseYaml(text, file);
  if (parsed.value === undefined) return { tests: null, diagnostics: parsed.diagnostics };
  const position = parsed.positionOf('');
  const document = parsed.value;
  if (!isMapping(document) || !Array.isArray(document.tests) || !Array.isArray(document.rule_files)) {
    const facts = { file, reason: 'it has no lists rule_files and tests' };
    return { tests: null, diagnostics: [ruleTestDiagnostics.create('test-file-unreadable', facts, { position })] };
  }
  const entries = document.rule_files.map(String);
  const foreign = entries.filter(isBeside);
  const compiled = entries.filter((entry) => !foreign.includes(entry));
  const named = rules.filter((rule) => compiled.some((entry) => isNamed(rule.file, entry)));
  const unknown = compiled.filter((entry) => !rules.some((rule) => isNamed(rule.file, entry)));
  const diagnostics = unknown.map((entry) => {
    const at = parsed.positionOf(`/rule_files/${entries.indexOf(entry)}`);
    return ruleTestDiagnostics.create('no-rules-for-test', { file, entry }, { position: at });
  });
  if (diagnostics.length > 0) return { tests: null, diagnostics };
  const slice = byFile(sliceRules(askedFor(document.tests, named), named, { alertsAreInput: false }));
  return { tests: { file, document, tests: document.tests.length, slice, foreign }, diagnostics: [] };
}

function isMapping(value: YamlValue | undefined): value is YamlMapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `rendered/plant-1/prometheus/rules/host.yaml`, as `opsctl render` writes it; what stands before does not matter. */
function isNamed({ stack, name }: RuleFile, entry: string): boolean {
  const path = [stack, 'prometheus', 'rules', `${name}.yaml`];
  const named = entry
    .split('/')
    .filter((part) => part !== '.' && part !== '..')
    .slice(-path.length);
  const compared = path.slice(-named.length);
  return named.every((part, index) => isMatch(part, compared[index] ?? ''));
}

/** `*` stands for any text. */
function isMatch(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}

/** Alerts by their name, and rules that record what an expression asks for. */
function askedFor(tests: readonly YamlValue[], rules: readonly Rule[]): readonly Rule[] {
  const groups = tests.filter(isMapping);
  const alerts = new Set(listsOf(groups, 'alert_rule_test').map((test) => String(test.alertname)));
  const asking = listsOf(groups, 'promql_expr_test').flatMap((test) => {
    const parsed = parseExpression(String(test.expr), debianDialect);
    return parsed.kind === 'parsed' ? [parsed.expression] : [];
  });
  const [model] = rules;
  if (model === undefined) return [];
  // What an expression asks for is what a rule with that expression would depend on.
  const probes = asking.map((expression): Rule => ({ ...model, kind: 'record', name: '', expression }));
  const needed = sliceRules(probes, [...rules, ...probes], { alertsAreInput: false });
  return rules.filter((rule) => needed.includes(rule) || (rule.kind === 'alert' && alerts.has(rule.name)));
}

function listsOf(groups: readonly YamlMapping[], field: string): readonly YamlMapping[] {
  return groups.flatMap((group) => {
    const list = group[field];
    return Array.isArray(list) ? list.filter(isMapping) : [];
  });
}

function byFile(rules: readonly Rule[]): UserTests['slice'] {
  const files = new Map<RuleFile['address'], { readonly file: RuleFile; readonly rules: Rule[] }>();
  for (const rule of rules) {
    const entry = files.get(rule.file.address) ?? { file: rule.file, rules: [] };
    entry.rules.push(rule);
    files.set(rule.file.address, entry);
  }
  return [...files.values()];
}
