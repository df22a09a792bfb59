import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alertmanager, prometheus } from 'opsctl/cmdb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metricNames, metricsRead } from '../support/metric-names.ts';
import { type RunningProgram, startProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['prometheus', 'alertmanager']);

/** The collection plane, measured by its own metrics. */
describe.skipIf(!programs.available)(programs.title('classes of the collection plane against real ones'), () => {
  let folder = '';
  const running: RunningProgram[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opsctl-self-'));
  });
  afterAll(async () => {
    for (const program of running) await program.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('a Prometheus with rules has all that the class prometheus reads', async () => {
    await writeFile(join(folder, 'rules.yaml'), 'groups: [{ name: g, rules: [{ record: r, expr: vector(1) }] }]\n');
    await writeFile(join(folder, 'prometheus.yaml'), 'rule_files: [rules.yaml]\n');
    const page = await start('prometheus', (port) => [
      `--config.file=${folder}/prometheus.yaml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
    ]);
    // Only there once it has scraped something.
    const first = 'prometheus_tsdb_head_samples_appended_total';
    expect(metricsRead(prometheus).filter((metric) => !page.has(metric))).toEqual([first]);
  });

  it('an Alertmanager that may have peers has all that the class alertmanager reads', async () => {
    await writeFile(join(folder, 'alertmanager.yaml'), 'route: { receiver: none }\nreceivers: [{ name: none }]\n');
    const page = await start('alertmanager', (port) => [
      `--config.file=${folder}/alertmanager.yaml`,
      `--storage.path=${folder}/alerts`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=127.0.0.1:0',
    ]);
    expect(metricsRead(alertmanager).filter((metric) => !page.has(metric))).toEqual([]);
  });

  async function start(
    name: 'prometheus' | 'alertmanager',
    args: (port: number) => readonly string[],
  ): Promise<ReadonlySet<string>> {
    const program = await startProgram({ program: programs.path(name), args, ready: '/-/ready' });
    running.push(program);
    return metricNames(await (await fetch(`${program.url}/metrics`)).text());
  }
});
