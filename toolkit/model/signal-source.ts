import type { Attributes, AttributeValues } from './attribute.ts';
import type { ExporterAccess } from './exporter-access.ts';
import type { IpmiModule } from './ipmi-module.ts';
import type { JsonValue } from './json.ts';
import type { ModbusModule } from './modbus-module.ts';
import type { SnmpAccess, SnmpModule } from './snmp-module.ts';

/**
 * What measures an item. `exporter`: a program at the item itself; all others: a program of the control point that asks
 * the item on behalf of Prometheus, from outside (`probe`) or in the item's own language (`snmp`, `modbus`, `ipmi`, `json`).
 */
export type SignalSource<Declared extends Attributes = Attributes> =
  | ExporterSource<Declared>
  | ProbeSource<Declared>
  | SnmpSource<Declared>
  | ModbusSource<Declared>
  | IpmiSource<Declared>
  | JsonSource<Declared>;

/** What all sources have. */
interface CommonSource<Declared extends Attributes> {
  readonly interval: string;
  /** How long one scrape may take, at most the interval; 10s when not given. Devices that are walked need longer. */
  readonly timeout?: string;
  /** Whether an item has this source, such as one of its vendor's; absent: every item has. */
  readonly when?: (attributes: AttributeValues<Declared>) => boolean;
}

/** What sources have that are asked through a program of the control point. */
interface CollectedSource<Declared extends Attributes> extends CommonSource<Declared> {
  /** Program and versions that the signals were written for, such as `snmp_exporter >=0.21`. */
  readonly exporter: string;
}

/** How an exporter is reached. */
export type ExporterScheme = 'http' | 'https';

/** A program at the item, scraped by the Prometheus of the control point. */
export interface ExporterSource<Declared extends Attributes> extends CommonSource<Declared> {
  readonly kind: 'exporter';
  /** Program and versions that the signals were written for, such as `node_exporter >=1.3`. */
  readonly exporter: string;
  /** `/metrics` when not given; a function where items differ in it. A query goes into `params`. */
  readonly path?: string | ((attributes: AttributeValues<Declared>) => string);
  /** The query behind the path: `{ format: ['prometheus'] }`. */
  readonly params?: Readonly<Record<string, readonly string[]>>;
  /** `http` when not given; a function where items differ in it. */
  readonly scheme?: ExporterScheme | ((attributes: AttributeValues<Declared>) => ExporterScheme);
  /** As whom and with which certificates it is asked; undefined for an item that answers everybody. */
  readonly access?: (attributes: AttributeValues<Declared>) => ExporterAccess | undefined;
  /** Accept a certificate that nobody vouches for; for devices that make their own. */
  readonly insecureTls?: boolean;
  /** `host:port` that Prometheus scrapes. */
  readonly endpoint: (attributes: AttributeValues<Declared>) => string;
  /**
   * Where one page has series of several items: labels whose value says which, the first that a series has; a list stands
   * for labels that say it together, their values with `/` between them. Each item scrapes the page and keeps what is its
   * own. Needs `shareOf`.
   */
  readonly sharedBy?: readonly (string | readonly string[])[];
  /** The value of those labels in an item's own series: `web`, or `production/web` of two labels. */
  readonly shareOf?: (attributes: AttributeValues<Declared>) => string;
}

/** The blackbox exporter of the control point asks the item from outside. */
export interface ProbeSource<Declared extends Attributes> extends CommonSource<Declared> {
  readonly kind: 'probe';
  /** What is probed: a URL, or `host:port`. */
  readonly endpoint: (attributes: AttributeValues<Declared>) => string;
  /** The blackbox module it is probed with; equal names must mean equal settings. */
  readonly module: (attributes: AttributeValues<Declared>) => SettingsModule;
}

/** The SNMP exporter of the control point asks a device for what a module lists. */
export interface SnmpSource<Declared extends Attributes> extends CollectedSource<Declared> {
  readonly kind: 'snmp';
  /** Address of the device, with `:port` where it is not 161. */
  readonly endpoint: (attributes: AttributeValues<Declared>) => string;
  readonly module: (attributes: AttributeValues<Declared>) => SnmpModule;
  readonly access: (attributes: AttributeValues<Declared>) => SnmpAccess;
}

/** The Modbus exporter of the control point reads registers of a device. */
export interface ModbusSource<Declared extends Attributes> extends CollectedSource<Declared> {
  readonly kind: 'modbus';
  /** `host:port` of the device or its gateway. */
  readonly endpoint: (attributes: AttributeValues<Declared>) => string;
  readonly module: (attributes: AttributeValues<Declared>) => ModbusModule;
  /** Number of the device behind the address, 1 to 247. */
  readonly unit: (attributes: AttributeValues<Declared>) => number;
}

/** The IPMI exporter of the control point asks a server's management controller. */
export interface IpmiSource<Declared extends Attributes> extends CollectedSource<Declared> {
  readonly kind: 'ipmi';
  /** Address of the management controller. */
  readonly endpoint: (attributes: AttributeValues<Declared>) => string;
  readonly module: (attributes: AttributeValues<Declared>) => IpmiModule;
}

/** The JSON exporter of the control point reads an API of the item. */
export interface JsonSource<Declared extends Attributes> extends CollectedSource<Declared> {
  readonly kind: 'json';
  /** URL that answers JSON. */
  readonly endpoint: (attributes: AttributeValues<Declared>) => string;
  /** A module of json_exporter, in its own words; equal names must mean equal settings. */
  readonly module: (attributes: AttributeValues<Declared>) => SettingsModule;
}

/** A module in the words of its program: blackbox_exporter's for a probe, json_exporter's for JSON. */
export interface SettingsModule {
  readonly name: string;
  readonly settings: ModuleSettings;
}

/** JSON, in which entries of one list may have different fields: for the compiler, each then lacks those of the others. */
export interface ModuleSettings {
  readonly [field: string]:
    | JsonValue
    | undefined
    | readonly (JsonValue | ModuleSettings | undefined)[]
    | ModuleSettings;
}
