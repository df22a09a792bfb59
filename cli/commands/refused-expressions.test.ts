import { expect, it } from 'vitest';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import { defineRules, rule, type StackDeclaration } from '../../toolkit/model/index.ts';
import type { Content, Repository } from '../../toolkit/operate/index.ts';
import { sampleGroup, sampleStacks } from '../../toolkit/testing/sample-group.ts';
import { findRefusedExpressions } from './refused-expressions.ts';

it.each([
  { name: 'what Prometheus reads is not told', expr: 'sum by (item) (pump_flow)', told: [] },
  {
    name: 'a bracket that is left open',
    expr: 'sum(pump_flow',
    told: ['error promql/syntax plant/prometheus-rules/own#signal:pump_flow'],
  },
  {
    name: 'a function that there is not',
    expr: 'rat(pump_flow[5m])',
    told: ['error promql/unknown-function plant/prometheus-rules/own#signal:pump_flow'],
  },
  { name: 'one that only a newer Prometheus has is for lint', expr: 'first_over_time(pump_flow[5m])', told: [] },
  {
    name: 'a signal that has lost its item',
    expr: 'sum(pump_flow)',
    told: ['error lint/item-lost plant/prometheus-rules/own#signal:pump_flow'],
  },
])('$name', async ({ expr, told }) => {
  const rules = defineRules({ id: 'own', rules: [rule({ record: 'signal:pump_flow', expr })] });
  const stacks = sampleStacks((plant: StackDeclaration) => plant.include(rules));
  const { resources, diagnostics } = compileGroup(sampleGroup({ stacks }));
  expect(diagnostics).toEqual([]);
  const content = { resources, stacks: stacks.map(({ name, parent }) => ({ name, parent })) } as unknown as Content;
  const found = await findRefusedExpressions({ root: '/nowhere' } as Repository, content, '2026-11-22');
  expect(found.map(({ severity, code, subject }) => `${severity} ${code} ${subject}`)).toEqual(told);
});
