import { defineSlo, items } from 'opsctl';
import { aChange, aPlan, aResource } from 'opsctl/testing';
import { expect, it } from 'vitest';
import type { ErrorBudget, UpheldObjective } from '../../../toolkit/operate/index.ts';
import { concernedObjectives, judgeBudgets } from './judge-budgets.ts';

const slo = defineSlo({
  id: 'answers',
  title: { en: 'Answers', zh: '可用' },
  service: items.where({ id: 'web-1' }),
  objective: 0.99,
  window: { rolling: '30d' },
  indicator: { kind: 'ratio', good: { metric: 'good_total' }, total: { metric: 'good_total' } },
});
/** Upheld at the region, of an item that the plant operates. */
const objective: UpheldObjective = {
  slo,
  stack: 'region-east',
  items: ['web-1'],
  operators: ['plant-east-1'],
  source: { file: 'stacks/region-east.ts', line: 1, column: 1 },
};
const budget = (state: ErrorBudget['state'], remaining: number | null): ErrorBudget => ({
  slo: 'answers',
  stack: 'region-east',
  objective: 0.99,
  window: { rolling: '30d' },
  state,
  attained: null,
  remaining,
  burn: {},
  reason: state === 'unknown' ? 'nobody answers' : null,
});
const rules = (stack: string, name = 'host') => aResource(`${stack}/prometheus-rules/${name}`);

it.each([
  {
    name: 'a change where it is upheld, with budget left',
    changes: [aChange('update', rules('region-east'))],
    given: budget('left', 0.2),
    codes: [],
  },
  {
    name: 'a change where it is upheld, with none left',
    changes: [aChange('update', rules('region-east'))],
    given: budget('spent', 0),
    codes: ['budget/spent'],
  },
  {
    name: 'a change where its item is operated',
    changes: [aChange('update', rules('plant-east-1'))],
    given: budget('spent', -3),
    codes: ['budget/spent'],
  },
  { name: 'a change elsewhere', changes: [aChange('update', rules('hq'))], given: budget('spent', 0), codes: [] },
  {
    name: 'nothing but records',
    changes: [aChange('no-op', rules('region-east'))],
    given: budget('spent', 0),
    codes: [],
  },
  {
    name: 'a budget that nobody can tell',
    changes: [aChange('delete', rules('plant-east-1'))],
    given: budget('unknown', null),
    codes: ['budget/unknown'],
  },
  {
    name: 'one that the plan begins to measure',
    changes: [aChange('create', rules('region-east', 'slo-answers'))],
    given: budget('unknown', null),
    codes: [],
  },
  {
    name: 'one of another stack that it begins to measure',
    changes: [aChange('create', rules('plant-east-1', 'slo-answers'))],
    given: budget('unknown', null),
    codes: ['budget/unknown'],
  },
])('$name', ({ changes, given, codes }) => {
  const concerned = concernedObjectives(aPlan(changes), [objective]);
  expect(judgeBudgets(concerned, [given]).map(({ code }) => code)).toEqual(codes);
});

it('a refusal says what is left and which stacks are changed', () => {
  const changes = [aChange('update', rules('plant-east-1')), aChange('update', rules('region-east'))];
  const [finding] = judgeBudgets(concernedObjectives(aPlan(changes), [objective]), [budget('spent', -0.254)]);
  expect(finding?.detail).toBe(
    'answers, upheld by region-east, has -25 % of its error budget left, and the plan changes plant-east-1, region-east, on which it depends.',
  );
});
