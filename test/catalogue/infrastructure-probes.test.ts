import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metricTable, type ObjectClass } from 'opsctl';
import { backup, browserJourney, camera, dnsName, grpcService, networkPath } from 'opsctl/cmdb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { printYaml } from '../../toolkit/languages/yaml/index.ts';
import type { JsonObject } from '../../toolkit/model/index.ts';
import { metricNames } from '../support/metric-names.ts';
import { startProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';
import { type PlayedService, startCamera, startGrpcService, startNameServer } from './probed-services.ts';

const blackbox = realPrograms(['prometheus-blackbox-exporter']);
const node = realPrograms(['prometheus-node-exporter']);

type Attributes = Readonly<Record<string, string | number>>;

const probes: readonly {
  readonly objectClass: ObjectClass;
  readonly attributes: Attributes;
  readonly start: () => Promise<PlayedService>;
}[] = [
  { objectClass: camera, attributes: { address: 'x' }, start: startCamera },
  {
    objectClass: dnsName,
    attributes: { server: 'x', name: 'mes.plant.example', answerPattern: '10[.]1[.]2[.]3' },
    start: startNameServer,
  },
  { objectClass: grpcService, attributes: { address: 'x', port: 1 }, start: startGrpcService },
];

describe.skipIf(!blackbox.available)(blackbox.title('services behind a real blackbox exporter'), () => {
  it.each(probes)('$objectClass.id: what answers is up, and every metric is there', async (probe) => {
    const { objectClass, attributes, start } = probe;
    const service = await start();
    onTestFinished(() => service.close());
    const page = await probed(objectClass, attributes, service.address);
    expect(page).toContain('\nprobe_success 1\n');
    expect(missingFrom(page, objectClass)).toEqual([]);
  });

  it.each(probes.filter(({ objectClass }) => objectClass !== dnsName))(
    '$objectClass.id: where nobody answers it is down',
    async ({ objectClass, attributes }) => {
      expect(await probed(objectClass, attributes, '127.0.0.1:1')).toContain('\nprobe_success 0\n');
    },
  );

  it('dns-name: another answer than expected is down', async () => {
    const server = await startNameServer();
    onTestFinished(() => server.close());
    const attributes = { server: 'x', name: 'mes.plant.example', answerPattern: '10[.]9[.]9[.]9' };
    expect(await probed(dnsName, attributes, server.address)).toContain('\nprobe_success 0\n');
  });

  // Whether an echo may be sent at all depends on the machine.
  it('network-path: every metric is there', async () => {
    expect(missingFrom(await probed(networkPath, { address: 'x' }, '127.0.0.1'), networkPath)).toEqual([]);
  });
});

const textfiles = [
  {
    objectClass: backup,
    source: 'textfile',
    text: [
      'backup_last_success_timestamp_seconds{backup="mes-db"} 1.7e9',
      'backup_last_run_success{backup="mes-db"} 1',
      'backup_last_duration_seconds{backup="mes-db"} 840',
      'backup_last_size_bytes{backup="mes-db"} 5.1e10',
      'restore_drill_last_success_timestamp_seconds{backup="mes-db"} 1.69e9',
    ],
  },
  {
    objectClass: browserJourney,
    source: 'textfile',
    text: [
      'journey_last_run_timestamp_seconds{journey="order"} 1.7e9',
      'journey_success{journey="order"} 1',
      'journey_duration_seconds{journey="order"} 12.4',
    ],
  },
];

describe.skipIf(!node.available)(node.title('text files behind a real node_exporter'), () => {
  it.each(textfiles)('$objectClass.id: what a job wrote is there, and nothing of the machine', async (one) => {
    const { objectClass, source, text } = one;
    const folder = await scratchFolder();
    await writeFile(join(folder, 'own.prom'), `${text.join('\n')}\n`);
    const exporter = await startProgram({
      program: node.path('prometheus-node-exporter'),
      args: (port) => [`--web.listen-address=127.0.0.1:${port}`, `--collector.textfile.directory=${folder}`],
      ready: '/',
    });
    onTestFinished(() => exporter.stop());
    const from = objectClass.sources[source];
    if (from?.kind !== 'exporter') throw new Error('Bug: a text file is served by node_exporter.');
    const query = Object.entries(from.params ?? {}).flatMap(([name, values]) => values.map((value) => [name, value]));
    const page = await (await fetch(`${exporter.url}/metrics?${new URLSearchParams(query)}`)).text();
    expect(missingFrom(page, objectClass, source)).toEqual([]);
    expect(metricNames(page)).not.toContain('node_load1');
  });
});

async function probed(objectClass: ObjectClass, attributes: Attributes, target: string): Promise<string> {
  const source = objectClass.sources.probe;
  if (source?.kind !== 'probe') throw new Error('Bug: the class is not probed.');
  const { name, settings } = source.module(attributes);
  const exporter = await startBlackbox({ [name]: settings as JsonObject });
  return (await fetch(`${exporter}/probe?${new URLSearchParams({ module: name, target })}`)).text();
}

async function startBlackbox(modules: JsonObject): Promise<string> {
  const file = join(await scratchFolder(), 'blackbox.yml');
  await writeFile(file, printYaml({ modules }));
  const exporter = await startProgram({
    program: blackbox.path('prometheus-blackbox-exporter'),
    args: (port) => [`--config.file=${file}`, `--web.listen-address=127.0.0.1:${port}`],
    ready: '/-/healthy',
  });
  onTestFinished(() => exporter.stop());
  return exporter.url;
}

async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'opsctl-probes-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Of what is read from one source. */
function missingFrom(page: string, objectClass: ObjectClass, from = 'probe'): readonly string[] {
  const there = metricNames(page);
  const needed = metricTable(objectClass).filter(({ source, name }) => source === from && name !== 'up');
  expect(needed.length).toBeGreaterThan(0);
  return needed.map(({ name }) => name).filter((name) => !there.has(name));
}
