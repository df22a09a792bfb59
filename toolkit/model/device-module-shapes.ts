import { duration } from './declared-words.ts';
import type { IpmiModule } from './ipmi-module.ts';
import type { ModbusMetric, ModbusModule } from './modbus-module.ts';
import {
  anyText,
  anything,
  either,
  fieldsOf,
  finiteNumber,
  listOf,
  matching,
  maybe,
  oneOf,
  recordOf,
  secret,
  someText,
  value,
} from './shape.ts';
import type {
  SnmpCommunityAccess,
  SnmpIndex,
  SnmpLookup,
  SnmpMetric,
  SnmpModule,
  SnmpUserAccess,
} from './snmp-module.ts';

const isRegister = (given: unknown) => Number.isInteger(given) && Number(given) >= 0 && Number(given) <= 65_535;
const oid = matching(
  'an object identifier such as 1.3.6.1.2.1.1.3, without the index and without .0',
  /^\d+(\.\d+)*\.[1-9]\d*$/,
);
const snmpType = oneOf([
  'gauge',
  'counter',
  'DisplayString',
  'OctetString',
  'PhysAddress48',
  'InetAddressIPv4',
  'DateAndTime',
]);
const moduleName = matching('a name of letters, digits, _ and -', /^[\w-]+$/);
export const snmpModule = fieldsOf<SnmpModule>({
  name: moduleName,
  metrics: recordOf(
    fieldsOf<SnmpMetric>({
      oid,
      type: snmpType,
      help: someText,
      index: maybe(listOf(fieldsOf<SnmpIndex>({ label: someText, type: snmpType }))),
      lookups: maybe(listOf(fieldsOf<SnmpLookup>({ label: someText, by: listOf(someText), oid, type: snmpType }))),
      numberIn: maybe(matching('a pattern with a group in round brackets, such as ([0-9.]+)', /\((?!\?)/)),
    }),
  ),
  maxRepetitions: maybe(finiteNumber),
  retries: maybe(finiteNumber),
  timeout: maybe(duration),
});

const snmpCommunityAccess = fieldsOf<SnmpCommunityAccess>({ name: moduleName, version: anything, community: secret });
const snmpUserAccess = fieldsOf<SnmpUserAccess>({
  name: moduleName,
  version: anything,
  user: someText,
  password: maybe(secret),
  passwordProtocol: maybe(oneOf(['MD5', 'SHA', 'SHA224', 'SHA256', 'SHA384', 'SHA512'])),
  encryption: maybe(secret),
  encryptionProtocol: maybe(oneOf(['DES', 'AES', 'AES192', 'AES192C', 'AES256', 'AES256C'])),
});

export const snmpAccess = either('community', snmpCommunityAccess, snmpUserAccess);

export const modbusModule = fieldsOf<ModbusModule>({
  name: moduleName,
  metrics: listOf(
    fieldsOf<ModbusMetric>({
      name: someText,
      help: someText,
      from: oneOf(['input-register', 'holding-register']),
      address: value('a whole number from 0 to 65535', isRegister),
      dataType: oneOf(['int16', 'uint16', 'int32', 'uint32', 'float32']),
      factor: maybe(finiteNumber),
      labels: maybe(recordOf(anyText)),
    }),
  ),
});

export const ipmiModule = fieldsOf<IpmiModule>({
  name: moduleName,
  user: someText,
  password: secret,
  privilege: oneOf(['user', 'operator', 'admin']),
  collectors: listOf(oneOf(['bmc', 'ipmi', 'chassis', 'dcmi', 'sel', 'sm-lan-mode'])),
  timeoutMs: finiteNumber,
});
