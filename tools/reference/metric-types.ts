import { standardClasses } from '../../cmdb/catalogue/index.ts';
import { isNamedAsCounter } from '../../toolkit/lint/facts/metric-kind.ts';
import { type MetricFact, readingsOf, type Signal } from '../../toolkit/model/index.ts';

/** For the linter: metrics of the catalogue whose names say something else than what their exporters say. */
export async function renderMetricTypes(): Promise<string> {
  const facts = standardClasses.flatMap(({ signals }) => Object.values(signals).flatMap(factsOf));
  const named = (type: MetricFact['type']) =>
    namesOf(facts, type).filter((name) => isNamedAsCounter(name) !== (type === 'counter'));
  return [
    '// Made by `npm run generate` from the metric facts of the classes in cmdb/catalogue/.',
    '',
    '/** Counters that are not named as such. */',
    ...listOf('unnamedCounters', named('counter')),
    '',
    '/** Gauges that are named as counters. */',
    ...listOf('misnamedGauges', named('gauge')),
    '',
  ].join('\n');
}

function factsOf(signal: Signal): readonly MetricFact[] {
  return Object.values(readingsOf(signal)).flatMap(({ metrics }) =>
    metrics.filter((metric) => typeof metric !== 'string'),
  );
}

function namesOf(facts: readonly MetricFact[], type: MetricFact['type']): readonly string[] {
  return [...new Set(facts.filter((fact) => fact.type === type).map(({ name }) => name))].sort();
}

function listOf(name: string, values: readonly string[]): readonly string[] {
  return [`export const ${name}: ReadonlySet<string> = new Set([`, ...values.map((value) => `  '${value}',`), ']);'];
}
