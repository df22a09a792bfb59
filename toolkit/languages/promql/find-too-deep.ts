import type { PromqlProblem } from './problem.ts';
import type { Token } from './scan-tokens.ts';

/**
 * What no person writes. Prometheus has no limits; the grammar package has: nested calls cost it the square of their
 * depth, and it gives up in long texts after 150 operations in a row, though not in short ones.
 */
const maxNesting = 300;
const maxOperationsInRow = 500;
const gradesOfRow = { sure: maxOperationsInRow, likely: 150 };

const words: ReadonlySet<string> = new Set(['and', 'or', 'unless', 'atan2', 'offset', 'anchored', 'smoothed']);
const noOperation: ReadonlySet<string> = new Set([',', '{', '}', ']', ':', '=']);

/**
 * Where an expression goes beyond the limits: `sure` before the grammar sees it, `likely` after the grammar has refused
 * it, to tell what the reason is.
 */
export function findTooDeep(tokens: readonly Token[], grade: keyof typeof gradesOfRow): PromqlProblem | null {
  const maxInRow = gradesOfRow[grade];
  const operations = [0];
  for (const token of tokens) {
    const { text, kind, place } = token;
    if (place !== 'open' && text !== '[') continue;
    const level = operations.length - 1;
    if (text === '(') operations.push(0);
    else if (text === ')') operations.pop();
    else if (text === ',') operations[level] = 0;
    else if (kind === 'operator' ? !noOperation.has(text) : kind === 'word' && words.has(text.toLowerCase()))
      operations[level] = (operations[level] ?? 0) + 1;
    if (operations.length > maxNesting + 1) return tooDeep(token, `is nested in more than ${maxNesting} parentheses`);
    if ((operations.at(-1) ?? 0) > maxInRow) return tooDeep(token, `follows ${maxInRow} operations in a row`);
  }
  return null;
}

function tooDeep({ text, from, to }: Token, how: string): PromqlProblem {
  return { code: 'too-deep', text: `${text} ${how}.`, span: { from, to }, found: text };
}
