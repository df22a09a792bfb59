import path from 'node:path';
import type { Diagnostic } from '../../diagnostics/index.ts';
import { type FileKind, type FileObservation, fileNameOf, managedHeader } from '../../host/file-set/index.ts';
import { printYaml, readYamlMapping } from '../../languages/yaml/index.ts';
import {
  canonicalFields,
  duration,
  fields,
  inOrder,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type Resource,
  texts,
  trimmed,
  unless,
} from '../../model/index.ts';
import { badDurations, badLabels, badSpec } from './spec-checks.ts';

export const rulesFolder = 'rules';

/** One rule group: `{ group: { name, rules: [...] } }` lies in `rules/<name>.yaml`, or in `rules/<file>.yaml` with a `file`. */
export const rulesKind: FileKind<JsonObject> = {
  type: 'prometheus-rules',
  path: rulesPath,
  print: (spec) => managedHeader + printYaml({ groups: [spec.group ?? {}] }),
  parse: (text, known) => parseRules(text, known),
  identity,
};

export function rulesPath(spec: JsonObject): string {
  return `${rulesFolder}/${fileNameOf(typeof spec.file === 'string' ? spec.file : groupName(spec))}.yaml`;
}

export function isRules(file: string): boolean {
  return file.startsWith(`${rulesFolder}/`);
}

/** Rules that no `rule_files` names are not live yet: the configuration that names them may come in a later step. */
export function isNamedAsRules(file: string, config: JsonObject | null): boolean {
  const patterns = config?.rule_files;
  if (!isRules(file) || !Array.isArray(patterns)) return false;
  return patterns.some((pattern) => path.posix.matchesGlob(file, String(pattern).replace(/^\.\//, '')));
}

export function groupName(spec: JsonObject): string {
  const group = spec.group;
  return String(isJsonObject(group) ? group.name : undefined);
}

/** Rules run one after the other, so their order stays; blanks around an expression do not. */
export function canonicalRules(spec: JsonObject): JsonObject {
  return canonicalFields(spec, { group: fields({ interval: duration(), limit: unless(0), rules: inOrder(rule) }) });
}

const rule = fields({
  expr: (value) => trimmed(typeof value === 'number' ? String(value) : value),
  for: duration('0s'),
  keep_firing_for: duration('0s'),
  labels: texts,
  annotations: texts,
});

export function validateRules(resource: Resource): readonly Diagnostic[] {
  const { group } = resource.spec;
  if (!isJsonObject(group)) return [badSpec(resource, '/group', 'an object')];
  const { name, rules } = group;
  if (typeof name !== 'string' || name === '') return [badSpec(resource, '/group/name', 'a text')];
  if (!Array.isArray(rules)) return [badSpec(resource, '/group/rules', 'a list')];
  return [
    ...badDurations(resource, group, '/group'),
    ...rules.flatMap((one: JsonValue, index) => ruleProblems(resource, one, `/group/rules/${index}`)),
  ];
}

function ruleProblems(resource: Resource, one: JsonValue, pointer: string): readonly Diagnostic[] {
  if (!isJsonObject(one)) return [badSpec(resource, pointer, 'an object')];
  const { alert, record, expr } = one;
  if ((typeof alert === 'string') === (typeof record === 'string')) {
    return [badSpec(resource, pointer, 'a rule with either "alert" or "record"')];
  }
  const noExpression =
    typeof expr === 'string' && expr.trim() !== '' ? [] : [badSpec(resource, `${pointer}/expr`, 'a text')];
  return [
    ...noExpression,
    ...badDurations(resource, one, pointer),
    ...badLabels(resource, one.labels, `${pointer}/labels`),
    ...badLabels(resource, one.annotations, `${pointer}/annotations`),
  ];
}

function parseRules(text: string, known: JsonObject): FileObservation<JsonObject> {
  const malformed = (reason: string) => ({ state: 'malformed', reason, spec: identity(known) }) as const;
  const read = readYamlMapping(text, rulesPath(known));
  if (read.kind === 'unreadable') return malformed(read.reason);
  const groups = read.value.groups;
  if (!Array.isArray(groups)) return malformed('it has no list of groups');
  const [group] = groups;
  if (groups.length !== 1 || !isJsonObject(group))
    return malformed(`it holds ${groups.length} groups, and one is expected`);
  const others = Object.keys(read.value).filter((key) => key !== 'groups');
  if (others.length > 0) return malformed(`it has fields that no rule file has (${others.join(', ')})`);
  return { state: 'present', spec: canonicalRules({ ...fileOf(known), group }) };
}

function identity(spec: JsonObject): JsonObject {
  return { ...fileOf(spec), group: { name: groupName(spec) } };
}

/** Groups of one name lie in files of other names. */
function fileOf({ file }: JsonObject): JsonObject {
  return typeof file === 'string' ? { file } : {};
}
