import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutatedText } from '../../testing/mutations.ts';
import {
  type Expression,
  inferLabels,
  injectMatchers,
  parseExpression,
  printExpression,
  printPretty,
} from './index.ts';
import type { PromqlProblem } from './problem.ts';
import { currentDialect, type Dialect, debianDialect } from './versions.ts';
import { childrenOf, visitExpression } from './walk-expression.ts';

describe('what an expression means', () => {
  it.each([
    { name: 'offset belongs to the selector before it', text: 'a / b offset 5m', means: '(a / (b offset 5m))' },
    { name: 'a range belongs to the selector before it', text: '-rate(a[5m])', means: '(-rate(a[5m]))' },
    { name: '@ belongs to the selector before it', text: 'a + b @ 5 * c', means: '(a + ((b @ 5) * c))' },
    { name: 'a sign takes a power', text: '-1 ^ 2', means: '(-(1 ^ 2))' },
    { name: 'a sign does not take a product', text: '-a * b', means: '((-a) * b)' },
    { name: 'a power groups from the right', text: 'a ^ b ^ c', means: '(a ^ (b ^ c))' },
    { name: 'a difference groups from the left', text: 'a - b - c', means: '((a - b) - c)' },
    { name: 'and binds tighter than or', text: 'a or b and c', means: '(a or (b and c))' },
    { name: 'a comparison binds tighter than and', text: 'a and b > 1', means: '(a and (b > 1))' },
    { name: 'a number takes its sign', text: 'a + -1', means: '(a + -1)' },
    { name: 'octal and hexadecimal numbers', text: '010 + 0x1F', means: '(8 + 31)' },
    {
      name: 'a metric may be called as an operator',
      text: 'offset offset 5m + sum',
      means: '((offset{} offset 5m) + sum)',
    },
    { name: 'comments are skipped', text: '# one\na # two\n+ b', means: '(a + b)' },
    {
      name: 'a function that the grammar has lost',
      text: 'holt_winters(a[1h], 1, 1)',
      means: 'holt_winters(a[1h], 1, 1)',
    },
  ])('$name', ({ text, means }) => {
    expect(grouped(read(text))).toBe(means);
  });

  it('is a tree with the places of the text', () => {
    expect(read('sum by (job) (rate(up{job=~"a|b"}[5m])) > 1')).toEqual({
      kind: 'binary',
      type: 'instant',
      operator: '>',
      bool: false,
      matching: null,
      left: {
        kind: 'aggregation',
        type: 'instant',
        operator: 'sum',
        grouping: { kind: 'by', labels: ['job'], span: { from: 4, to: 12 } },
        parameter: null,
        operand: {
          kind: 'call',
          type: 'instant',
          name: 'rate',
          args: [
            {
              kind: 'range',
              type: 'range',
              selector: {
                kind: 'selector',
                type: 'instant',
                metric: 'up',
                matchers: [{ label: 'job', operator: '=~', value: 'a|b', span: { from: 22, to: 32 } }],
                when: { offset: null, at: null, edges: null },
                span: { from: 19, to: 33 },
              },
              range: { kind: 'fixed', ms: 300_000 },
              when: { offset: null, at: null, edges: null },
              span: { from: 19, to: 37 },
            },
          ],
          span: { from: 14, to: 38 },
        },
        span: { from: 0, to: 39 },
      },
      right: { kind: 'number', type: 'scalar', value: 1, span: { from: 42, to: 43 } },
      span: { from: 0, to: 43 },
      operatorSpan: { from: 40, to: 41 },
    });
  });

  it.each([
    { literal: '"a\\n\\x41\\u4e00\\101"', value: 'a\nA一A' },
    { literal: "'it\\'s'", value: "it's" },
    { literal: '`a\\b`', value: 'a\\b' },
    { literal: '"\\xe4\\xb8\\x80"', value: '一' },
  ])('the string $literal is read as Go reads it', ({ literal, value }) => {
    expect(read(`label_join(a, "b", ${literal})`)).toMatchObject({ args: [{}, {}, { kind: 'string', value }] });
  });
});

