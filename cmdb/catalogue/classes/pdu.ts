import { choice, defineClass, networkName, optional, type Reading, type SnmpModule, snmpMetric, text } from 'opsctl';
import { apcRackPdu, raritanPdu } from './pdu-modules.ts';
import { highIsBad, stateOf } from './signal-meanings.ts';
import { snmpAccess, snmpAttributes } from './snmp-access.ts';

const pace = { interval: '60s', timeout: '30s', exporter: 'snmp_exporter >=0.21' } as const;

/** A reading of one metric of a module, restricted by matchers and put into our words. */
function of<Name extends string>(
  module: SnmpModule<Name>,
  metric: NoInfer<Name>,
  change: (series: string) => string,
  matchers?: string,
): Reading {
  return {
    expression: (series) => change(matchers === undefined ? series(metric) : series(metric, matchers)),
    metrics: [snmpMetric(module, metric)],
  };
}

const answers: Reading = { expression: (series) => series('up'), metrics: ['up'] };

/**
 * A power distribution unit of a rack, asked by SNMP. What it feeds is `powered-by` it, and it is `powered-by` its UPS. Of
 * Chinese makers (Clever) the objects differ from series to series, and none could be confirmed from two sources.
 */
export const pdu = defineClass({
  id: 'pdu',
  title: { en: 'Rack PDU', zh: '机柜配电单元(PDU)' },
  attributes: {
    address: networkName('Management address.'),
    vendor: choice('Maker, which decides how it is read.', ['apc', 'raritan']),
    model: optional(text('Such as `AP8853`.')),
    ...snmpAttributes,
  },
  sources: {
    apc: {
      kind: 'snmp',
      ...pace,
      when: ({ vendor }) => vendor === 'apc',
      endpoint: ({ address }) => address,
      module: () => apcRackPdu,
      access: snmpAccess,
    },
    raritan: {
      kind: 'snmp',
      ...pace,
      when: ({ vendor }) => vendor === 'raritan',
      endpoint: ({ address }) => address,
      module: () => raritanPdu,
      access: snmpAccess,
    },
  },
  signals: {
    up: { ...stateOf('Management answers', '管理接口应答'), readings: { apc: answers, raritan: answers } },
    phaseLoad: {
      ...highIsBad('count', 'Load of a phase (1 near its limit, 2 beyond)', '相负载(1 接近上限 2 超限)'),
      readings: {
        apc: of(apcRackPdu, 'rPDU2PhaseStatusLoadState', (state) => `${state} - 2`),
        raritan: of(raritanPdu, 'measurementsInletPoleSensorState', (state) => `${state} - 4`, 'sensorType="1"'),
      },
      partLabels: ['phase'],
    },
    bankLoad: {
      ...highIsBad('count', 'Load of a bank (1 near its limit, 2 beyond)', '分路负载(1 接近上限 2 超限)'),
      readings: { apc: of(apcRackPdu, 'rPDU2BankStatusLoadState', (state) => `${state} - 2`) },
      partLabels: ['bank'],
    },
    breakersClosed: {
      ...stateOf('Breaker closed', '断路器闭合'),
      readings: {
        raritan: of(
          raritanPdu,
          'measurementsOverCurrentProtectorSensorState',
          (state) => `${state} == bool 1`,
          'sensorType="15"',
        ),
      },
      partLabels: ['breaker'],
    },
    suppliesWell: {
      ...stateOf('Its own power supplies well', '自身电源正常'),
      readings: { apc: of(apcRackPdu, 'rPDU2DeviceStatusPowerSupplyAlarm', (state) => `${state} == bool 1`) },
      partLabels: ['pdu'],
    },
    current: {
      ...highIsBad('amperes', 'Current of a phase', '相电流'),
      readings: { apc: of(apcRackPdu, 'rPDU2PhaseStatusCurrent', (tenths) => `${tenths} / 10`) },
      partLabels: ['phase'],
    },
    voltage: {
      title: { en: 'Voltage of a phase', zh: '相电压' },
      unit: 'volts',
      direction: 'low-is-bad',
      readings: { apc: of(apcRackPdu, 'rPDU2PhaseStatusVoltage', (volts) => volts) },
      partLabels: ['phase'],
    },
    power: {
      ...highIsBad('watts', 'Power', '功率'),
      readings: {
        apc: of(apcRackPdu, 'rPDU2DeviceStatusPower', (hundredths) => `${hundredths} * 10`),
        raritan: of(raritanPdu, 'measurementsInletSensorValue', (watts) => watts, 'sensorType="5"'),
      },
      partLabels: ['pdu'],
    },
  },
});
