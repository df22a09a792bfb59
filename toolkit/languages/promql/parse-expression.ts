import type { Build } from './build-context.ts';
import { buildExpression } from './build-expression.ts';
import { checkExpression } from './check-expression.ts';
import type { Expression } from './expression.ts';
import { findTooDeep } from './find-too-deep.ts';
import { grammarText } from './grammar-text.ts';
import type { PromqlProblem } from './problem.ts';
import { readPlain } from './read-plain.ts';
import { scanTokens } from './scan-tokens.ts';
import { describeSyntaxError } from './syntax-problem.ts';
import { type Dialect, debianDialect } from './versions.ts';
import { parseTree } from './walk-tree.ts';

export type ParsedExpression =
  | { readonly kind: 'parsed'; readonly expression: Expression }
  | { readonly kind: 'refused'; readonly problems: readonly [PromqlProblem, ...PromqlProblem[]] };

/** Deeper ones are made by mistakes; all that walks an expression may recurse this far. */
export const maxExpressionDepth = 1000;

/**
 * Reads a PromQL expression and judges it as Prometheus of the dialect would, syntax, types, names and patterns. Never
 * throws. An error of syntax is told alone; of the others all are told, in the order of the text.
 */
export function parseExpression(text: string, dialect: Dialect = debianDialect): ParsedExpression {
  return parseWith(text, dialect, readPlain);
}

/** By the grammar alone: slower, and what the plain reader is compared with. */
export function parseByGrammar(text: string, dialect: Dialect): ParsedExpression {
  return parseWith(text, dialect, () => null);
}

function parseWith(text: string, dialect: Dialect, read: typeof readPlain): ParsedExpression {
  const scanned = scanTokens(text, dialect);
  if (scanned.problem !== null) return { kind: 'refused', problems: [scanned.problem] };
  const deep = findTooDeep(scanned.tokens, 'sure');
  if (deep !== null) return { kind: 'refused', problems: [deep] };
  const plain = read(text, scanned.tokens, dialect);
  if (plain !== null) return judged(plain, [], dialect);
  const tree = parseTree(grammarText(text, scanned));
  if ('stoppedAt' in tree) {
    const likely = findTooDeep(scanned.tokens, 'likely');
    return { kind: 'refused', problems: [likely ?? describeSyntaxError(text, scanned.tokens, tree.stoppedAt)] };
  }
  const build: Build = { text, dialect, problems: [], maxDepth: maxExpressionDepth, isTooDeep: false };
  tree.firstChild();
  const expression = buildExpression(build, tree, 0);
  if (build.isTooDeep) return { kind: 'refused', problems: [tooDeep(text)] };
  return judged(expression, build.problems, dialect);
}

function judged(expression: Expression, found: readonly PromqlProblem[], dialect: Dialect): ParsedExpression {
  const problems = [...found, ...checkExpression(expression, dialect)].sort(byPlace);
  return isSome(problems) ? { kind: 'refused', problems } : { kind: 'parsed', expression };
}

function tooDeep(text: string): PromqlProblem {
  const span = { from: 0, to: text.length };
  return { code: 'too-deep', text: `More than ${maxExpressionDepth} operations are nested in each other.`, span };
}

function byPlace(left: PromqlProblem, right: PromqlProblem): number {
  return left.span.from - right.span.from || left.span.to - right.span.to;
}

function isSome(problems: readonly PromqlProblem[]): problems is readonly [PromqlProblem, ...PromqlProblem[]] {
  return problems.length > 0;
}
