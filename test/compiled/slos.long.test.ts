import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineSlo, type Slo } from 'opsctl';
import { httpEndpoint } from 'opsctl/cmdb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import { burnLevels, timeToDetectMs } from '../../toolkit/compile/slos/burn-rate.ts';
import { runProgram } from '../../toolkit/host/run-program.ts';
import { printYaml } from '../../toolkit/languages/yaml/index.ts';
import { items, sampleGroup, sampleStacks } from '../../toolkit/testing/sample-group.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['promtool']);

const title = { en: 'The MES answers', zh: 'MES 可用' };
const service = items.where({ id: 'web-1' });
const window = { rolling: '30d' } as const;
const up = { kind: 'timeSlice', of: httpEndpoint, signal: 'up', good: { equals: 1 }, slice: '30s' } as const;
const total = { metric: 'requests_total' };
const ratio = { kind: 'ratio', good: { metric: 'requests_total', where: { code: '200' } }, total } as const;
const base = { title, service, objective: 0.999, window } as const;

const answers = defineSlo({ ...base, id: 'answers', indicator: up });
const requests = defineSlo({ ...base, id: 'requests', indicator: ratio });
const failures = defineSlo({
  ...base,
  id: 'failures',
  indicator: { kind: 'ratio', bad: { metric: 'requests_total', where: { code: { matching: '5..' } } }, total },
});
const quick = defineSlo({
  ...base,
  id: 'quick',
  indicator: { kind: 'latency', histogram: { metric: 'request_seconds' }, below: 1 },
});
const guarded = defineSlo({
  ...base,
  id: 'guarded',
  indicator: ratio,
  lowTraffic: { minimumEvents: 100, in: '1h' },
});
const maintained = defineSlo({ ...base, id: 'maintained', indicator: up, excludes: [{ calendar: 'office' }] });
const replaced = defineSlo({
  ...base,
  id: 'replaced',
  indicator: up,
  excludes: [{ series: { metric: 'maintenance', where: { item: 'web-1' } } }],
});
const monthly = defineSlo({
  ...base,
  id: 'monthly',
  objective: 0.99,
  window: { calendar: 'month', zone: 'Asia/Shanghai' },
  indicator: up,
  promised: { objective: 0.98, to: 'mes' },
});
const quarterly = defineSlo({
  ...base,
  id: 'quarterly',
  window: { calendar: 'quarter', zone: 'Asia/Shanghai' },
  indicator: up,
});
const whole = defineSlo({
  ...base,
  id: 'whole',
  objective: 0.99,
  indicator: { kind: 'composite', rule: 'all', of: [answers, requests] },
});
const mean = defineSlo({
  ...base,
  id: 'mean',
  objective: 0.99,
  indicator: {
    kind: 'composite',
    rule: 'weighted',
    of: [
      { slo: answers, weight: 3 },
      { slo: requests, weight: 1 },
    ],
  },
});
const all = [answers, requests, failures, quick, guarded, maintained, replaced, monthly, quarterly, whole, mean];

