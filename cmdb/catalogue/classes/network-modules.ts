import { defineSnmpModule } from 'opsctl';

const byInterface = {
  index: [{ label: 'ifIndex', type: 'gauge' }],
  lookups: [
    { label: 'ifName', by: ['ifIndex'], oid: '1.3.6.1.2.1.31.1.1.1.1', type: 'DisplayString' },
    { label: 'ifAlias', by: ['ifIndex'], oid: '1.3.6.1.2.1.31.1.1.1.18', type: 'DisplayString' },
  ],
} as const;

/** IF-MIB and the uptime of SNMPv2-MIB, which every device has. Only 64-bit counters: 32 bits wrap in seconds. */
export const ifMib = defineSnmpModule({
  name: 'if_mib',
  metrics: {
    sysUpTime: { oid: '1.3.6.1.2.1.1.3', type: 'gauge', help: 'Time since the start, in hundredths of a second.' },
    ifAdminStatus: {
      oid: '1.3.6.1.2.1.2.2.1.7',
      type: 'gauge',
      help: 'State that is wanted: 1 up, 2 down, 3 testing.',
      ...byInterface,
    },
    ifOperStatus: {
      oid: '1.3.6.1.2.1.2.2.1.8',
      type: 'gauge',
      help: 'State that is: 1 up, 2 down, 3 testing, 4 unknown, 5 dormant, 6 not present, 7 lower layer down.',
      ...byInterface,
    },
    ifInDiscards: {
      oid: '1.3.6.1.2.1.2.2.1.13',
      type: 'counter',
      help: 'Packets received and dropped although they had no error.',
      ...byInterface,
    },
    ifInErrors: { oid: '1.3.6.1.2.1.2.2.1.14', type: 'counter', help: 'Packets received with errors.', ...byInterface },
    ifOutDiscards: {
      oid: '1.3.6.1.2.1.2.2.1.19',
      type: 'counter',
      help: 'Packets to be sent and dropped although they had no error.',
      ...byInterface,
    },
    ifOutErrors: {
      oid: '1.3.6.1.2.1.2.2.1.20',
      type: 'counter',
      help: 'Packets that could not be sent because of errors.',
      ...byInterface,
    },
    ifHCInOctets: { oid: '1.3.6.1.2.1.31.1.1.1.6', type: 'counter', help: 'Bytes received.', ...byInterface },
    ifHCOutOctets: { oid: '1.3.6.1.2.1.31.1.1.1.10', type: 'counter', help: 'Bytes sent.', ...byInterface },
    ifHighSpeed: {
      oid: '1.3.6.1.2.1.31.1.1.1.15',
      type: 'gauge',
      help: 'Bandwidth in millions of bits per second.',
      ...byInterface,
    },
  },
  // Older devices drop an answer that does not fit into one packet.
  maxRepetitions: 20,
});

const neighbours = '1.0.8802.1.1.2.1.4.1.1';

/** LLDP-MIB (IEEE 802.1AB): who is at the far end of each port, by its own word. */
export const lldp = defineSnmpModule({
  name: 'lldp',
  metrics: {
    lldpRemChassisIdSubtype: {
      oid: `${neighbours}.4`,
      type: 'gauge',
      help: 'How the neighbour names itself; what counts is that there is one.',
      index: [
        { label: 'lldpRemTimeMark', type: 'gauge' },
        { label: 'lldpRemLocalPortNum', type: 'gauge' },
        { label: 'lldpRemIndex', type: 'gauge' },
      ],
      lookups: [
        {
          label: 'neighbour',
          by: ['lldpRemTimeMark', 'lldpRemLocalPortNum', 'lldpRemIndex'],
          oid: `${neighbours}.9`,
          type: 'DisplayString',
        },
        { label: 'port', by: ['lldpRemLocalPortNum'], oid: '1.0.8802.1.1.2.1.3.7.1.3', type: 'DisplayString' },
      ],
    },
  },
  maxRepetitions: 20,
});

/** Rows of ENTITY-MIB; `part` is what the maker calls the board, and so in all modules. */
const byEntity = {
  index: [{ label: 'entPhysicalIndex', type: 'gauge' }],
  lookups: [{ label: 'part', by: ['entPhysicalIndex'], oid: '1.3.6.1.2.1.47.1.1.1.1.7', type: 'DisplayString' }],
} as const;

