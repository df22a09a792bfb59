import {
  type AttributeValues,
  choice,
  defineClass,
  integer,
  type ModbusMetric,
  type ModbusModule,
  networkName,
  optional,
  port,
  type Signal,
  text,
} from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { fingerprint } from './fingerprint.ts';
import { stateOf } from './signal-meanings.ts';

function register(what: string) {
  return optional(integer(`Register of ${what}, counted from 0.`, { minimum: 0, maximum: 65_535 }));
}

const attributes = {
  address: networkName('Address of the door controller.'),
  port: optional(port('Port that it serves its own software on; it is watched from outside.'), 80),
  contacts: optional(networkName('Address of the Modbus gateway with its contacts; absent: they are not read.')),
  contactsPort: optional(port('Port of Modbus TCP.'), 502),
  unit: optional(integer('Number of the device behind the gateway.', { minimum: 1, maximum: 247 }), 1),
  registers: optional(choice('The table that the registers are in.', ['holding', 'input']), 'holding'),
  door: register('the door contact; 0 is closed'),
  forced: register('the contact for a door that was opened without leave; 0 is none'),
  tamper: register('the contact of its housing; 0 is closed'),
  mains: register('the contact for a failed mains supply; 0 is none'),
  intrusion: register('the detector of persons in the room; 0 is none'),
  model: optional(text('Such as `DS-K2604`.')),
} as const;

/** Names are ours: what a contact is wired to differs from door to door, what it means does not. */
const contacts = {
  door: { name: 'access_door_open', help: 'Other than 0: the door is open.' },
  forced: { name: 'access_door_forced', help: 'Other than 0: it was opened without leave.' },
  tamper: { name: 'access_tamper', help: 'Other than 0: the housing of the controller is open.' },
  mains: { name: 'access_mains_failed', help: 'Other than 0: it runs on its battery.' },
  intrusion: { name: 'access_intrusion', help: 'Other than 0: somebody is in the room while it is armed.' },
} as const;

/**
 * A controller of doors: whether it answers, seen from outside, and its contacts where they are wired to a Modbus gateway.
 * Its own protocols are the makers', and are not spoken.
 */
export const doorAccess = defineClass({
  id: 'door-access',
  title: { en: 'Door access controller', zh: '门禁控制器' },
  attributes,
  sources: {
    probe: {
      kind: 'probe',
      interval: '30s',
      endpoint: ({ address, port: at = 80 }) => `${address}:${at}`,
      // The same as for a TCP service: equal names are equal settings.
      module: () => ({
        name: 'tcp_connect',
        settings: { prober: 'tcp', timeout: '5s', tcp: { preferred_ip_protocol: 'ip4' } },
      }),
    },
    contacts: {
      kind: 'modbus',
      exporter: 'modbus_exporter >=0.4',
      interval: '15s',
      when: (values) => values.contacts !== undefined,
      endpoint: ({ contacts: address = '', contactsPort = 502 }) => `${address}:${contactsPort}`,
      unit: ({ unit = 1 }) => unit,
      module: contactsModule,
    },
  },
  signals: {
    up: {
      ...stateOf('Controller answers', '控制器应答'),
      from: 'probe',
      expression: (series) => series('probe_success'),
      metrics: ['probe_success'],
    },
    probed: { ...exporterAnswers('probe'), title: { en: 'Prober answers', zh: '探测器应答' } },
    contactsRead: { ...exporterAnswers('contacts'), title: { en: 'Contacts are read', zh: '触点可读' } },
    doorClosed: contact('Door closed', '门已关闭', 'access_door_open'),
    notForced: contact('Not opened without leave', '未强行开门', 'access_door_forced'),
    notTampered: contact('Housing closed', '机箱未被打开', 'access_tamper'),
    onMains: contact('Fed from the mains', '市电供电', 'access_mains_failed'),
    nobodyThere: contact('No intrusion', '无入侵', 'access_intrusion'),
  },
});

/** A contact that is 0 when all is well. */
function contact(en: string, zh: string, metric: string): Signal {
  return {
    ...stateOf(en, zh),
    from: 'contacts',
    expression: (series) => `${series(metric)} == bool 0`,
    metrics: [metric],
  };
}

function contactsModule(values: AttributeValues<typeof attributes>): ModbusModule {
  const from = values.registers === 'input' ? 'input-register' : 'holding-register';
  const metrics = Object.entries(contacts).flatMap(([key, metric]): readonly ModbusMetric[] => {
    const address = values[key as keyof typeof contacts];
    return address === undefined ? [] : [{ ...metric, from, address, dataType: 'uint16' }];
  });
  return { name: `door_${fingerprint(JSON.stringify(metrics))}`, metrics };
}
