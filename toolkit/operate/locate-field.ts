/** A place in a text, from 0. */
type Offset = number;

/**
 * Where a field of a call's argument is written: `teams[2].hours` in `defineOrganisation({ teams: [...] })`, the call beginning
 * at `start`. Reads the text as far as it is written out: behind a name, a spread or a call nobody knows, and the innermost
 * place that is certain is given. Null when not even the first step is.
 *
 * ```text
 * defineOrganisation({ teams: [{ id: 'a' }, { id: 'b', hours: 'x' }] })     teams[1].hours -> the place of `hours`
 *                                                                           teams[1].site  -> the place of `{ id: 'b'`
 *                                                                           tiers[0]       -> null
 * ```
 */
export function locateField(text: string, start: Offset, path: string): Offset | null {
  const steps = [...path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
  const open = text.indexOf('(', start);
  if (open < 0 || steps.length === 0) return null;
  const found = inArguments(text, open, steps);
  // The first step into a statement, such as `.tune(item, alert, change)`, is the argument, which has no name there.
  return found ?? (text[start - 1] === '.' ? inArguments(text, open, steps.slice(1)) : null);
}

type Step = string | number;

function inArguments(text: string, open: Offset, steps: readonly Step[]): Offset | null {
  for (const argument of entriesOf(text, open)) {
    const found = walk(text, argument, steps);
    if (found !== null) return found;
  }
  return null;
}

function walk(text: string, value: Offset, [step, ...rest]: readonly Step[]): Offset | null {
  if (step === undefined) return null;
  const inside = typeof step === 'number' ? elementAt(text, value, step) : propertyOf(text, value, step);
  if (inside === null) return null;
  const deeper = inside.value === null ? null : walk(text, inside.value, rest);
  return deeper ?? inside.at;
}

interface Inside {
  readonly at: Offset;
  /** Null where the value is not written there. */
  readonly value: Offset | null;
}

function elementAt(text: string, value: Offset, index: number): Inside | null {
  if (text[value] !== '[') return null;
  const entries = entriesOf(text, value);
  const before = entries.slice(0, index + 1);
  if (before.length <= index || before.some((entry) => text.startsWith('...', entry))) return null;
  const at = before[index] ?? value;
  return { at, value: at };
}

function propertyOf(text: string, value: Offset, name: string): Inside | null {
  if (text[value] !== '{') return null;
  for (const entry of entriesOf(text, value)) {
    const [whole = '', quoted, plain] = /^(?:['"]([^'"]+)['"]|([\w$]+))\s*/.exec(text.slice(entry, entry + 200)) ?? [];
    if (whole === '' || (quoted ?? plain) !== name) continue;
    const colon = skipBlank(text, entry + whole.length);
    return { at: entry, value: text[colon] === ':' ? skipBlank(text, colon + 1) : null };
  }
  return null;
}

/** Where each entry between a bracket and its counterpart begins. */
function entriesOf(text: string, open: Offset): readonly Offset[] {
  const entries: Offset[] = [];
  let at = skipBlank(text, open + 1);
  while (at < text.length && !isClosing(text[at])) {
    entries.push(at);
    at = endOfEntry(text, at);
    if (text[at] === ',') at = skipBlank(text, at + 1);
  }
  return entries;
}

function endOfEntry(text: string, from: Offset): Offset {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (depth === 0 && (character === ',' || isClosing(character))) return at;
    if (character === "'" || character === '"' || character === '`') at = endOfText(text, at);
    else if (text.startsWith('//', at) || text.startsWith('/*', at)) at = skipBlank(text, at) - 1;
    else if (character === '{' || character === '[' || character === '(') depth += 1;
    else if (isClosing(character)) depth -= 1;
  }
  return text.length;
}

function isClosing(character: string | undefined): boolean {
  return character === '}' || character === ']' || character === ')';
}

/** The closing quote; what a template holds is skipped with it. */
function endOfText(text: string, open: Offset): Offset {
  for (let at = open + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === text[open]) return at;
  }
  return text.length;
}

/** Behind blanks and comments. */
function skipBlank(text: string, from: Offset): Offset {
  const blank = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
  blank.lastIndex = from;
  return from + (blank.exec(text)?.[0].length ?? 0);
}