/** Huawei VRP: HUAWEI-ENTITY-EXTENT-MIB. An entity without the quantity answers 0. */
export const huaweiEntity = defineSnmpModule({
  name: 'huawei_entity',
  metrics: {
    hwEntityCpuUsage: {
      oid: '1.3.6.1.4.1.2011.5.25.31.1.1.1.1.5',
      type: 'gauge',
      help: 'CPU usage of the entity, in percent.',
      ...byEntity,
    },
    hwEntityMemUsage: {
      oid: '1.3.6.1.4.1.2011.5.25.31.1.1.1.1.7',
      type: 'gauge',
      help: 'Memory usage of the entity, in percent.',
      ...byEntity,
    },
    hwEntityTemperature: {
      oid: '1.3.6.1.4.1.2011.5.25.31.1.1.1.1.11',
      type: 'gauge',
      help: 'Temperature of the entity, in degrees Celsius.',
      ...byEntity,
    },
  },
});

/** H3C Comware: HH3C-ENTITY-EXT-MIB. 65535: the entity has no such sensor. */
export const h3cEntity = defineSnmpModule({
  name: 'h3c_entity',
  metrics: {
    hh3cEntityExtCpuUsage: {
      oid: '1.3.6.1.4.1.25506.2.6.1.1.1.1.6',
      type: 'gauge',
      help: 'CPU usage of the entity, in percent.',
      ...byEntity,
    },
    hh3cEntityExtMemUsage: {
      oid: '1.3.6.1.4.1.25506.2.6.1.1.1.1.8',
      type: 'gauge',
      help: 'Memory usage of the entity, in percent.',
      ...byEntity,
    },
    hh3cEntityExtTemperature: {
      oid: '1.3.6.1.4.1.25506.2.6.1.1.1.1.12',
      type: 'gauge',
      help: 'Temperature of the entity, in degrees Celsius; 65535: it has none.',
      ...byEntity,
    },
  },
});

/** Ruijie RGOS: the processor as a whole, and memory pool by pool. Its temperature has no object that all models share. */
export const ruijieSystem = defineSnmpModule({
  name: 'ruijie_system',
  metrics: {
    ruijieCPUUtilization5Min: {
      oid: '1.3.6.1.4.1.4881.1.1.10.2.36.1.1.3',
      type: 'gauge',
      help: 'CPU usage over five minutes, in percent.',
    },
    ruijieMemoryPoolCurrentUtilization: {
      oid: '1.3.6.1.4.1.4881.1.1.10.2.35.1.1.1.3',
      type: 'gauge',
      help: 'Usage of the memory pool, in percent.',
      index: [{ label: 'part', type: 'gauge' }],
    },
  },
});

const byPool = {
  index: [{ label: 'pool', type: 'gauge' }],
  lookups: [{ label: 'part', by: ['pool'], oid: '1.3.6.1.4.1.9.9.48.1.1.1.2', type: 'DisplayString' }],
} as const;

/** Cisco IOS and IOS XE: CISCO-PROCESS-MIB, CISCO-MEMORY-POOL-MIB, CISCO-ENVMON-MIB. */
export const ciscoSystem = defineSnmpModule({
  name: 'cisco_system',
  metrics: {
    cpmCPUTotal5minRev: {
      oid: '1.3.6.1.4.1.9.9.109.1.1.1.1.8',
      type: 'gauge',
      help: 'CPU usage over five minutes, in percent.',
      index: [{ label: 'part', type: 'gauge' }],
    },
    ciscoMemoryPoolUsed: {
      oid: '1.3.6.1.4.1.9.9.48.1.1.1.5',
      type: 'gauge',
      help: 'Bytes of the pool in use.',
      ...byPool,
    },
    ciscoMemoryPoolFree: {
      oid: '1.3.6.1.4.1.9.9.48.1.1.1.6',
      type: 'gauge',
      help: 'Bytes of the pool that are free.',
      ...byPool,
    },
    ciscoEnvMonTemperatureStatusValue: {
      oid: '1.3.6.1.4.1.9.9.13.1.3.1.3',
      type: 'gauge',
      help: 'Temperature at the sensor, in degrees Celsius.',
      index: [{ label: 'sensor', type: 'gauge' }],
      lookups: [{ label: 'part', by: ['sensor'], oid: '1.3.6.1.4.1.9.9.13.1.3.1.2', type: 'DisplayString' }],
    },
  },
});
