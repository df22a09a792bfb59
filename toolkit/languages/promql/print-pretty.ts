import type { Expression } from './expression.ts';
import {
  leftFits,
  printAggregationHead,
  printExpression,
  printOperator,
  printSubqueryRange,
  rightFits,
  signFits,
  subqueryFits,
} from './print-expression.ts';

/** An expression for people: on one line where it fits, else an operand to a line. Reads back as the same. */
export function printPretty(expression: Expression, width = 100): string {
  return prettyAt({ width, indent: '' }, expression);
}

interface Layout {
  readonly width: number;
  readonly indent: string;
}

function prettyAt(layout: Layout, expression: Expression): string {
  const line = printExpression(expression);
  if (layout.indent.length + line.length <= layout.width) return line;
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'selector':
    case 'range':
      return line;
    case 'parentheses':
      return `(${block(layout, [expression.operand])})`;
    case 'call':
      return `${expression.name}(${block(layout, expression.args)})`;
    case 'aggregation': {
      const { parameter, operand } = expression;
      return `${printAggregationHead(expression)}(${block(layout, parameter === null ? [operand] : [parameter, operand])})`;
    }
    case 'unary':
      return `${expression.operator}${part(layout, expression.operand, signFits(expression))}`;
    case 'subquery':
      return `${part(layout, expression.operand, subqueryFits(expression))}${printSubqueryRange(expression)}`;
    case 'binary': {
      const left = part(layout, expression.left, leftFits(expression));
      const right = part(layout, expression.right, rightFits(expression));
      return `${left}\n${layout.indent}${printOperator(expression)}\n${layout.indent}${right}`;
    }
    default:
      return expression satisfies never;
  }
}

function part(layout: Layout, operand: Expression, fits: boolean): string {
  return fits ? prettyAt(layout, operand) : `(${block(layout, [operand])})`;
}

/** Operands on lines of their own, one step to the right. */
function block({ width, indent }: Layout, operands: readonly Expression[]): string {
  const inner = { width, indent: `${indent}  ` };
  const lines = operands.map((operand) => `\n${inner.indent}${prettyAt(inner, operand)}`);
  return operands.length === 0 ? '' : `${lines.join(',')}\n${indent}`;
}
