import { parseDuration } from '../../model/index.ts';

/**
 * Whether two texts are one PromQL expression. Prometheus shows a rule not as it was written but as it prints it: other
 * blanks, quotes and spellings of numbers, `by (...)` before the operand, empty parentheses left out. Both sides are
 * brought into that form, token by token; what they mean is not asked.
 *
 * ```text
 * sum(rate(up[60s]))by(job)   ->   sum by ( job ) ( rate ( up [ 1m ] ) )
 * ```
 */
export function isSameExpression(left: string, right: string): boolean {
  return left === right || canonicalExpression(left) === canonicalExpression(right);
}

function canonicalExpression(text: string): string {
  return tidy(withSortedMatchers(arrange(tokensOf(text)))).join(' ');
}

type Token = string;

const pattern =
  /#[^\n]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|(?:\d+(?:ms|[smhdwy]))+|0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[A-Za-z_][\w:]*|=~|!~|==|!=|<=|>=|\S/gs;

function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(pattern)].flatMap(([token]) => (token.startsWith('#') ? [] : [canonicalToken(token)]));
}

const keywords = new Set(
  'and or unless atan2 by without on ignoring group_left group_right offset bool inf nan start end'.split(' '),
);
const aggregators = new Set(
  'sum min max avg count stddev stdvar group topk bottomk quantile count_values limitk limit_ratio'.split(' '),
);

function canonicalToken(token: Token): Token {
  const first = token[0] ?? '';
  if (first === '"' || first === "'") return JSON.stringify(unquoted(token.slice(1, -1)));
  if (first === '`') return JSON.stringify(token.slice(1, -1));
  if (/^[\d.]/.test(token)) return canonicalNumber(token);
  const lower = token.toLowerCase();
  return keywords.has(lower) || aggregators.has(lower) ? lower : token;
}

function canonicalNumber(token: Token): Token {
  const milliseconds = /[a-z]$/.test(token) && !/^0[xX]/.test(token) ? parseDuration(token) : null;
  return milliseconds === null ? String(Number(token)) : `${milliseconds}ms`;
}

const escapes: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function unquoted(inner: string): string {
  return inner.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})|(.))/gs,
    (_, byte?: string, short?: string, long?: string, octal?: string, plain = '') => {
      const hex = byte ?? short ?? long;
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      return escapes[plain] ?? plain;
    },
  );
}

/** Puts the grouping of each aggregation before its operand, and each `@` before the `offset` that stands beside it. */
function arrange(tokens: readonly Token[]): readonly Token[] {
  const arranged: Token[] = [];
  let index = 0;
  while (index < tokens.length) {
    const token = tokens[index] ?? '';
    arranged.push(token);
    index += 1;
    if (!aggregators.has(token) || tokens[index] !== '(') continue;
    const end = closing(tokens, index);
    const clause = clauseAt(tokens, end);
    arranged.push(...clause, ...arrange(tokens.slice(index, end)));
    index = end + clause.length;
  }
  return modifiersInOrder(arranged);
}

function clauseAt(tokens: readonly Token[], index: number): readonly Token[] {
  const isClause = (tokens[index] === 'by' || tokens[index] === 'without') && tokens[index + 1] === '(';
  return isClause ? tokens.slice(index, closing(tokens, index + 1)) : [];
}

/** The place after the parenthesis that closes the one at `open`. */
function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    if (tokens[index] === '(') depth += 1;
    if (tokens[index] === ')') depth -= 1;
    if (depth === 0) return index + 1;
  }
  return tokens.length;
}

function modifiersInOrder(tokens: readonly Token[]): readonly Token[] {
  return tokens
    .join('\u0000')
    .replaceAll(/(offset\0(?:-\0)?\d+ms)\0(@\0(?:(?:start|end)\0\(\0\)|\d[\d.e+]*))/g, '$2\u0000$1')
    .split('\u0000');
}

/** Prometheus prints the matchers of a selector by label; all of them must hold, so their order means nothing. */
function withSortedMatchers(tokens: readonly Token[]): readonly Token[] {
  const open = tokens.indexOf('{');
  const close = tokens.indexOf('}', open);
  if (open === -1 || close === -1) return tokens;
  const matchers = tokens
    .slice(open + 1, close)
    .join('\u0000')
    .split('\u0000,\u0000');
  const sorted = matchers.map((matcher) => matcher.replace(/\0?,$/, '')).sort();
  const inside = sorted.flatMap((matcher, index) => [...(index === 0 ? [] : [',']), ...matcher.split('\u0000')]);
  const kept = inside.filter((token) => token !== '');
  return [...tokens.slice(0, open + 1), ...kept, '}', ...withSortedMatchers(tokens.slice(close + 1))];
}

const pairs: Readonly<Record<string, string>> = { '(': ')', '{': '}' };

/** Leaves out what says nothing: a comma at the end of a list, a sign of infinity, empty braces, an empty grouping. */
function tidy(tokens: readonly Token[]): readonly Token[] {
  const kept: Token[] = [];
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1] ?? '';
    if (token === ',' && (next === ')' || next === '}')) continue;
    if (token === '+' && next === 'inf') continue;
    const open = kept.at(-1) ?? '';
    const before = kept.at(-2) ?? '';
    if (pairs[open] === token && isEmptyOf(open, before)) {
      kept.pop();
      if (before === 'by' || before === 'ignoring') kept.pop();
    } else kept.push(token);
  }
  return kept;
}

function isEmptyOf(open: Token, before: Token): boolean {
  if (open === '{') return /^[A-Za-z_:]/.test(before);
  return ['by', 'ignoring', 'group_left', 'group_right'].includes(before);
}
