import type { YamlMapping, YamlValue } from '../../languages/yaml/index.ts';
import { parseDuration } from '../../model/duration.ts';
import type { LintDocument, Rule, RuleFile, RuleGroup } from '../lint-input.ts';
import { isMapping, textOf } from './fields.ts';
import { writtenTexts } from './written-texts.ts';

/** Reads what can be read of a rule file; what cannot is for the checks of the whole file to say. */
export function readRuleFile(document: LintDocument, pointer: string, value: YamlMapping): RuleFile {
  const groups: RuleGroup[] = [];
  const file: RuleFile = { document, pointer, value, groups };
  const list = Array.isArray(value.groups) ? (value.groups as readonly YamlValue[]) : [];
  for (const [index, group] of list.entries()) {
    if (isMapping(group)) groups.push(readGroup(file, group, `${pointer}/groups/${index}`));
  }
  return file;
}

function readGroup(file: RuleFile, value: YamlMapping, pointer: string): RuleGroup {
  const rules: Rule[] = [];
  const group: RuleGroup = {
    document: file.document,
    pointer,
    name: textOf(value.name),
    intervalMs: parseDuration(textOf(value.interval)),
    rules,
  };
  const list = Array.isArray(value.rules) ? (value.rules as readonly YamlValue[]) : [];
  for (const [index, rule] of list.entries()) {
    const read = isMapping(rule) ? readRule(group, file, rule, `${pointer}/rules/${index}`) : null;
    if (read !== null) rules.push(read);
  }
  return group;
}

function readRule(group: RuleGroup, file: RuleFile, value: YamlMapping, pointer: string): Rule | null {
  const kind = typeof value.alert === 'string' ? 'alert' : 'record';
  const name = value[kind];
  const expression = textOf(value.expr);
  if (typeof name !== 'string' || expression.trim() === '') return null;
  return {
    document: file.document,
    pointer,
    kind,
    name,
    expression,
    labels: writtenTexts(file.document, `${pointer}/labels`, value.labels),
    annotations: writtenTexts(file.document, `${pointer}/annotations`, value.annotations),
    forMs: parseDuration(textOf(value.for)) ?? 0,
    keepFiringForMs: parseDuration(textOf(value.keep_firing_for)) ?? 0,
    group,
    file,
  };
}
