import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startProgram } from '../../../test/support/processes.ts';
import { realPrograms } from '../../../test/support/programs.ts';
import { makeAddress, type Provider } from '../../model/index.ts';
import {
  describeProvider,
  directoryContents,
  directoryFingerprint,
  plainContext,
  type TargetUnderTest,
} from '../../testing/index.ts';
import { exporterProviders } from './index.ts';

const programs = realPrograms(['prometheus-snmp-exporter']);
const ipmi = realPrograms(['prometheus-ipmi-exporter']);

const uptime = { name: 'sysUpTime', oid: '1.3.6.1.2.1.1.3', type: 'gauge', help: 'Hundredths of a second.' };
const ifSpeed = {
  name: 'ifHighSpeed',
  oid: '1.3.6.1.2.1.31.1.1.1.15',
  type: 'gauge',
  help: 'Megabits per second.',
  indexes: [{ labelname: 'ifIndex', type: 'gauge' }],
  lookups: [{ labels: ['ifIndex'], labelname: 'ifName', oid: '1.3.6.1.2.1.31.1.1.1.1', type: 'DisplayString' }],
};
const system = { get: ['1.3.6.1.2.1.1.3.0'], metrics: [uptime], version: 2, auth: { community: 'plant' } };
const snmpConfig = {
  address: makeAddress({ stack: 'plant', type: 'snmp-config', name: 'main' }),
  type: 'snmp-config',
  spec: { modules: { 'system.plant': system } },
  changedSpec: {
    modules: {
      'system.plant': { ...system, timeout: '10s', retries: 1 },
      'if_mib.core': {
        walk: ['1.3.6.1.2.1.31.1.1.1.1', '1.3.6.1.2.1.31.1.1.1.15'],
        metrics: [ifSpeed],
        version: 3,
        auth: {
          security_level: 'authPriv',
          username: 'opsctl',
          password: 'twelve-letters',
          auth_protocol: 'SHA',
          priv_password: 'twelve-others',
          priv_protocol: 'AES',
        },
      },
    },
  },
  initially: 'present',
} as const;

const controller = { user: 'monitor', pass: 'x', driver: 'LAN_2_0', privilege: 'user', timeout: 10_000 };
const ipmiConfig = {
  address: makeAddress({ stack: 'plant', type: 'ipmi-config', name: 'main' }),
  type: 'ipmi-config',
  spec: { modules: { bmc: { ...controller, collectors: ['bmc', 'ipmi'] } } },
  changedSpec: { modules: { bmc: { ...controller, collectors: ['bmc', 'ipmi', 'chassis'] } } },
  initially: 'present',
} as const;

const modbusConfig = {
  address: makeAddress({ stack: 'plant', type: 'modbus-config', name: 'main' }),
  type: 'modbus-config',
  spec: {
    modules: {
      room: {
        protocol: 'tcp/ip',
        metrics: [
          {
            name: 'room_temperature_celsius',
            help: 'Air.',
            address: 300_000,
            dataType: 'int16',
            metricType: 'gauge',
            factor: 0.1,
          },
        ],
      },
    },
  },
  changedSpec: {
    modules: {
      room: {
        protocol: 'tcp/ip',
        metrics: [
          { name: 'room_temperature_celsius', help: 'Air.', address: 300_001, dataType: 'int16', metricType: 'gauge' },
        ],
      },
    },
  },
} as const;

const jsonConfig = {
  address: makeAddress({ stack: 'plant', type: 'json-config', name: 'main' }),
  type: 'json-config',
  spec: { modules: { nvr: { metrics: [{ name: 'nvr_disk_free_ratio', path: '{.disk.free}', help: 'Free.' }] } } },
  changedSpec: { modules: { nvr: { metrics: [{ name: 'nvr_disk_free_ratio', path: '{.free}', help: 'Free.' }] } } },
} as const;

