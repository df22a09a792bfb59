import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metricTable, type ObjectClass, readingsOf, type Signal, standardTargets } from 'opsctl';
import { networkDevice, roomSensor, serverBmc, ups } from 'opsctl/cmdb';
import { plainContext } from 'opsctl/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import {
  type ConfigurationItem,
  isJsonObject,
  items,
  type JsonObject,
  type JsonValue,
  type Resource,
} from '../../toolkit/model/index.ts';
import { exporterProviders } from '../../toolkit/providers/exporter/index.ts';
import { sampleGroup, sampleItem, sampleStacks } from '../../toolkit/testing/sample-group.ts';
import { startProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';
import { type SnmpObjects, startSnmpAgent } from '../support/snmp-agent.ts';
import { ciscoSwitch, freeipmiAnswers, h3cSwitch, huaweiSwitch, ruijieSwitch, upsOnBattery } from './devices.ts';

// From an item to its metrics: the item is compiled, the provider puts the exporter's file, the real exporter reads it
// and is asked with the very parameters of the compiled target. The device behind it is played.

const snmp = realPrograms(['prometheus-snmp-exporter']);
const ipmi = realPrograms(['prometheus-ipmi-exporter']);
const community = 'plant-community';

describe.skipIf(!snmp.available)(snmp.title('devices behind a real SNMP exporter'), () => {
  it.each<{ readonly vendor: string; readonly objects: SnmpObjects }>([
    { vendor: 'huawei', objects: huaweiSwitch },
    { vendor: 'h3c', objects: h3cSwitch },
    { vendor: 'ruijie', objects: ruijieSwitch },
    { vendor: 'cisco', objects: ciscoSwitch },
  ])('every metric of a switch by $vendor is there', async ({ vendor, objects }) => {
    const device = await startDevice(objects);
    const item = sampleItem('sw-1', 'network-device', { address: device, vendor });
    const scraped = await scrapeAll(networkDevice, item, startSnmpExporter);
    expect([...scraped.keys()].sort()).toEqual([`network-device-${vendor}`, 'network-device-interfaces'].sort());
    expect(missingFrom(scraped, networkDevice)).toEqual([]);
  });

  it('an interface has its name and its description, in Chinese too, and more bytes than 32 bits count', async () => {
    const item = sampleItem('sw-1', 'network-device', { address: await startDevice(huaweiSwitch), vendor: 'huawei' });
    const scraped = await scrapeAll(networkDevice, item, startSnmpExporter);
    expect(scraped.get('network-device-interfaces')).toContain(
      '\nifHCInOctets{ifAlias="to core-1 汇聚",ifIndex="1",ifName="XGigabitEthernet0/0/1"} 9e+12\n',
    );
    expect(scraped.get('network-device-huawei')).toContain(
      '\nhwEntityCpuUsage{entPhysicalIndex="67108873",part="MPU Board 0"} 35\n',
    );
  });

  it('every metric of a UPS is there', async () => {
    const item = sampleItem('ups-1', 'ups', { address: await startDevice(upsOnBattery) });
    const scraped = await scrapeAll(ups, item, startSnmpExporter);
    expect(missingFrom(scraped, ups)).toEqual([]);
    expect(scraped.get('ups-snmp')).toContain('\nupsOutputSource 5\n');
    expect(scraped.get('ups-snmp')).toContain('\nupsOutputPercentLoad{line="2"} 38\n');
  });

  it('a device of another community is not read, and the scrape fails', async () => {
    const agent = await startSnmpAgent(upsOnBattery, 'other');
    onTestFinished(() => agent.close());
    const quick = { ...ups, sources: withModule(ups, { timeout: '1s', retries: 0 }) };
    const item = sampleItem('ups-1', 'ups', { address: agent.address });
    await expect(scrapeAll(quick, item, startSnmpExporter)).rejects.toThrow('status 500');
  });
});

describe.skipIf(!ipmi.available)(ipmi.title('servers behind a real IPMI exporter'), () => {
  it('every metric of a server is there, and a failed fan is critical', async () => {
    const item = sampleItem('bmc-1', 'server-bmc', { address: 'bmc-1.plant.example' });
    const scraped = await scrapeAll(serverBmc, item, startIpmiExporter);
    expect(missingFrom(scraped, serverBmc)).toEqual([]);
    const text = scraped.get('server-bmc-ipmi');
    expect(text).toContain('\nipmi_fan_speed_state{id="12",name="Fan1A"} 2\n');
    expect(text).toContain('\nipmi_sensor_state{id="72",name="Unknown",type="Other FRU"} NaN\n');
    expect(text).toContain('\nipmi_up{collector="ipmi"} 1\n');
  });
});

describe('a class of devices', () => {
  it.each([networkDevice, ups, roomSensor, serverBmc])(
    '$id lists the metrics that its expressions read, and no others',
    ({ signals }) => {
      for (const signal of Object.values<Signal>(signals)) {
        for (const { expression, metrics } of Object.values(readingsOf(signal))) {
          const read = new Set<string>();
          expression((metric) => {
            read.add(metric);
            return metric;
          });
          expect(metrics.map((metric) => (typeof metric === 'string' ? metric : metric.name)).sort()).toEqual(
            [...read].sort(),
          );
        }
      }
    },
  );
});

// modbus_exporter is in no Debian package; what it would be given is held against what its sources read.
describe('the module of a room (modbus_exporter itself: skipped, not in Debian)', () => {
  it('reads holding registers with the digit 3 before the address, and has every metric that a signal needs', () => {
    const registers = { temperature: 0, humidity: 1, returnTemperature: 2, leak: 10, smoke: 11, acFault: 12, door: 13 };
    const item = sampleItem('room-1', 'room-sensor', { address: '10.0.0.9', ...registers });
    const { config, targets } = compileItem(item);
    const [name = ''] = Object.keys(config.spec.modules as JsonObject);
    const metrics = metricsOf((config.spec.modules as JsonObject)[name]);
    expect(metrics.map((metric) => [metric.name, metric.address, metric.dataType, metric.factor ?? 1])).toEqual([
      ['room_temperature_celsius', 300_000, 'int16', 0.1],
      ['room_humidity_ratio', 300_001, 'uint16', 0.001],
      ['room_ac_return_temperature_celsius', 300_002, 'int16', 0.1],
      ['room_water_leak', 300_010, 'uint16', 1],
      ['room_smoke', 300_011, 'uint16', 1],
      ['room_ac_fault', 300_012, 'uint16', 1],
      ['room_door_open', 300_013, 'uint16', 1],
    ]);
    const needed = metricTable(roomSensor).map((use) => use.name);
    expect(needed.filter((metric) => metric !== 'up')).toEqual(metrics.map((metric) => String(metric.name)).sort());
    expect(targets[0]?.spec.groups).toMatchObject([
      { targets: ['10.0.0.9:502'], labels: { __param_module: name, __param_sub_target: '1' } },
    ]);
  });
});

function metricsOf(module: JsonValue | undefined): readonly JsonObject[] {
  return isJsonObject(module) && Array.isArray(module.metrics) ? module.metrics.filter(isJsonObject) : [];
}

type StartExporter = (file: string) => Promise<{ readonly url: string; stop(): Promise<void> }>;

/** Scrapes an item through each of its jobs, as the compiled configuration would; texts by job. */
async function scrapeAll(
  objectClass: ObjectClass,
  item: ConfigurationItem,
  start: StartExporter,
): Promise<ReadonlyMap<string, string>> {
  const { config, targets, jobs } = compileItem(item, objectClass);
  const exporter = await start(await putConfig(config));
  onTestFinished(() => exporter.stop());
  const texts = await Promise.all(
    targets.map(async ({ spec }) => [String(spec.name), await scrape(exporter.url, spec, jobs)] as const),
  );
  return new Map(texts);
}

async function scrape(url: string, spec: JsonObject, jobs: readonly JsonObject[]): Promise<string> {
  const [group] = Array.isArray(spec.groups) ? spec.groups.filter(isJsonObject) : [];
  const { labels = {}, targets = [] } = group ?? {};
  const query = new URLSearchParams({ target: String(Array.isArray(targets) ? targets[0] : '') });
  for (const [label, value] of Object.entries(labels as JsonObject)) {
    if (label.startsWith('__param_')) query.set(label.slice('__param_'.length), String(value));
  }
  const job = jobs.find(({ job_name: name }) => name === spec.name);
  const answer = await fetch(`${url}${String(job?.metrics_path)}?${query}`);
  if (!answer.ok) throw new Error(`status ${answer.status}: ${await answer.text()}`);
  return `\n${await answer.text()}`;
}

function compileItem(item: ConfigurationItem, changed?: ObjectClass) {
  const group = sampleGroup();
  const classes = group.organisation.catalogue.classes.map((one) => (one.id === changed?.id ? changed : one));
  const [hq, region, plant] = sampleStacks();
  const targets = [...standardTargets, 'snmp', 'modbus', 'ipmi'] as const;
  const { resources, diagnostics } = compileGroup({
    ...group,
    organisation: { ...group.organisation, catalogue: { ...group.organisation.catalogue, classes } },
    stacks: [
      hq!,
      region!,
      { ...plant!, targets, operations: [{ ...plant!.operations[0]!, selection: items.where({ id: item.id }) }] },
    ],
    items: [item],
  });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const ofPlant = (type: string) => resources.filter((one) => one.address.startsWith(`plant/${type}/`));
  const prometheus = ofPlant('prometheus-config')[0]?.spec.config;
  const jobs = isJsonObject(prometheus) && Array.isArray(prometheus.scrape_configs) ? prometheus.scrape_configs : [];
  const [config] = ['snmp-config', 'ipmi-config', 'modbus-config'].flatMap(ofPlant);
  return { config: config as Resource, targets: ofPlant('prometheus-targets'), jobs: jobs.filter(isJsonObject) };
}

/** Lets the provider write the file, with the secrets that it names. */
async function putConfig({ address, type, spec }: Resource): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'opsctl-devices-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const name = type.replace('-config', '');
  const provider = exporterProviders.find((one) => one.name === name);
  const settings = { directory, check: 'none', ...(name === 'snmp' ? { version: '0.21' } : {}) };
  const session = provider?.open({ stack: 'plant', target: name, provider: name, settings }, plainContext());
  await session?.stage({ kind: 'write', address, type, spec: withSecrets(spec) });
  expect(await session?.commit()).toMatchObject({ accepted: true });
  await session?.close();
  return join(directory, `${name}.yml`);
}

