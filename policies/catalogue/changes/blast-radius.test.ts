import { aChange, aPlan, aPolicyInput, aResource, aStack, findingsOf } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { blastRadius } from './blast-radius.ts';

const plants = ['plant-1', 'plant-2', 'plant-3', 'plant-4'];
const stacks = plants.map((plant) => aStack(plant));
const file = (stack: string, tenant: string | null = null) => aResource(`${stack}/prometheus-rules/host`, { tenant });
const four = 'warning sites: The plan changes what is in place for 4 sites: plant-1, plant-2, plant-3, plant-4.';
const two = 'warning tenants: The plan changes what is in place for 2 tenants: erp, mes.';

it.each([
  {
    name: 'three sites pass',
    changes: plants.slice(0, 3).map((plant) => aChange('update', file(plant))),
    findings: [],
  },
  { name: 'four sites fail', changes: plants.map((plant) => aChange('update', file(plant))), findings: [four] },
  {
    name: 'deletes and replacements count',
    changes: plants.map((plant, index) => aChange(index % 2 ? 'delete' : 'replace', file(plant))),
    findings: [four],
  },
  { name: 'what is new touches nobody', changes: plants.map((plant) => aChange('create', file(plant))), findings: [] },
  {
    name: 'records touch nobody',
    changes: plants.map((plant, index) => aChange(index % 2 ? 'forget' : 'adopt', file(plant))),
    findings: [],
  },
  {
    name: 'one tenant passes',
    changes: [aChange('update', file('plant-1', 'mes')), aChange('update', file('plant-2', 'mes'))],
    findings: [],
  },
  {
    name: 'two tenants fail',
    changes: [aChange('update', file('plant-1', 'mes')), aChange('update', file('plant-2', 'erp'))],
    findings: [two],
  },
  { name: 'no changes pass', changes: [], findings: [] },
])('$name', ({ changes, findings }) => {
  expect(findingsOf(blastRadius, aPolicyInput({ stacks, plan: aPlan(changes) }))).toEqual(findings);
});

it('two control points of one site are one site', () => {
  const twins = ['a', 'b', 'c', 'd'].map((name) => aStack(name, { site: 'plant-1' }));
  const plan = aPlan(twins.map(({ name }) => aChange('update', file(name))));
  expect(findingsOf(blastRadius, aPolicyInput({ stacks: twins, plan }))).toEqual([]);
});