describe.skipIf(!programs.available)(programs.title('a real SNMP exporter'), () => {
  describeProvider('snmp', {
    provider: providerOf('snmp'),
    open: openSnmp,
    samples: [snmpConfig],
    refused: {
      address: snmpConfig.address,
      type: 'snmp-config',
      spec: { modules: { 'system.plant': { ...system, version: 4 } } },
      reason: /^snmp_exporter refuses it: snmp\.yml: SNMP version must be 1, 2 or 3\. Got: 4\.$/,
    },
  });

  it('says its version, and which file it was started with where it lets itself be asked', async () => {
    const target = await forTest(openSnmp());
    const session = providerOf('snmp').open(target.binding, plainContext());
    expect((await session.inspect()).map(({ subject, status, detail }) => ({ subject, status, detail }))).toEqual([
      { subject: 'server', status: 'ok', detail: expect.stringMatching(/^snmp_exporter 0\.21\.\d+ at .*, ready$/) },
      { subject: 'configuration', status: 'ok', detail: expect.any(String) },
      { subject: 'reload', status: 'ok', detail: 'allowed' },
      { subject: 'checker', status: 'ok', detail: target.binding.settings.check },
    ]);
  });

  it('is behind when somebody wrote another file and did not reload', async () => {
    const target = await forTest(openSnmp());
    const session = providerOf('snmp').open(target.binding, plainContext());
    const file = path.join(String(target.binding.settings.directory), 'snmp.yml');
    expect(await session.commit()).toMatchObject({ accepted: true });
    expect(await session.compareRunning()).toEqual({ state: 'as-placed' });
    await writeFile(file, 'system.plant: {get: [1.3.6.1.2.1.1.3.0], metrics: [], retries: 7}\n');
    expect(await session.compareRunning()).toEqual({
      state: 'behind',
      differences: ['/modules/system.plant/retries of snmp.yml is not what snmp_exporter runs.'],
      isLoadable: true,
    });
  });
});

describe.skipIf(!ipmi.available)(ipmi.title('a real IPMI exporter'), () => {
  describeProvider('ipmi', {
    provider: providerOf('ipmi'),
    open: openIpmi,
    samples: [ipmiConfig],
    refused: {
      address: ipmiConfig.address,
      type: 'ipmi-config',
      spec: { modules: { bmc: { collectors: ['fan'] } } },
      reason: /^ipmi\.yml: ipmi_exporter refused to load the new files: .*invalid collector: fan/,
    },
  });
});

// Neither is in Debian, and neither reads its file again while it runs: what can be proved of them is the file.
describeProvider('modbus', {
  provider: providerOf('modbus'),
  open: () => openFiles('modbus'),
  samples: [modbusConfig],
});
describeProvider('json', { provider: providerOf('json'), open: () => openFiles('json'), samples: [jsonConfig] });

describe('an exporter that reads its file only when it starts', () => {
  it('is said to have to be restarted, and is not asked to reload', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end('modbus_exporter_build_info{version="0.4.1"} 1\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const target = await forTest(openFiles('modbus'));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const binding = { ...target.binding, settings: { ...target.binding.settings, url } };
    const session = providerOf('modbus').open(binding, plainContext());
    await session.stage({
      kind: 'write',
      address: modbusConfig.address,
      type: modbusConfig.type,
      spec: modbusConfig.spec,
    });
    expect(await session.commit()).toMatchObject({
      accepted: true,
      note: expect.stringContaining('not loaded: modbus_exporter reads modbus.yml when it starts, so restart it'),
    });
    expect((await session.inspect()).map(({ subject, status, detail }) => [subject, status, detail])).toEqual([
      ['server', 'ok', `modbus_exporter 0.4.1 at ${url}, ready`],
      ['configuration', 'ok', 'modbus_exporter does not say which file it was started with'],
      ['reload', 'ok', 'modbus_exporter reads its file when it starts'],
    ]);
    expect(asked.filter((request) => request.startsWith('POST'))).toEqual([]);
  });
});