/** The rules of objectives, judged and evaluated by Prometheus' own tool. Its clock begins on Thursday, 1970-01-01. */
describe.skipIf(!programs.available)(programs.title('compiled objectives under promtool'), () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opsctl-slos-'));
    await Promise.all([...rulesOf(all)].map(([name, text]) => writeFile(join(folder, name), text)));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('are accepted, all of them, and none is there twice', async () => {
    const files = all.map(({ id }) => join(folder, `${id}.yaml`));
    const { stdout, stderr, exitCode } = await runProgram(programs.path('promtool'), ['check', 'rules', ...files]);
    expect(`${stdout}${stderr}`).not.toMatch(/FAILED|duplicate/);
    expect(exitCode).toBe(0);
  });

  const healthy = { series: signal('web-1'), values: '1x2000' };
  const firing = (slo: Slo, name: string, long?: string) =>
    `count by (slo) (ALERTS{alertname="${name}",alertstate="firing",slo="${slo.id}"${long === undefined ? '' : `,window="${long}"`}})`;
  const fires = (slo: Slo) => [{ labels: `{slo="${slo.id}"}`, value: 1 }];

  it.each([1, 0.5, 0.1, 0.05])(
    'a burn is told when the formula says so: %d of all requests fail from the second hour on',
    async (share) => {
      const [page] = burnLevels(requests);
      const detectS = (timeToDetectMs(page!, requests.objective, share) ?? 0) / 1000;
      // 120 samples of half a minute; from then on that share of 1000 requests for each fails.
      const series = [
        {
          series: 'requests_total{item="web-1",code="200"}',
          values: `0+1000x120 ${120_000 + 1000 * (1 - share)}+${1000 * (1 - share)}x400`,
        },
        { series: 'requests_total{item="web-1",code="500"}', values: `0x120 ${1000 * share}+${1000 * share}x400` },
      ];
      // What failed is seen by the scrape after it, and told by the evaluation after that.
      await holds(requests, series, [
        {
          expr: firing(requests, 'SloBudgetBurning', '1h'),
          eval_time: seconds(3600 + floorTo30(detectS) - 30),
          exp_samples: [],
        },
        {
          expr: firing(requests, 'SloBudgetBurning', '1h'),
          eval_time: seconds(3600 + floorTo30(detectS) + 60),
          exp_samples: fires(requests),
        },
      ]);
    },
  );

  it.each([
    {
      name: 'half of what is allowed tells nobody',
      slo: requests,
      series: [
        { series: 'requests_total{item="web-1",code="200"}', values: '0+9995x480' },
        { series: 'requests_total{item="web-1",code="500"}', values: '0+5x480' },
      ],
      checks: [{ expr: firing(requests, 'SloBudgetBurning'), eval_time: '4h', exp_samples: [] }],
    },
    {
      name: 'it ends with the short window, while the long one still remembers',
      slo: answers,
      series: [{ series: signal('web-1'), values: '1x120 0x20 1x120' }],
      checks: [
        { expr: firing(answers, 'SloBudgetBurning', '1h'), eval_time: '70m', exp_samples: fires(answers) },
        { expr: firing(answers, 'SloBudgetBurning', '1h'), eval_time: '77m', exp_samples: [] },
        {
          expr: 'slo:burn_rate{slo="answers",window="1h"} > bool 14.4',
          eval_time: '77m',
          exp_samples: [one(answers, 'window="1h"')],
        },
      ],
    },
    {
      name: 'an alert has the labels of its item',
      slo: answers,
      series: [{ series: signal('web-1'), values: '1x120 0x20' }],
      checks: [
        {
          expr: 'ALERTS{alertname="SloBudgetBurning",alertstate="firing",window="1h"}',
          eval_time: '70m',
          exp_samples: [
            one(answers, 'window="1h",severity="critical",alertstate="firing",alertname="SloBudgetBurning"', 'ALERTS'),
          ],
        },
      ],
    },
    {
      name: 'what counts bad events says the same',
      slo: failures,
      series: [
        { series: 'requests_total{item="web-1",code="200"}', values: '0+90x400' },
        { series: 'requests_total{item="web-1",code="500"}', values: '0+10x400' },
      ],
      checks: [
        {
          expr: 'round(slo:error_ratio{window="1h"}, 0.0001)',
          eval_time: '2h',
          exp_samples: [one(failures, 'window="1h"', '', 0.1)],
        },
      ],
    },
    {
      name: 'no counter of failures yet is no failure, and not unknown',
      slo: failures,
      series: [{ series: 'requests_total{item="web-1",code="200"}', values: '0+90x400' }],
      checks: [
        {
          expr: 'slo:error_ratio{window="1h"}',
          eval_time: '2h',
          exp_samples: [one(failures, 'window="1h"', 'slo:error_ratio', 0)],
        },
      ],
    },
    {
      name: 'no counter of successes at all is nothing but failures',
      slo: requests,
      series: [{ series: 'requests_total{item="web-1",code="500"}', values: '0+10x400' }],
      checks: [
        {
          expr: 'slo:error_ratio{window="1h"}',
          eval_time: '2h',
          exp_samples: [one(requests, 'window="1h"', 'slo:error_ratio', 1)],
        },
      ],
    },
    {
      name: 'the bucket of a whole second is found as older and as newer servers write it',
      slo: quick,
      series: [
        { series: 'request_seconds_bucket{item="web-1",le="1.0"}', values: '0+99x400' },
        { series: 'request_seconds_bucket{item="web-1",le="+Inf"}', values: '0+100x400' },
        { series: 'request_seconds_count{item="web-1"}', values: '0+100x400' },
      ],
      checks: [
        {
          expr: 'round(slo:error_ratio{window="1h"}, 0.0001)',
          eval_time: '2h',
          exp_samples: [one(quick, 'window="1h"', '', 0.01)],
        },
      ],
    },
    {
      name: 'requests of other items do not count',
      slo: requests,
      series: [
        { series: 'requests_total{item="web-1",code="200"}', values: '0+100x400' },
        { series: 'requests_total{item="web-2",code="500"}', values: '0+100x400' },
      ],
      checks: [
        {
          expr: 'slo:error_ratio{window="1h"}',
          eval_time: '2h',
          exp_samples: [one(requests, 'window="1h"', 'slo:error_ratio', 0)],
        },
      ],
    },
    {
      name: 'one failure among few is told to nobody where little is asked',
      slo: guarded,
      series: [
        { series: 'requests_total{item="web-1",code="200"}', values: '0x60 0+0.2x300' },
        { series: 'requests_total{item="web-1",code="500"}', values: '0x200 1x20 2x200' },
      ],
      checks: [
        {
          expr: 'count(slo:burn_rate{window="1h"} > 14.4 and ignoring (window) slo:burn_rate{window="5m"} > 14.4)',
          eval_time: '101m',
          exp_samples: [{ labels: '{}', value: 1 }],
        },
        { expr: firing(guarded, 'SloBudgetBurning'), eval_time: '101m', exp_samples: [] },
      ],
    },
    {
      name: 'the same share among many is',
      slo: guarded,
      series: [
        { series: 'requests_total{item="web-1",code="200"}', values: '0+20x400' },
        { series: 'requests_total{item="web-1",code="500"}', values: '0x200 10+10x200' },
      ],
      checks: [{ expr: firing(guarded, 'SloBudgetBurning', '1h'), eval_time: '110m', exp_samples: fires(guarded) }],
    },
    {
      // 08:30 in Shanghai is 00:30 of this clock, and 17:30 is 09:30.
      name: 'what fails in working hours that are left out burns nothing, and is not missed',
      slo: maintained,
      series: [{ series: signal('web-1'), values: '1x60 0x1080 1x100' }],
      checks: [
        { expr: 'slo:total', eval_time: '29m', exp_samples: [one(maintained, '', 'slo:total')] },
        { expr: 'slo:total', eval_time: '5h', exp_samples: [] },
        { expr: 'slo:fraction', eval_time: '5h', exp_samples: [one(maintained, '', 'slo:fraction')] },
        { expr: firing(maintained, 'SloBudgetBurning'), eval_time: '9h', exp_samples: [] },
        { expr: firing(maintained, 'SloNotMeasured'), eval_time: '5h', exp_samples: [] },
        { expr: 'slo:total', eval_time: '9h31m', exp_samples: [one(maintained, '', 'slo:total')] },
      ],
    },
    {
      name: 'so is what fails while a series says that maintenance is done',
      slo: replaced,
      series: [
        { series: signal('web-1'), values: '1x60 0x60 1x100' },
        { series: 'maintenance{item="web-1"}', values: '0x59 1x61 0x100' },
      ],
      checks: [
        { expr: 'slo:total', eval_time: '45m', exp_samples: [] },
        { expr: 'slo:fraction', eval_time: '45m', exp_samples: [one(replaced, '', 'slo:fraction')] },
        { expr: 'slo:fraction', eval_time: '20m', exp_samples: [one(replaced, '', 'slo:fraction')] },
        {
          expr: 'slo:error_ratio{window="1h"}',
          eval_time: '90m',
          exp_samples: [one(replaced, 'window="1h"', 'slo:error_ratio', 0)],
        },
      ],
    },
    {
      name: 'what is not measured is told after a quarter of an hour',
      slo: answers,
      series: [{ series: signal('web-1'), values: '1x20 stale' }],
      checks: [
        { expr: firing(answers, 'SloNotMeasured'), eval_time: '20m', exp_samples: [] },
        { expr: firing(answers, 'SloNotMeasured'), eval_time: '40m', exp_samples: fires(answers) },
      ],
    },
    {
      name: 'a composite is good in so far as all of its parts are',
      slo: whole,
      series: shares(1, 0.5),
      checks: [{ expr: 'slo:good', eval_time: '10m', exp_samples: [one(whole, '', 'slo:good', 0.5)] }],
    },
    {
      name: 'a weighted composite is their mean',
      slo: mean,
      series: shares(1, 0.5),
      checks: [{ expr: 'slo:good', eval_time: '10m', exp_samples: [one(mean, '', 'slo:good', 0.875)] }],
    },
    {
      name: 'of a composite whose part is unknown nothing is known',
      slo: whole,
      series: shares(1, 0.5).slice(1),
      checks: [{ expr: 'slo:good', eval_time: '10m', exp_samples: [] }],
    },
    {
      name: 'where nothing is asked the share is whole and no ratio is made up',
      slo: requests,
      series: [{ series: 'requests_total{item="web-1",code="200"}', values: '5x400' }],
      checks: [
        { expr: 'slo:fraction', eval_time: '2h', exp_samples: [one(requests, '', 'slo:fraction')] },
        { expr: 'slo:error_ratio', eval_time: '2h', exp_samples: [] },
        { expr: firing(requests, 'SloNotMeasured'), eval_time: '2h', exp_samples: [] },
      ],
    },
    {
      name: 'a quiet night weighs little: long windows count events and not minutes',
      slo: requests,
      series: [
        // Four hours of one request each half minute, all failing, then four of 99 that succeed.
        { series: 'requests_total{item="web-1",code="200"}', values: '0x480 99+99x480' },
        { series: 'requests_total{item="web-1",code="500"}', values: '0+1x480 480x481' },
      ],
      checks: [
        {
          expr: 'round(slo:error_ratio{window="1d"}, 0.001)',
          eval_time: '8h',
          exp_samples: [one(requests, 'window="1d"', '', 0.01)],
        },
      ],
    },
  ])('$name', async ({ slo, series, checks }) => {
    await holds(slo, series, checks);
  });

  it('the budget of a calendar month is known on its first day, burns with time, and is new with the month', async () => {
    const series = [{ series: signal('web-1'), values: '1x47 0x2 1x800' }];
    const at = (time: string, expr: string, more: string, value: number) => ({
      expr: `round(${expr}, 0.0001)`,
      eval_time: time,
      exp_samples: [one(monthly, more, '', value)],
    });
    // Samples of an hour here; each stands for the 30 s between evaluations, of which 1 % of 31 days has 892.8.
    // February begins at 16:00 of the last day, after 736 h.
    const checks = [
      at('24h', 'slo:budget_remaining', '', 1),
      at('59h', 'slo:error_ratio{window="month"}', 'window="month"', 0.05),
      { expr: firing(monthly, 'SloPromiseBroken'), eval_time: '59h', exp_samples: fires(monthly) },
      at('59h', 'slo:budget_remaining', '', 0.9966),
      at('735h', 'slo:error_ratio{window="month"}', 'window="month"', 0.0041),
      at('736h', 'slo:error_ratio{window="month"}', 'window="month"', 0),
      at('736h', 'slo:budget_remaining', '', 1),
    ];
    await holds(monthly, series, checks, '1h');
  });

  it('a quarter is three months', async () => {
    // Samples of six hours: all of January is bad. The first quarter ends at 16:00 of its ninetieth day, after 2152 h.
    const series = [{ series: signal('web-1'), values: '0x123 1x300' }];
    const ratioAt = (time: string, value: number) => ({
      expr: 'round(slo:error_ratio{window="quarter"}, 0.01)',
      eval_time: time,
      exp_samples: [one(quarterly, 'window="quarter"', '', value)],
    });
    await holds(quarterly, series, [ratioAt('738h', 1), ratioAt('2148h', 0.35), ratioAt('2154h', 0)], '6h');
  });

  it('a healthy service has its whole budget', async () => {
    await holds(
      answers,
      [healthy],
      [
        { expr: 'slo:budget_remaining', eval_time: '2h', exp_samples: [one(answers, '', 'slo:budget_remaining')] },
        { expr: firing(answers, 'SloBudgetSpent'), eval_time: '2h', exp_samples: [] },
      ],
    );
  });

  async function holds(
    slo: Slo,
    series: readonly Series[],
    checks: readonly object[],
    interval = '30s',
  ): Promise<void> {
    const test = {
      rule_files: [join(folder, `${slo.id}.yaml`)],
      evaluation_interval: interval,
      tests: [{ interval, input_series: series, promql_expr_test: checks }],
    };
    const file = join(folder, `${slo.id}.test.yaml`);
    await writeFile(file, printYaml(test as never));
    const { stdout, stderr } = await runProgram(programs.path('promtool'), ['test', 'rules', file], {
      timeoutMs: 60_000,
    });
    expect(`${stdout}${stderr}`).toContain('SUCCESS');
  }
});

