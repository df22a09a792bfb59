/** What differs from class to class in the alert of an exporter that does not answer. */
interface NotWatched {
  /** Such as `PostgresqlNotWatched`. */
  readonly name: string;
  readonly runbook: string;
  readonly clauses: readonly string[];
}

/** Of items whose exporter is a program of its own: while it is silent, no outage of the item would be told. */
export function notWatched({ name, runbook, clauses }: NotWatched) {
  return {
    name,
    signal: 'exporterUp',
    when: { equals: 0 },
    for: '5m',
    severity: 'critical',
    summary: {
      en: '{item} at {site} is not watched: its exporter does not answer',
      zh: '{site} 的 {item} 失去监视:采集器无应答',
    },
    runbook,
    rationale: 'Without measurements no outage is told; five minutes are longer than a restart of the exporter.',
    clauses,
  } as const;
}