describe('the file of a newer SNMP exporter', () => {
  it('has each access beside the modules, and is read back as it was meant', async () => {
    const target = await forTest(openFiles('snmp', '0.26'));
    const session = providerOf('snmp').open(target.binding, plainContext());
    const { address, type, changedSpec } = snmpConfig;
    await session.stage({ kind: 'write', address, type, spec: changedSpec });
    await session.commit();
    const text = await readFile(path.join(String(target.binding.settings.directory), 'snmp.yml'), 'utf8');
    expect(text.split('\n').filter((line) => /^ {0,4}\S/.test(line) && !line.startsWith('#'))).toEqual([
      'auths:',
      '  system.plant:',
      '    version: 2',
      '    community: plant',
      '  if_mib.core:',
      '    version: 3',
      '    security_level: authPriv',
      '    username: opsctl',
      '    password: twelve-letters',
      '    auth_protocol: SHA',
      '    priv_password: twelve-others',
      '    priv_protocol: AES',
      'modules:',
      '  system.plant:',
      '    get:',
      '    metrics:',
      '    timeout: 10s',
      '    retries: 1',
      '  if_mib.core:',
      '    walk:',
      '    metrics:',
    ]);
    const canonical = providerOf('snmp').resourceTypes[0]?.canonical;
    const seen = await session.readMany([{ address, type, spec: changedSpec }]);
    expect(seen.get(address)).toEqual({ state: 'present', spec: canonical?.(changedSpec) });
  });
});

function providerOf(name: string): Provider {
  const provider = exporterProviders.find((one) => one.name === name);
  if (provider === undefined) throw new Error(`Bug: there is no provider ${name}.`);
  return provider;
}

/** A target that goes when the test is over, however it ends. */
async function forTest(opening: Promise<TargetUnderTest>): Promise<TargetUnderTest> {
  const target = await opening;
  onTestFinished(() => target.close());
  return target;
}

function openSnmp(): Promise<TargetUnderTest> {
  const program = programs.path('prometheus-snmp-exporter');
  const first = 'system.plant: {get: [1.3.6.1.2.1.1.3.0], metrics: []}\n';
  return openExporter('snmp', { program, first, ready: '/-/healthy', settings: { check: program, version: '0.21' } });
}

function openIpmi(): Promise<TargetUnderTest> {
  const program = ipmi.path('prometheus-ipmi-exporter');
  return openExporter('ipmi', { program, first: 'modules: {}\n', ready: '/', settings: {} });
}

interface ExporterUnderTest {
  readonly program: string;
  /** The file that it is started with. */
  readonly first: string;
  readonly ready: string;
  readonly settings: Readonly<Record<string, string>>;
}

async function openExporter(
  name: string,
  { program, first, ready, settings }: ExporterUnderTest,
): Promise<TargetUnderTest> {
  const files = await openFiles(name);
  const directory = String(files.binding.settings.directory);
  const file = path.join(directory, `${name}.yml`);
  await writeFile(file, first);
  const server = await startProgram({
    program,
    args: (port) => [`--config.file=${file}`, `--web.listen-address=127.0.0.1:${port}`],
    ready,
  });
  return {
    ...files,
    binding: { ...files.binding, settings: { directory, url: server.url, ...settings } },
    close: async () => {
      await server.stop();
      await files.close();
    },
  };
}

async function openFiles(name: string, version?: string): Promise<TargetUnderTest> {
  const folder = await mkdtemp(path.join(tmpdir(), `opsctl-${name}-`));
  const directory = path.join(folder, 'etc');
  await mkdir(directory);
  const file = path.join(directory, `${name}.yml`);
  const settings = { directory, ...(version === undefined ? {} : { version, check: 'none' }) };
  return {
    binding: { stack: 'plant', target: name, provider: name, settings },
    contents: () => directoryContents(directory),
    fingerprint: () => directoryFingerprint(directory),
    changeByHand: () => writeFile(file, changedByHand[name] ?? 'modules: {other: {timeout: 6}}\n'),
    breakByHand: () => writeFile(file, 'modules: {'),
    close: () => rm(folder, { recursive: true }),
  };
}

const changedByHand: Readonly<Record<string, string>> = {
  snmp: 'system.plant: {get: [1.3.6.1.2.1.1.3.0], metrics: [], timeout: 7s}\n',
  ipmi: 'modules: {other: {user: somebody}}\n',
  modbus: 'modules: [{name: other, protocol: tcp/ip, metrics: []}]\n',
};
