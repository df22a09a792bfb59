import type { AgentRow, DeclaredAgent, SeenTarget } from './agent.ts';

/** For tests: a node_exporter on web-1 of plant-1, written for 1.3 and later. */
export function anAgent(changes: Partial<DeclaredAgent> = {}): DeclaredAgent {
  return {
    stack: 'plant-1',
    tier: 'L3',
    site: 'plant-1',
    tenant: 'shared',
    team: 'plant-1-ops',
    criticality: 'medium',
    kind: 'exporter',
    program: 'node_exporter',
    item: 'web-1',
    class: 'host',
    job: 'host-node',
    endpoint: 'web-1.example:9100',
    through: null,
    expected: [{ operator: '>=', version: '1.3' }],
    versioned: [],
    source: null,
    ...changes,
  };
}

/** The same as its Prometheus sees it. */
export function aTarget(changes: Partial<SeenTarget> = {}): SeenTarget {
  return {
    job: 'host-node',
    labels: { item: 'web-1', job: 'host-node', instance: 'web-1.example:9100' },
    scrapeUrl: 'http://web-1.example:9100/metrics',
    health: 'up',
    lastError: '',
    lastScrape: '2026-11-21T10:00:00Z',
    versions: { node_exporter_build_info: '1.5.0' },
    ...changes,
  };
}

/** The two side by side. */
export function aRow(changes: Partial<AgentRow> = {}): AgentRow {
  const { expected: _, ...agent } = anAgent();
  const seen = { state: 'up', version: '1.5.0', missingMetrics: [], lastError: '', lastScrape: null } as const;
  return { ...agent, expected: '>=1.3', isDeclared: true, ...seen, ...changes };
}
