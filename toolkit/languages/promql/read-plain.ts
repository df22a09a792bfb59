import { aggregation, call } from './build-call.ts';
import type { Build } from './build-context.ts';
import { binary, signed } from './build-expression.ts';
import { saysNothing } from './build-matching.ts';
import { attachPostfix, type Postfix } from './build-postfix.ts';
import { isTooLong, readDuration } from './duration.ts';
import type { BinaryOperator, Expression, Grouping, LabelMatcher, Matching, Selector, Span } from './expression.ts';
import { now } from './expression.ts';
import { promqlFunctions } from './functions.ts';
import { readNumber } from './number-literal.ts';
import { aggregations, isComparison, operandOfSign, precedence } from './operators.ts';
import type { Token } from './scan-tokens.ts';
import { readString } from './string-literal.ts';
import type { Dialect } from './versions.ts';

// The grammar of the package reads whatever Prometheus may, and takes half of the time of a lint for it. Nearly all rules
// are plain, and for those one look at each token is enough. Whatever is unusual here, wrong or not, is left to the grammar:
// so this reads less than it could, and never anything else.

/** The expression, or null where the grammar has to decide. */
export function readPlain(text: string, tokens: readonly Token[], dialect: Dialect): Expression | null {
  if (tokens.length > longest) return null;
  const build: Build = { text, dialect, problems: [], maxDepth: 0, isTooDeep: false };
  const reading: Reading = { build, tokens, at: 0, depth: 0 };
  const expression = readOperations(reading, 0);
  return reading.at === tokens.length && build.problems.length === 0 ? expression : null;
}

interface Reading {
  readonly build: Build;
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
}

const deepest = 50;
/** A row of operations is as deep as it is long. */
const longest = 1000;

function readOperations(reading: Reading, weakest: number): Expression | null {
  let left = readSigned(reading);
  while (left !== null) {
    const operator = operatorHere(reading);
    if (operator === null || precedence[operator] < weakest) return left;
    const { from, to } = reading.tokens[reading.at] as Token;
    reading.at += 1;
    const bool = isComparison(operator) && takesWord(reading, 'bool') !== null;
    const matching = readMatching(reading);
    if (matching === undefined) return null;
    const right = readOperations(reading, operator === '^' ? precedence['^'] : precedence[operator] + 1);
    if (right === null) return null;
    left = binary({ kind: 'operation', operator, bool, matching, span: { from, to } }, left, right);
  }
  return null;
}

const operators: ReadonlySet<string> = new Set([
  ...['+', '-', '*', '/', '%', '^', '==', '!=', '<', '<=', '>', '>=', 'and', 'or', 'unless'],
]);

function operatorHere({ tokens, at }: Reading): BinaryOperator | null {
  const token = tokens[at];
  if (token === undefined || (token.kind !== 'operator' && token.kind !== 'word')) return null;
  const operator = token.kind === 'word' ? token.text.toLowerCase() : token.text;
  return operators.has(operator) ? (operator as BinaryOperator) : null;
}

function readSigned(reading: Reading): Expression | null {
  const token = reading.tokens[reading.at];
  if (token?.kind !== 'operator' || (token.text !== '-' && token.text !== '+')) return readOperand(reading);
  reading.at += 1;
  const next = reading.tokens[reading.at]?.text;
  if (next === '-' || next === '+') return null;
  const operand = readOperations(reading, operandOfSign);
  return operand && signed({ operator: token.text, span: { from: token.from, to: token.to } }, operand);
}

function readOperand(reading: Reading): Expression | null {
  if (reading.depth > deepest) return null;
  reading.depth += 1;
  let operand = readBare(reading);
  reading.depth -= 1;
  while (operand !== null) {
    const next = reading.tokens[reading.at];
    const isPostfix = next?.text === '[' || (next?.kind === 'word' && next.text.toLowerCase() === 'offset');
    if (!isPostfix) return operand;
    const postfix = next.text === '[' ? readBrackets(reading, operand) : readOffset(reading, operand);
    operand = postfix && attachPostfix(reading.build, operand, postfix);
  }
  return null;
}

