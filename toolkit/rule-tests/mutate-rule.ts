import {
  type BinaryOperation,
  type BinaryOperator,
  type Expression,
  isComparison,
  printExpression,
  rewriteExpression,
  selectorsIn,
  visitExpression,
} from '../languages/promql/index.ts';
import { printDuration } from '../model/index.ts';
import type { Rule } from './read-rules.ts';
import { matchersOf, withoutMatcher, withRange } from './rewrite-expression.ts';

export type MutationKind = 'threshold' | 'operator' | 'for' | 'matcher' | 'part' | 'window';

/** A rule with one deliberate mistake, which some test has to notice. */
export interface Mutant {
  readonly kind: MutationKind;
  /** What was changed: `> 0.9 becomes >= 0.9`. */
  readonly title: string;
  readonly expression: Expression;
  readonly forMs: number;
}

/** All mutants of a rule, in the order of the kinds; such as give the rule itself again are left out. */
export function mutateRule({ expression, forMs }: Pick<Rule, 'expression' | 'forMs'>): readonly Mutant[] {
  const binaries = partsOf(expression, 'binary');
  const changed = [
    ...binaries.flatMap((operation) => thresholdMutants(expression, operation)),
    ...binaries.flatMap((operation) => operatorMutants(expression, operation)),
    ...matcherMutants(expression),
    ...binaries.flatMap((operation) => partMutants(expression, operation)),
    ...windowMutants(expression),
  ].map((mutant) => ({ ...mutant, forMs }));
  const waits = forMs === 0 ? [] : [0, forMs * 2];
  const text = printExpression(expression);
  return [
    ...changed.filter((mutant) => printExpression(mutant.expression) !== text),
    ...waits.map((wait) => ({
      kind: 'for' as const,
      title: `for ${printDuration(forMs)} becomes ${printDuration(wait)}`,
      expression,
      forMs: wait,
    })),
  ];
}

type ChangedExpression = Omit<Mutant, 'forMs'>;

function partsOf<Kind extends Expression['kind']>(expression: Expression, kind: Kind) {
  const found: Extract<Expression, { kind: Kind }>[] = [];
  visitExpression(expression, (part) => {
    if (part.kind === kind) found.push(part as Extract<Expression, { kind: Kind }>);
  });
  return found;
}

function replace(expression: Expression, part: Expression, by: Expression): Expression {
  return rewriteExpression(expression, (candidate) => (candidate === part ? by : null));
}

function thresholdMutants(expression: Expression, operation: BinaryOperation): readonly ChangedExpression[] {
  const { operator, right } = operation;
  if (!isComparison(operator) || right.kind !== 'number') return [];
  const { value } = right;
  const others = value === 0 ? [1, -1] : [value * 0.5, value * 2, value * 0.9, value * 1.1];
  return others.map((other) => ({
    kind: 'threshold',
    title: `${operator} ${value} becomes ${operator} ${other}`,
    expression: replace(expression, right, { ...right, value: other }),
  }));
}

const operatorChanges: Readonly<Partial<Record<BinaryOperator, readonly BinaryOperator[]>>> = {
  '>': ['>=', '<'],
  '<': ['<=', '>'],
  '>=': ['>', '<='],
  '<=': ['<', '>='],
  '==': ['!='],
  '!=': ['=='],
};

function operatorMutants(expression: Expression, operation: BinaryOperation): readonly ChangedExpression[] {
  const others = operatorChanges[operation.operator] ?? [];
  const right = operation.right.kind === 'number' ? ` ${operation.right.value}` : '';
  return others.map((operator) => ({
    kind: 'operator',
    title: `${operation.operator}${right} becomes ${operator}${right}`,
    expression: replace(expression, operation, { ...operation, operator }),
  }));
}

/** In all selectors at once: where two series are joined, the one that is left in the other would still restrict both. */
function matcherMutants(expression: Expression): readonly ChangedExpression[] {
  return matchersOf(selectorsIn(expression)).map((matcher) => ({
    kind: 'matcher',
    title: `${matcher.label}${matcher.operator}"${matcher.value}" is dropped`,
    expression: withoutMatcher(expression, matcher),
  }));
}

function partMutants(expression: Expression, operation: BinaryOperation): readonly ChangedExpression[] {
  if (operation.operator !== 'and' && operation.operator !== 'unless') return [];
  return [
    {
      kind: 'part',
      title: `${operation.operator} ${printExpression(operation.right)} is dropped`,
      expression: replace(expression, operation, operation.left),
    },
  ];
}

function windowMutants(expression: Expression): readonly ChangedExpression[] {
  const ranges = partsOf(expression, 'range').flatMap(({ range }) => (range.kind === 'fixed' ? [range.ms] : []));
  return [...new Set(ranges)].flatMap((ms) =>
    [ms * 2, ms / 2].map((other) => ({
      kind: 'window' as const,
      title: `[${printDuration(ms)}] becomes [${printDuration(other)}]`,
      expression: rewriteExpression(expression, (part) =>
        part.kind === 'range' && part.range.kind === 'fixed' && part.range.ms === ms ? withRange(part, other) : null,
      ),
    })),
  );
}
