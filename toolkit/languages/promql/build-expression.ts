import { buildCallOrAggregation } from './build-call.ts';
import { type Build, literalValue, refuse, unsigned } from './build-context.ts';
import { buildMatching } from './build-matching.ts';
import { attachPostfix, makePostfix, type Postfix, type PostfixDetail, readPostfixDetail } from './build-postfix.ts';
import { buildSelector } from './build-selector.ts';
import type { BinaryOperation, BinaryOperator, Expression, Matching, NumberLiteral, Span } from './expression.ts';
import { operandOfSign, precedence } from './operators.ts';
import { readString } from './string-literal.ts';
import { eachChild, isOperand, type TreeCursor } from './walk-tree.ts';

/** An operation without parentheses, in the order of the text. */
type Part =
  | { readonly kind: 'operand'; readonly expression: Expression }
  | { readonly kind: 'sign'; readonly operator: '+' | '-'; readonly span: Span }
  | { readonly kind: 'postfix'; readonly postfix: Postfix }
  | OperationPart;

export interface OperationPart {
  readonly kind: 'operation';
  readonly operator: BinaryOperator;
  readonly bool: boolean;
  readonly matching: Matching | null;
  readonly span: Span;
}

/**
 * Builds the expression at the cursor. The grammar groups operations otherwise than Prometheus does: for it `a / b offset
 * 5m` is `(a / b) offset 5m`, and `-1 ^ 2` is `(-1) ^ 2`. So a chain of operations is taken apart into its parts and put
 * together by the precedence of Prometheus.
 */
export function buildExpression(build: Build, cursor: TreeCursor, depth: number): Expression {
  const parts: Part[] = [];
  takeApart(build, cursor, depth, parts);
  const chain: Chain = { build, parts, at: 0 };
  return putTogether(chain, 0);
}

function takeApart(build: Build, cursor: TreeCursor, depth: number, parts: Part[]): void {
  if (depth > build.maxDepth) {
    build.isTooDeep = true;
    parts.push({ kind: 'operand', expression: placeholder(cursor) });
    return;
  }
  switch (cursor.name) {
    case 'BinaryExpr':
      takeBinaryApart(build, cursor, depth, parts);
      break;
    case 'UnaryExpr':
      eachChild(cursor, (child) => {
        if (child.name === 'UnaryOp') parts.push(signAt(build, child.from));
        else takeApart(build, child, depth + 1, parts);
      });
      break;
    case 'OffsetExpr':
    case 'StepInvariantExpr':
    case 'MatrixSelector':
    case 'SubqueryExpr':
    case 'AnchoredExpr':
    case 'SmoothedExpr':
      takePostfixApart(build, cursor, depth, parts);
      break;
    case 'NumberDurationLiteral':
      takeNumberApart(build, cursor, parts);
      break;
    default:
      parts.push({ kind: 'operand', expression: buildOperand(build, cursor, depth) });
  }
}

function takeBinaryApart(build: Build, cursor: TreeCursor, depth: number, parts: Part[]): void {
  let operation: OperationPart | null = null;
  eachChild(cursor, (child) => {
    if (isOperand(child)) {
      if (operation !== null) parts.push(operation);
      takeApart(build, child, depth + 1, parts);
    } else {
      operation = operation === null ? operatorAt(build, child) : withModifier(build, operation, child);
    }
  });
}

function operatorAt({ text }: Build, { from, to }: TreeCursor): OperationPart {
  const operator = text.slice(from, to).toLowerCase() as BinaryOperator;
  return { kind: 'operation', operator, bool: false, matching: null, span: { from, to } };
}

function withModifier(build: Build, operation: OperationPart, cursor: TreeCursor): OperationPart {
  if (cursor.name === 'BoolModifier') return { ...operation, bool: true };
  return { ...operation, matching: buildMatching(build, cursor, operation.matching) };
}

function takePostfixApart(build: Build, cursor: TreeCursor, depth: number, parts: Part[]): void {
  let operand: Span | null = null;
  const details: PostfixDetail[] = [];
  const { name, to } = cursor;
  eachChild(cursor, (child) => {
    if (operand === null) {
      operand = { from: child.from, to: child.to };
      takeApart(build, child, depth + 1, parts);
      return;
    }
    const detail = readPostfixDetail(build, child);
    if (detail !== null) details.push(detail);
  });
  const from = operand === null ? to : (operand as Span).to;
  parts.push({ kind: 'postfix', postfix: makePostfix(name, details, { from, to }) });
}