function readBare(reading: Reading): Expression | null {
  const token = reading.tokens[reading.at];
  if (token === undefined) return null;
  const span = { from: token.from, to: token.to };
  switch (token.kind) {
    case 'number': {
      reading.at += 1;
      const value = plainNumber.test(token.text) ? readNumber(token.text) : null;
      return value === null ? null : { kind: 'number', type: 'scalar', value, span };
    }
    case 'string':
      reading.at += 1;
      return { kind: 'string', type: 'string', value: readString(token.text), span };
    case 'operator':
      if (token.text === '{') return readSelector(reading, null, token.from);
      return token.text === '(' ? readParentheses(reading) : null;
    case 'word':
      return readWord(reading, token);
    case 'duration':
      return null;
    default:
      return token.kind satisfies never;
  }
}

const plainNumber = /^(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Words that mean more than a name somewhere; in lower case. */
const reserved: ReadonlySet<string> = new Set([
  ...aggregations.keys(),
  ...['by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'bool', 'offset', 'and', 'or', 'unless'],
  ...['atan2', 'fill', 'fill_left', 'fill_right', 'inf', 'nan', 'start', 'end', 'anchored', 'smoothed'],
  ...['step', 'range', 'max_of', 'min_of'],
]);

function readWord(reading: Reading, word: Token): Expression | null {
  const lower = word.text.toLowerCase();
  if (aggregations.has(lower)) return readAggregation(reading, lower);
  if (reserved.has(lower)) return null;
  reading.at += 1;
  const next = reading.tokens[reading.at];
  if (next?.text === '(') return readCall(reading, word);
  return readSelector(reading, word.text, word.from);
}

function readCall(reading: Reading, { text: name, from, to }: Token): Expression | null {
  if (!promqlFunctions.has(name)) return null;
  const args = readArguments(reading);
  return args && call(reading.build, name, { from, to }, args, { from, to: endOfLast(reading) });
}

function readAggregation(reading: Reading, operator: string): Expression | null {
  const { from } = reading.tokens[reading.at] as Token;
  reading.at += 1;
  const before = readGrouping(reading);
  const args = before === undefined ? null : readArguments(reading);
  const after = args === null || before !== null ? null : readGrouping(reading);
  if (args === null || before === undefined || after === undefined) return null;
  return aggregation(reading.build, operator, before ?? after, args, { from, to: endOfLast(reading) });
}

/** Undefined where it cannot be read; null where there is none. */
function readGrouping(reading: Reading): Grouping | null | undefined {
  const word = takesWord(reading, 'by', 'without');
  if (word === null) return null;
  const labels = readLabels(reading);
  if (labels === null) return undefined;
  const kind = word.text.toLowerCase() === 'by' ? 'by' : 'without';
  return { kind, labels, span: { from: word.from, to: endOfLast(reading) } };
}

/** Undefined where it cannot be read; null where nothing is said. */
function readMatching(reading: Reading): Matching | null | undefined {
  const word = takesWord(reading, 'on', 'ignoring');
  if (word === null) return null;
  const kind = word.text.toLowerCase() === 'on' ? 'on' : 'ignoring';
  const labels = readLabels(reading);
  if (labels === null) return undefined;
  const grouped = takesWord(reading, 'group_left', 'group_right');
  let group: Matching['group'] = null;
  if (grouped !== null) {
    const include = reading.tokens[reading.at]?.text === '(' ? readLabels(reading) : [];
    if (include === null) return undefined;
    group = { side: grouped.text.toLowerCase() === 'group_left' ? 'left' : 'right', include };
  }
  return saysNothing(kind, labels, group) ? null : { kind, labels, group, fill: null };
}

function readLabels(reading: Reading): readonly string[] | null {
  if (!takes(reading, '(')) return null;
  const labels: string[] = [];
  while (!takes(reading, ')')) {
    if (labels.length > 0 && !takes(reading, ',')) return null;
    const label = reading.tokens[reading.at];
    if (label?.kind !== 'word' || label.text.includes(':') || /^(?:inf|nan)$/i.test(label.text)) return null;
    labels.push(label.text);
    reading.at += 1;
  }
  return labels;
}

function readArguments(reading: Reading): readonly Expression[] | null {
  if (!takes(reading, '(')) return null;
  const args: Expression[] = [];
  while (!takes(reading, ')')) {
    if (args.length > 0 && !takes(reading, ',')) return null;
    const argument = readOperations(reading, 0);
    if (argument === null) return null;
    args.push(argument);
  }
  return args;
}

function readParentheses(reading: Reading): Expression | null {
  const { from } = reading.tokens[reading.at] as Token;
  reading.at += 1;
  const operand = readOperations(reading, 0);
  if (operand === null || !takes(reading, ')')) return null;
  return { kind: 'parentheses', type: operand.type, operand, span: { from, to: endOfLast(reading) } };
}

function readSelector(reading: Reading, metric: string | null, from: number): Selector | null {
  const matchers = reading.tokens[reading.at]?.text === '{' ? readMatchers(reading) : [];
  if (matchers === null) return null;
  const span = { from, to: endOfLast(reading) };
  return { kind: 'selector', type: 'instant', metric, matchers, when: now, span };
}

function readMatchers(reading: Reading): readonly LabelMatcher[] | null {
  const { tokens } = reading;
  reading.at += 1;
  const matchers: LabelMatcher[] = [];
  while (!takes(reading, '}')) {
    if (matchers.length > 0 && !takes(reading, ',')) return null;
    const [label, operator, value] = [tokens[reading.at], tokens[reading.at + 1], tokens[reading.at + 2]];
    if (label?.kind !== 'word' || operator?.kind !== 'operator' || value?.kind !== 'string') return null;
    if (!matchOperators.has(operator.text)) return null;
    matchers.push({
      label: label.text,
      operator: operator.text as LabelMatcher['operator'],
      value: readString(value.text),
      span: { from: label.from, to: value.to },
    });
    reading.at += 3;
  }
  return matchers;
}

const matchOperators: ReadonlySet<string> = new Set(['=', '!=', '=~', '!~']);

function readBrackets(reading: Reading, operand: Expression): Postfix | null {
  reading.at += 1;
  const range = readDurationToken(reading);
  if (range === null) return null;
  const isSubquery = takes(reading, ':');
  const isStepped = isSubquery && reading.tokens[reading.at]?.text !== ']';
  const step = isStepped ? readDurationToken(reading) : null;
  if ((isStepped && step === null) || !takes(reading, ']')) return null;
  const span: Span = { from: operand.span.to, to: endOfLast(reading) };
  if (isSubquery) return { kind: 'subquery', range, step, span };
  return operand.kind === 'selector' ? { kind: 'range', range, span } : null;
}

function readOffset(reading: Reading, operand: Expression): Postfix | null {
  reading.at += 1;
  const offset = readDurationToken(reading);
  return offset && { kind: 'offset', offset, span: { from: operand.span.to, to: endOfLast(reading) } };
}

function readDurationToken(reading: Reading): { readonly kind: 'fixed'; readonly ms: number } | null {
  const token = reading.tokens[reading.at];
  if (token?.kind !== 'duration') return null;
  reading.at += 1;
  const ms = readDuration(token.text);
  return ms === null || ms <= 0 || isTooLong(ms) ? null : { kind: 'fixed', ms };
}

function takes(reading: Reading, text: string): boolean {
  const token = reading.tokens[reading.at];
  if (token?.kind !== 'operator' || token.text !== text) return false;
  reading.at += 1;
  return true;
}

function takesWord(reading: Reading, ...words: readonly string[]): Token | null {
  const token = reading.tokens[reading.at];
  if (token?.kind !== 'word' || !words.includes(token.text.toLowerCase())) return null;
  reading.at += 1;
  return token;
}

function endOfLast({ tokens, at }: Reading): number {
  return tokens[at - 1]?.to ?? 0;
}
