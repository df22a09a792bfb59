import { type Diagnostic, nearestName } from '../../diagnostics/index.ts';
import {
  type Attributes,
  type AttributeValues,
  isJsonObject,
  type JsonObject,
  type ModbusModule,
  readingsOf,
  type SettingsModule,
  type SnmpModule,
} from '../../model/index.ts';
import { compileDiagnostics } from '../compile-diagnostics.ts';
import type { ScrapeJob } from './targets.ts';

/** What an exporter gives of itself and of the scrape, whatever it was asked for. */
const givenAnyway = /^(?:up$|scrape_|snmp_|modbus_)/;

/**
 * A device is asked for what its module lists and for nothing else, so a signal of another metric never has a value, and
 * its alert never fires.
 */
export function checkModules(jobs: readonly ScrapeJob[]): readonly Diagnostic[] {
  return jobs.flatMap((job) => {
    const modules = modulesOf(job);
    return modules === null ? [] : [...modules.lookups.flatMap(tellLookup(job)), ...notGiven(job, modules)];
  });
}

interface Modules {
  readonly names: readonly string[];
  readonly given: ReadonlySet<string>;
  readonly lookups: readonly BadLookup[];
}

interface BadLookup {
  readonly module: string;
  readonly metric: string;
  readonly label: string;
  readonly by: string;
}

function notGiven(job: ScrapeJob, { given, names }: Modules): readonly Diagnostic[] {
  const { objectClass, source } = job;
  const key = Object.keys(objectClass.sources).find((name) => objectClass.sources[name] === source) ?? '';
  const position = objectClass.source;
  return Object.entries(objectClass.signals).flatMap(([signal, declared]) => {
    const metrics = (readingsOf(declared)[key]?.metrics ?? []).map((metric) =>
      typeof metric === 'string' ? metric : metric.name,
    );
    return metrics
      .filter((metric) => !givenAnyway.test(metric) && !given.has(metric))
      .map((metric) => {
        const facts = {
          class: objectClass.id,
          signal,
          metric,
          modules: names,
          nearest: nearestName(metric, [...given]),
        };
        return compileDiagnostics.create('metric-not-asked', facts, { position, subject: objectClass.id });
      });
  });
}

function tellLookup({ objectClass }: ScrapeJob) {
  return (facts: BadLookup): readonly Diagnostic[] => [
    compileDiagnostics.create('lookup-without-index', facts, { position: objectClass.source, subject: facts.module }),
  ];
}

/** Null for what lists nothing: a prober gives the same for every module, and so does the exporter of IPMI. */
function modulesOf({ source, items }: ScrapeJob): Modules | null {
  if (source.kind !== 'snmp' && source.kind !== 'modbus' && source.kind !== 'json') return null;
  const modules = new Set(items.map(({ attributes }) => source.module(attributes as AttributeValues<Attributes>)));
  const named = new Map([...modules].map((module) => [module.name, module]));
  return {
    names: [...named.keys()],
    given: new Set([...named.values()].flatMap(metricsOf)),
    lookups: source.kind === 'snmp' ? [...named.values()].flatMap((module) => badLookups(module as SnmpModule)) : [],
  };
}

function metricsOf(module: SnmpModule | ModbusModule | SettingsModule): readonly string[] {
  if ('settings' in module) return jsonMetrics((module.settings as JsonObject).metrics);
  return isListed(module) ? module.metrics.map(({ name }) => name) : Object.keys(module.metrics);
}

function isListed(module: SnmpModule | ModbusModule): module is ModbusModule {
  return Array.isArray(module.metrics);
}

/** An object has one for each of its values: `compressor_stage` and `temperature` are `compressor_stage_temperature`. */
function jsonMetrics(metrics: JsonObject[string] | undefined): readonly string[] {
  if (!Array.isArray(metrics)) return [];
  return (metrics as readonly JsonObject[string][]).filter(isJsonObject).flatMap(({ name, type, values }) => {
    const parts = type === 'object' && isJsonObject(values) ? Object.keys(values) : [];
    return type === 'object' ? parts.map((part) => `${name}_${part}`) : [String(name)];
  });
}

function badLookups(module: SnmpModule): readonly BadLookup[] {
  return Object.entries(module.metrics).flatMap(([metric, { index = [], lookups = [] }]) =>
    lookups.flatMap(({ label, by }) => {
      const labels = [...index, ...lookups].map((one) => one.label);
      return by
        .filter((name) => !labels.includes(name))
        .map((name) => ({ module: module.name, metric, label, by: name }));
    }),
  );
}
