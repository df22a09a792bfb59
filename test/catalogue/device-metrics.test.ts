import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineSnmpModule, metricTable, type ObjectClass, readingsOf, type Signal } from 'opsctl';
import { networkDevice, roomSensor, serverBmc, ups } from 'opsctl/cmdb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isJsonObject, type JsonObject, type JsonValue } from '../../toolkit/model/index.ts';
import { sampleItem } from '../../toolkit/testing/sample-group.ts';
import {
  compileItem,
  missingFrom,
  type StartExporter,
  scrapeAll,
  snmp,
  startDevice,
  startSnmpExporter,
} from '../support/device-scrapes.ts';
import { metricsOfReading } from '../support/metric-names.ts';
import { startProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';
import { type SnmpObjects, startSnmpAgent } from '../support/snmp-agent.ts';
import { ciscoSwitch, freeipmiAnswers, h3cSwitch, huaweiSwitch, ruijieSwitch, upsOnBattery } from './devices.ts';

const ipmi = realPrograms(['prometheus-ipmi-exporter']);

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

  it('a number is taken out of a text, and a text without one is no sample', async () => {
    const texts = { 1: '41.5 C', 2: 'N/A' };
    const objects = Object.fromEntries(
      Object.entries(texts).map(([row, value]) => [`1.3.6.1.4.1.9.9.1.3.${row}`, { type: 'text', value } as const]),
    );
    const sensors = defineSnmpModule({
      name: 'sensors',
      metrics: {
        boardTemperature: {
          oid: '1.3.6.1.4.1.9.9.1.3',
          type: 'DisplayString',
          help: 'Degrees Celsius, as a text.',
          index: [{ label: 'board', type: 'gauge' }],
          numberIn: '([0-9.]+) C',
        },
      },
    });
    const device = { ...ups, sources: { snmp: { ...ups.sources.snmp, module: () => sensors } } };
    const item = sampleItem('ups-1', 'ups', { address: await startDevice(objects) });
    const page = (await scrapeAll(device as unknown as ObjectClass, item, startSnmpExporter)).get('ups-snmp') ?? '';
    expect(page.split('\n').filter((line) => line.startsWith('boardTemperature'))).toEqual([
      'boardTemperature{board="1"} 41.5',
    ]);
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
        for (const reading of Object.values(readingsOf(signal))) {
          const { metrics } = reading;
          expect(metrics.map((metric) => (typeof metric === 'string' ? metric : metric.name)).sort()).toEqual(
            [...metricsOfReading(reading)].sort(),
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

function withModule(objectClass: ObjectClass, changes: { readonly timeout: string; readonly retries: number }) {
  const source = objectClass.sources.snmp;
  if (source?.kind !== 'snmp') throw new Error('Bug: a UPS is asked by SNMP.');
  const module: typeof source.module = (values) => ({ ...source.module(values), ...changes });
  return { snmp: { ...source, module } };
}

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
