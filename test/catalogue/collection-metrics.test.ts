import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collector, mtail, pushgateway } from 'opsctl/cmdb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readingsOf } from '../../toolkit/model/index.ts';
import { metricNames, metricsRead } from '../support/metric-names.ts';
import { type RunningProgram, startProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms([
  'prometheus-blackbox-exporter',
  'prometheus-snmp-exporter',
  'prometheus-pushgateway',
  'mtail',
]);

/** What collects, measured by its own metrics. OpenTelemetry Collector, Vector and Tempo are not in Debian. */
describe.skipIf(!programs.available)(programs.title('classes of what collects against real programs'), () => {
  let folder = '';
  const running: RunningProgram[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opsctl-collection-'));
  });
  afterAll(async () => {
    for (const program of running) await program.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    { source: 'blackbox', program: 'prometheus-blackbox-exporter', config: 'modules: { http: { prober: http } }\n' },
    { source: 'snmp', program: 'prometheus-snmp-exporter', config: 'm: { walk: [1.3.6.1.2.1.1] }\n' },
  ] as const)('a shared exporter has all that its class reads of $source', async ({ source, program, config }) => {
    const file = join(folder, `${source}.yaml`);
    await writeFile(file, config);
    const { url } = await start(program, (port) => [`--config.file=${file}`, `--web.listen-address=127.0.0.1:${port}`]);
    const page = metricNames(await (await fetch(`${url}/metrics`)).text());
    const wanted = Object.values(collector.signals)
      .flatMap((signal) => readingsOf(signal)[source]?.metrics ?? [])
      .map((metric) => (typeof metric === 'string' ? metric : metric.name));
    expect(wanted.filter((metric) => metric !== 'up' && !page.has(metric))).toEqual([]);
    // The third of its sources reads what both have.
    const others = Object.values(collector.signals).flatMap((signal) => readingsOf(signal).other?.metrics ?? []);
    expect(
      others.filter((metric) => typeof metric !== 'string' && metric.name !== 'up' && !page.has(metric.name)),
    ).toEqual([]);
  });

  it('a Pushgateway that something was pushed to has all that its class reads, by the group that was pushed', async () => {
    const { url } = await start('prometheus-pushgateway', (port) => [`--web.listen-address=127.0.0.1:${port}`]);
    await fetch(`${url}/metrics/job/backup/instance/db-1`, { method: 'PUT', body: 'backup_seconds 3\n' });
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(metricsRead(pushgateway).filter((metric) => !metricNames(text).has(metric))).toEqual([]);
    expect(text).toMatch(/^push_failure_time_seconds\{instance="db-1",job="backup"\} 0$/m);
  });

  it('an mtail with a program that loads and one that does not has all that its class reads', async () => {
    const [programsIn, log] = [join(folder, 'programs'), join(folder, 'a.log')];
    await mkdir(programsIn);
    await writeFile(join(programsIn, 'good.mtail'), 'counter lines_seen\n/x/ {\n  lines_seen++\n}\n');
    await writeFile(join(programsIn, 'bad.mtail'), 'counter lines_seen\n/x/ {\n');
    await writeFile(log, 'x\n');
    const { url } = await start('mtail', (port) => [
      `--progs=${programsIn}`,
      `--logs=${log}`,
      '--address=127.0.0.1',
      `--port=${port}`,
    ]);
    const text = await (await fetch(`${url}/metrics`)).text();
    // Counted from the first line that is read, which a log that was there before does not have.
    const later = ['mtail_log_lines_total'];
    expect(metricsRead(mtail).filter((metric) => !later.includes(metric) && !metricNames(text).has(metric))).toEqual(
      [],
    );
    expect(text).toContain('mtail_prog_load_errors_total{prog="bad.mtail"} 1');
    expect(text).toContain('mtail_prog_loads_total{prog="good.mtail"} 1');
  });

  async function start(
    name: Parameters<typeof programs.path>[0],
    args: (port: number) => readonly string[],
  ): Promise<RunningProgram> {
    const program = await startProgram({ program: programs.path(name), args, ready: '/metrics' });
    running.push(program);
    return program;
  }
});