interface Series {
  readonly series: string;
  readonly values: string;
}

/** One rule file for each objective. */
function rulesOf(slos: readonly Slo[]): ReadonlyMap<string, string> {
  const stacks = sampleStacks((plant) => slos.reduce((stack, slo) => stack.uphold(slo), plant));
  const { resources, diagnostics } = compileGroup(sampleGroup({ stacks }));
  expect(diagnostics.filter(({ severity }) => severity !== 'notice')).toEqual([]);
  return new Map(
    slos.map(({ id }) => {
      const { spec } = resources.find(({ address }) => address === `plant/prometheus-rules/slo-${id}`)!;
      return [`${id}.yaml`, printYaml({ groups: [spec.group] } as never)];
    }),
  );
}

function signal(item: string): string {
  return `signal:http_endpoint_up{item="${item}"}`;
}

function shares(first: number, second: number): readonly Series[] {
  return [
    { series: 'slo:fraction{slo="answers",item="web-1"}', values: `${first}x40` },
    { series: 'slo:fraction{slo="requests",item="web-1"}', values: `${second}x40` },
  ];
}

/** A sample with the labels of the contract. */
function one({ id }: Slo, more: string, name = '', value = 1) {
  const labels = `slo="${id}",item="web-1",class="http-endpoint",tier="L3",site="plant",tenant="mes",team="plant-ops",criticality="high"`;
  return { labels: `${name}{${labels}${more === '' ? '' : `,${more}`}}`, value };
}

function floorTo30(value: number): number {
  return Math.floor(value / 30) * 30;
}

function seconds(value: number): string {
  return `${Math.max(0, value)}s`;
}
