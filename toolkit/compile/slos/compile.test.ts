import { httpEndpoint } from 'opsctl/cmdb';
import { expect, it } from 'vitest';
import { printYaml, type YamlValue } from '../../languages/yaml/index.ts';
import { defineSlo, type JsonObject, type Resource, type Slo } from '../../model/index.ts';
import { items, sampleGroup, sampleItem, sampleItems, sampleStacks } from '../../testing/sample-group.ts';
import { compileGroup } from '../compile-group.ts';

const up = { kind: 'timeSlice', of: httpEndpoint, signal: 'up', good: { equals: 1 }, slice: '1m' } as const;
const answers = defineSlo({
  id: 'mes-answers',
  title: { en: 'The MES answers', zh: 'MES 可用' },
  service: items.where({ class: 'http-endpoint' }),
  objective: 0.999,
  window: { rolling: '30d' },
  indicator: up,
  promised: { objective: 0.995, to: 'mes' },
  clauses: ['S0:A.10.2.b'],
});

const more = sampleItem('web-2', 'http-endpoint', { url: 'http://web-2.plant.example/' }, { criticality: 'critical' });

function compiled(slo: Slo, changes: Parameters<typeof sampleGroup>[0] = {}): readonly Resource[] {
  return compileGroup(sampleGroup({ stacks: sampleStacks((plant) => plant.uphold(slo)), ...changes })).resources;
}

function rulesOf(resources: readonly Resource[]): readonly JsonObject[] {
  const group = resources.find(({ address }) => address === 'plant/prometheus-rules/slo-mes-answers')?.spec.group;
  return (group as unknown as { readonly rules: readonly JsonObject[] }).rules;
}

it('an objective is one rule file, as the golden file has it', async () => {
  const resource = compiled(answers).find(({ address }) => address === 'plant/prometheus-rules/slo-mes-answers');
  expect(resource).toMatchObject({ owner: 'plant-ops', tenant: 'mes', criticality: 'high', clauses: ['S0:A.10.2.b'] });
  expect(resource?.source.file).toMatch(/compile\.test\.ts$/);
  await expect(printYaml({ groups: [resource?.spec.group] } as YamlValue)).toMatchFileSnapshot(
    './golden/mes-answers.yaml',
  );
});

it('it says of each item that it is part of the service, and of each part why it is there', () => {
  const resource = compiled(answers).find(({ address }) => address === 'plant/prometheus-rules/slo-mes-answers');
  expect(resource?.derivation.map(({ subject }) => subject)).toEqual(['mes-answers', 'plant', 'web-1']);
  const page = resource?.parts.find(({ name }) => name === 'SloBudgetBurning:1h');
  expect(page?.derivation[0]?.text).toBe(
    'Fires when 2 % of the budget of the last 30d would be gone within 1h: 14.4 times faster than allowed, over 1h and over 5m; 52s after everything fails.',
  );
});

it('a service of several items has the labels of none of them', () => {
  const [objective] = rulesOf(compiled(answers, { items: [...sampleItems, more] }));
  expect(objective?.labels).toEqual({
    slo: 'mes-answers',
    item: 'mes-answers',
    class: 'service',
    tier: 'L3',
    site: 'plant',
    tenant: 'shared',
    team: 'plant-ops',
    criticality: 'critical',
    period: '30d',
  });
});

it('a laboratory runs its windows faster, and keeps their names', () => {
  const { surroundings } = sampleGroup();
  const rules = rulesOf(compiled(answers, { surroundings: { ...surroundings, speed: 30 } }));
  expect(rules.find(({ labels }) => (labels as JsonObject)?.window === '1h')?.expr).toContain('[2m]');
});

it('is seen on a dashboard where it is upheld and at every tier above', () => {
  const dashboards = compiled(answers).filter(({ address }) => address.endsWith('grafana-dashboard/objectives'));
  expect(dashboards.map(({ address }) => address)).toEqual([
    'hq/grafana-dashboard/objectives',
    'plant/grafana-dashboard/objectives',
    'region/grafana-dashboard/objectives',
  ]);
});

it('nothing of it is there where nothing is upheld', () => {
  const { resources } = compileGroup(sampleGroup());
  expect(resources.filter(({ address }) => /slo-|objectives/.test(address))).toEqual([]);
});
