import { fitsLiteralBlock, printNumber, printText } from './scalar-style.ts';
import type { YamlMapping, YamlValue } from './yaml-value.ts';

/**
 * Prints a value in block style: the same value gives the same bytes, no anchors, no folding, keys in the order they
 * stand, texts quoted where any YAML reader could take them for something else.
 */
export function printYaml(value: YamlValue): string {
  const lines: string[] = [];
  if (isCollection(value)) printCollection(lines, value, '');
  else printScalar(lines, '', value, '  ');
  lines.push('');
  return lines.join('\n');
}

type Collection = readonly YamlValue[] | YamlMapping;

function printCollection(lines: string[], value: Collection, indent: string): void {
  if (Array.isArray(value)) for (const entry of value) printEntry(lines, entry, indent);
  else printFields(lines, value as YamlMapping, indent, indent);
}

/** A mapping inside a list begins on the line of its dash; a list inside a list gets lines of its own. */
function printEntry(lines: string[], entry: YamlValue, indent: string): void {
  if (!isCollection(entry)) printScalar(lines, `${indent}- `, entry, `${indent}  `);
  else if (!Array.isArray(entry)) printFields(lines, entry as YamlMapping, `${indent}- `, `${indent}  `);
  else {
    lines.push(`${indent}-`);
    printCollection(lines, entry, `${indent}  `);
  }
}

function printFields(lines: string[], mapping: YamlMapping, firstIndent: string, indent: string): void {
  let lead = firstIndent;
  for (const key of Object.keys(mapping)) {
    printField(lines, key, mapping[key] as YamlValue, lead, indent);
    lead = indent;
  }
}

function printField(lines: string[], key: string, value: YamlValue, lead: string, indent: string): void {
  const name = printKey(key, lead, indent);
  if (!isCollection(value)) printScalar(lines, `${name} `, value, `${indent}  `);
  else {
    lines.push(name);
    printCollection(lines, value, `${indent}  `);
  }
}

// YAML reads a key of more than 1024 characters only when a question mark announces it.
const longestPlainKey = 1000;

function printKey(key: string, lead: string, indent: string): string {
  const printed = printText(key);
  return printed.length > longestPlainKey ? `${lead}? ${printed}\n${indent}:` : `${lead}${printed}:`;
}

function printScalar(lines: string[], lead: string, value: YamlValue, indent: string): void {
  if (typeof value !== 'string') lines.push(`${lead}${printAtom(value)}`);
  else if (fitsLiteralBlock(value)) printLiteral(lines, lead, value, indent);
  else lines.push(`${lead}${printText(value)}`);
}

function printAtom(value: Exclude<YamlValue, string>): string {
  if (typeof value === 'number') return printNumber(value);
  if (typeof value === 'boolean') return String(value);
  if (value === null) return 'null';
  return Array.isArray(value) ? '[]' : '{}';
}

function printLiteral(lines: string[], lead: string, text: string, indent: string): void {
  lines.push(`${lead}${literalHeader(text)}`);
  for (const line of text.replace(/\n$/, '').split('\n')) lines.push(line === '' ? '' : `${indent}${line}`);
}

function literalHeader(text: string): string {
  if (!text.endsWith('\n')) return '|-';
  return text.endsWith('\n\n') ? '|+' : '|';
}

/** True for what takes lines of its own: a list or mapping with something in it. */
function isCollection(value: YamlValue): value is Collection {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
}
