/** Why a pattern cannot be compiled; never leaves the two files that read patterns. */
export class PatternError extends Error {}

export interface Reader {
  readonly text: string;
  readonly isOld: boolean;
  at: number;
}

/** What is known of a part: whether it matches nothing, and how often its repetitions repeat together. */
export interface Piece {
  readonly empty: boolean;
  readonly repeats: number;
}

const letter: Piece = { empty: false, repeats: 1 };
const place: Piece = { empty: true, repeats: 1 };

/** Reads one character, one kind of characters, or one place. */
export function readAtom(reader: Reader, character: string): Piece {
  if (character === '[') readClass(reader);
  else if (character === '\\') return readEscape(reader);
  else reader.at += (reader.text.codePointAt(reader.at) ?? 0) > 0xffff ? 2 : 1;
  return character === '^' || character === '$' ? place : letter;
}

/** Outside of a class: places, quoted text, kinds of characters, and single characters. */
function readEscape(reader: Reader): Piece {
  const next = reader.text[reader.at + 1];
  if (next === 'Q') return readQuoted(reader);
  if (next !== undefined && 'AzB'.includes(next)) {
    reader.at += 2;
    return place;
  }
  // A word begins or ends at no place of the empty text.
  if (next === 'b') reader.at += 2;
  else if (!readKind(reader)) readCharacter(reader);
  return letter;
}

function readQuoted(reader: Reader): Piece {
  const end = reader.text.indexOf('\\E', reader.at + 2);
  // 2.42 puts the pattern into a group, whose end is quoted then as well.
  if (end === -1 && reader.isOld) throw new PatternError('it does not end what \\Q begins');
  const isEmpty = reader.at + 2 === (end === -1 ? reader.text.length : end);
  reader.at = end === -1 ? reader.text.length : end + 2;
  return isEmpty ? place : letter;
}

/** `\d`, `\pN`, `\p{Greek}`. */
function readKind(reader: Reader): boolean {
  const perl = /\\[dDsSwW]/y;
  perl.lastIndex = reader.at;
  if (perl.test(reader.text)) {
    reader.at = perl.lastIndex;
    return true;
  }
  const unicode = /\\[pP](?:\{\^?([^}]*)\}|([^{]))/y;
  unicode.lastIndex = reader.at;
  const match = unicode.exec(reader.text);
  if (match === null) return false;
  const name = match[1] ?? match[2] ?? '';
  if (!isUnicodeKind(name)) throw new PatternError(`${match[0]} names no kind of characters`);
  reader.at = unicode.lastIndex;
  return true;
}

function isUnicodeKind(name: string): boolean {
  if (name === 'Any') return true;
  if (!/^[A-Z]\w*$/.test(name)) return false;
  const property = name.length <= 2 ? name : `Script=${name}`;
  try {
    return new RegExp(`\\p{${property}}`, 'u').test('') === false;
  } catch {
    return false;
  }
}

const characterEscape =
  /\\(?:x\{([0-9a-fA-F]+)\}|x([0-9a-fA-F]{2})|(0[0-7]{0,2}|[1-7][0-7]{1,2})|([afnrtv])|([^A-Za-z0-9\u0080-\uffff]))/y;
const controlCodes: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** Reads one escaped character and gives its code. */
function readCharacter(reader: Reader): number {
  characterEscape.lastIndex = reader.at;
  const match = characterEscape.exec(reader.text);
  if (match === null) throw new PatternError(notAnEscape(reader.text.slice(reader.at, reader.at + 2)));
  const [text, long, short, octal, control, sign = ''] = match;
  reader.at = characterEscape.lastIndex;
  if (octal !== undefined) return Number.parseInt(octal, 8);
  if (control !== undefined) return controlCodes[control] ?? 0;
  const code = long ?? short;
  if (code === undefined) return sign.charCodeAt(0);
  if (Number.parseInt(code, 16) > 0x10ffff) throw new PatternError(`${text} is no character`);
  return Number.parseInt(code, 16);
}

function notAnEscape(found: string): string {
  return `${found} is no escape of RE2${/[1-9]$/.test(found) ? ', which has no back references' : ''}`;
}

const posixClass = /\[:(\^?)(\w*):\]/y;
const posixNames: ReadonlySet<string> = new Set([
  ...['alnum', 'alpha', 'ascii', 'blank', 'cntrl', 'digit', 'graph', 'lower', 'print', 'punct', 'space', 'upper'],
  ...['word', 'xdigit'],
]);

function readClass(reader: Reader): void {
  reader.at += reader.text[reader.at + 1] === '^' ? 2 : 1;
  for (let isFirst = true; isFirst || reader.text[reader.at] !== ']'; isFirst = false) {
    if (reader.at >= reader.text.length) throw new PatternError('it does not close a [');
    if (!readPosixClass(reader) && !(reader.text[reader.at] === '\\' && readKind(reader))) readRange(reader);
  }
  reader.at += 1;
}

function readPosixClass(reader: Reader): boolean {
  posixClass.lastIndex = reader.at;
  const match = posixClass.exec(reader.text);
  if (match === null) return false;
  if (!posixNames.has(match[2] ?? '')) throw new PatternError(`${match[0]} names no kind of characters`);
  reader.at = posixClass.lastIndex;
  return true;
}

function readRange(reader: Reader): void {
  const { at } = reader;
  const low = readClassCharacter(reader);
  if (reader.text[reader.at] !== '-' || reader.text[reader.at + 1] === ']' || reader.at + 1 >= reader.text.length)
    return;
  reader.at += 1;
  const high = readClassCharacter(reader);
  if (high < low) throw new PatternError(`${reader.text.slice(at, reader.at)} is a range from high to low`);
}

function readClassCharacter(reader: Reader): number {
  if (reader.at >= reader.text.length) throw new PatternError('it does not close a [');
  if (reader.text[reader.at] === '\\') return readCharacter(reader);
  const code = reader.text.codePointAt(reader.at) ?? 0;
  reader.at += code > 0xffff ? 2 : 1;
  return code;
}

export function matchAt(pattern: RegExp, { text, at }: Reader): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
