import { describe, expect, it } from 'vitest';
import { type JsonObject, makeAddress, plainLifecycle, type Resource } from '../../toolkit/model/index.ts';
import { runPromtool } from '../../toolkit/operate/run-promtool.ts';
import { batchTests, caseNames, generateTests, ruleDocument, testDocument } from '../../toolkit/rule-tests/index.ts';
import { plainResource } from '../../toolkit/testing/arbitraries.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['promtool']);

/** Functions that rule sets of others use and the catalogue hardly does; promtool says whether the model of them is right. */
describe.skipIf(!programs.available)(programs.title('generated tests of alerts as others write them'), () => {
  it.each([
    'changes(process_start_time_seconds{class="pump"}[15m]) > 2',
    'resets(pump_starts_total{class="pump"}[1h]) > 3',
    'predict_linear(tank_free_litres{class="pump"}[6h], 4 * 3600) < 0',
    'tank_free_litres{class="pump"} / tank_size_litres{class="pump"} < 0.2 and predict_linear(tank_free_litres{class="pump"}[6h], 24 * 3600) < 0',
    'predict_linear(sludge_litres{class="pump"}[1h], 3600) > 500',
    'quantile_over_time(0.95, pump_seconds{class="pump"}[10m]) > 3',
    'label_join(pump_hot{class="pump"}, "place", "/", "item", "job") > 60',
    'max by (item) (label_join(pump_hot{class="pump"}, "place", "-", "class")) > 60',
  ])('%s', async (expr) => {
    const { tests, uncovered } = generateTests({
      ...alertOn(expr),
      declared: [],
      isPaced: false,
      isWanted: () => true,
    });
    expect(uncovered).toEqual([]);
    expect(tests.map((test) => test.case)).toEqual(expect.arrayContaining([...caseNames]));
    const jobs = batchTests(tests).map((batch) => ({
      tests: testDocument(batch, 'rules.json'),
      rules: { 'rules.json': ruleDocument(batch.rules) },
    }));
    const options = { program: programs.path('promtool'), signal: new AbortController().signal, onProgress: () => {} };
    const verdicts = await runPromtool(jobs, options);
    expect(verdicts.flatMap(({ failures }) => [...failures])).toEqual([]);
    expect(verdicts.every(({ passed }) => passed)).toBe(true);
  });
});

function alertOn(expr: string): { readonly resources: readonly Resource[] } {
  const annotations = { summary: '{{ $labels.item }} {{ $labels.place }} has {{ $value | humanize }}' };
  const rules = [{ alert: 'Odd', expr, for: '5m', labels: { severity: 'warning' }, annotations }];
  const target = { targets: ['pump-1:1'], labels: { item: 'pump-1', class: 'pump' } };
  return {
    resources: [
      resource('prometheus-rules', 'pump', { group: { name: 'pump', rules } }),
      resource('prometheus-targets', 'pump-own', { name: 'pump-own', groups: [target] }),
    ],
  };
}

function resource(type: string, name: string, spec: JsonObject): Resource {
  const address = makeAddress({ stack: 'plant', type, name });
  return plainResource(address, { type, target: 'prometheus', spec, lifecycle: plainLifecycle });
}
