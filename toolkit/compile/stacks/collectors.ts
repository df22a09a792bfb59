import type {
  Attributes,
  AttributeValues,
  ConfigurationItem,
  JsonObject,
  SignalSource,
  TargetName,
} from '../../model/index.ts';
import { ipmiSettings, modbusSettings, snmpSettings } from './collector-modules.ts';

/** A source that is asked through a program of the control point. */
export type CollectedSource = Exclude<SignalSource, { readonly kind: 'exporter' }>;

/** A program that asks items on behalf of Prometheus, by the kind of source that it serves. */
export interface Collector {
  readonly target: TargetName;
  /** Type of the resource that is its configuration. */
  readonly type: string;
  /** Path under which it takes a question. */
  readonly path: string;
  /** Behind "Items of this class are". */
  readonly asked: string;
  /** Behind "items that are". */
  readonly what: string;
}

export const collectors: Readonly<Record<CollectedSource['kind'], Collector>> = {
  probe: {
    target: 'blackbox',
    type: 'blackbox-config',
    path: '/probe',
    asked: 'probed by the blackbox exporter',
    what: 'probed from outside',
  },
  snmp: collector('snmp', '/snmp', 'SNMP'),
  modbus: collector('modbus', '/modbus', 'Modbus'),
  ipmi: collector('ipmi', '/ipmi', 'IPMI'),
  json: collector('json', '/probe', 'JSON'),
};

function collector(target: TargetName, path: string, name: string): Collector {
  const asked = `asked by the ${name} exporter`;
  return { target, type: `${target}-config`, path, asked, what: asked };
}

/** How an item is asked: the module, its settings, and what else goes into the query. */
export interface Question {
  readonly module: string;
  /** Made when they are asked for: of ten thousand devices that share a module once is enough. */
  readonly settings: () => JsonObject;
  readonly params: Readonly<Record<string, string>>;
}

export function questionOf(source: CollectedSource, { attributes }: ConfigurationItem): Question {
  const values = attributes as AttributeValues<Attributes>;
  switch (source.kind) {
    case 'probe':
    case 'json': {
      const { name, settings } = source.module(values);
      // A field that is undefined, which only the type knows, is none in JSON.
      return { module: name, settings: () => settings as JsonObject, params: {} };
    }
    case 'snmp': {
      const [module, access] = [source.module(values), source.access(values)];
      // Before 0.23 the exporter keeps the access inside the module, so there is a module for each access. It then
      // ignores `auth`, which a later one needs.
      const name = `${module.name}.${access.name}`;
      return { module: name, settings: () => snmpSettings(module, access), params: { auth: name } };
    }
    case 'modbus': {
      const module = source.module(values);
      return {
        module: module.name,
        settings: () => modbusSettings(module),
        params: { sub_target: String(source.unit(values)) },
      };
    }
    case 'ipmi': {
      const module = source.module(values);
      return { module: module.name, settings: () => ipmiSettings(module), params: {} };
    }
    default:
      return source satisfies never;
  }
}
