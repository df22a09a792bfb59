import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { host, httpEndpoint, tcpService } from 'opsctl/cmdb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printYaml } from '../../toolkit/languages/yaml/index.ts';
import { type JsonObject, metricNamesOf, type Signal } from '../../toolkit/model/index.ts';
import { freePort, type RunningProgram, startProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';

const node = realPrograms(['prometheus-node-exporter']);
const blackbox = realPrograms(['prometheus-blackbox-exporter']);

/** A catalogue whose metric names exist only on paper alerts on nothing: these are read off the real exporters. */
describe.skipIf(!node.available)(node.title('class host against a real node_exporter'), () => {
  let exporter: RunningProgram;
  let exposition = '';
  beforeAll(async () => {
    exporter = await startProgram({
      program: node.path('prometheus-node-exporter'),
      args: (port) => [`--web.listen-address=127.0.0.1:${port}`],
      ready: '/metrics',
    });
    exposition = await (await fetch(`${exporter.url}/metrics`)).text();
  });
  afterAll(() => exporter.stop());

  it.each(metricsOf(host.signals))('has %s', (metric) => expect(metricNames(exposition)).toContain(metric));
});

describe.skipIf(!blackbox.available)(blackbox.title('probed classes against a real blackbox exporter'), () => {
  let exporter: RunningProgram;
  let page: Server;
  let pagePort = 0;
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opsctl-blackbox-'));
    const http = httpEndpoint.sources.probe;
    const tcp = tcpService.sources.probe;
    if (http?.kind !== 'probe' || tcp?.kind !== 'probe') throw new Error('Bug: endpoints are probed.');
    const modules = [http.module({ url: 'http://x' }), tcp.module({ address: 'x', port: 1 })];
    await writeFile(
      join(folder, 'blackbox.yml'),
      printYaml({ modules: Object.fromEntries(modules.map(({ name, settings }) => [name, settings as JsonObject])) }),
    );
    pagePort = await freePort();
    page = createServer((_, response) => response.end('ok'));
    await new Promise<void>((resolve) => page.listen(pagePort, '127.0.0.1', resolve));
    exporter = await startProgram({
      program: blackbox.path('prometheus-blackbox-exporter'),
      args: (port) => [`--config.file=${folder}/blackbox.yml`, `--web.listen-address=127.0.0.1:${port}`],
      ready: '/-/healthy',
    });
  });
  afterAll(async () => {
    await exporter.stop();
    page.closeAllConnections();
    await new Promise((resolve) => page.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });

  it.each(metricsOf(httpEndpoint.signals))('an HTTP probe has %s', async (metric) => {
    expect(metricNames(await probe('http_get_2xx', `http://127.0.0.1:${pagePort}/`))).toContain(metric);
  });

  it.each(metricsOf(tcpService.signals))('a TCP probe has %s', async (metric) => {
    expect(metricNames(await probe('tcp_connect', `127.0.0.1:${pagePort}`))).toContain(metric);
  });

  it('finds an endpoint that answers as expected', async () => {
    expect(await probe('http_get_2xx', `http://127.0.0.1:${pagePort}/`)).toContain('\nprobe_success 1\n');
  });

  async function probe(module: string, target: string): Promise<string> {
    const query = new URLSearchParams({ module, target });
    return (await fetch(`${exporter.url}/probe?${query}`)).text();
  }
});

/** `up` is Prometheus' own, no exporter has it. */
function metricsOf(signals: Readonly<Record<string, Signal>>): readonly string[] {
  return [...new Set(Object.values(signals).flatMap(metricNamesOf))].filter((metric) => metric !== 'up').sort();
}

function metricNames(exposition: string): readonly string[] {
  return [...new Set(exposition.split('\n').flatMap((line) => /^([a-zA-Z_:][\w:]*)[{ ]/.exec(line)?.[1] ?? []))];
}