describe('an expression that Prometheus refuses', () => {
  it.each<{ name: string; text: string; problem: Partial<PromqlProblem>; at: string }>([
    { name: 'nothing', text: ' ', problem: { code: 'syntax', expected: 'an expression' }, at: ' ' },
    { name: 'no operand', text: 'a +', problem: { code: 'syntax', expected: 'an operand', found: 'the end' }, at: '' },
    { name: 'no operator', text: 'a b', problem: { code: 'syntax', expected: 'an operator', found: 'b' }, at: 'b' },
    { name: 'no closing parenthesis', text: 'sum(a', problem: { code: 'syntax', expected: ')' }, at: '' },
    { name: 'no closing quote', text: 'a{b="c}', problem: { code: 'syntax', expected: '"' }, at: '"c}' },
    {
      name: 'an escape that Go does not have',
      text: 'a{b="\\d"}',
      problem: { code: 'syntax', found: '\\d' },
      at: '\\d',
    },
    { name: 'a no-break space', text: 'a\u00a0+ b', problem: { code: 'syntax', found: '\u00a0' }, at: '\u00a0' },
    { name: 'units in the wrong order', text: 'a[1m1h]', problem: { code: 'syntax', found: '1m1h' }, at: '1m1h' },
    { name: 'a duration of nothing', text: 'a[0s]', problem: { code: 'duration', found: '0s' }, at: '0s' },
    { name: 'a duration of centuries', text: 'a[400y]', problem: { code: 'duration', found: '400y' }, at: '400y' },
    { name: 'a number that is too large', text: '1e999', problem: { code: 'syntax', found: '1e999' }, at: '1e999' },
    { name: 'a number next to a word', text: '1and a', problem: { code: 'syntax', found: '1and' }, at: '1and' },
    {
      name: 'an unknown function',
      text: 'raet(a[5m])',
      problem: { code: 'unknown-function', found: 'raet' },
      at: 'raet',
    },
    { name: 'an unknown short function', text: 'f(a)', problem: { code: 'unknown-function', found: 'f' }, at: 'f' },
    {
      name: 'rate of an instant vector',
      text: 'rate(a)',
      problem: { code: 'value-type', expected: 'a range vector', found: 'an instant vector' },
      at: 'a',
    },
    {
      name: 'a sum of a range',
      text: 'sum(a[5m])',
      problem: { code: 'value-type', found: 'a range vector' },
      at: 'a[5m]',
    },
    { name: 'an operation on a range', text: 'a[5m] + 1', problem: { code: 'value-type' }, at: 'a[5m]' },
    { name: 'a comparison of scalars', text: '1 > 2', problem: { code: 'value-type', expected: '> bool' }, at: '>' },
    { name: 'bool after what compares nothing', text: 'a + bool b', problem: { code: 'syntax' }, at: '+' },
    { name: 'a set operator with a scalar', text: 'a and 1', problem: { code: 'value-type' }, at: 'and' },
    {
      name: 'too many arguments',
      text: 'rate(a[5m], 1)',
      problem: { code: 'arguments', expected: '1 argument' },
      at: 'rate(a[5m], 1)',
    },
    { name: 'topk without its parameter', text: 'topk(a)', problem: { code: 'arguments', found: '1' }, at: 'topk(a)' },
    { name: 'an offset of a sum', text: 'sum(a) offset 5m', problem: { code: 'selector' }, at: ' offset 5m' },
    { name: 'a range after the offset', text: 'a offset 5m[5m]', problem: { code: 'selector' }, at: '[5m]' },
    { name: 'two offsets', text: 'a offset 5m offset 5m', problem: { code: 'selector' }, at: ' offset 5m' },
    { name: 'a selector of everything', text: '{a=~".*"}', problem: { code: 'selector' }, at: '{a=~".*"}' },
    { name: 'two names', text: 'a{__name__="b"}', problem: { code: 'selector' }, at: '__name__="b"' },
    { name: 'a look-ahead', text: 'a{b=~"(?!c)"}', problem: { code: 'pattern', found: '(?!c)' }, at: 'b=~"(?!c)"' },
    {
      name: 'a label in on and in group_left',
      text: 'a * on (b) group_left (b) c',
      problem: { code: 'vector-matching' },
      at: 'a * on (b) group_left (b) c',
    },
    {
      name: 'a group with a set operator',
      text: 'a and on (b) group_left c',
      problem: { code: 'vector-matching' },
      at: 'a and on (b) group_left c',
    },
    { name: 'a number as a label', text: 'sum by (inf) (a)', problem: { code: 'syntax', found: 'inf' }, at: 'inf' },
  ])('$name: $text', ({ text, problem, at }) => {
    const [first] = problemsOf(text);
    expect(first).toMatchObject(problem);
    expect(text.slice(first.span.from, first.span.to)).toBe(at);
  });

  it('has all its problems told, in the order of the text', () => {
    const problems = problemsOf('rate(a) + foo_total(b{c=~"("}) > sum(d[5m])');
    expect(problems.map(({ code }) => code)).toEqual(['value-type', 'unknown-function', 'pattern', 'value-type']);
  });
});

