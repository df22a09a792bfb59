import { pointerTo } from '../diagnostics/index.ts';
import type { YamlMapping, YamlValue } from '../languages/yaml/index.ts';
import { isMapping, type LintDocument, listOf, writtenTexts } from '../lint/index.ts';
import type { JsonValue } from '../model/json.ts';
import { placeComments, type WrittenPart } from './comments.ts';
import { originOf } from './names.ts';
import { printComments, printLiteral, printText } from './print-literal.ts';

export interface WrittenGroup extends WrittenPart {
  readonly id: string;
  readonly name: string;
  readonly constant: string;
  readonly value: YamlMapping;
  readonly isLeftOut: (pointer: string) => boolean;
}

/** A file of content with the groups of one file, and its comments. */
export function printRuleFile(groups: readonly WrittenGroup[], text: string, path: string): string {
  const comments = placeComments(text, groups);
  const origin = originOf(path);
  const declared = groups.map((group, index) => {
    const head = printComments(comments.at(group.document, group.pointer));
    return `${head}${index === 0 && head === '' ? origin : ''}export const ${group.constant} = defineRules(${printGroup(group, comments)});\n`;
  });
  const last = comments.last.length === 0 ? '' : `\n${printComments(comments.last)}`;
  return `import { defineRules, rule } from 'opsctl';\n\n${declared.join('\n')}${last}`;
}

const groupFields = ['interval', 'limit', 'query_offset', 'labels', 'rules'];
const ruleFields = ['alert', 'record', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations'];

function printGroup(group: WrittenGroup, comments: ReturnType<typeof placeComments>): string {
  const { document, pointer, value, id, name, isLeftOut } = group;
  const commentsAt = (at: string) => (at === pointer ? [] : comments.at(document, at));
  const isRule = (at: string) => /^\/rules\/\d+$/.test(at.slice(pointer.length));
  const fields = groupFields
    .filter((field) => isSaid(value[field]))
    .map((field) => [field, plain(document, pointerTo(pointer, field), value[field], field)]);
  const body = printLiteral(
    Object.fromEntries(fields) as JsonValue,
    { commentsAt, isLeftOut, callAt: (at) => (isRule(at) ? 'rule' : null) },
    0,
    pointer,
  );
  const nameComments = printComments(commentsAt(pointerTo(pointer, 'name')), '  ');
  const head = `  id: ${printText(id)},\n${nameComments}${name === id ? '' : `  name: ${printText(name)},\n`}`;
  return body.replace('{\n', () => `{\n${head}`);
}

/** An empty value and a zero say what is said where nothing is. */
function isSaid(value: YamlValue | undefined): boolean {
  return value !== undefined && value !== null && value !== '' && value !== 0;
}

function plain(document: LintDocument, pointer: string, value: YamlValue | undefined, field: string): JsonValue {
  if (field === 'rules')
    return listOf(value).map((rule, index) =>
      isMapping(rule) ? plainRule(document, `${pointer}/${index}`, rule) : null,
    );
  if (field === 'labels') return writtenTexts(document, pointer, value);
  return field === 'limit' ? Number(value) : String(value);
}

function plainRule(document: LintDocument, pointer: string, rule: YamlMapping): JsonValue {
  const fields = ruleFields.filter((field) => (field === 'expr' ? field in rule : isSaid(rule[field])));
  return Object.fromEntries(
    fields.map((field) => {
      const value = rule[field];
      if (isMapping(value)) return [field, writtenTexts(document, pointerTo(pointer, field), value)];
      // Blanks around an expression mean nothing, and blocks of YAML end with a line.
      return [field, field === 'expr' ? String(value).trim() : String(value)];
    }),
  );
}
