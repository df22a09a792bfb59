import type { SnmpObjects, SnmpValue } from '../support/snmp-agent.ts';

// What devices answer, as their makers' MIBs have it; enough of each to be told apart.

const gauge = (value: number): SnmpValue => ({ type: 'gauge', value });
const integer = (value: number): SnmpValue => ({ type: 'integer', value });
const text = (value: string): SnmpValue => ({ type: 'text', value });

/** Two interfaces: an uplink with a description, and a user port that is down and has none. */
const interfaces: SnmpObjects = {
  '1.3.6.1.2.1.1.3.0': { type: 'ticks', value: 8_640_000 },
  ...column('1.3.6.1.2.1.2.2.1.7', integer(1), integer(1)),
  ...column('1.3.6.1.2.1.2.2.1.8', integer(1), integer(2)),
  ...column('1.3.6.1.2.1.2.2.1.13', { type: 'counter', value: 3 }, { type: 'counter', value: 0 }),
  ...column('1.3.6.1.2.1.2.2.1.14', { type: 'counter', value: 7 }, { type: 'counter', value: 0 }),
  ...column('1.3.6.1.2.1.2.2.1.19', { type: 'counter', value: 0 }, { type: 'counter', value: 0 }),
  ...column('1.3.6.1.2.1.2.2.1.20', { type: 'counter', value: 0 }, { type: 'counter', value: 0 }),
  ...column('1.3.6.1.2.1.31.1.1.1.1', text('XGigabitEthernet0/0/1'), text('GigabitEthernet0/0/2')),
  // More than 32 bits can count.
  ...column('1.3.6.1.2.1.31.1.1.1.6', { type: 'counter64', value: 9_000_000_000_000 }, { type: 'counter64', value: 0 }),
  ...column('1.3.6.1.2.1.31.1.1.1.10', { type: 'counter64', value: 5_000_000_000 }, { type: 'counter64', value: 0 }),
  ...column('1.3.6.1.2.1.31.1.1.1.15', gauge(10_000), gauge(1000)),
  ...column('1.3.6.1.2.1.31.1.1.1.18', text('to core-1 汇聚'), text('')),
};

/** A Huawei switch: the board has processor, memory and temperature, the fan answers 0. */
export const huaweiSwitch: SnmpObjects = {
  ...interfaces,
  '1.3.6.1.2.1.47.1.1.1.1.7.67108873': text('MPU Board 0'),
  '1.3.6.1.2.1.47.1.1.1.1.7.67371017': text('FAN 1'),
  '1.3.6.1.4.1.2011.5.25.31.1.1.1.1.5.67108873': integer(35),
  '1.3.6.1.4.1.2011.5.25.31.1.1.1.1.5.67371017': integer(0),
  '1.3.6.1.4.1.2011.5.25.31.1.1.1.1.7.67108873': integer(62),
  '1.3.6.1.4.1.2011.5.25.31.1.1.1.1.7.67371017': integer(0),
  '1.3.6.1.4.1.2011.5.25.31.1.1.1.1.11.67108873': integer(47),
  '1.3.6.1.4.1.2011.5.25.31.1.1.1.1.11.67371017': integer(0),
};

/** An H3C switch: the power supply has no temperature sensor, which Comware writes as 65535. */
export const h3cSwitch: SnmpObjects = {
  ...interfaces,
  '1.3.6.1.2.1.47.1.1.1.1.7.2': text('Board 1'),
  '1.3.6.1.2.1.47.1.1.1.1.7.30': text('Power Supply 1'),
  '1.3.6.1.4.1.25506.2.6.1.1.1.1.6.2': integer(12),
  '1.3.6.1.4.1.25506.2.6.1.1.1.1.6.30': integer(0),
  '1.3.6.1.4.1.25506.2.6.1.1.1.1.8.2': integer(44),
  '1.3.6.1.4.1.25506.2.6.1.1.1.1.8.30': integer(0),
  '1.3.6.1.4.1.25506.2.6.1.1.1.1.12.2': integer(41),
  '1.3.6.1.4.1.25506.2.6.1.1.1.1.12.30': integer(65_535),
};

export const ruijieSwitch: SnmpObjects = {
  ...interfaces,
  '1.3.6.1.4.1.4881.1.1.10.2.36.1.1.3.0': integer(9),
  '1.3.6.1.4.1.4881.1.1.10.2.35.1.1.1.3.1': integer(51),
};

export const ciscoSwitch: SnmpObjects = {
  ...interfaces,
  '1.3.6.1.4.1.9.9.109.1.1.1.1.8.1': gauge(17),
  '1.3.6.1.4.1.9.9.48.1.1.1.2.1': text('Processor'),
  '1.3.6.1.4.1.9.9.48.1.1.1.5.1': gauge(300_000_000),
  '1.3.6.1.4.1.9.9.48.1.1.1.6.1': gauge(100_000_000),
  '1.3.6.1.4.1.9.9.13.1.3.1.2.1006': text('SW#1, Sensor#1, GREEN'),
  '1.3.6.1.4.1.9.9.13.1.3.1.3.1006': gauge(38),
};

/** A UPS on battery, with three output lines. */
export const upsOnBattery: SnmpObjects = {
  '1.3.6.1.2.1.33.1.2.1.0': integer(2),
  '1.3.6.1.2.1.33.1.2.2.0': integer(95),
  '1.3.6.1.2.1.33.1.2.3.0': integer(21),
  '1.3.6.1.2.1.33.1.2.4.0': integer(88),
  '1.3.6.1.2.1.33.1.2.7.0': integer(26),
  '1.3.6.1.2.1.33.1.4.1.0': integer(5),
  '1.3.6.1.2.1.33.1.4.4.1.5.1': integer(40),
  '1.3.6.1.2.1.33.1.4.4.1.5.2': integer(38),
  '1.3.6.1.2.1.33.1.4.4.1.5.3': integer(43),
  '1.3.6.1.2.1.33.1.6.1.0': gauge(1),
};

/** What freeipmi prints for a server with one failed fan. */
export const freeipmiAnswers: Readonly<Record<string, string>> = {
  ipmimonitoring: [
    "4,Inlet Temp,Temperature,Nominal,24.00,C,'OK'",
    "12,Fan1A,Fan,Critical,0.00,RPM,'At or Below (<=) Lower Critical Threshold'",
    "33,12V,Voltage,Nominal,12.10,V,'OK'",
    "71,PS1 Status,Power Supply,Nominal,N/A,N/A,'Presence detected'",
    '72,Unknown,Other FRU,N/A,N/A,N/A,N/A',
  ].join('\n'),
  'ipmi-chassis': 'System Power                        : on\nPower overload                      : false\n',
  'bmc-info':
    'Device ID             : 32\nFirmware Revision     : 6.10\nManufacturer ID       : Huawei (2011)\nSystem Firmware Version : 1.20\n',
};

function column(oid: string, first: SnmpValue, second: SnmpValue): SnmpObjects {
  return { [`${oid}.1`]: first, [`${oid}.2`]: second };
}
