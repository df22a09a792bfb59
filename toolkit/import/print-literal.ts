import { pointerTo } from '../diagnostics/index.ts';
import type { JsonValue } from '../model/json.ts';

export interface LiteralOptions {
  /** Comments to stand above what a pointer names. */
  readonly commentsAt?: (pointer: string) => readonly string[];
  /** The call around what a pointer names: `rule` gives `rule({...})`. */
  readonly callAt?: (pointer: string) => string | null;
  /** What is left out, so that pointers stay those of what was read. */
  readonly isLeftOut?: (pointer: string) => boolean;
}

const width = 120;

/** A value as TypeScript that a person would write: single quotes, template literals for texts of several lines. */
export function printLiteral(value: JsonValue, options: LiteralOptions = {}, indent = 0, pointer = ''): string {
  const call = options.callAt?.(pointer) ?? null;
  const printed = printValue(value, options, indent, pointer);
  return call === null ? printed : `${call}(${printed})`;
}

function printValue(value: JsonValue, options: LiteralOptions, indent: number, pointer: string): string {
  if (typeof value === 'string') return printText(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return printList(value as readonly JsonValue[], options, indent, pointer);
  const entries = Object.entries(value as { readonly [name: string]: JsonValue }).filter(
    ([name]) => options.isLeftOut?.(pointerTo(pointer, name)) !== true,
  );
  if (entries.length === 0) return '{}';
  const inner = ' '.repeat(indent + 2);
  const lines = entries.map(([name, field]) => {
    const at = pointerTo(pointer, name);
    return `${printComments(options.commentsAt?.(at) ?? [], inner)}${inner}${printKey(name)}: ${printLiteral(field, options, indent + 2, at)},\n`;
  });
  return `{\n${lines.join('')}${' '.repeat(indent)}}`;
}

function printList(list: readonly JsonValue[], options: LiteralOptions, indent: number, pointer: string): string {
  const entries = list.flatMap((entry, index) => {
    const at = pointerTo(pointer, String(index));
    if (options.isLeftOut?.(at) === true) return [];
    return [{ comments: options.commentsAt?.(at) ?? [], text: printLiteral(entry, options, indent + 2, at) }];
  });
  if (entries.length === 0) return '[]';
  const short = `[${entries.map(({ text }) => text).join(', ')}]`;
  const isShort = entries.every(({ comments, text }) => comments.length === 0 && !text.includes('\n'));
  if (isShort && short.length + indent + 20 <= width) return short;
  const inner = ' '.repeat(indent + 2);
  const lines = entries.map(({ comments, text }) => `${printComments(comments, inner)}${inner}${text},\n`);
  return `[\n${lines.join('')}${' '.repeat(indent)}]`;
}

/** Comment lines, each with its line end. */
export function printComments(comments: readonly string[], indent = ''): string {
  return comments
    .map((text) => `${indent}//${text.trimEnd()}`.replaceAll(/[\u2028\u2029]/g, ' '))
    .map((line) => `${line}\n`)
    .join('');
}

/** A number in a key would be put before all others. */
function printKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : printText(name);
}

/** Control characters other than tab and line feed; a reader of source would not see them. */
const oddCharacters = /[^\P{Cc}\t\n]/u;

export function printText(text: string): string {
  if (text.includes('\n') && !oddCharacters.test(text))
    return `\`${text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')}\``;
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  // Whichever quote needs less escaping, as formatters have it.
  if (text.includes("'") && !text.includes('"')) return `"${inside}"`;
  return `'${inside.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
