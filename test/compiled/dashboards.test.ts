import { definePanel, defineScreen, defineSlo, standardPanels } from 'opsctl';
import { httpEndpoint } from 'opsctl/cmdb';
import { expect, it } from 'vitest';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import type { JsonValue } from '../../toolkit/model/index.ts';
import { items, sampleGroup, sampleStacks } from '../../toolkit/testing/sample-group.ts';
import { typeProblemsIn } from '../architecture/type-problems.ts';
import type { JsonDashboard } from './json-dashboard.ts';

const objective = defineSlo({
  id: 'mes-answers',
  title: { en: 'The MES answers', zh: 'MES 可用' },
  service: items.where({ id: 'web-1' }),
  objective: 0.999,
  window: { rolling: '30d' },
  indicator: { kind: 'timeSlice', of: httpEndpoint, signal: 'up', good: { equals: 1 }, slice: '1m' },
});

const title = { en: 'Boilers', zh: '锅炉' };
const everyView = [
  { kind: 'number', sparkline: true },
  { kind: 'map' },
  { kind: 'trend', stacked: true, legend: 'list' },
  { kind: 'bars' },
  { kind: 'gauge' },
  { kind: 'states' },
  { kind: 'table', columns: [{ label: 'item', title }] },
  { kind: 'text', markdown: title },
] as const;
const ownPanels = everyView.map((show, index) => ({
  panel: definePanel({
    id: `own-${index}`,
    title,
    show,
    queries: [{ expr: 'up', legend: '{{item}}' }],
    unit: 'celsius',
  }),
  x: (index % 6) * 4,
  y: 10 + Math.floor(index / 6) * 5,
  width: 4,
  height: 5,
}));
const wall = defineScreen({
  id: 'wall',
  title,
  tiles: [{ panel: standardPanels.itemMap, x: 0, y: 0, width: 24, height: 10 }, ...ownPanels],
});

// Grafana is in no package archive, so its own types for dashboards are what compiled ones are held against.
it('compiled dashboards have the types of the Grafana foundation SDK', () => {
  const stacks = sampleStacks((plant) => plant.uphold(objective).display(wall));
  const { resources } = compileGroup(sampleGroup({ stacks }));
  const dashboards = resources.filter(({ type }) => type === 'grafana-dashboard');
  const kinds = ['objectives', 'overview', 'service-web-1', 'screen-wall', 'host'];
  const names = dashboards.map(({ address }) => String(address));
  expect(names).toEqual(expect.arrayContaining(kinds.map((name) => `plant/grafana-dashboard/${name}`)));
  expect(problemsIn(dashboards.map(({ spec }) => spec.dashboard ?? null))).toEqual([]);
});

it('a dashboard of another shape is found out', () => {
  const thresholds = { mode: 'relative', steps: [] };
  const panel = { type: 'timeseries', fieldConfig: { defaults: { thresholds }, overrides: [] } };
  const right: JsonDashboard = { schemaVersion: 39, templating: {}, annotations: {} };
  expect(problemsIn([{ ...right }])).toEqual([]);
  const problems = problemsIn([{ ...right, schemaVersion: 'last', panels: [panel] }]);
  expect(problems).toContain("Type 'string' is not assignable to type 'number'.");
  expect(problems.some((text) => text.includes('"relative"'))).toBe(true);
});

function problemsIn(dashboards: readonly JsonValue[]): readonly string[] {
  const constants = dashboards.map(
    (dashboard, index) => `export const dashboard${index}: JsonDashboard = ${JSON.stringify(dashboard)};`,
  );
  const lines = ["import type { JsonDashboard } from './json-dashboard.ts';", ...constants];
  return typeProblemsIn(lines.join('\n'), 'test/compiled');
}
