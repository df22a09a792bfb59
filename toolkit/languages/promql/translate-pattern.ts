/**
 * A valid pattern of RE2 as one of JavaScript with the `v` flag that accepts the same texts. Groups are not captured and
 * greed does not matter, as only acceptance is asked for. Flags are written at each character, because RE2 lets them
 * begin anywhere: `a(?i)b|c` is `a(?i:b)|(?i:c)`.
 */
export function translatePattern(pattern: string): string {
  const reader: Reader = { text: pattern, at: 0, flags: { i: false, m: false, s: false }, outer: [] };
  const parts: string[] = [];
  const opened: number[] = [];
  // Where the piece begins that a repetition would repeat.
  let piece = 0;
  let isRepeated = false;
  while (reader.at < pattern.length) {
    const repeat = take(reader, repetition);
    if (repeat === null) {
      const part = nextPart(reader);
      if (part === '') continue;
      if (part === groupOpening) opened.push(parts.length);
      piece = part === ')' ? (opened.pop() ?? 0) : parts.length;
      parts.push(part);
    } else {
      // Only flags can stand between two repetitions: `a+(?i)*` repeats `a+`.
      if (isRepeated) parts.splice(piece, parts.length, `(?:${parts.slice(piece).join('')})`);
      parts.push(repeat[0]);
    }
    isRepeated = repeat !== null;
  }
  return parts.join('');
}

const repetition = /[*+?]\??|\{(?:0|[1-9]\d*)(?:,(?:0|[1-9]\d*)?)?\}\??/y;
const groupOpening = '(?:';

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

interface Reader {
  readonly text: string;
  at: number;
  flags: Flags;
  /** Flags outside of each group that is open. */
  readonly outer: Flags[];
}

function nextPart(reader: Reader): string {
  const character = reader.text[reader.at] ?? '';
  switch (character) {
    case '(':
      return openGroup(reader);
    case ')':
      reader.flags = reader.outer.pop() ?? reader.flags;
      return skip(reader, ')');
    case '|':
      return skip(reader, '|');
    case '[':
      return withCase(reader, readClass(reader));
    case '\\':
      return readEscape(reader);
    case '.':
      reader.at += 1;
      return reader.flags.s ? '[^]' : '[^\\n]';
    case '^':
      reader.at += 1;
      return reader.flags.m ? '(?:(?<![^\\n]))' : '(?:^)';
    case '$':
      reader.at += 1;
      return reader.flags.m ? '(?:(?![^\\n]))' : '(?:$)';
    default:
      return withCase(reader, characterOf(takeCodePoint(reader)));
  }
}

function openGroup(reader: Reader): string {
  const flags = take(reader, /\(\?([imsU]*)(?:-([imsU]+))?([:)])/y);
  if (flags === null) {
    reader.outer.push(reader.flags);
    take(reader, /\((?:\?P?<[^>]*>)?/y);
    return groupOpening;
  }
  const [, on = '', off = '', end] = flags;
  const changed = (flag: keyof Flags) => (reader.flags[flag] || on.includes(flag)) && !off.includes(flag);
  if (end === ':') reader.outer.push(reader.flags);
  reader.flags = { i: changed('i'), m: changed('m'), s: changed('s') };
  return end === ':' ? groupOpening : '';
}

function readEscape(reader: Reader): string {
  const place = take(reader, /\\([AzbB])/y);
  if (place !== null) return places[place[1] ?? ''] ?? '';
  const quoted = take(reader, /\\Q([\s\S]*?)(?:\\E|$)/y);
  if (quoted !== null)
    return Array.from(quoted[1] ?? '', (letter) => withCase(reader, characterOf(letter.codePointAt(0) ?? 0))).join('');
  return withCase(reader, readKind(reader) ?? characterOf(readCharacter(reader)));
}

// Word limits know no case, so they stand outside of what ignores it.
const places: Readonly<Record<string, string>> = { A: '(?:^)', z: '(?:$)', b: '(?:\\b)', B: '(?:\\B)' };

const kinds: Readonly<Record<string, string>> = {
  d: '[0-9]',
  D: '[^0-9]',
  s: '[\\t\\n\\f\\r ]',
  S: '[^\\t\\n\\f\\r ]',
  w: '[0-9A-Za-z_]',
  W: '[^0-9A-Za-z_]',
};

/** `\d`, `\pN`, `\P{Greek}`; null where a single character stands. */
function readKind(reader: Reader): string | null {
  const plain = take(reader, /\\([dDsSwW])/y);
  if (plain !== null) return kinds[plain[1] ?? ''] ?? null;
  const unicode = take(reader, /\\([pP])(?:\{(\^?)([^}]*)\}|([^{]))/y);
  if (unicode === null) return null;
  const [, letter, hat = '', long, short = ''] = unicode;
  const name = long ?? short;
  const property = name === 'Any' || name.length <= 2 ? name : `Script=${name}`;
  return `\\${(letter === 'P') === (hat === '^') ? 'p' : 'P'}{${property}}`;
}

const controlCodes: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** Reads one character, escaped or not, and gives its code. */
function readCharacter(reader: Reader): number {
  if (reader.text[reader.at] !== '\\') return takeCodePoint(reader);
  const [, long, short, octal] =
    take(reader, /\\(?:x\{([0-9a-fA-F]+)\}|x([0-9a-fA-F]{2})|(0[0-7]{0,2}|[1-7][0-7]{1,2}))/y) ?? [];
  if (octal !== undefined) return Number.parseInt(octal, 8);
  if (long !== undefined || short !== undefined) return Number.parseInt(long ?? short ?? '', 16);
  reader.at += 1;
  const letter = reader.text[reader.at] ?? '';
  const code = controlCodes[letter];
  return code === undefined ? takeCodePoint(reader) : Number(skip(reader, String(code)));
}

const posixClasses: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: '\\t ',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: 'a-z',
  print: '\\x20-\\x7e',
  punct: '\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

function readClass(reader: Reader): string {
  const [opening = '['] = take(reader, /\[\^?/y) ?? [];
  let content = '';
  for (let isFirst = true; isFirst || reader.text[reader.at] !== ']'; isFirst = false) content += readMember(reader);
  return skip(reader, `${opening}${content}]`);
}

function readMember(reader: Reader): string {
  const posix = take(reader, /\[:(\^?)(\w+):\]/y);
  if (posix !== null) return `[${posix[1]}${posixClasses[posix[2] ?? '']}]`;
  const kind = reader.text[reader.at] === '\\' ? readKind(reader) : null;
  if (kind !== null) return kind;
  const low = characterOf(readCharacter(reader));
  const isRange = reader.text[reader.at] === '-' && reader.text[reader.at + 1] !== ']';
  if (!isRange) return low;
  reader.at += 1;
  return `${low}-${characterOf(readCharacter(reader))}`;
}

function withCase({ flags }: Reader, atom: string): string {
  return flags.i ? `(?i:${atom})` : atom;
}

function characterOf(code: number): string {
  return `\\u{${code.toString(16)}}`;
}

function takeCodePoint(reader: Reader): number {
  const code = reader.text.codePointAt(reader.at) ?? 0;
  reader.at += code > 0xffff ? 2 : 1;
  return code;
}

function take(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = reader.at;
  const match = pattern.exec(reader.text);
  if (match !== null) reader.at = pattern.lastIndex;
  return match;
}

/** Goes one character on. */
function skip(reader: Reader, translated: string): string {
  reader.at += 1;
  return translated;
}
