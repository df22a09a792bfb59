import type { Span } from './expression.ts';
import type { PromqlProblem } from './problem.ts';
import { scanString } from './string-literal.ts';
import { type Dialect, isOldest } from './versions.ts';

export interface Token {
  readonly kind: 'word' | 'number' | 'duration' | 'string' | 'operator';
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Inside braces words are names of labels; inside brackets they are those of computed durations. */
  readonly place: 'open' | 'braces' | 'brackets';
}

export interface Scanned {
  readonly tokens: readonly Token[];
  readonly comments: readonly Span[];
  /** The first thing that Prometheus cannot read as a token; nothing after it was read. */
  readonly problem: PromqlProblem | null;
}

/**
 * Cuts an expression into tokens as the target release does. The grammar package reads more than any release: other white
 * space, `1and 2`, strings that do not end, durations in the wrong order. What is refused there is refused here, and with
 * the words for it.
 */
export function scanTokens(text: string, dialect: Dialect): Scanned {
  const scan: Scan = {
    ...{ text, dialect, tokens: [], comments: [], at: 0, parentheses: 0 },
    ...{ braces: false, bracket: 'none', problem: null },
  };
  while (scan.problem === null && scan.at < text.length) scanNext(scan);
  if (scan.problem === null) scan.problem = whatIsOpen(scan);
  return scan;
}

interface Scan {
  readonly text: string;
  readonly dialect: Dialect;
  readonly tokens: Token[];
  readonly comments: Span[];
  at: number;
  parentheses: number;
  braces: boolean;
  /** Of `[5m:1m]`: at its start, after its first duration, after its colon. */
  bracket: 'none' | 'opened' | 'range' | 'step';
  problem: PromqlProblem | null;
}

