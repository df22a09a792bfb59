import { printDuration } from './duration.ts';
import type { BinaryOperation, Expression, LabelMatcher, Matching, Moment, Selector } from './expression.ts';
import { printNumber } from './number-literal.ts';
import { operandOfSign, precedence } from './operators.ts';
import { printString } from './string-literal.ts';

/**
 * An expression on one line, spaced as Prometheus prints it. What the tree groups and the text would not is put in
 * parentheses, so a tree that a compiler made reads back as the same operations.
 */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return printNumber(expression.value);
    case 'string':
      return printString(expression.value);
    case 'selector':
      return printSelector(expression) + printMoment(expression.when);
    case 'range':
      return `${printSelector(expression.selector)}[${printDuration(expression.range)}]${printMoment(expression.when)}`;
    case 'subquery':
      return `${printPart(expression.operand, subqueryFits(expression))}${printSubqueryRange(expression)}`;
    case 'call':
      return `${expression.name}(${expression.args.map(printExpression).join(', ')})`;
    case 'aggregation': {
      const parameter = expression.parameter === null ? '' : `${printExpression(expression.parameter)}, `;
      return `${printAggregationHead(expression)}(${parameter}${printExpression(expression.operand)})`;
    }
    case 'unary':
      return expression.operator + printPart(expression.operand, signFits(expression));
    case 'binary':
      return `${printPart(expression.left, leftFits(expression))} ${printOperator(expression)} ${printPart(expression.right, rightFits(expression))}`;
    case 'parentheses':
      return `(${printExpression(expression.operand)})`;
    default:
      return expression satisfies never;
  }
}

/** `[1h:1m] offset 5m`. */
export function printSubqueryRange({ range, step, when }: Extract<Expression, { kind: 'subquery' }>): string {
  return `[${printDuration(range)}:${step === null ? '' : printDuration(step)}]${printMoment(when)}`;
}

/** `sum by (job) `, `sum`. */
export function printAggregationHead({ operator, grouping }: Extract<Expression, { kind: 'aggregation' }>): string {
  return grouping === null ? operator : `${operator} ${grouping.kind} ${printLabels(grouping.labels)} `;
}

/** `== bool on (item) group_left (site)`. */
export function printOperator({ operator, bool, matching }: BinaryOperation): string {
  return `${operator}${bool ? ' bool' : ''}${matching === null ? '' : printMatching(matching)}`;
}

function printMatching({ kind, labels, group, fill }: Matching): string {
  const isSaid = kind === 'on' || labels.length > 0 || group !== null;
  const pairs = isSaid ? ` ${kind} ${printLabels(labels)}` : '';
  const grouped = group === null ? '' : ` group_${group.side} ${printLabels(group.include)}`;
  return `${pairs}${grouped}${fill === null ? '' : printFill(fill)}`;
}

function printFill({ left, right }: NonNullable<Matching['fill']>): string {
  if (left !== null && Object.is(left, right)) return ` fill (${printNumber(left)})`;
  const sides = { left, right };
  return (['left', 'right'] as const)
    .map((side) => (sides[side] === null ? '' : ` fill_${side} (${printNumber(sides[side])})`))
    .join('');
}

function printLabels(labels: readonly string[]): string {
  return `(${labels.map(printLabel).join(', ')})`;
}

function printLabel(label: string): string {
  return /^[A-Za-z_]\w*$/.test(label) && !/^(?:inf|nan)$/i.test(label) ? label : printString(label);
}

function printSelector({ metric, matchers }: Selector): string {
  // A metric that is called as the word `offset` needs braces to be one wherever it stands.
  const isPlain = matchers.length === 0 && metric !== null && metric.toLowerCase() !== 'offset';
  const braces = isPlain ? '' : `{${matchers.map(printMatcher).join(', ')}}`;
  return `${metric ?? ''}${braces}`;
}

function printMatcher({ label, operator, value }: LabelMatcher): string {
  const name = /^[A-Za-z_]\w*$/.test(label) ? label : printString(label);
  return `${name}${operator}${printString(value)}`;
}

function printMoment({ at, offset, edges }: Moment): string {
  const instant = typeof at === 'string' ? ` @ ${at}()` : at !== null && ` @ ${printNumber(at.seconds)}`;
  return `${edges === null ? '' : ` ${edges}`}${instant || ''}${offset === null ? '' : ` offset ${printDuration(offset)}`}`;
}

/** Whether the left side reads back as it is without parentheses. */
export function leftFits({ left, operator }: BinaryOperation): boolean {
  // A sign, also that of a number, takes a power that follows it.
  if (operator === '^') return left.kind !== 'binary' && !isSigned(left);
  return left.kind !== 'binary' || precedence[left.operator] >= precedence[operator];
}

export function rightFits({ right, operator }: BinaryOperation): boolean {
  if (right.kind !== 'binary') return true;
  return operator === '^' ? right.operator === '^' : precedence[right.operator] > precedence[operator];
}

export function signFits({ operand }: Extract<Expression, { kind: 'unary' }>): boolean {
  // A number would become one with its sign.
  if (operand.kind === 'number') return false;
  return operand.kind !== 'binary' || precedence[operand.operator] >= operandOfSign;
}

export function subqueryFits({ operand }: Extract<Expression, { kind: 'subquery' }>): boolean {
  return operand.kind !== 'binary' && !isSigned(operand);
}

function isSigned(operand: Expression): boolean {
  return operand.kind === 'unary' || (operand.kind === 'number' && printNumber(operand.value).startsWith('-'));
}

function printPart(operand: Expression, fits: boolean): string {
  const text = printExpression(operand);
  return fits ? text : `(${text})`;
}
