import { expect, it } from 'vitest';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import type { JsonValue } from '../../toolkit/model/index.ts';
import { sampleGroup } from '../../toolkit/testing/sample-group.ts';
import { typeProblemsIn } from '../architecture/type-problems.ts';
import type { JsonDashboard } from './json-dashboard.ts';

// Grafana is in no package archive, so its own types for dashboards are what compiled ones are held against.
it('compiled dashboards have the types of the Grafana foundation SDK', () => {
  const dashboards = compileGroup(sampleGroup()).resources.filter(({ type }) => type === 'grafana-dashboard');
  expect(dashboards.length).toBeGreaterThan(0);
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
