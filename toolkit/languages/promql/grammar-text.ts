import { promqlFunctions } from './functions.ts';
import { wordsBeforeParentheses } from './operators.ts';
import { isDurationWord, type Scanned, type Token } from './scan-tokens.ts';

/** In the two releases, and not in the grammar; it knows `max_of` inside of brackets only. */
const unknownToGrammar: ReadonlySet<string> = new Set(['holt_winters', 'max_of', 'min_of']);
const readByGrammar = /^(?:0x[0-9a-fA-F]+|(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)$/;
const operandFollows: ReadonlySet<string> = new Set([
  ...['+', '-', '*', '/', '%', '^', '==', '!=', '<', '<=', '>', '>=', '(', ',', '</', '>/', 'atan2', 'bool'],
]);
const setOperators: ReadonlySet<string> = new Set(['and', 'or', 'unless']);

/**
 * The text that the grammar is given: the same tokens at the same places. Those that Prometheus reads and the grammar
 * does not are replaced by ones that it does; what they were is read from the text itself.
 *
 * `holt_winters(up[5m], 1, 1)` becomes `abs         (up[5m], 1, 1)`, and `5.` becomes `11`.
 */
export function grammarText(text: string, { tokens, comments }: Scanned): string {
  let result = text;
  for (const { from, to } of comments) result = result.slice(0, from) + ' '.repeat(to - from) + result.slice(to);
  for (const [index, token] of tokens.entries()) {
    const readable = readableForm(token, tokens, index);
    if (readable !== null) {
      result = result.slice(0, token.from) + readable.padEnd(token.to - token.from) + result.slice(token.to);
    }
  }
  return result;
}

function readableForm(token: Token, tokens: readonly Token[], index: number): string | null {
  if (token.kind === 'number') return readByGrammar.test(token.text) ? null : '1'.repeat(token.text.length);
  if (token.kind !== 'word' || token.place !== 'open') return null;
  const before = tokens[index - 1];
  if (tokens[index + 1]?.text === '(' && isFunctionName(token, before)) return isKnown(token.text) ? null : 'abs';
  if (token.text.toLowerCase() === 'offset' && isMetricName(tokens, index)) return 'offse_';
  // A label to group by may have a colon in Prometheus 3.
  return token.text.includes(':') ? `q${token.text.slice(1).replaceAll(':', '9')}` : null;
}

/** `offset` names a metric where an operand has to be, and where no duration follows. */
function isMetricName(tokens: readonly Token[], index: number): boolean {
  if (isOperandPlace(tokens, index)) return true;
  const next = tokens.slice(index + 1).find(({ text }) => text !== '+' && text !== '-');
  return next === undefined || !beginsDuration(next);
}

/** `and` is an operator, unless it stands itself where an operand has to be. */
function isOperandPlace(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]?.text.toLowerCase();
  if (before === undefined || operandFollows.has(before)) return true;
  return setOperators.has(before) && !isOperandPlace(tokens, index - 1);
}

function beginsDuration({ kind, text }: Token): boolean {
  return kind === 'number' || kind === 'duration' || text === '(' || isDurationWord(text);
}

function isFunctionName({ text }: Token, before: Token | undefined): boolean {
  // `@ start()` and `offset max_of(...)` are no calls, and no name is short enough for one letter.
  if (before?.text === '@' || before?.text.toLowerCase() === 'offset' || text.length < 3) return false;
  return !text.includes(':') && !wordsBeforeParentheses.has(text.toLowerCase());
}

function isKnown(name: string): boolean {
  return promqlFunctions.has(name) && !unknownToGrammar.has(name);
}
