import { metricTable, type ObjectClass, type SignalSource } from '../../model/index.ts';

/** One source of a class, as far as it leaves the sandbox: what collects, and which of its metrics depend on a version. */
export interface DeclaredCollection {
  readonly class: string;
  readonly source: string;
  readonly kind: SignalSource['kind'];
  /** Program and versions, such as `node_exporter >=1.3`. */
  readonly exporter: string;
  readonly versioned: readonly VersionedMetric[];
}

/** A metric that is not there in every version of its program. */
export interface VersionedMetric {
  readonly name: string;
  readonly since: string | null;
  readonly until: string | null;
}

/** Runs in the sandbox: the functions of a class do not leave it. */
export function describeCollection(classes: readonly ObjectClass[]): readonly DeclaredCollection[] {
  return classes.flatMap((objectClass) => {
    const uses = metricTable(objectClass);
    return Object.entries(objectClass.sources).map(([source, declared]) => ({
      class: objectClass.id,
      source,
      kind: declared.kind,
      exporter: declared.kind === 'probe' ? 'blackbox_exporter' : declared.exporter,
      versioned: uses
        .filter((use) => use.source === source && (use.since !== undefined || use.until !== undefined))
        .map(({ name, since = null, until = null }) => ({ name, since, until })),
    }));
  });
}
