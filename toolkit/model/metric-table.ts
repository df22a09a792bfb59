import type { ObjectClass } from './object-class.ts';
import { type MetricFact, readingsOf } from './signal.ts';

/** One metric that a class needs from one of its sources, with what is known of it. */
export interface MetricUse extends MetricFact {
  readonly class: string;
  readonly source: string;
  /** Program and versions, as the source names them. */
  readonly exporter: string;
  /** Signals that need it. */
  readonly signals: readonly string[];
}

/** Every metric that a class needs, by source and name: what lint of rules and checks of exporters go by. */
export function metricTable(objectClass: ObjectClass): readonly MetricUse[] {
  const uses = new Map<string, MetricUse>();
  for (const [signal, declared] of Object.entries(objectClass.signals)) {
    for (const [source, { metrics }] of Object.entries(readingsOf(declared))) {
      for (const metric of metrics) {
        const fact = typeof metric === 'string' ? { name: metric } : metric;
        const known = uses.get(`${source} ${fact.name}`);
        const signals = [...new Set([...(known?.signals ?? []), signal])];
        const exporter = exporterOf(objectClass, source);
        uses.set(`${source} ${fact.name}`, { ...known, ...fact, class: objectClass.id, source, exporter, signals });
      }
    }
  }
  return [...uses.keys()].sort().flatMap((key) => uses.get(key) ?? []);
}

function exporterOf({ sources }: ObjectClass, name: string): string {
  const source = sources[name];
  return source === undefined || source.kind === 'probe' ? 'blackbox_exporter' : source.exporter;
}
