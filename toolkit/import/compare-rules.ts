import { currentDialect, parseExpression, printExpression } from '../languages/promql/index.ts';
import type { YamlMapping } from '../languages/yaml/index.ts';
import { isMapping, type Rule, type RuleGroup, readResources, textOf } from '../lint/index.ts';
import { addressFields, jsonEquals, parseDuration, type Resource } from '../model/index.ts';
import type { Difference } from './imported.ts';

/** A group as it was read, without the rules that were left out. */
export interface ExpectedGroup {
  readonly id: string;
  readonly file: string;
  readonly group: RuleGroup;
  readonly rules: readonly Rule[];
  readonly value: YamlMapping;
}

/**
 * Holds what the content compiles to against what was read, by the reader of rule files and not by the writer of content:
 * groups by name, interval, limit and labels; rules in their order by name, parsed expression, waiting times, labels and
 * annotations.
 */
export function compareRules(
  expected: readonly ExpectedGroup[],
  resources: readonly Resource[],
): readonly Difference[] {
  const compiled = new Map(
    resources
      .filter(({ type }) => type === 'prometheus-rules')
      .map((resource) => [addressFields(resource.address).name, resource]),
  );
  return expected.flatMap((group) => compareGroup(group, compiled.get(group.id)));
}

function compareGroup(expected: ExpectedGroup, resource: Resource | undefined): readonly Difference[] {
  const { group, rules, value } = expected;
  const position = group.document.positionOf(group.pointer);
  const what = `The group ${group.name} of ${expected.file}`;
  const [found] = resource === undefined ? [] : readResources([resource]).ruleFiles.flatMap(({ groups }) => groups);
  if (found === undefined || resource === undefined) return [{ what, text: 'it is not compiled.', position }];
  const spec = resource.spec.group as YamlMapping;
  const faults = [
    ...(found.name === group.name ? [] : [`its name is ${found.name}.`]),
    ...(found.intervalMs === group.intervalMs ? [] : ['its interval differs.']),
    ...(Number(spec.limit ?? 0) === Number(value.limit ?? 0) ? [] : ['its limit differs.']),
    ...(durationOf(spec.query_offset) === durationOf(value.query_offset) ? [] : ['its query_offset differs.']),
    ...(jsonEquals(textsIn(spec.labels), textsIn(value.labels)) ? [] : ['its labels differ.']),
    ...(found.rules.length === rules.length ? [] : [`it has ${found.rules.length} rules instead of ${rules.length}.`]),
  ];
  return [
    ...(faults.length === 0 ? [] : [{ what, text: faults.join(' '), position }]),
    ...rules.flatMap((rule, index) => compareRule(rule, found.rules[index], expected.file)),
  ];
}

function compareRule(rule: Rule, found: Rule | undefined, file: string): readonly Difference[] {
  if (found === undefined) return [];
  const faults = [
    ...(found.kind === rule.kind && found.name === rule.name ? [] : [`it is ${found.kind} ${found.name}.`]),
    ...(isSameExpression(found.expression, rule.expression) ? [] : [`its expression is ${found.expression}.`]),
    ...(found.forMs === rule.forMs ? [] : ['its for differs.']),
    ...(found.keepFiringForMs === rule.keepFiringForMs ? [] : ['its keep_firing_for differs.']),
    ...(jsonEquals(found.labels, rule.labels) ? [] : ['its labels differ.']),
    ...(jsonEquals(found.annotations, rule.annotations) ? [] : ['its annotations differ.']),
  ];
  if (faults.length === 0) return [];
  const what = `The ${rule.kind} ${rule.name} of ${file}`;
  return [{ what, text: faults.join(' '), position: rule.document.positionOf(rule.pointer) }];
}

function isSameExpression(left: string, right: string): boolean {
  const [one, other] = [left, right].map((text) => parseExpression(text, currentDialect));
  if (one?.kind !== 'parsed' || other?.kind !== 'parsed') return false;
  return printExpression(one.expression) === printExpression(other.expression);
}

function durationOf(value: YamlMapping[string] | undefined): number {
  return parseDuration(textOf(value)) ?? 0;
}

function textsIn(value: YamlMapping[string] | undefined): Readonly<Record<string, string>> {
  if (!isMapping(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, textOf(text)]));
}