function withSecrets(spec: JsonObject): JsonObject {
  const text = JSON.stringify(spec);
  expect(text).not.toContain(community);
  return JSON.parse(
    text
      .replaceAll('{"$secret":"env:SNMP_COMMUNITY"}', JSON.stringify(community))
      .replaceAll('{"$secret":"env:IPMI_PASSWORD"}', '"secret"'),
  );
}

/** Metrics that the class needs from the sources that were scraped, and that were not there. */
function missingFrom(scraped: ReadonlyMap<string, string>, objectClass: ObjectClass): readonly string[] {
  const needed = metricTable(objectClass).filter(({ name }) => name !== 'up');
  return needed
    .filter(({ source, name, type }) => {
      const text = scraped.get(`${objectClass.id}-${source}`);
      if (text === undefined) return false;
      const isThere = new RegExp(`^${name}[{ ]`, 'm').test(text);
      return !isThere || (type !== undefined && !text.includes(`# TYPE ${name} ${type}\n`));
    })
    .map(({ source, name }) => `${source}: ${name}`);
}

function withModule(objectClass: ObjectClass, changes: { readonly timeout: string; readonly retries: number }) {
  const source = objectClass.sources.snmp;
  if (source?.kind !== 'snmp') throw new Error('Bug: a UPS is asked by SNMP.');
  const module: typeof source.module = (values) => ({ ...source.module(values), ...changes });
  return { snmp: { ...source, module } };
}

async function startDevice(objects: SnmpObjects): Promise<string> {
  const agent = await startSnmpAgent(objects, community);
  onTestFinished(() => agent.close());
  return agent.address;
}

const startSnmpExporter: StartExporter = (file) =>
  startProgram({
    program: snmp.path('prometheus-snmp-exporter'),
    args: (port) => [`--config.file=${file}`, `--web.listen-address=127.0.0.1:${port}`],
    ready: '/',
  });

/** With programs in place of freeipmi's that print what a server would answer. */
const startIpmiExporter: StartExporter = async (file) => {
  const folder = await mkdtemp(join(tmpdir(), 'opsctl-freeipmi-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, output] of Object.entries(freeipmiAnswers)) {
    await writeFile(join(folder, name), `#!/bin/sh\ncat <<'END'\n${output}\nEND\n`);
    await chmod(join(folder, name), 0o755);
  }
  return startProgram({
    program: ipmi.path('prometheus-ipmi-exporter'),
    args: (port) => [`--config.file=${file}`, `--freeipmi.path=${folder}`, `--web.listen-address=127.0.0.1:${port}`],
    ready: '/',
  });
};
