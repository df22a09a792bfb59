import type {
  IpmiModule,
  JsonObject,
  ModbusMetric,
  ModbusModule,
  SnmpAccess,
  SnmpMetric,
  SnmpModule,
} from '../../model/index.ts';

/** An SNMP module with its access, in the words of snmp.yml before 0.23; the provider knows both forms. */
export function snmpSettings(module: SnmpModule, access: SnmpAccess): JsonObject {
  const known = moduleSettings.get(module) ?? snmpModuleSettings(module);
  moduleSettings.set(module, known);
  return { ...known, ...accessSettings(access) };
}

/** Devices of a class share their module; what it says is then one object, which is equal to itself at once. */
const moduleSettings = new WeakMap<SnmpModule, JsonObject>();

function snmpModuleSettings(module: SnmpModule): JsonObject {
  const metrics = Object.entries<SnmpMetric>(module.metrics);
  const columns = metrics.flatMap(([, { oid, index, lookups = [] }]) =>
    index === undefined ? [] : [oid, ...lookups.map((lookup) => lookup.oid)],
  );
  const scalars = metrics.flatMap(([, { oid, index }]) => (index === undefined ? [`${oid}.0`] : []));
  return {
    ...(columns.length === 0 ? {} : { walk: sortedOids(columns) }),
    ...(scalars.length === 0 ? {} : { get: sortedOids(scalars) }),
    metrics: metrics.map(([name, metric]) => snmpMetricSettings(name, metric)),
    ...(module.maxRepetitions === undefined ? {} : { max_repetitions: module.maxRepetitions }),
    ...(module.retries === undefined ? {} : { retries: module.retries }),
    ...(module.timeout === undefined ? {} : { timeout: module.timeout }),
  };
}

function snmpMetricSettings(
  name: string,
  { oid, type, help, index = [], lookups = [], numberIn }: SnmpMetric,
): JsonObject {
  return {
    name,
    oid,
    type,
    help,
    ...(index.length === 0 ? {} : { indexes: index.map((entry) => ({ labelname: entry.label, type: entry.type })) }),
    ...(lookups.length === 0
      ? {}
      : { lookups: lookups.map(({ label, by, ...column }) => ({ labels: by, labelname: label, ...column })) }),
    // Without a name of its own, what is taken out of the text is the value of the metric itself.
    ...(numberIn === undefined ? {} : { regex_extracts: { '': [{ regex: numberIn, value: '$1' }] } }),
  };
}

function accessSettings(access: SnmpAccess): JsonObject {
  if (access.version !== 3) return { version: access.version, auth: { community: access.community } };
  const { user, password, passwordProtocol = 'SHA', encryption, encryptionProtocol = 'AES' } = access;
  const authenticated = password === undefined ? {} : { password, auth_protocol: passwordProtocol };
  const encrypted =
    password === undefined || encryption === undefined
      ? {}
      : { priv_password: encryption, priv_protocol: encryptionProtocol };
  const level = ['noAuthNoPriv', 'authNoPriv', 'authPriv'][
    Number('password' in authenticated) + Number('priv_password' in encrypted)
  ];
  return { version: 3, auth: { security_level: level ?? '', username: user, ...authenticated, ...encrypted } };
}

/** Each once, as numbers: a device is walked in this order. */
function sortedOids(oids: readonly string[]): readonly string[] {
  const numbers = (oid: string) => oid.split('.').map(Number);
  return [...new Set(oids)].sort((left, right) => compareNumbers(numbers(left), numbers(right)));
}

function compareNumbers(left: readonly number[], right: readonly number[]): number {
  const at = left.findIndex((number, index) => number !== right[index]);
  return at === -1 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1);
}

/** A Modbus module in the words of modbus.yml. */
export function modbusSettings({ metrics }: ModbusModule): JsonObject {
  return {
    protocol: 'tcp/ip',
    metrics: metrics.map((metric) => ({
      name: metric.name,
      help: metric.help,
      address: modbusAddress(metric),
      dataType: metric.dataType,
      metricType: 'gauge',
      ...(metric.factor === undefined ? {} : { factor: metric.factor }),
      ...(metric.labels === undefined ? {} : { labels: metric.labels }),
    })),
  };
}

/** The exporter reads the function of the protocol off the first digit: 3 holding registers, 4 input registers. */
function modbusAddress({ from, address }: ModbusMetric): number {
  return (from === 'holding-register' ? 300_000 : 400_000) + address;
}

/** An IPMI module in the words of ipmi.yml. */
export function ipmiSettings({ user, password, privilege, collectors, timeoutMs }: IpmiModule): JsonObject {
  return { user, pass: password, driver: 'LAN_2_0', privilege, timeout: timeoutMs, collectors };
}
