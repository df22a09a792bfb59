import {
  type AttributeValues,
  choice,
  defineClass,
  integer,
  type ModbusMetric,
  type ModbusModule,
  networkName,
  number,
  optional,
  port,
  type Signal,
} from 'opsctl';
import { fingerprint } from './fingerprint.ts';

function register(what: string) {
  return integer(`Register of ${what}, counted from 0.`, { minimum: 0, maximum: 65_535 });
}

const attributes = {
  address: networkName('Address of the controller or its gateway.'),
  port: optional(port('Port of Modbus TCP.'), 502),
  unit: optional(integer('Number of the device behind the address.', { minimum: 1, maximum: 247 }), 1),
  registers: optional(choice('The table that the registers are in.', ['holding', 'input']), 'holding'),
  temperature: register('the air temperature'),
  temperatureFactor: optional(number('Degrees Celsius of one count of the temperature registers.'), 0.1),
  humidity: optional(register('the relative humidity')),
  humidityFactor: optional(
    number('Share of one count of the humidity register; 0.001 for tenths of a percent.'),
    0.001,
  ),
  returnTemperature: optional(register('the temperature of the air that returns to the air conditioner')),
  leak: optional(register('the leak detector; 0 is dry')),
  smoke: optional(register('the smoke detector; 0 is none')),
  acFault: optional(register('the fault contact of the air conditioner; 0 is none')),
  door: optional(register('the door contact; 0 is closed')),
} as const;

/** Names are ours: what a register holds differs from controller to controller, what it means does not. */
const quantities = {
  temperature: { name: 'room_temperature_celsius', help: 'Air temperature.', dataType: 'int16' },
  humidity: { name: 'room_humidity_ratio', help: 'Relative humidity, 0 to 1.', dataType: 'uint16' },
  returnTemperature: {
    name: 'room_ac_return_temperature_celsius',
    help: 'Air that returns to the air conditioner.',
    dataType: 'int16',
  },
  leak: { name: 'room_water_leak', help: 'Other than 0: water.', dataType: 'uint16' },
  smoke: { name: 'room_smoke', help: 'Other than 0: smoke.', dataType: 'uint16' },
  acFault: { name: 'room_ac_fault', help: 'Other than 0: the air conditioner has a fault.', dataType: 'uint16' },
  door: { name: 'room_door_open', help: 'Other than 0: the door is open.', dataType: 'uint16' },
} as const satisfies Readonly<Record<string, Pick<ModbusMetric, 'name' | 'help' | 'dataType'>>>;

/** A room with sensors on a Modbus controller: climate, water, smoke, air conditioner, door. It has what has a register. */
export const roomSensor = defineClass({
  id: 'room-sensor',
  title: { en: 'Room sensors', zh: '机房环境传感器' },
  attributes,
  sources: {
    modbus: {
      kind: 'modbus',
      exporter: 'modbus_exporter >=0.4',
      interval: '30s',
      endpoint: ({ address, port: at = 502 }) => `${address}:${at}`,
      unit: ({ unit = 1 }) => unit,
      module: roomModule,
    },
  },
  signals: {
    up: {
      title: { en: 'Controller answers', zh: '控制器应答' },
      unit: 'boolean',
      direction: 'state',
      from: 'modbus',
      expression: (series) => series('up'),
      metrics: ['up'],
    },
    temperature: {
      title: { en: 'Air temperature', zh: '机房温度' },
      unit: 'celsius',
      direction: 'high-is-bad',
      from: 'modbus',
      expression: (series) => series('room_temperature_celsius'),
      metrics: ['room_temperature_celsius'],
    },
    temperatureRise: {
      title: { en: 'Temperature rise (15 min)', zh: '温升(15 分钟)' },
      unit: 'celsius',
      direction: 'high-is-bad',
      from: 'modbus',
      expression: (series) => `delta(${series('room_temperature_celsius')}[15m])`,
      metrics: ['room_temperature_celsius'],
    },
    returnTemperature: {
      title: { en: 'Return air temperature', zh: '空调回风温度' },
      unit: 'celsius',
      direction: 'high-is-bad',
      from: 'modbus',
      expression: (series) => series('room_ac_return_temperature_celsius'),
      metrics: ['room_ac_return_temperature_celsius'],
    },
    humidity: {
      title: { en: 'Relative humidity', zh: '相对湿度' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'modbus',
      expression: (series) => series('room_humidity_ratio'),
      metrics: ['room_humidity_ratio'],
    },
    dry: contact({ en: 'No water on the floor', zh: '无漏水' }, 'room_water_leak'),
    smokeFree: contact({ en: 'No smoke', zh: '无烟雾' }, 'room_smoke'),
    airConditioned: contact({ en: 'Air conditioner without fault', zh: '空调无故障' }, 'room_ac_fault'),
    doorClosed: contact({ en: 'Door closed', zh: '门已关闭' }, 'room_door_open'),
  },
});

/** A contact that is 0 when all is well. */
function contact(title: Signal['title'], metric: string): Signal {
  return {
    title,
    unit: 'boolean',
    direction: 'state',
    from: 'modbus',
    expression: (series) => `${series(metric)} == bool 0`,
    metrics: [metric],
  };
}

function roomModule(values: AttributeValues<typeof attributes>): ModbusModule {
  const { registers = 'holding', temperatureFactor = 0.1, humidityFactor = 0.001 } = values;
  const factors: Readonly<Record<string, number>> = {
    temperature: temperatureFactor,
    returnTemperature: temperatureFactor,
    humidity: humidityFactor,
  };
  const metrics = Object.entries(quantities).flatMap(([quantity, metric]): readonly ModbusMetric[] => {
    const address = values[quantity as keyof typeof quantities];
    if (address === undefined) return [];
    const factor = factors[quantity];
    const from = registers === 'holding' ? 'holding-register' : 'input-register';
    return [{ ...metric, from, address, ...(factor === undefined ? {} : { factor }) }];
  });
  return { name: `room_${fingerprint(JSON.stringify(metrics))}`, metrics };
}
