import { matchAt, PatternError, type Piece, type Reader, readAtom } from './pattern-characters.ts';

/** What RE2, the regular expressions of Go, makes of a pattern. They differ from those of JavaScript. */
export type CheckedPattern =
  | { readonly kind: 'valid'; readonly matchesEmpty: boolean }
  | { readonly kind: 'invalid'; readonly reason: string };

// Rules use few patterns many times; this many are those of the largest rule sets.
const remembered = new Map<string, CheckedPattern>();
const rememberedAtMost = 5000;

/**
 * Whether a pattern of `=~` can be compiled, and whether it matches the empty text, which a series without the label has.
 * `isOld`: Prometheus 2.42, which does not read `(?<name>...)` yet.
 */
export function checkPattern(pattern: string, isOld: boolean): CheckedPattern {
  if (!/[\\[\](){}*+?|^$]/.test(pattern)) return { kind: 'valid', matchesEmpty: pattern === '' };
  const key = `${isOld}${pattern}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const checked = check(pattern, isOld);
  if (remembered.size >= rememberedAtMost) remembered.clear();
  remembered.set(key, checked);
  return checked;
}

const maxRepeat = 1000;
const maxNesting = 1000;

function check(pattern: string, isOld: boolean): CheckedPattern {
  const reader: Reader = { text: pattern, isOld, at: 0 };
  try {
    const { empty } = readGroups(reader);
    return { kind: 'valid', matchesEmpty: empty };
  } catch (error) {
    if (error instanceof PatternError) return { kind: 'invalid', reason: error.message };
    throw error;
  }
}

/** One level of parentheses: the alternatives that are read, and the sequence of the one that is being read. */
interface Level {
  alternativeEmpty: boolean;
  sequenceEmpty: boolean;
  repeats: number;
}

/** The levels that are open, and the piece that was read last, which a repetition may follow. */
interface Groups {
  readonly levels: Level[];
  last: Piece | null;
  isRepeated: boolean;
}

function readGroups(reader: Reader): Piece {
  const groups: Groups = { levels: [newLevel()], last: null, isRepeated: false };
  while (reader.at < reader.text.length) readNext(reader, groups);
  settle(groups, null);
  if (groups.levels.length > 1) throw new PatternError('it does not close a group');
  return closed(groups.levels[0] ?? newLevel());
}

function readNext(reader: Reader, groups: Groups): void {
  const character = reader.text[reader.at] ?? '';
  const repeat = readRepeat(reader);
  if (repeat !== null) {
    groups.last = repeated(groups, repeat);
    groups.isRepeated = true;
    return;
  }
  if (character === '(') {
    openGroup(reader, groups);
    if (groups.levels.length > maxNesting) throw new PatternError('its groups are nested too deep');
  } else if (character === ')') {
    reader.at += 1;
    settle(groups, null);
    if (groups.levels.length === 1) throw new PatternError('it closes a group that was not opened');
    settle(groups, closed(groups.levels.pop() ?? newLevel()));
  } else if (character === '|') {
    reader.at += 1;
    settle(groups, null);
    nextAlternative(groups);
  } else settle(groups, readAtom(reader, character));
}

function newLevel(): Level {
  return { alternativeEmpty: false, sequenceEmpty: true, repeats: 1 };
}

/** Adds the last piece to its sequence and remembers the next one. */
function settle(groups: Groups, next: Piece | null): void {
  const level = groups.levels.at(-1);
  if (groups.last !== null && level !== undefined) {
    level.sequenceEmpty &&= groups.last.empty;
    level.repeats = Math.max(level.repeats, groups.last.repeats);
  }
  groups.last = next;
  groups.isRepeated = false;
}

function nextAlternative({ levels }: Groups): void {
  const level = levels.at(-1);
  if (level === undefined) return;
  level.alternativeEmpty ||= level.sequenceEmpty;
  level.sequenceEmpty = true;
}

function closed({ alternativeEmpty, sequenceEmpty, repeats }: Level): Piece {
  return { empty: alternativeEmpty || sequenceEmpty, repeats };
}

interface Repeat {
  readonly text: string;
  readonly min: number;
  readonly max: number;
  readonly isCounted: boolean;
}

const counted = /\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}\??/y;

/** Reads `*`, `+`, `?`, `{2,5}` and their lazy forms; a brace that begins no count is a letter. */
function readRepeat(reader: Reader): Repeat | null {
  const simple = /[*+?]\??/y;
  simple.lastIndex = reader.at;
  const [sign] = simple.exec(reader.text) ?? [];
  if (sign !== undefined) {
    reader.at += sign.length;
    return { text: sign, min: sign.startsWith('+') ? 1 : 0, max: 1, isCounted: false };
  }
  counted.lastIndex = reader.at;
  const match = counted.exec(reader.text);
  if (match === null) return null;
  reader.at += match[0].length;
  const min = Number(match[1]);
  const max = match[2] === undefined ? min : Number(match[3] ?? -1);
  return { text: match[0], min, max, isCounted: true };
}

function repeated({ last: piece, isRepeated }: Groups, { text, min, max, isCounted }: Repeat): Piece {
  if (isCounted && (min > maxRepeat || max > maxRepeat || (max >= 0 && min > max)))
    throw new PatternError(`${text} is no valid count`);
  if (isRepeated) throw new PatternError(`${text} repeats a repetition`);
  if (piece === null) throw new PatternError(`${text} has nothing to repeat`);
  const most = max < 0 ? min : max;
  const repeats = isCounted && most > 0 ? piece.repeats * most : piece.repeats;
  if (isCounted && (min >= 2 || max >= 2) && repeats > maxRepeat)
    throw new PatternError(`its repetitions repeat more than ${maxRepeat} times together`);
  return { empty: piece.empty || min === 0, repeats };
}

const groupName = /\?P?<([^>]*)>/y;
const flags = /\?(?:[imsU]*)(?:-[imsU]+)?([:)])/y;

function openGroup(reader: Reader, groups: Groups): void {
  reader.at += 1;
  // A repetition after flags, as in `a(?i)*`, repeats what stands before them.
  if (readFlags(reader)) {
    groups.isRepeated = false;
    return;
  }
  settle(groups, null);
  groups.levels.push(newLevel());
  if (reader.text[reader.at] !== '?') return;
  const name = matchAt(groupName, reader);
  const isNamed = name !== null && (!reader.isOld || name[0].startsWith('?P'));
  if (!isNamed)
    throw new PatternError('RE2 has neither look-ahead nor look-behind, nor other groups that begin with (?');
  if (!/^\w+$/.test(name[1] ?? '')) throw new PatternError(`${name[0]} names no group`);
  reader.at += name[0].length;
}

/** `(?i)`, and `?i` of `(?i:`, whose colon then begins a group. */
function readFlags(reader: Reader): boolean {
  const match = matchAt(flags, reader);
  if (match === null) return false;
  reader.at += match[0].length;
  return match[1] === ')';
}
