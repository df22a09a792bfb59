import type { SourceSpan } from '../../../toolkit/diagnostics/index.ts';

/** The text with another `threshold` in the `.tune(...)` at a place, or with one where it has none; null where it is not there. */
export function setThreshold(text: string, at: SourceSpan, written: string): string | null {
  const start = offsetOf(text, at);
  const open = text.indexOf('(', start);
  const end = open < 0 ? null : endOfBrackets(text, open);
  if (end === null || !/^\.?tune\s*\(/.test(text.slice(start, open + 1))) return null;
  const call = text.slice(open, end);
  const given = /(\bthreshold:\s*)(-?[\d_.]+(?:e[+-]?\d+)?|baseline\()/.exec(call);
  if (given === null) {
    // The change is the last argument: an object.
    const object = call.lastIndexOf('{');
    return object < 0 ? null : splice(text, open + object + 1, open + object + 1, ` threshold: ${written},`);
  }
  const from = open + given.index + (given[1] ?? '').length;
  const literal = given[2] ?? '';
  const to = literal === 'baseline(' ? endOfBrackets(text, from + literal.length - 1) : from + literal.length;
  return to === null ? null : splice(text, from, to, written);
}

/** The text with one more call at the end of the stack that is declared at a place; null where its end is not to be found. */
export function addTuning(text: string, stack: SourceSpan, call: string): string | null {
  const end = endOfStatement(text, offsetOf(text, stack));
  return end === null ? null : splice(text, end, end, `\n${call}`);
}

function splice(text: string, from: number, to: number, written: string): string {
  return text.slice(0, from) + written + text.slice(to);
}

function offsetOf(text: string, { line, column }: SourceSpan): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((total, each) => total + each.length + 1, column - 1);
}

/** Behind the bracket that closes the one at `open`. */
function endOfBrackets(text: string, open: number): number | null {
  let depth = 0;
  for (const { index, character } of codeFrom(text, open)) {
    if ('([{'.includes(character)) depth += 1;
    if (')]}'.includes(character)) depth -= 1;
    if (depth === 0) return index + 1;
  }
  return null;
}

/** Where the `;` of the statement stands, outside of all brackets. */
function endOfStatement(text: string, from: number): number | null {
  let depth = 0;
  for (const { index, character } of codeFrom(text, from)) {
    if ('([{'.includes(character)) depth += 1;
    if (')]}'.includes(character)) depth -= 1;
    if (depth === 0 && character === ';') return index;
  }
  return null;
}

const asides = [
  { open: /^\/\/.*/, name: 'a comment' },
  { open: /^\/\*[\s\S]*?\*\//, name: 'a comment' },
  { open: /^'(?:[^'\\]|\\.)*'/, name: 'a text' },
  { open: /^"(?:[^"\\]|\\.)*"/, name: 'a text' },
  { open: /^`(?:[^`\\]|\\.)*`/, name: 'a text' },
];

/** Characters of the code, without texts and comments. */
function* codeFrom(text: string, from: number): Generator<{ readonly index: number; readonly character: string }> {
  for (let index = from; index < text.length; index += 1) {
    const rest = text.slice(index, index + 4000);
    const aside = '\'"`/'.includes(rest[0] ?? '')
      ? asides.map(({ open }) => open.exec(rest)).find((found) => found !== null)
      : null;
    if (aside !== null && aside !== undefined) index += aside[0].length - 1;
    else yield { index, character: text[index] ?? '' };
  }
}