/** A sign is an operator of its own: `-1 ^ 2` is -(1 ^ 2). */
function takeNumberApart(build: Build, cursor: TreeCursor, parts: Part[]): void {
  const text = build.text.slice(cursor.from, cursor.to);
  const isSigned = text.startsWith('-') || text.startsWith('+');
  if (isSigned) parts.push(signAt(build, cursor.from));
  // Between the sign and the number there may be spaces and comments.
  const literal = isSigned ? unsigned(text) : text;
  const span = { from: cursor.to - literal.length, to: cursor.to };
  const value = literalValue(build, literal, span);
  parts.push({ kind: 'operand', expression: { kind: 'number', type: 'scalar', value, span } });
}

function signAt({ text }: Build, from: number): Part {
  return { kind: 'sign', operator: text[from] === '-' ? '-' : '+', span: { from, to: from + 1 } };
}

interface Chain {
  readonly build: Build;
  readonly parts: readonly Part[];
  at: number;
}

function putTogether(chain: Chain, weakest: number): Expression {
  let left = putOperand(chain);
  for (;;) {
    const part = chain.parts[chain.at];
    if (part?.kind !== 'operation' || precedence[part.operator] < weakest) return left;
    chain.at += 1;
    const binding = precedence[part.operator];
    const right = putTogether(chain, part.operator === '^' ? binding : binding + 1);
    left = binary(part, left, right);
  }
}

export function binary(part: OperationPart, left: Expression, right: Expression): BinaryOperation {
  const { operator, bool, matching, span: operatorSpan } = part;
  const type = left.type === 'scalar' && right.type === 'scalar' ? 'scalar' : 'instant';
  const span = { from: left.span.from, to: right.span.to };
  return { kind: 'binary', type, operator, bool, matching, left, right, span, operatorSpan };
}

function putOperand(chain: Chain): Expression {
  const part = chain.parts[chain.at];
  chain.at += 1;
  if (part?.kind === 'sign') return signed(part, putTogether(chain, operandOfSign));
  if (part?.kind !== 'operand') throw new Error('Bug: the grammar gave an operation without an operand.');
  let operand = part.expression;
  for (let next = chain.parts[chain.at]; next?.kind === 'postfix'; next = chain.parts[chain.at]) {
    operand = attachPostfix(chain.build, operand, next.postfix);
    chain.at += 1;
  }
  return operand;
}

export function signed(
  { operator, span }: Pick<Extract<Part, { kind: 'sign' }>, 'operator' | 'span'>,
  operand: Expression,
): Expression {
  const whole = { from: span.from, to: operand.span.to };
  if (operand.kind === 'number')
    return { ...operand, value: operator === '-' ? -operand.value : operand.value, span: whole };
  const type = operand.type === 'scalar' ? 'scalar' : 'instant';
  return { kind: 'unary', type, operator, operand, span: whole };
}

function buildOperand(build: Build, cursor: TreeCursor, depth: number): Expression {
  const span = { from: cursor.from, to: cursor.to };
  switch (cursor.name) {
    case 'VectorSelector':
      return buildSelector(build, cursor);
    case 'StringLiteral':
      return { kind: 'string', type: 'string', value: readString(build.text.slice(span.from, span.to)), span };
    case 'ParenExpr':
      return buildParentheses(build, cursor, depth);
    case 'AggregateExpr':
    case 'FunctionCall':
      return buildCallOrAggregation(build, cursor, (child) => buildExpression(build, child, depth + 1));
    default:
      refuse(build, 'syntax', `${cursor.name} is nothing that can be read.`, span);
      return placeholder(cursor);
  }
}

function buildParentheses(build: Build, cursor: TreeCursor, depth: number): Expression {
  const span = { from: cursor.from, to: cursor.to };
  let operand: Expression = placeholder(cursor);
  eachChild(cursor, (child) => {
    operand = buildExpression(build, child, depth + 1);
  });
  return { kind: 'parentheses', type: operand.type, operand, span };
}

function placeholder({ from, to }: TreeCursor): NumberLiteral {
  return { kind: 'number', type: 'scalar', value: 0, span: { from, to } };
}
