import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineCollectionScript, items } from 'opsctl';
import { afterAll, describe, expect, it } from 'vitest';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import { scriptFiles } from '../../toolkit/compile/scripts/index.ts';
import { runProgram } from '../../toolkit/host/run-program.ts';
import { sampleGroup, sampleStacks } from '../../toolkit/testing/sample-group.ts';
import { type RunningProgram, startProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['prometheus-node-exporter']);
const folder = mkdtempSync(join(tmpdir(), 'opsctl-scripts-'));
const [scripts, texts] = [join(folder, 'scripts'), join(folder, 'texts')];

const script = (text: string) =>
  defineCollectionScript({
    id: 'made-up',
    title: { en: 'Made up', zh: '示例' },
    interpreter: 'sh',
    script: text,
    interval: '5m',
    timeout: '2s',
    outputs: [{ name: 'made_up', type: 'gauge', unit: null, help: 'Made up.', labels: [] }],
    tests: [{ name: 'prints', expect: { made_up: 1 } }],
  });
const prints = (value: number) =>
  script(`echo '# HELP made_up Made up.'\necho '# TYPE made_up gauge'\necho made_up ${value}`);

/** What runs on a host: the runner with a script, and the node_exporter that reads what it leaves. */
describe.skipIf(!programs.available)(programs.title('a collection script and a real node_exporter'), () => {
  let exporter: RunningProgram | null = null;
  afterAll(async () => {
    await exporter?.stop();
    rmSync(folder, { recursive: true });
  });

  async function run(declared: ReturnType<typeof script>): Promise<{ code: number; page: string }> {
    mkdirSync(scripts, { recursive: true });
    mkdirSync(texts, { recursive: true });
    for (const [name, text] of Object.entries(scriptFiles(declared))) writeFileSync(join(scripts, name), text);
    const env = { OPSCTL_SCRIPTS: scripts, OPSCTL_TEXTFILES: texts };
    const { exitCode } = await runProgram('/bin/sh', [join(scripts, 'made-up.run')], { env, timeoutMs: 20_000 });
    exporter ??= await startProgram({
      program: programs.path('prometheus-node-exporter'),
      args: (port) => [
        `--web.listen-address=127.0.0.1:${port}`,
        '--collector.disable-defaults',
        '--collector.textfile',
        `--collector.textfile.directory=${texts}`,
      ],
      ready: '/metrics',
    });
    return { code: exitCode, page: await (await fetch(`${exporter.url}/metrics`)).text() };
  }

  it('show what it prints, and that it ended well', async () => {
    const { code, page } = await run(prints(1));
    expect(code).toBe(0);
    expect(page).toMatch(/^made_up 1$/m);
    expect(page).toMatch(/^collection_script_success\{script="made-up"\} 1$/m);
    expect(page).toMatch(/^node_textfile_scrape_error 0$/m);
  });

  it.each([
    { name: 'fails', text: 'echo made_up 7; exit 3', code: 3 },
    { name: 'does not end', text: 'echo made_up 7; sleep 60', code: 124 },
  ])('keep the former values when it $name half way, and say so', async ({ text, code: wanted }) => {
    await run(prints(2));
    const { code, page } = await run(script(text));
    expect(code).toBe(wanted);
    expect(page).toMatch(/^made_up 2$/m);
    expect(page).toMatch(/^collection_script_success\{script="made-up"\} 0$/m);
    expect(page).toMatch(/^node_textfile_scrape_error 0$/m);
    expect(readdirSync(texts).sort()).toEqual(['opsctl-made-up-state.prom', 'opsctl-made-up.prom']);
  });
});

const promtool = realPrograms(['promtool']);

describe.skipIf(!promtool.available)(promtool.title('alerts of collection scripts'), () => {
  const labels = 'item="host-1",class="host",job="host-node"';
  const run = `collection_script_run_timestamp_seconds{script="made-up",${labels}}`;
  const every = { series: `collection_script_interval_seconds{script="made-up",${labels}}`, values: '300x300' };
  const success = (values: string) => ({ series: `collection_script_success{script="made-up",${labels}}`, values });
  const up = { series: `up{${labels}}`, values: '1x300' };

  it.each([
    { name: 'one that fails', series: [success('0x60')], at: '20m', alert: 'CollectionScriptFailing', fires: true },
    {
      name: 'one that fails once',
      series: [success('1 0 1x60')],
      at: '20m',
      alert: 'CollectionScriptFailing',
      fires: false,
    },
    {
      name: 'one that is run no more',
      series: [every, { series: run, values: '0x60' }],
      at: '22m',
      alert: 'CollectionScriptNotRun',
      fires: true,
    },
    {
      name: 'one that is run',
      series: [every, { series: run, values: '0+60x60' }],
      at: '22m',
      alert: 'CollectionScriptNotRun',
      fires: false,
    },
    { name: 'one that is nowhere', series: [up], at: '65m', alert: 'CollectionScriptMissing', fires: true },
    {
      name: 'one that is there',
      series: [up, success('1x300')],
      at: '65m',
      alert: 'CollectionScriptMissing',
      fires: false,
    },
    {
      name: 'one of a host that is down',
      series: [{ ...up, values: '0x300' }],
      at: '65m',
      alert: 'CollectionScriptMissing',
      fires: false,
    },
  ])('$name: $alert, $fires', async ({ series, at, alert, fires }) => {
    const stacks = sampleStacks((plant) => plant.schedule(prints(1), items.where({ class: 'host' }))).map((stack) =>
      stack.name === 'plant' ? { ...stack, targets: [...stack.targets, 'scripts' as const] } : stack,
    );
    const { resources } = compileGroup(sampleGroup({ stacks }));
    const spec = resources.find(({ address }) => address === 'plant/prometheus-rules/collection-scripts')?.spec;
    const scratch = mkdtempSync(join(tmpdir(), 'opsctl-script-rules-'));
    writeFileSync(join(scratch, 'rules.json'), JSON.stringify({ groups: [spec?.group] }));
    const test = { interval: '1m', input_series: series, promql_expr_test: [expectation(alert, at, fires)] };
    writeFileSync(
      join(scratch, 'test.json'),
      JSON.stringify({ rule_files: ['rules.json'], evaluation_interval: '1m', tests: [test] }),
    );
    const result = await runProgram(promtool.path('promtool'), ['test', 'rules', 'test.json'], { cwd: scratch });
    rmSync(scratch, { recursive: true });
    expect(result).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('SUCCESS') });
  });

  function expectation(alert: string, at: string, fires: boolean) {
    const expr = `count by (item) (ALERTS{alertname="${alert}",alertstate="firing"})`;
    return { expr, eval_time: at, exp_samples: fires ? [{ labels: '{item="host-1"}', value: 1 }] : [] };
  }
});