describe('what the releases read', () => {
  it.each([
    { name: 'a name in quotes', text: '{"a.b"}', old: 'not-in-version', current: null },
    { name: 'a label in quotes', text: 'sum by ("a.b") (c)', old: 'not-in-version', current: null },
    { name: 'a range without a unit', text: 'rate(a[300])', old: 'duration', current: null },
    { name: 'a duration as a number', text: 'a > 5m', old: 'not-in-version', current: null },
    { name: 'underscores in a number', text: 'a > 1_000', old: 'syntax', current: null },
    { name: 'an offset of nothing', text: 'a offset 0s', old: 'duration', current: null },
    { name: 'holt_winters', text: 'holt_winters(a[1h], 1, 1)', old: null, current: 'not-in-version' },
    { name: 'a range after @ start()', text: 'a @ start()[5m]', old: null, current: 'selector' },
    { name: 'a named group as in JavaScript', text: 'a{b=~"(?<n>c)"}', old: 'pattern', current: null },
    { name: 'a new function', text: 'histogram_avg(a)', old: 'not-in-version', current: null },
    {
      name: 'an experimental function',
      text: 'mad_over_time(a[5m])',
      old: 'not-in-version',
      current: 'not-in-version',
    },
    { name: 'an experimental aggregation', text: 'limitk(1, a)', old: 'not-in-version', current: 'not-in-version' },
    { name: 'a computed duration', text: 'a offset (5m)', old: 'not-in-version', current: 'not-in-version' },
    { name: 'fill', text: 'a + fill(0) b', old: 'not-in-version', current: 'not-in-version' },
    { name: 'anchored', text: 'rate(a[5m] anchored)', old: 'not-in-version', current: 'not-in-version' },
  ])('$name', ({ text, old, current }) => {
    expect([codeOf(text, debianDialect), codeOf(text, currentDialect)]).toEqual([old, current]);
  });

  it('a feature that is turned on is read', () => {
    const dialect: Dialect = {
      version: '3.15',
      features: ['experimental-functions', 'duration-expressions', 'extended-range-selectors', 'binop-fill-modifiers'],
    };
    const texts = ['mad_over_time(a[5m])', 'limitk (1, a)', 'a[step() * 2]', 'a + fill (0) b', 'a[5m] anchored'];
    expect(texts.map((text) => codeOf(text, dialect))).toEqual([null, null, null, null, null]);
    const printed = texts.map((text) => printExpression(read(text, dialect)));
    expect(printed.map((text) => codeOf(text, dialect))).toEqual([null, null, null, null, null]);
  });
});

