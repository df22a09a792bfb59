import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BinaryOperator, Expression } from './expression.ts';
import { now } from './expression.ts';
import { parseExpression } from './parse-expression.ts';
import { printExpression } from './print-expression.ts';
import { printPretty } from './print-pretty.ts';

describe('printExpression', () => {
  it.each([
    { text: 'sum(rate( x [ 5m ] ))by(job)', printed: 'sum by (job) (rate(x[5m]))' },
    { text: 'a{b="c",}', printed: 'a{b="c"}' },
    { text: 'a{}', printed: 'a' },
    { text: "a{b='c', d!~`e\\.f`}", printed: 'a{b="c", d!~"e\\\\.f"}' },
    { text: 'x/ignoring(a)group_left(b)y', printed: 'x / ignoring (a) group_left (b) y' },
    { text: 'x > bool on() y', printed: 'x > bool on () y' },
    { text: 'x and ignoring() y', printed: 'x and y' },
    { text: 'x[90m] @ 1e3 offset -7d', printed: 'x[1h30m] @ 1000 offset -1w' },
    { text: 'x @ end() offset 5m', printed: 'x @ end() offset 5m' },
    { text: 'max_over_time((a+b)[1h:])', printed: 'max_over_time((a + b)[1h:])' },
    { text: '+Inf * NaN - .5', printed: 'Inf * NaN - 0.5' },
    { text: 'quantile without (le) (0.9, x)', printed: 'quantile without (le) (0.9, x)' },
  ])('$text is printed as $printed', ({ text, printed }) => {
    expect(printExpression(read(text))).toBe(printed);
  });

  it('puts parentheses where a compiler grouped otherwise than a text would', () => {
    const sum = binary('+', selector('a'), selector('b'));
    expect(printExpression(binary('*', sum, sum))).toBe('(a + b) * (a + b)');
    expect(printExpression(binary('^', binary('^', selector('a'), selector('b')), sum))).toBe('(a ^ b) ^ (a + b)');
    expect(printExpression(binary('^', { ...number, value: -1 }, selector('a')))).toBe('(-1) ^ a');
    expect(printExpression({ ...sign, operand: sum })).toBe('-(a + b)');
    expect(printExpression(binary('-', selector('a'), binary('-', selector('a'), sum)))).toBe('a - (a - (a + b))');
  });

  it('reads back as the same operations, however a compiler grouped them', () => {
    const property = fc.property(tree(4), (expression) => {
      const same = { ...expression };
      expect(shape(read(printExpression(same)))).toEqual(shape(expression));
      expect(shape(read(printPretty(same, 10)))).toEqual(shape(expression));
    });
    fc.assert(property, { numRuns: 2000 });
  });
});

describe('printPretty', () => {
  it('leaves what fits on one line', () => {
    expect(printPretty(read('sum by (job)(up) > 1'))).toBe('sum by (job) (up) > 1');
  });

  it('gives each operand a line, down to those that fit', () => {
    const text =
      '1 - avg without (cpu, mode) (sum without (mode) (rate(node_cpu_seconds_total{class="host",mode=~"idle|iowait"}[5m]))) > on (item) group_left () (override:threshold{alert="HostCpuBusy"} or vector(0.9))';
    expect(printPretty(read(text), 80)).toBe(
      [
        '1',
        '-',
        'avg without (cpu, mode) (',
        '  sum without (mode) (',
        '    rate(node_cpu_seconds_total{class="host", mode=~"idle|iowait"}[5m])',
        '  )',
        ')',
        '> on (item) group_left ()',
        '(override:threshold{alert="HostCpuBusy"} or vector(0.9))',
      ].join('\n'),
    );
  });
});

const nowhere = { from: 0, to: 0 };
const number = { kind: 'number', type: 'scalar', value: 1, span: nowhere } as const;
const sign = { kind: 'unary', type: 'instant', operator: '-', operand: number, span: nowhere } as const;

function selector(metric: string): Expression {
  return { kind: 'selector', type: 'instant', metric, matchers: [], when: now, span: nowhere };
}

function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  const rest = { bool: false, matching: null, span: nowhere, operatorSpan: nowhere };
  return { kind: 'binary', type: 'instant', operator, left, right, ...rest };
}

/** Trees that have no parentheses of their own, as compilers make them. */
function tree(depth: number): fc.Arbitrary<Expression> {
  const leaf = fc.constantFrom('a', 'b').map(selector);
  if (depth === 0) return leaf;
  const inner = tree(depth - 1);
  const operator = fc.constantFrom<BinaryOperator>('+', '-', '*', '/', '^', 'and', 'or', '>', 'atan2');
  const side = fc.oneof(
    inner,
    inner,
    fc.constantFrom(-1, 2).map((value) => ({ ...number, value })),
  );
  return fc.oneof(
    leaf,
    fc.tuple(operator, inner, inner).map(([sign, left, right]) => binary(sign, left, right)),
    fc
      .tuple(fc.constantFrom<BinaryOperator>('+', '^', '*'), side, inner)
      .map(([of, left, right]) => binary(of, left, right)),
    fc
      .tuple(fc.constantFrom<BinaryOperator>('-', '^', '/'), inner, side)
      .map(([of, left, right]) => binary(of, left, right)),
    inner.map((operand): Expression => ({ ...sign, operand })),
    inner.map((operand): Expression => {
      const range = { kind: 'fixed', ms: 1000 } as const;
      const history = {
        kind: 'subquery',
        type: 'range',
        operand,
        range,
        step: null,
        when: now,
        span: nowhere,
      } as const;
      return { kind: 'call', type: 'instant', name: 'max_over_time', args: [history], span: nowhere };
    }),
  );
}

/** Without parentheses and places. */
function shape(expression: Expression): unknown {
  switch (expression.kind) {
    case 'parentheses':
      return shape(expression.operand);
    case 'binary':
      return [expression.operator, shape(expression.left), shape(expression.right)];
    case 'unary':
      return ['sign', shape(expression.operand)];
    case 'call':
      return [expression.name, ...expression.args.map(shape)];
    case 'subquery':
      return ['history', shape(expression.operand)];
    default:
      return printExpression(expression);
  }
}

function read(text: string): Expression {
  const parsed = parseExpression(text);
  if (parsed.kind === 'refused') throw new Error(`${text}: ${parsed.problems[0].text}`);
  return parsed.expression;
}
