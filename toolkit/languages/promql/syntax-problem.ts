import type { PromqlProblem } from './problem.ts';
import type { Token } from './scan-tokens.ts';

/** Says what stands where the grammar stopped, and what could stand there instead. */
export function describeSyntaxError(text: string, tokens: readonly Token[], at: number): PromqlProblem {
  const index = tokens.findIndex((token) => token.to > at);
  const [before, found] = [tokens.at(index === -1 ? -1 : index - 1), tokens[index]];
  const previous = index === 0 ? undefined : before;
  if (tokens.length === 0) return emptyExpression(text);
  if (found?.text === '(' && previous?.kind === 'word') return noFunction(previous);
  const expected = expectedAfter(previous);
  const shown = found?.text ?? 'the end';
  return {
    code: 'syntax',
    text: `${found === undefined ? 'The expression ends' : `${shown} stands`} where ${expected} should.`,
    span: found === undefined ? { from: text.length, to: text.length } : { from: found.from, to: found.to },
    expected,
    found: shown,
  };
}

function emptyExpression(text: string): PromqlProblem {
  return {
    code: 'syntax',
    text: 'There is no expression.',
    span: { from: 0, to: text.length },
    expected: 'an expression',
    found: 'nothing',
  };
}

function noFunction({ text, from, to }: Token): PromqlProblem {
  return { code: 'unknown-function', text: `Prometheus has no function ${text}.`, span: { from, to }, found: text };
}

function expectedAfter(before: Token | undefined): string {
  if (before === undefined) return 'an operand';
  if (before.place === 'braces') return expectedInBraces(before);
  if (before.place === 'brackets') return before.kind === 'duration' ? ': or ]' : 'a duration';
  if (before.text === '}' || before.text === ')' || before.text === ']') return 'an operator';
  if (before.kind !== 'operator' && !wordsBeforeOperand.has(before.text.toLowerCase())) return 'an operator';
  return before.text === '@' ? 'a timestamp, start() or end()' : 'an operand';
}

const wordsBeforeOperand: ReadonlySet<string> = new Set(['and', 'or', 'unless', 'atan2', 'bool']);

function expectedInBraces({ kind, text }: Token): string {
  if (kind === 'string') return ', or }';
  if (kind === 'word') return '=, !=, =~ or !~';
  return text === ',' || text === '{' ? 'a label' : 'a text in quotes';
}