describe('limits', () => {
  const deep: Readonly<Record<string, (count: number) => string>> = {
    parentheses: (count) => `${'('.repeat(count)}a${')'.repeat(count)}`,
    calls: (count) => `${'abs('.repeat(count)}a${')'.repeat(count)}`,
    signs: (count) => `${'-'.repeat(count)}a`,
    powers: (count) => `a${' ^ a'.repeat(count)}`,
    alternatives: (count) => `a${' or a'.repeat(count)}`,
    subqueries: (count) => `a${'[5m:]'.repeat(count)}`,
  };
  it.each(Object.entries(deep))('5,000 %s are refused with their reason, and 250 are no trouble', (_, make) => {
    expect(codeOf(make(5000), debianDialect)).toBe('too-deep');
    expect(codeOf(make(250), debianDialect)).not.toBe('too-deep');
  });

  it.each([
    { name: 'alternatives', text: `long_enough_to_matter${' or long_enough_to_matter'.repeat(150)}` },
    { name: 'offsets', text: `long_enough_to_matter offset 5m${' + long_enough_to_matter offset 5m'.repeat(74)}` },
    { name: 'products', text: `sum(${'rate(long_enough_to_matter[5m]) * '.repeat(150)}1) > 1` },
    { name: 'very long operands', text: `${'x'.repeat(2000)}${` + ${'x'.repeat(2000)}`.repeat(150)}` },
    { name: '500 short operands', text: `a${' + a'.repeat(500)}` },
  ])('150 operations in a row are read: $name', ({ text }) => {
    expect(codeOf(text, debianDialect)).toBeNull();
  });

  it('a long row that the grammar does not read is told as one', () => {
    const row = (first: string) => `${first}${` + ${'x'.repeat(2000)}`.repeat(200)}`;
    expect(codeOf(row('x'), debianDialect)).toBeNull();
    expect(codeOf(row('x @ start()'), debianDialect)).toBe('too-deep');
  });

  it('what is within the limits can be walked, printed and judged', () => {
    const text = `${'-(1 + sum('.repeat(140)}a${'))'.repeat(140)}`;
    const expression = injectMatchers(read(text), [{ label: 'tenant', operator: '=', value: 'x' }]);
    expect(codeOf(printPretty(expression), debianDialect)).toBeNull();
    expect(inferLabels(expression).others).toBe('absent');
  });
});

describe('any text', () => {
  const valid = 'sum by (job) (rate(a{b=~"c|d", e!=`f`}[5m] offset 1h)) / on (job) group_left () b > bool 0x1F # g';
  const texts = fc.oneof(fc.string({ unit: 'binary' }), mutatedText(valid));

  it('is read or refused, never thrown at, and every place lies in it', () => {
    const property = fc.property(texts, fc.constantFrom(debianDialect, currentDialect), (text, dialect) => {
      const parsed = parseExpression(text, dialect);
      const spans = parsed.kind === 'parsed' ? [parsed.expression.span] : parsed.problems.map(({ span }) => span);
      for (const { from, to } of spans) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(to).toBeLessThanOrEqual(text.length);
      }
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it('a part alone means what it means inside the whole, unless an operation takes it apart', () => {
    visitExpression(read(valid), (part) => {
      for (const child of childrenOf(part)) {
        expect(child.span.from).toBeGreaterThanOrEqual(part.span.from);
        expect(child.span.to).toBeLessThanOrEqual(part.span.to);
        expect(printExpression(read(valid.slice(child.span.from, child.span.to)))).toBe(printExpression(child));
      }
    });
  });
});

function read(text: string, dialect: Dialect = debianDialect): Expression {
  const parsed = parseExpression(text, dialect);
  if (parsed.kind === 'refused') throw new Error(`${text}: ${parsed.problems[0].text}`);
  return parsed.expression;
}

function problemsOf(text: string): readonly [PromqlProblem, ...PromqlProblem[]] {
  const parsed = parseExpression(text);
  if (parsed.kind === 'parsed') throw new Error(`${text} was read.`);
  return parsed.problems;
}

function codeOf(text: string, dialect: Dialect): string | null {
  const parsed = parseExpression(text, dialect);
  return parsed.kind === 'parsed' ? null : parsed.problems[0].code;
}

/** The text with parentheses around every operation, and around what has an offset or @. */
function grouped(expression: Expression): string {
  if (expression.kind === 'unary') return `(${expression.operator}${grouped(expression.operand)})`;
  if (expression.kind !== 'binary') {
    const text = printExpression(expression);
    return / (offset|@) /.test(text) ? `(${text})` : text;
  }
  return `(${grouped(expression.left)} ${expression.operator} ${grouped(expression.right)})`;
}
