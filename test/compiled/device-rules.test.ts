import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standardTargets } from 'opsctl';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import { runProgram } from '../../toolkit/host/run-program.ts';
import { printYaml } from '../../toolkit/languages/yaml/index.ts';
import { sampleGroup, sampleItem, sampleStacks } from '../../toolkit/testing/sample-group.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['promtool']);

/** What alerts of devices make of what devices answer, evaluated by Prometheus' own tool. */
describe.skipIf(!programs.available)(programs.title('compiled rules of devices under promtool'), () => {
  let folder = '';
  let files: readonly string[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opsctl-device-rules-'));
    files = await writeRules(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('are accepted, all of them', async () => {
    const result = await runProgram(programs.path('promtool'), ['check', 'rules', ...files], { timeoutMs: 30_000 });
    expect(`${result.stdout}${result.stderr}`).not.toContain('FAILED');
    expect(result.exitCode).toBe(0);
  });

  const uplink = 'ifName="10GE1/0/1",ifAlias="to core"';
  const board = 'part="Board 1"';
  const cases: readonly AlertCase[] = [
    {
      name: 'a busy processor of any maker is one alert',
      series: {
        [device('sw-huawei', 'huawei', 'hwEntityCpuUsage', board)]: '95x40',
        [device('sw-h3c', 'h3c', 'hh3cEntityExtCpuUsage', board)]: '96x40',
        [device('sw-ruijie', 'ruijie', 'ruijieCPUUtilization5Min')]: '97x40',
        [device('sw-cisco', 'cisco', 'cpmCPUTotal5minRev', 'part="1"')]: '10x40',
      },
      at: '30m',
      alert: 'NetworkDeviceCpuBusy',
      firing: ['sw-h3c', 'sw-huawei', 'sw-ruijie'],
    },
    {
      name: 'a part without a sensor, which Comware answers with 65535, is not hot',
      series: { [device('sw-h3c', 'h3c', 'hh3cEntityExtTemperature', 'part="PSU 1"')]: '65535x40' },
      at: '30m',
      alert: 'NetworkDeviceHot',
      firing: [],
    },
    {
      name: 'memory of a Cisco pool is used over all there is of it',
      series: {
        [device('sw-cisco', 'cisco', 'ciscoMemoryPoolUsed', 'part="Processor",pool="1"')]: '950x40',
        [device('sw-cisco', 'cisco', 'ciscoMemoryPoolFree', 'part="Processor",pool="1"')]: '50x40',
      },
      at: '30m',
      alert: 'NetworkDeviceMemoryShort',
      firing: ['sw-cisco'],
    },
    {
      name: 'an uplink that is wanted up and is down',
      series: {
        [device('sw-huawei', 'interfaces', 'ifOperStatus', uplink)]: '2x10',
        [device('sw-huawei', 'interfaces', 'ifAdminStatus', uplink)]: '1x10',
      },
      at: '5m',
      alert: 'NetworkInterfaceDown',
      firing: ['sw-huawei'],
    },
    {
      name: 'one that somebody has switched off is no trouble, nor is a user port without a description',
      series: {
        [device('sw-huawei', 'interfaces', 'ifOperStatus', uplink)]: '2x10',
        [device('sw-huawei', 'interfaces', 'ifAdminStatus', uplink)]: '2x10',
        [device('sw-h3c', 'interfaces', 'ifOperStatus', 'ifName="GE1/0/9",ifAlias=""')]: '2x10',
        [device('sw-h3c', 'interfaces', 'ifAdminStatus', 'ifName="GE1/0/9",ifAlias=""')]: '1x10',
      },
      at: '5m',
      alert: 'NetworkInterfaceDown',
      firing: [],
    },
    {
      name: 'ten gigabits are full at ten gigabits, not at what 32 bits hold',
      series: {
        // 1.2 GB/s are 9.6 Gb/s; the other way has half of it.
        [device('sw-huawei', 'interfaces', 'ifHCInOctets', uplink)]: '0+72000000000x60',
        [device('sw-huawei', 'interfaces', 'ifHCOutOctets', uplink)]: '0+36000000000x60',
        [device('sw-huawei', 'interfaces', 'ifHighSpeed', uplink)]: '10000x60',
      },
      at: '50m',
      alert: 'NetworkInterfaceInboundFull',
      firing: ['sw-huawei'],
    },
    {
      name: 'hardware that is not read while interfaces are',
      series: {
        [device('sw-huawei', 'interfaces', 'up')]: '1x40',
        [device('sw-huawei', 'huawei', 'up')]: '0x40',
        [device('sw-h3c', 'h3c', 'up')]: '1x40',
      },
      at: '30m',
      alert: 'NetworkDeviceHardwareUnread',
      firing: ['sw-huawei'],
    },
    {
      name: 'a UPS on battery',
      series: { [series('ups-1', 'ups', 'snmp', 'upsOutputSource')]: '3 5 5 5 5' },
      at: '4m',
      alert: 'UpsOnBattery',
      firing: ['ups-1'],
    },
    {
      name: 'a UPS in bypass is unprotected and not on battery',
      series: { [series('ups-1', 'ups', 'snmp', 'upsOutputSource')]: '4x20' },
      at: '15m',
      alert: 'UpsUnprotected',
      firing: ['ups-1'],
    },
    {
      name: 'a UPS whose battery lasts for seven minutes',
      series: { [series('ups-1', 'ups', 'snmp', 'upsEstimatedMinutesRemaining')]: '7x5' },
      at: '3m',
      alert: 'UpsTimeShort',
      firing: ['ups-1'],
    },
    {
      name: 'a room that becomes six degrees warmer within a quarter of an hour',
      series: { [series('room-1', 'room-sensor', 'modbus', 'room_temperature_celsius')]: '20x15 20+0.5x15' },
      at: '30m',
      alert: 'RoomHeatingUp',
      firing: ['room-1'],
    },
    {
      name: 'water, at once',
      series: { [series('room-1', 'room-sensor', 'modbus', 'room_water_leak')]: '0 1' },
      at: '1m',
      alert: 'RoomWater',
      firing: ['room-1'],
    },
    {
      name: 'a sensor without a reading is no failure',
      series: {
        [series('bmc-1', 'server-bmc', 'ipmi', 'ipmi_sensor_state', 'name="PS2"')]: Array(20).fill('NaN').join(' '),
      },
      at: '15m',
      alert: 'ServerPartFailing',
      firing: [],
    },
    {
      name: 'a failed fan is',
      series: { [series('bmc-1', 'server-bmc', 'ipmi', 'ipmi_fan_speed_state', 'name="Fan1A"')]: '2x20' },
      at: '15m',
      alert: 'ServerFanFailing',
      firing: ['bmc-1'],
    },
    {
      name: 'a controller that does not answer, although the exporter does',
      series: {
        [series('bmc-1', 'server-bmc', 'ipmi', 'up')]: '1x30',
        [series('bmc-1', 'server-bmc', 'ipmi', 'ipmi_up', 'collector="ipmi"')]: '0x30',
      },
      at: '20m',
      alert: 'ServerHardwareUnread',
      firing: ['bmc-1'],
    },
  ];

  it.each(cases)('$name', async ({ series: given, at, alert, firing }) => {
    const query = `count by (item) (ALERTS{alertname="${alert}",alertstate="firing"})`;
    const test = {
      rule_files: files,
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: Object.entries(given).map(([name, values]) => ({ series: name, values })),
          promql_expr_test: [
            {
              expr: query,
              eval_time: at,
              exp_samples: firing.map((item) => ({ labels: `{item="${item}"}`, value: 1 })),
            },
          ],
        },
      ],
    };
    const file = join(folder, `${alert}.test.yaml`);
    await writeFile(file, printYaml(test));
    const result = await runProgram(programs.path('promtool'), ['test', 'rules', file], { timeoutMs: 30_000 });
    expect(`${result.stdout}${result.stderr}`).toContain('SUCCESS');
  });
});

