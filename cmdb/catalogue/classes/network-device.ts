import { choice, defineClass, flag, networkName, optional, type Reading, snmpMetric, text } from 'opsctl';
import { ciscoSystem, h3cEntity, huaweiEntity, ifMib, lldp, ruijieSystem } from './network-modules.ts';
import { snmpAccess, snmpAttributes } from './snmp-access.ts';

/** Walking a large chassis takes tens of seconds; a device that is asked more often answers worse. */
const pace = { interval: '60s', timeout: '40s', exporter: 'snmp_exporter >=0.21' } as const;

/** Ports that somebody counts on are those with a description; user ports come and go. */
const described = 'ifAlias!=""';

/** A neighbour that is heard anew gets a new entry; port and name tell it apart. */
const perEntry = 'lldpRemTimeMark, lldpRemLocalPortNum, lldpRemIndex';

const makers = ['huawei', 'h3c', 'ruijie', 'cisco', 'other'] as const;

/** Whether the maker's own objects can be read. */
const hardwareAnswers: Reading = { expression: (series) => series('up'), metrics: ['up'] };

/** A switch, router or firewall that is asked by SNMP: interfaces by the common objects, hardware by the maker's. */
export const networkDevice = defineClass({
  id: 'network-device',
  title: { en: 'Network device', zh: '网络设备' },
  attributes: {
    address: networkName('Management address.'),
    vendor: choice('Maker, which decides how processor, memory and temperature are read.', makers),
    model: optional(text('Such as `S6730-H48X6C`.')),
    lldp: optional(
      flag('Whether its neighbours are watched, by LLDP; for devices that hold the network together.'),
      false,
    ),
    ...snmpAttributes,
  },
  sources: {
    interfaces: {
      kind: 'snmp',
      ...pace,
      endpoint: ({ address }) => address,
      module: () => ifMib,
      access: snmpAccess,
    },
    huawei: {
      kind: 'snmp',
      ...pace,
      when: ({ vendor }) => vendor === 'huawei',
      endpoint: ({ address }) => address,
      module: () => huaweiEntity,
      access: snmpAccess,
    },
    h3c: {
      kind: 'snmp',
      ...pace,
      when: ({ vendor }) => vendor === 'h3c',
      endpoint: ({ address }) => address,
      module: () => h3cEntity,
      access: snmpAccess,
    },
    ruijie: {
      kind: 'snmp',
      ...pace,
      when: ({ vendor }) => vendor === 'ruijie',
      endpoint: ({ address }) => address,
      module: () => ruijieSystem,
      access: snmpAccess,
    },
    cisco: {
      kind: 'snmp',
      ...pace,
      when: ({ vendor }) => vendor === 'cisco',
      endpoint: ({ address }) => address,
      module: () => ciscoSystem,
      access: snmpAccess,
    },
    neighbours: {
      kind: 'snmp',
      ...pace,
      // Who is next to whom changes rarely; asked more rarely than this, a series would have gaps.
      interval: '120s',
      when: ({ lldp: isWatched = false }) => isWatched,
      endpoint: ({ address }) => address,
      module: () => lldp,
      access: snmpAccess,
    },
  },
  signals: {
    up: {
      title: { en: 'Answers SNMP', zh: 'SNMP 应答' },
      unit: 'boolean',
      direction: 'state',
      from: 'interfaces',
      expression: (series) => series('up'),
      metrics: ['up'],
    },
    hardwareRead: {
      title: { en: 'Hardware is read', zh: '硬件状态可读' },
      unit: 'boolean',
      direction: 'state',
      readings: { huawei: hardwareAnswers, h3c: hardwareAnswers, ruijie: hardwareAnswers, cisco: hardwareAnswers },
    },
    uptime: {
      title: { en: 'Time since the start', zh: '运行时间' },
      unit: 'seconds',
      direction: 'low-is-bad',
      from: 'interfaces',
      expression: (series) => `${series('sysUpTime')} / 100`,
      metrics: [snmpMetric(ifMib, 'sysUpTime')],
    },
    interfaceUp: {
      title: { en: 'Interface up', zh: '接口状态' },
      unit: 'boolean',
      direction: 'state',
      from: 'interfaces',
      // One that is switched off is down on purpose.
      expression: (series) =>
        `(${series('ifOperStatus', described)} == bool 1) and ${series('ifAdminStatus', described)} == 1`,
      metrics: [snmpMetric(ifMib, 'ifOperStatus'), snmpMetric(ifMib, 'ifAdminStatus')],
      partLabels: ['ifName', 'ifAlias'],
    },
    inUsed: {
      title: { en: 'Bandwidth used, inbound', zh: '入向带宽利用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'interfaces',
      // ifSpeed ends at 4.3 Gb/s; ifHighSpeed is 0 for what has no bandwidth.
      expression: (series) => `rate(${series('ifHCInOctets')}[5m]) * 8 / (${series('ifHighSpeed')} * 1e6 > 0)`,
      metrics: [snmpMetric(ifMib, 'ifHCInOctets'), snmpMetric(ifMib, 'ifHighSpeed')],
      partLabels: ['ifName', 'ifAlias'],
    },
    outUsed: {
      title: { en: 'Bandwidth used, outbound', zh: '出向带宽利用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'interfaces',
      expression: (series) => `rate(${series('ifHCOutOctets')}[5m]) * 8 / (${series('ifHighSpeed')} * 1e6 > 0)`,
      metrics: [snmpMetric(ifMib, 'ifHCOutOctets'), snmpMetric(ifMib, 'ifHighSpeed')],
      partLabels: ['ifName', 'ifAlias'],
    },
    interfaceErrors: {
      title: { en: 'Interface errors', zh: '接口错误速率' },
      unit: 'per-second',
      direction: 'high-is-bad',
      from: 'interfaces',
      expression: (series) => `rate(${series('ifInErrors')}[5m]) + rate(${series('ifOutErrors')}[5m])`,
      metrics: [snmpMetric(ifMib, 'ifInErrors'), snmpMetric(ifMib, 'ifOutErrors')],
      partLabels: ['ifName', 'ifAlias'],
    },
    interfaceDiscards: {
      title: { en: 'Interface discards', zh: '接口丢弃速率' },
      unit: 'per-second',
      direction: 'high-is-bad',
      from: 'interfaces',
      expression: (series) => `rate(${series('ifInDiscards')}[5m]) + rate(${series('ifOutDiscards')}[5m])`,
      metrics: [snmpMetric(ifMib, 'ifInDiscards'), snmpMetric(ifMib, 'ifOutDiscards')],
      partLabels: ['ifName', 'ifAlias'],
    },
    cpuBusy: {
      title: { en: 'CPU busy', zh: 'CPU 使用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      readings: {
        huawei: {
          expression: (series) => `(${series('hwEntityCpuUsage')} > 0) / 100`,
          metrics: [snmpMetric(huaweiEntity, 'hwEntityCpuUsage')],
        },
        h3c: {
          expression: (series) => `(${series('hh3cEntityExtCpuUsage')} > 0 < 65535) / 100`,
          metrics: [snmpMetric(h3cEntity, 'hh3cEntityExtCpuUsage')],
        },
        ruijie: {
          expression: (series) => `${series('ruijieCPUUtilization5Min')} / 100`,
          metrics: [snmpMetric(ruijieSystem, 'ruijieCPUUtilization5Min')],
        },
        cisco: {
          expression: (series) => `${series('cpmCPUTotal5minRev')} / 100`,
          metrics: [snmpMetric(ciscoSystem, 'cpmCPUTotal5minRev')],
        },
      },
      partLabels: ['part'],
    },
    memoryUsed: {
      title: { en: 'Memory used', zh: '内存使用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      readings: {
        huawei: {
          expression: (series) => `(${series('hwEntityMemUsage')} > 0) / 100`,
          metrics: [snmpMetric(huaweiEntity, 'hwEntityMemUsage')],
        },
        h3c: {
          expression: (series) => `(${series('hh3cEntityExtMemUsage')} > 0 < 65535) / 100`,
          metrics: [snmpMetric(h3cEntity, 'hh3cEntityExtMemUsage')],
        },
        ruijie: {
          expression: (series) => `${series('ruijieMemoryPoolCurrentUtilization')} / 100`,
          metrics: [snmpMetric(ruijieSystem, 'ruijieMemoryPoolCurrentUtilization')],
        },
        cisco: {
          expression: (series) =>
            `${series('ciscoMemoryPoolUsed')} / (${series('ciscoMemoryPoolUsed')} + ${series('ciscoMemoryPoolFree')})`,
          metrics: [snmpMetric(ciscoSystem, 'ciscoMemoryPoolUsed'), snmpMetric(ciscoSystem, 'ciscoMemoryPoolFree')],
        },
      },
      partLabels: ['part'],
    },
    temperature: {
      title: { en: 'Temperature inside', zh: '设备温度' },
      unit: 'celsius',
      direction: 'high-is-bad',
      readings: {
        huawei: {
          expression: (series) => `${series('hwEntityTemperature')} > 0`,
          metrics: [snmpMetric(huaweiEntity, 'hwEntityTemperature')],
        },
        h3c: {
          expression: (series) => `${series('hh3cEntityExtTemperature')} > 0 < 65535`,
          metrics: [snmpMetric(h3cEntity, 'hh3cEntityExtTemperature')],
        },
        cisco: {
          expression: (series) => series('ciscoEnvMonTemperatureStatusValue'),
          metrics: [snmpMetric(ciscoSystem, 'ciscoEnvMonTemperatureStatusValue')],
        },
      },
      partLabels: ['part'],
    },
    neighbours: {
      title: { en: 'Neighbour on a port', zh: '端口上的邻居' },
      unit: 'boolean',
      direction: 'state',
      from: 'neighbours',
      expression: (series) => `group without (${perEntry}) (${series('lldpRemChassisIdSubtype')})`,
      metrics: [snmpMetric(lldp, 'lldpRemChassisIdSubtype')],
      partLabels: ['port', 'neighbour'],
    },
    neighboursLost: {
      title: { en: 'Neighbours lost within a day', zh: '一天内失去的邻居数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'neighbours',
      // A lost neighbour leaves no series behind, and of a device that is silent nothing is known.
      expression: (series) => {
        const now = `count without (${perEntry}, port, neighbour) (${series('lldpRemChassisIdSubtype')})`;
        const most = `max_over_time((${now})[1d:10m])`;
        return `(${most} - ${now}) or (${most} and ${series('up')} == 1)`;
      },
      metrics: [snmpMetric(lldp, 'lldpRemChassisIdSubtype'), 'up'],
    },
  },
});
