import { defineClass, defineSnmpModule, networkName, optional, snmpMetric, text } from 'opsctl';
import { snmpAccess, snmpAttributes } from './snmp-access.ts';

/** UPS-MIB (RFC 1628), which network cards of nearly all makers answer. */
const upsMib = defineSnmpModule({
  name: 'ups_mib',
  metrics: {
    upsBatteryStatus: {
      oid: '1.3.6.1.2.1.33.1.2.1',
      type: 'gauge',
      help: 'State of the battery: 1 unknown, 2 normal, 3 low, 4 depleted.',
    },
    upsSecondsOnBattery: { oid: '1.3.6.1.2.1.33.1.2.2', type: 'gauge', help: 'Seconds on battery; 0 on mains.' },
    upsEstimatedMinutesRemaining: {
      oid: '1.3.6.1.2.1.33.1.2.3',
      type: 'gauge',
      help: 'Minutes until the battery is empty, under the load as it is.',
    },
    upsEstimatedChargeRemaining: {
      oid: '1.3.6.1.2.1.33.1.2.4',
      type: 'gauge',
      help: 'Charge of the battery, in percent.',
    },
    upsBatteryTemperature: {
      oid: '1.3.6.1.2.1.33.1.2.7',
      type: 'gauge',
      help: 'Temperature at or near the battery, in degrees Celsius.',
    },
    upsOutputSource: {
      oid: '1.3.6.1.2.1.33.1.4.1',
      type: 'gauge',
      help: 'What the output is fed from: 1 other, 2 none, 3 normal, 4 bypass, 5 battery, 6 booster, 7 reducer.',
    },
    upsOutputPercentLoad: {
      oid: '1.3.6.1.2.1.33.1.4.4.1.5',
      type: 'gauge',
      help: 'Load of the output line, in percent of what it can give.',
      index: [{ label: 'line', type: 'gauge' }],
    },
    upsAlarmsPresent: { oid: '1.3.6.1.2.1.33.1.6.1', type: 'gauge', help: 'Alarms that the UPS itself shows.' },
  },
});

/** An uninterruptible power supply with a network card. What it feeds depends on it: `depends-on` in the inventory. */
export const ups = defineClass({
  id: 'ups',
  title: { en: 'UPS', zh: '不间断电源' },
  attributes: {
    address: networkName('Address of its network card.'),
    model: optional(text('Such as `UPS5000-E-120K`.')),
    ...snmpAttributes,
  },
  sources: {
    snmp: {
      kind: 'snmp',
      exporter: 'snmp_exporter >=0.21',
      interval: '30s',
      timeout: '20s',
      endpoint: ({ address }) => address,
      module: () => upsMib,
      access: snmpAccess,
    },
  },
  signals: {
    up: {
      title: { en: 'Network card answers', zh: '网络管理卡应答' },
      unit: 'boolean',
      direction: 'state',
      from: 'snmp',
      expression: (series) => series('up'),
      metrics: ['up'],
    },
    onMains: {
      title: { en: 'Fed from the mains', zh: '市电供电' },
      unit: 'boolean',
      direction: 'state',
      from: 'snmp',
      expression: (series) => `${series('upsOutputSource')} != bool 5`,
      metrics: [snmpMetric(upsMib, 'upsOutputSource')],
    },
    protecting: {
      title: { en: 'Output protected (not bypassed, not off)', zh: '输出受保护(未旁路、未关断)' },
      unit: 'boolean',
      direction: 'state',
      from: 'snmp',
      expression: (series) => `(${series('upsOutputSource')} != bool 4) * (${series('upsOutputSource')} != bool 2)`,
      metrics: [snmpMetric(upsMib, 'upsOutputSource')],
    },
    batteryGood: {
      title: { en: 'Battery not low', zh: '电池电量正常' },
      unit: 'boolean',
      direction: 'state',
      from: 'snmp',
      expression: (series) => `${series('upsBatteryStatus')} < bool 3`,
      metrics: [snmpMetric(upsMib, 'upsBatteryStatus')],
    },
    timeLeft: {
      title: { en: 'Time until the battery is empty', zh: '电池剩余时间' },
      unit: 'seconds',
      direction: 'low-is-bad',
      from: 'snmp',
      expression: (series) => `${series('upsEstimatedMinutesRemaining')} * 60`,
      metrics: [snmpMetric(upsMib, 'upsEstimatedMinutesRemaining')],
    },
    charge: {
      title: { en: 'Charge', zh: '电池电量' },
      unit: 'ratio',
      direction: 'low-is-bad',
      from: 'snmp',
      expression: (series) => `${series('upsEstimatedChargeRemaining')} / 100`,
      metrics: [snmpMetric(upsMib, 'upsEstimatedChargeRemaining')],
    },
    timeOnBattery: {
      title: { en: 'Time on battery', zh: '电池供电时长' },
      unit: 'seconds',
      direction: 'high-is-bad',
      from: 'snmp',
      expression: (series) => series('upsSecondsOnBattery'),
      metrics: [snmpMetric(upsMib, 'upsSecondsOnBattery')],
    },
    load: {
      title: { en: 'Load', zh: '负载率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'snmp',
      expression: (series) => `${series('upsOutputPercentLoad')} / 100`,
      metrics: [snmpMetric(upsMib, 'upsOutputPercentLoad')],
      partLabels: ['line'],
    },
    batteryTemperature: {
      title: { en: 'Battery temperature', zh: '电池温度' },
      unit: 'celsius',
      direction: 'high-is-bad',
      from: 'snmp',
      // Cards without the sensor answer 0, or nothing.
      expression: (series) => `${series('upsBatteryTemperature')} > 0`,
      metrics: [snmpMetric(upsMib, 'upsBatteryTemperature')],
    },
    alarms: {
      title: { en: 'Alarms of the UPS itself', zh: 'UPS 自身告警数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'snmp',
      expression: (series) => series('upsAlarmsPresent'),
      metrics: [snmpMetric(upsMib, 'upsAlarmsPresent')],
    },
  },
});
