import type { SecretReference } from './secret.ts';
import type { MetricFact } from './signal.ts';

/**
 * What the SNMP exporter asks a device for. No MIB is needed: a metric is an object identifier and what its value means;
 * which subtrees are walked and which values are got follows from that.
 */
export interface SnmpModule<Name extends string = string> {
  /** Unique among the modules of the organisation, such as `if_mib`. */
  readonly name: string;
  readonly metrics: Readonly<Record<Name, SnmpMetric>>;
  /** Values in one answer; fewer for devices that drop large ones. 25 when not given. */
  readonly maxRepetitions?: number;
  /** How often one question is asked again; 3 when not given. */
  readonly retries?: number;
  /** How long one answer is waited for; 5s when not given. */
  readonly timeout?: string;
}

/** One metric of a module. Without `index` it is a scalar, of which there is one. */
export interface SnmpMetric {
  /** Of the object, without the index and without `.0`: `1.3.6.1.2.1.1.3`. */
  readonly oid: string;
  readonly type: SnmpType;
  readonly help: string;
  /** Labels that the index gives, in its order: `[{ label: 'ifIndex', type: 'gauge' }]`. */
  readonly index?: readonly SnmpIndex[];
  /** Labels that are read from other columns by the index. */
  readonly lookups?: readonly SnmpLookup[];
  /**
   * Where the value is a text that holds a number, as many sensors answer: the pattern of it, whose group is the number, such
   * as `([0-9.]+)`. A text without one is no sample. `type` is `DisplayString`.
   */
  readonly numberIn?: string;
}

/** How the exporter understands a value. Both counter widths are `counter`. */
export type SnmpType =
  | 'gauge'
  | 'counter'
  | 'DisplayString'
  | 'OctetString'
  | 'PhysAddress48'
  | 'InetAddressIPv4'
  | 'DateAndTime';

/** A label that comes from the index of a row. */
export interface SnmpIndex {
  readonly label: string;
  readonly type: SnmpType;
}

/** A label that comes from another column of the row with the same index. */
export interface SnmpLookup {
  readonly label: string;
  /** Labels of the index by which the column is looked up. */
  readonly by: readonly string[];
  readonly oid: string;
  readonly type: SnmpType;
}

/** How a device lets itself be asked. Whatever is secret is a reference. */
export type SnmpAccess = SnmpCommunityAccess | SnmpUserAccess;

/** SNMP 1 and 2c: whoever knows the community may ask, and it travels in the clear. */
export interface SnmpCommunityAccess {
  /** Unique among the accesses of the organisation; equal names must mean equal access. */
  readonly name: string;
  readonly version: 1 | 2;
  readonly community: SecretReference;
}

/** SNMP 3: a user, with a password where there is one, encrypted where there is a second. */
export interface SnmpUserAccess {
  readonly name: string;
  readonly version: 3;
  readonly user: string;
  readonly password?: SecretReference;
  readonly passwordProtocol?: 'MD5' | 'SHA' | 'SHA224' | 'SHA256' | 'SHA384' | 'SHA512';
  readonly encryption?: SecretReference;
  readonly encryptionProtocol?: 'DES' | 'AES' | 'AES192' | 'AES192C' | 'AES256' | 'AES256C';
}

/** Declares a module: `snmpMetric(ifMib, 'ifHighSpeed')` then compiles for names that it has. */
export function defineSnmpModule<const Name extends string>(module: SnmpModule<Name>): SnmpModule<Name> {
  return module;
}

/** What is known of one metric of a module, for the `metrics` of a signal; a name that the module lacks does not compile. */
export function snmpMetric<Name extends string>(module: SnmpModule<Name>, name: NoInfer<Name>): MetricFact {
  const { type, index = [], lookups = [] } = module.metrics[name];
  const labels = [...index, ...lookups].map(({ label }) => label);
  return { name, type: type === 'counter' ? 'counter' : 'gauge', labels };
}
