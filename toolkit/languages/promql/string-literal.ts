import type { PromqlProblem } from './problem.ts';

type ScannedString =
  | { readonly to: number; readonly problem: null }
  | { readonly to: number; readonly problem: PromqlProblem };

const simpleEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** The forms of an escape that stands for a number, after the backslash. */
const numericEscape = /[0-7]{3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}/y;

/** Finds the end of a string that begins at `from`, by the rules of Go, which are stricter than those of the grammar. */
export function scanString(text: string, from: number): ScannedString {
  const quote = text[from] ?? '"';
  const isRaw = quote === '`';
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === quote) return { to: at + 1, problem: null };
    if (character === '\n' && !isRaw) break;
    if (isBroken(text, at)) return wrong(text, at, at + 1, 'The string holds a character that is not valid Unicode.');
    if (isSurrogate(text, at)) at += 1;
    else if (character === '\\' && !isRaw) {
      const length = escapeLength(text, at + 1, quote);
      if (length === 0) return wrong(text, at, at + 2, 'The string holds a backslash that begins no escape of Go.');
      at += length;
    }
  }
  return wrong(text, from, text.length, `The string does not end: its closing ${quote} is missing.`, quote);
}

function wrong(text: string, from: number, to: number, sentence: string, expected?: string): ScannedString {
  const found = text.slice(from, to);
  const problem: PromqlProblem = { code: 'syntax', text: sentence, span: { from, to }, found };
  return { to, problem: expected === undefined ? problem : { ...problem, expected } };
}

function escapeLength(text: string, at: number, quote: string): number {
  const letter = text[at] ?? '';
  if (letter === quote || Object.hasOwn(simpleEscapes, letter)) return 1;
  numericEscape.lastIndex = at;
  const [sequence = ''] = numericEscape.exec(text) ?? [];
  return sequence === '' || !isCodePoint(sequence) ? 0 : sequence.length;
}

function isCodePoint(sequence: string): boolean {
  const value = escapeValue(sequence);
  if (/^[0-7x]/.test(sequence)) return value <= 0xff;
  return value <= 0x10ffff && !(value >= 0xd800 && value < 0xe000);
}

function escapeValue(sequence: string): number {
  return /^[0-7]/.test(sequence) ? Number.parseInt(sequence, 8) : Number.parseInt(sequence.slice(1), 16);
}

// Go takes the replacement character for a sign of bytes that were no UTF-8.
function isBroken(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0xfffd || (code >= 0xd800 && code < 0xe000 && !isSurrogate(text, at));
}

function isSurrogate(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff;
}

const anyEscape = /\\([0-7]{3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S])/g;

/** The value of a string that `scanString` found right. */
export function readString(literal: string): string {
  const body = literal.slice(1, -1);
  if (literal.startsWith('`') || !body.includes('\\')) return body;
  if (/\\[0-7x]/.test(body)) return readBytes(body);
  return body.replaceAll(anyEscape, (_, sequence: string) => readEscape(sequence));
}

function readEscape(sequence: string): string {
  return simpleEscapes[sequence] ?? (sequence.length === 1 ? sequence : String.fromCodePoint(escapeValue(sequence)));
}

/** Escapes of single bytes may make up one character together, also with those beside them. */
function readBytes(body: string): string {
  const bytes: number[] = [];
  let at = 0;
  for (const match of body.matchAll(anyEscape)) {
    const sequence = match[1] ?? '';
    bytes.push(...Buffer.from(body.slice(at, match.index)));
    bytes.push(...(/^[0-7x]/.test(sequence) ? [escapeValue(sequence)] : Buffer.from(readEscape(sequence))));
    at = match.index + match[0].length;
  }
  return Buffer.from([...bytes, ...Buffer.from(body.slice(at))]).toString();
}

/** A string as Prometheus prints it, in double quotes. */
export function printString(value: string): string {
  // Escapes of JSON are escapes of Go. The replacement character is read only when it is escaped.
  return JSON.stringify(value).replaceAll('\ufffd', '\\ufffd');
}
