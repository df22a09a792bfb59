import { credential, defineClass, networkName, optional, type Signal, secretAt, text } from 'opsctl';
import { fingerprint } from './fingerprint.ts';

/** The management controller of a server, asked by IPMI: what the operating system cannot tell of its own hardware. */
export const serverBmc = defineClass({
  id: 'server-bmc',
  title: { en: 'Server hardware (BMC)', zh: '服务器硬件(BMC)' },
  attributes: {
    address: networkName('Address of the management controller.'),
    ipmiUser: optional(text('User that may read, and nothing else.'), 'monitor'),
    ipmiPassword: optional(credential('Where the password of that user lies.'), 'env:IPMI_PASSWORD'),
    model: optional(text('Such as `FusionServer 2288H V6`.')),
  },
  sources: {
    ipmi: {
      kind: 'ipmi',
      exporter: 'ipmi_exporter >=1.6',
      // Controllers are slow, and some lock up when they are asked more often.
      interval: '60s',
      timeout: '50s',
      endpoint: ({ address }) => address,
      module: ({ ipmiUser = 'monitor', ipmiPassword = 'env:IPMI_PASSWORD' }) => ({
        name: `bmc_${fingerprint(`${ipmiUser}\n${ipmiPassword}`)}`,
        user: ipmiUser,
        password: secretAt(ipmiPassword),
        privilege: 'user',
        collectors: ['bmc', 'ipmi', 'chassis'],
        timeoutMs: 40_000,
      }),
    },
  },
  signals: {
    up: {
      title: { en: 'Sensors are read', zh: '传感器可读' },
      unit: 'boolean',
      direction: 'state',
      from: 'ipmi',
      // The exporter answers also when the controller does not; only this tells.
      expression: (series) => series('ipmi_up', 'collector="ipmi"'),
      metrics: [{ name: 'ipmi_up', type: 'gauge', labels: ['collector'] }],
    },
    collectorAnswers: {
      title: { en: 'IPMI exporter answers', zh: 'IPMI 采集器应答' },
      unit: 'boolean',
      direction: 'state',
      from: 'ipmi',
      expression: (series) => series('up'),
      metrics: ['up'],
    },
    poweredOn: {
      title: { en: 'Powered on', zh: '已开机' },
      unit: 'boolean',
      direction: 'state',
      from: 'ipmi',
      expression: (series) => series('ipmi_chassis_power_state'),
      metrics: [{ name: 'ipmi_chassis_power_state', type: 'gauge' }],
    },
    temperature: {
      title: { en: 'Temperature', zh: '温度' },
      unit: 'celsius',
      direction: 'high-is-bad',
      from: 'ipmi',
      expression: (series) => series('ipmi_temperature_celsius'),
      metrics: [{ name: 'ipmi_temperature_celsius', type: 'gauge', labels: ['id', 'name'] }],
      partLabels: ['name'],
    },
    temperatureState: stateOf({ en: 'Temperature sensors', zh: '温度传感器状态' }, 'ipmi_temperature_state'),
    fanState: stateOf({ en: 'Fans', zh: '风扇状态' }, 'ipmi_fan_speed_state'),
    voltageState: stateOf({ en: 'Voltages', zh: '电压状态' }, 'ipmi_voltage_state'),
    sensorState: stateOf(
      { en: 'Other sensors (power supplies, disks, memory)', zh: '其他传感器状态(电源、硬盘、内存)' },
      'ipmi_sensor_state',
    ),
  },
});

/** What the controller itself makes of its sensors: 0 nominal, 1 warning, 2 critical. One that says nothing is NaN. */
function stateOf(title: Signal['title'], metric: string): Signal {
  return {
    title,
    unit: 'count',
    direction: 'high-is-bad',
    from: 'ipmi',
    expression: (series) => series(metric),
    metrics: [{ name: metric, type: 'gauge', labels: ['id', 'name'] }],
    partLabels: ['name'],
  };
}
