import {
  type CanonicalForm,
  canonicalFields,
  duration,
  eachValue,
  fields,
  inAnyOrder,
  inAnyOrderByName,
  isJsonObject,
  type JsonObject,
  texts,
  unless,
} from '../../model/index.ts';
import type { FileLayout } from './settings.ts';
import { readSnmpFile, writeSnmpFile } from './snmp-file.ts';

/** An exporter that asks devices, as far as its files and its API differ from those of the others. */
export interface ExporterProgram {
  /** Of the provider, and of the target. */
  readonly name: string;
  /** In messages: `snmp_exporter`. */
  readonly title: string;
  readonly file: string;
  /** How it judges a file and ends; null where it cannot. */
  readonly checker: { readonly names: readonly string[]; readonly args: readonly string[] } | null;
  /** Whether it reads its file again when it is told to. Others read it when they start. */
  readonly reloads: boolean;
  /** Whether it shows what it runs, at /config, secrets as `<secret>`. */
  readonly showsConfig: boolean;
  readonly readyPath: string;
  /** Whether it refuses to start without its file. */
  readonly needsFile: boolean;
  readonly hasLayouts: boolean;
  /** Its document from the modules, and the modules from its document. */
  readonly write: (modules: JsonObject, layout: FileLayout) => JsonObject;
  readonly read: (document: JsonObject) => JsonObject;
  /** The comparable form of one module. */
  readonly module: CanonicalForm;
}

const byModules = {
  hasLayouts: false,
  write: (modules: JsonObject): JsonObject => ({ modules }),
  read: (document: JsonObject): JsonObject => document,
};

export const exporterPrograms: readonly ExporterProgram[] = [
  {
    name: 'snmp',
    title: 'snmp_exporter',
    file: 'snmp.yml',
    checker: { names: ['snmp_exporter', 'prometheus-snmp-exporter'], args: ['--dry-run', '--config.file=snmp.yml'] },
    reloads: true,
    showsConfig: true,
    readyPath: '/-/healthy',
    needsFile: true,
    hasLayouts: true,
    write: writeSnmpFile,
    read: readSnmpFile,
    module: fields({
      walk: inAnyOrder(),
      get: inAnyOrder(),
      metrics: inAnyOrderByName('name', fields({ help: unless('') })),
      max_repetitions: unless(25),
      retries: unless(3),
      timeout: duration('5s'),
      version: unless(2),
      auth: fields({
        security_level: unless('noAuthNoPriv'),
        auth_protocol: unless('MD5'),
        priv_protocol: unless('DES'),
      }),
    }),
  },
  {
    name: 'ipmi',
    title: 'ipmi_exporter',
    file: 'ipmi.yml',
    checker: null,
    reloads: true,
    showsConfig: false,
    readyPath: '/',
    needsFile: false,
    ...byModules,
    module: fields({ collectors: inAnyOrder() }),
  },
  {
    name: 'modbus',
    title: 'modbus_exporter',
    file: 'modbus.yml',
    checker: null,
    reloads: false,
    showsConfig: false,
    readyPath: '/metrics',
    needsFile: true,
    hasLayouts: false,
    // A list, whose entries have their name in them.
    write: (modules) => ({
      modules: Object.entries(modules).map(([name, module]) => ({ name, ...(isJsonObject(module) ? module : {}) })),
    }),
    read: ({ modules, ...others }) => ({ ...others, modules: byName(modules) }),
    module: fields({
      metrics: inAnyOrderByName('name', fields({ labels: texts, endianness: unless('big') })),
      timeout: unless(0),
    }),
  },
  {
    name: 'json',
    title: 'json_exporter',
    file: 'json.yml',
    checker: null,
    reloads: false,
    showsConfig: false,
    readyPath: '/metrics',
    needsFile: true,
    ...byModules,
    module: fields({
      headers: texts,
      metrics: inAnyOrderByName('name', fields({ labels: texts, values: texts, type: unless('value') })),
    }),
  },
];

/** The comparable form of what an exporter's file says. */
export function canonicalModules(program: ExporterProgram, spec: JsonObject): JsonObject {
  return { modules: {}, ...canonicalFields(spec, { modules: eachValue(program.module) }) };
}

function byName(modules: JsonObject[string] | undefined): JsonObject {
  if (!Array.isArray(modules)) return {};
  return Object.fromEntries(modules.filter(isJsonObject).map(({ name, ...module }) => [String(name), module] as const));
}
