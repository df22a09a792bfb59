import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import { runProgram } from '../../toolkit/host/run-program.ts';
import { printYaml } from '../../toolkit/languages/yaml/index.ts';
import { sampleGroup } from '../../toolkit/testing/sample-group.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['promtool']);
const labels =
  'item="web-1",class="http-endpoint",tier="L3",site="plant",tenant="mes",team="plant-ops",criticality="high"';

/** What overviews and big screens colour items by, evaluated by Prometheus' own tool. */
describe.skipIf(!programs.available)(programs.title('the state of items under promtool'), () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opsctl-item-state-'));
    const { resources } = compileGroup(sampleGroup());
    const { spec } = resources.find(({ address }) => address === 'plant/prometheus-rules/item-state')!;
    await writeFile(join(folder, 'rules.yaml'), printYaml({ groups: [spec.group] } as never));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const alert = (severity: string, more = '') =>
    `ALERTS{alertname="Down",alertstate="firing",severity="${severity}",${more}${labels}}`;
  const up = `up{job="probe",${labels}}`;

  it.each([
    { name: 'nothing fires', series: [[up, '1x10']], state: 0 },
    { name: 'it does not answer and nothing fires yet', series: [[up, '0x10']], state: 0 },
    {
      name: 'a warning fires',
      series: [
        [up, '1x10'],
        [alert('warning'), '1x10'],
      ],
      state: 1,
    },
    {
      name: 'a critical alert fires beside a warning',
      series: [
        [alert('warning'), '1x10'],
        [alert('critical'), '1x10'],
      ],
      state: 2,
    },
    {
      name: 'an alert is only pending',
      series: [
        [up, '1x10'],
        [alert('critical').replace('firing', 'pending'), '1x10'],
      ],
      state: 0,
    },
    {
      name: 'the alert is told to the tier above as well',
      series: [
        [up, '1x10'],
        [alert('critical', 'escalated="hq",'), '1x10'],
      ],
      state: 0,
    },
    {
      name: 'the Watchdog fires',
      series: [
        [up, '1x10'],
        [alert('info').replace('Down', 'Watchdog'), '1x10'],
      ],
      state: 0,
    },
    {
      name: 'what came from below says otherwise',
      series: [
        [up, '1x10'],
        [`signal:alerts_firing{severity="critical",${labels}}`, '1x10'],
      ],
      state: 0,
    },
  ] as const)('is $state when $name', async ({ series, state }) => {
    const test = {
      rule_files: [join(folder, 'rules.yaml')],
      evaluation_interval: '30s',
      tests: [
        {
          interval: '30s',
          input_series: series.map(([name, values]) => ({ series: name, values })),
          promql_expr_test: [
            {
              expr: 'signal:item_state',
              eval_time: '3m',
              exp_samples: [{ labels: `signal:item_state{${labels}}`, value: state }],
            },
          ],
        },
      ],
    };
    const file = join(folder, 'test.yaml');
    await writeFile(file, printYaml(test as never));
    const { stdout, stderr } = await runProgram(programs.path('promtool'), ['test', 'rules', file], {
      timeoutMs: 30_000,
    });
    expect(`${stdout}${stderr}`).toContain('SUCCESS');
  });
});
