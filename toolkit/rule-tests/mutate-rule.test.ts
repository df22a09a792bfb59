import { expect, it } from 'vitest';
import { debianDialect, parseExpression, printExpression } from '../languages/promql/index.ts';
import { mutateRule } from './mutate-rule.ts';

it.each([
  {
    name: 'a threshold is halved, doubled and moved a little; its operator takes the edge in, and is turned',
    text: 'a > 10',
    mutants: ['a > 5', 'a > 20', 'a > 9', 'a > 11', 'a >= 10', 'a < 10'],
  },
  {
    name: 'a threshold of zero is moved by one',
    text: 'a == 0',
    mutants: ['a == 1', 'a == -1', 'a != 0'],
  },
  {
    name: 'a matcher is dropped in all selectors at once',
    text: 'a{class="host"} / b{class="host",mode="idle"}',
    mutants: ['a / b{mode="idle"}', 'a{class="host"} / b{class="host"}'],
  },
  {
    name: 'what an alert is restricted by is dropped',
    text: 'a unless on (item) b',
    mutants: ['a'],
  },
  {
    name: 'a window is doubled and halved',
    text: 'rate(a[5m]) + rate(b[5m])',
    mutants: ['rate(a[10m]) + rate(b[10m])', 'rate(a[2m30s]) + rate(b[2m30s])'],
  },
])('$name', ({ text, mutants }) => {
  const found = mutateRule({ expression: parse(text), forMs: 0 });
  expect(found.map(({ expression }) => printExpression(expression))).toEqual(mutants);
});

it('the waiting time is dropped and doubled', () => {
  const waits = mutateRule({ expression: parse('a'), forMs: 300_000 });
  expect(waits.map(({ title, forMs }) => ({ title, forMs }))).toEqual([
    { title: 'for 5m becomes 0s', forMs: 0 },
    { title: 'for 5m becomes 10m', forMs: 600_000 },
  ]);
});

function parse(text: string) {
  const parsed = parseExpression(text, debianDialect);
  if (parsed.kind === 'refused') throw new Error(`${text} is not PromQL.`);
  return parsed.expression;
}
