import { afterEach, expect, it } from 'vitest';
import { type Behaviour, type FaultyServer, startFaultyServer } from '../../test/support/faulty-server.ts';
import { defineSlo, items } from '../model/index.ts';
import type { Repository } from './contract.ts';
import { readErrorBudgets } from './error-budgets.ts';

let server: FaultyServer | null = null;
afterEach(async () => {
  await server?.stop();
});

const slo = defineSlo({
  id: 'answers',
  title: { en: 'Answers', zh: '可用' },
  service: items.where({ id: 'web-1' }),
  objective: 0.99,
  window: { rolling: '28d' },
  indicator: { kind: 'ratio', good: { metric: 'good_total' }, total: { metric: 'good_total' } },
});

async function budgetWith(settings: Readonly<Record<string, string>>) {
  const bindings = { targets: [{ stack: 'plant', target: 'prometheus', provider: 'prometheus', settings }] };
  const [budget] = await readErrorBudgets({
    // Nothing else of it is looked at.
    repository: { bindings } as unknown as Repository,
    objectives: [{ slo, stack: 'plant', items: ['web-1'], operators: ['plant'], source: slo.source }],
    secrets: async () => '',
    signal: new AbortController().signal,
  });
  return budget;
}

const sample = (name: string, value: string, labels: object = {}) => ({
  metric: { __name__: `slo:${name}`, slo: 'answers', ...labels },
  value: [0, value],
});
const answering = (body: unknown): Behaviour => ({ kind: 'answer', status: 200, body: JSON.stringify(body) });
const result = (...samples: readonly object[]) => answering({ status: 'success', data: { result: samples } });

it.each([
  {
    name: 'what is left, attained and burning is read by the labels of the objective',
    behaviour: result(
      sample('budget_remaining', '0.25'),
      sample('error_ratio', '0.0075', { window: '4w' }),
      sample('error_ratio', '0.5', { window: '1h' }),
      sample('burn_rate', '50', { window: '1h' }),
      sample('budget_remaining', '-9', { slo: 'other' }),
    ),
    expected: { state: 'left', remaining: 0.25, attained: 0.9925, burn: { '1h': 50 }, reason: null },
  },
  {
    name: 'none left is spent',
    behaviour: result(sample('budget_remaining', '0')),
    expected: { state: 'spent', remaining: 0, attained: null },
  },
  {
    name: 'what is no number is not known',
    behaviour: result(sample('budget_remaining', 'NaN')),
    expected: { state: 'unknown', remaining: null },
  },
  {
    name: 'nothing measured is not known',
    behaviour: result(),
    expected: { state: 'unknown', reason: 'nothing is measured yet, or its rules are not applied' },
  },
  {
    name: 'another answer is not known',
    behaviour: answering({ hello: 'world' }),
    expected: { state: 'unknown', reason: 'the server answers with something else than a query result' },
  },
  {
    name: 'an error is not known, with its words',
    behaviour: { kind: 'answer', status: 503, body: 'starting' } as const,
    expected: { state: 'unknown', reason: expect.stringContaining('status 503') },
  },
])('$name', async ({ behaviour, expected }) => {
  server = await startFaultyServer(() => behaviour);
  expect(await budgetWith({ url: server.url, directory: '/x' })).toMatchObject(expected);
  expect(server.calls).toHaveLength(1);
});

it('a binding without a url is not asked', async () => {
  expect(await budgetWith({ directory: '/x' })).toMatchObject({
    state: 'unknown',
    reason: 'the binding of the prometheus of plant has no url',
  });
});
