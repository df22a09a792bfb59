import { describe, expect, it } from 'vitest';
import {
  type Attributes,
  defineAlertPack,
  defineClass,
  defineSnmpModule,
  type ModbusModule,
  networkName,
  type SettingsModule,
  type SignalSource,
  type SnmpModule,
  secretAt,
  targetNames,
} from '../../model/index.ts';
import { sampleGroup, sampleItem, sampleStacks } from '../../testing/sample-group.ts';
import { compileGroup } from '../compile-group.ts';

const title = { en: 'Dryer', zh: '干燥机' };
const common = { exporter: 'x >=1', interval: '30s', endpoint: () => '10.0.0.1' } as const;

const snmp = (module: SnmpModule): SignalSource<Attributes> => ({
  ...common,
  kind: 'snmp',
  module: () => module,
  access: () => ({ name: 'plant', version: 2, community: secretAt('env:COMMUNITY') }),
});
const modbus = (module: ModbusModule): SignalSource<Attributes> => ({
  ...common,
  kind: 'modbus',
  module: () => module,
  unit: () => 1,
});
const json = (module: SettingsModule): SignalSource<Attributes> => ({ ...common, kind: 'json', module: () => module });

const rack = defineSnmpModule({
  name: 'rack',
  metrics: {
    rackLoad: { oid: '1.3.6.1.4.1.9.1', type: 'gauge', help: 'Load.', index: [{ label: 'phase', type: 'gauge' }] },
  },
});
const registers: ModbusModule = {
  name: 'dryer',
  metrics: [{ name: 'dryer_dew_point', help: 'Dew point.', from: 'input-register', address: 1, dataType: 'int16' }],
};
const page: SettingsModule = {
  name: 'page',
  settings: {
    metrics: [
      { name: 'pressure', path: '{.pressure}' },
      { name: 'stage', type: 'object', path: '{.stages[*]}', values: { temperature: '{.t}' } },
    ],
  },
};

describe('metrics that a module gives', () => {
  it.each([
    { name: 'of SNMP', source: snmp(rack), metric: 'rackLoad' },
    { name: 'of Modbus', source: modbus(registers), metric: 'dryer_dew_point' },
    { name: 'of JSON', source: json(page), metric: 'pressure' },
    { name: 'of an object in JSON', source: json(page), metric: 'stage_temperature' },
    { name: 'of the scrape', source: snmp(rack), metric: 'up' },
    { name: 'of the exporter itself', source: snmp(rack), metric: 'snmp_scrape_duration_seconds' },
    { name: 'of an exporter that lists nothing', source: { ...common, kind: 'exporter' } as const, metric: 'anything' },
  ])('$name can be read', ({ source, metric }) => {
    expect(toldOf(source, metric)).toEqual([]);
  });
});

describe('what a module does not ask for is told', () => {
  it.each([
    { name: 'of SNMP', source: snmp(rack), metric: 'rackLoads', module: 'rack', hint: 'Did you mean rackLoad?' },
    {
      name: 'of Modbus',
      source: modbus(registers),
      metric: 'pressure_bar',
      module: 'dryer',
      hint: 'Add the metric to the module, or correct its name.',
    },
    {
      name: 'of JSON',
      source: json(page),
      metric: 'stage_temperatur',
      module: 'page',
      hint: 'Did you mean stage_temperature?',
    },
  ])('$name', ({ source, metric, module, hint }) => {
    expect(toldOf(source, metric)).toEqual([
      {
        code: 'compile/metric-not-asked',
        detail: `The signal load of dryer reads ${metric}, which ${module} does not list: it would never have a value, and its alerts would never fire.`,
        hint,
        file: expect.stringMatching(/check-modules\.test\.ts$/),
      },
    ]);
  });

  it('a lookup by a label that the index does not have', () => {
    const lookups = [{ label: 'name', by: ['fase'], oid: '1.3.6.1.4.1.9.2', type: 'DisplayString' }] as const;
    const broken = { ...rack, metrics: { rackLoad: { ...rack.metrics.rackLoad, lookups } } };
    expect(toldOf(snmp(broken), 'rackLoad')).toMatchObject([
      {
        code: 'compile/lookup-without-index',
        detail:
          'In the module rack, rackLoad looks up name by fase, which is no label of its index: snmp_exporter would refuse the file.',
      },
    ]);
  });
});

function toldOf(source: SignalSource<Attributes>, metric: string) {
  const dryer = defineClass({
    id: 'dryer',
    title,
    attributes: { address: networkName('Where.') },
    sources: { own: source },
    signals: {
      load: {
        title,
        unit: 'count',
        direction: 'high-is-bad',
        from: 'own',
        expression: (series) => series(metric),
        metrics: [metric],
      },
    },
  });
  const stacks = sampleStacks().map((stack) => (stack.name === 'plant' ? { ...stack, targets: targetNames } : stack));
  const group = sampleGroup({ stacks, items: [sampleItem('dryer-1', 'dryer', { address: '10.0.0.1' })] });
  const catalogue = { classes: [dryer], alerts: [defineAlertPack(dryer, {})], dashboards: [] };
  const { diagnostics } = compileGroup({ ...group, organisation: { ...group.organisation, catalogue } });
  return diagnostics.map(({ code, detail, hint, position }) => ({ code, detail, hint, file: position?.file }));
}