const spaces = /[ \t\n\r]+/y;
const comment = /#[^\r\n]*/y;
const metricWord = /[A-Za-z_:][A-Za-z0-9_:]*/y;
const labelWord = /[A-Za-z_][A-Za-z0-9_]*/y;
const operatorOutside = /==|!=|<=|>=|<\/|>\/|[-+*/%^=<>,(){}[\]@:]/y;
const oldOperatorOutside = /==|!=|<=|>=|[-+*/%^=<>,(){}[\]@:]/y;
const operatorInside = /=~|!~|!=|[=,}]/y;
const duration =
  /(?=\d+[smhdwy])(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?(?![A-Za-z0-9_])/y;
const oldNumber = /(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![A-Za-z0-9_])/y;
const newNumber =
  /(?:0[xX](?:_?[0-9a-fA-F])+|(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?)(?![A-Za-z0-9_])/y;
const numberOrDuration = /[.A-Za-z0-9_]+/y;

function scanNext(scan: Scan): void {
  const code = scan.text.charCodeAt(scan.at);
  if (code === 32 || (code >= 9 && code <= 13)) skip(scan, spaces);
  else if (code === 35) scanComment(scan);
  else if (code === 34 || code === 39 || code === 96) scanText(scan);
  else if (isDigit(code) || (code === 46 && isDigit(scan.text.charCodeAt(scan.at + 1)))) scanNumber(scan);
  else if (isLetter(code) || (code === 58 && placeOf(scan) === 'open')) scanWord(scan);
  else scanOperator(scan);
}

function skip(scan: Scan, pattern: RegExp): void {
  const to = endOf(pattern, scan);
  if (to === null) refuse(scan, scan.at, scan.at + 1);
  else scan.at = to;
}

function scanComment(scan: Scan): void {
  const from = scan.at;
  const isAllowed = scan.bracket === 'none' || (scan.bracket !== 'opened' && isOldest(scan.dialect));
  if (!isAllowed) refuse(scan, from, from + 1);
  else {
    skip(scan, comment);
    scan.comments.push({ from, to: scan.at });
  }
}

function scanText(scan: Scan): void {
  const scanned = scanString(scan.text, scan.at);
  if (scanned.problem !== null) scan.problem = scanned.problem;
  else if (scan.bracket !== 'none') refuse(scan, scan.at, scanned.to);
  else push(scan, 'string', scanned.to);
}

function scanNumber(scan: Scan): void {
  const isOld = isOldest(scan.dialect);
  const numberEnd = endOf(isOld ? oldNumber : newNumber, scan);
  const to = numberEnd ?? endOf(duration, scan);
  if (scan.braces || to === null) refuseNumber(scan);
  else if (scan.bracket !== 'none' && isOld && numberEnd !== null) refuseUnitless(scan, to);
  else {
    if (scan.bracket === 'opened') scan.bracket = 'range';
    push(scan, numberEnd === null ? 'duration' : 'number', to);
  }
}

function scanWord(scan: Scan): void {
  const place = placeOf(scan);
  const to = endOf(place === 'open' ? metricWord : labelWord, scan) ?? scan.at + 1;
  if (place === 'brackets' && !isOfDuration(scan, to)) refuse(scan, scan.at, to);
  else push(scan, 'word', to);
}

function isOfDuration({ text, at, dialect }: Scan, to: number): boolean {
  return !isOldest(dialect) && isDurationWord(text.slice(at, to));
}

function scanOperator(scan: Scan): void {
  const outside = isOldest(scan.dialect) ? oldOperatorOutside : operatorOutside;
  const to = endOf(scan.braces ? operatorInside : outside, scan);
  if (to === null) {
    refuse(scan, scan.at, scan.at + 1);
    return;
  }
  const operator = scan.text.slice(scan.at, to);
  scan.problem = scan.braces ? null : nest(scan, operator, to);
  if (scan.problem !== null) return;
  if (operator === '}') scan.braces = false;
  push(scan, 'operator', to);
  if (operator === '{') scan.braces = true;
}

function nest(scan: Scan, operator: string, to: number): PromqlProblem | null {
  const inBrackets = scan.bracket !== 'none';
  const isMisplaced =
    (operator === '=' && scan.text[to] === '~') ||
    (operator === ':' && scan.bracket !== 'range') ||
    (operator === ']' && !inBrackets) ||
    (inBrackets && !operatorsInBrackets(scan.dialect).includes(operator));
  if (operator === '(') scan.parentheses += 1;
  if (operator === ')') scan.parentheses -= 1;
  if (isMisplaced || scan.parentheses < 0) return unexpected(scan, scan.at, to);
  if (operator === '[') scan.bracket = 'opened';
  if (operator === ':') scan.bracket = 'step';
  if (operator === ']') scan.bracket = 'none';
  return null;
}

function operatorsInBrackets(dialect: Dialect): readonly string[] {
  return isOldest(dialect) ? [':', ']'] : [':', ']', '(', ')', '+', '-', '*', '/', '%', '^', ','];
}

function whatIsOpen({ text, parentheses, braces, bracket }: Scan): PromqlProblem | null {
  const closing = (braces && '}') || (bracket !== 'none' && ']') || (parentheses > 0 && ')');
  if (closing === false) return null;
  return {
    code: 'syntax',
    text: `The expression ends before a ${closing} that closes what is open.`,
    span: { from: text.length, to: text.length },
    expected: closing,
    found: 'the end',
  };
}

function push(scan: Scan, kind: Token['kind'], to: number): void {
  const { at: from, text } = scan;
  scan.tokens.push({ kind, text: text.slice(from, to), from, to, place: placeOf(scan) });
  scan.at = to;
}

function placeOf({ braces, bracket }: Scan): Token['place'] {
  if (braces) return 'braces';
  return bracket === 'none' ? 'open' : 'brackets';
}

function refuseNumber(scan: Scan): void {
  const to = endOf(numberOrDuration, scan) ?? scan.at + 1;
  const found = scan.text.slice(scan.at, to);
  scan.problem = {
    code: 'syntax',
    text: scan.braces ? `A label's name does not begin with a digit.` : `${found} is neither a number nor a duration.`,
    span: { from: scan.at, to },
    expected: scan.braces
      ? 'a label'
      : 'a number such as 0.5, or a duration such as 1h30m with its units from long to short',
    found,
  };
}

function refuseUnitless(scan: Scan, to: number): void {
  const found = scan.text.slice(scan.at, to);
  scan.problem = {
    code: 'duration',
    text: `The duration ${found} has no unit, which Prometheus 2.42 does not read.`,
    span: { from: scan.at, to },
    expected: `${found}s`,
    found,
  };
}

function refuse(scan: Scan, from: number, to: number): void {
  scan.problem = unexpected(scan, from, to);
}

function unexpected({ text, braces, bracket }: Scan, from: number, to: number): PromqlProblem {
  // A character that takes two code units is shown whole.
  const end = to - from === 1 && (text.codePointAt(from) ?? 0) > 0xffff ? to + 1 : to;
  const found = text.slice(from, end);
  const place = (braces && ' inside braces') || (bracket !== 'none' && ' inside brackets') || ' here';
  return { code: 'syntax', text: `${JSON.stringify(found)} cannot stand${place}.`, span: { from, to: end }, found };
}

function endOf(pattern: RegExp, { text, at }: Scan): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) && pattern.lastIndex > at ? pattern.lastIndex : null;
}

const durationWords: ReadonlySet<string> = new Set(['step', 'range', 'max_of', 'min_of']);

/** Prometheus 3 computes durations with these. */
export function isDurationWord(word: string): boolean {
  return durationWords.has(word.toLowerCase());
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}