interface AlertCase {
  readonly name: string;
  readonly series: Readonly<Record<string, string>>;
  readonly at: string;
  readonly alert: string;
  /** Items that it fires for. */
  readonly firing: readonly string[];
}

function device(item: string, source: string, metric: string, more = ''): string {
  return series(item, 'network-device', source, metric, more);
}

function series(item: string, objectClass: string, source: string, metric: string, more = ''): string {
  const labels = `item="${item}",class="${objectClass}",job="${objectClass}-${source}"`;
  return `${metric}{${labels}${more === '' ? '' : `,${more}`}}`;
}

async function writeRules(folder: string): Promise<readonly string[]> {
  const room = { temperature: 0, humidity: 1, leak: 2 };
  const items = [
    ...['huawei', 'h3c', 'ruijie', 'cisco'].map((vendor) =>
      sampleItem(`sw-${vendor}`, 'network-device', { address: `${vendor}.example`, vendor }),
    ),
    sampleItem('ups-1', 'ups', { address: 'ups.example' }),
    sampleItem('room-1', 'room-sensor', { address: 'room.example', ...room }),
    sampleItem('bmc-1', 'server-bmc', { address: 'bmc.example' }),
  ];
  const targets = [...standardTargets, 'snmp', 'modbus', 'ipmi'] as const;
  const stacks = sampleStacks().map((stack) => (stack.name === 'plant' ? { ...stack, targets } : stack));
  const { resources, diagnostics } = compileGroup(sampleGroup({ items, stacks }));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const rules = resources.filter(({ type, address }) => type === 'prometheus-rules' && address.startsWith('plant/'));
  return Promise.all(
    rules.map(async ({ address, spec }) => {
      const file = join(folder, `${address.replaceAll('/', '-')}.yaml`);
      await writeFile(file, printYaml({ groups: [spec.group ?? {}] }));
      return file;
    }),
  );
}
