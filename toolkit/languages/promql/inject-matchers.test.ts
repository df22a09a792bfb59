import { expect, it } from 'vitest';
import { injectMatchers } from './inject-matchers.ts';
import { parseExpression } from './parse-expression.ts';
import { printExpression } from './print-expression.ts';

const tenant = { label: 'tenant', operator: '=', value: 'a' } as const;

it.each([
  { name: 'a selector without braces', text: 'up', injected: 'up{tenant="a"}' },
  {
    name: 'every selector, in ranges and subqueries too',
    text: 'max_over_time((rate(x{b="c"}[5m]) / y)[1h:]) > 1',
    injected: 'max_over_time((rate(x{b="c", tenant="a"}[5m]) / y{tenant="a"})[1h:]) > 1',
  },
  {
    name: 'a selector without a name',
    text: '{__name__=~"x.*"} offset 5m',
    injected: '{__name__=~"x.*", tenant="a"} offset 5m',
  },
  { name: 'what is there already stays once', text: 'up{tenant="a"}', injected: 'up{tenant="a"}' },
  { name: 'another value stays, so nothing is taken', text: 'up{tenant="b"}', injected: 'up{tenant="b", tenant="a"}' },
  {
    name: 'parameters of aggregations',
    text: 'topk(scalar(n), x)',
    injected: 'topk(scalar(n{tenant="a"}), x{tenant="a"})',
  },
])('$name', ({ text, injected }) => {
  const result = printExpression(injectMatchers(read(text), [tenant]));
  expect(result).toBe(injected);
  expect(parseExpression(result).kind).toBe('parsed');
});

it('only where it is meant', () => {
  const expression = injectMatchers(read('a / b'), [tenant], ({ metric }) => metric === 'b');
  expect(printExpression(expression)).toBe('a / b{tenant="a"}');
});

function read(text: string) {
  const parsed = parseExpression(text);
  if (parsed.kind === 'refused') throw new Error(`${text}: ${parsed.problems[0].text}`);
  return parsed.expression;
}
