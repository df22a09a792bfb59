import type { SourceSpan } from '../../diagnostics/index.ts';
import type { Criticality, TierId } from '../../model/index.ts';
import type { VersionedMetric } from './describe-collection.ts';
import type { VersionBound } from './version-range.ts';

/**
 * How something is collected. With a program of its own at the item: `exporter`, `shipper` (of logs, traces, metrics), or
 * `built-in` (the item answers by itself). Without one: asked through a program of the control point, `collector`.
 */
export type AgentKind = 'exporter' | 'shipper' | 'built-in' | 'collector' | AgentlessKind;
export type AgentlessKind = 'probe' | 'snmp' | 'modbus' | 'ipmi' | 'json';

export const agentKinds: readonly AgentKind[] = [
  'exporter',
  'shipper',
  'built-in',
  'collector',
  'probe',
  'snmp',
  'modbus',
  'ipmi',
  'json',
];

/**
 * `up` and `outdated` answer, the latter with a version that the class was not written for; `down` does not. `never-seen` is
 * declared and not among the targets of its Prometheus, or not scraped yet; `unexpected` is there and not declared;
 * `not-asked`: nobody was, or nobody answered.
 */
export type AgentState = 'up' | 'outdated' | 'down' | 'never-seen' | 'unexpected' | 'not-asked';

export const agentStates: readonly AgentState[] = ['up', 'outdated', 'down', 'never-seen', 'unexpected', 'not-asked'];

/** One agent, or one item that is collected without, as content declares it. */
export interface DeclaredAgent {
  readonly stack: string;
  readonly tier: TierId;
  readonly site: string;
  readonly tenant: string;
  readonly team: string;
  readonly criticality: Criticality;
  readonly kind: AgentKind;
  /** The program that collects: `node_exporter`. */
  readonly program: string;
  /** Null: a program of the control point that is no item. */
  readonly item: string | null;
  readonly class: string | null;
  /** The scrape job; of a collector, null. */
  readonly job: string | null;
  /** What is scraped, or asked: `host:port`, a URL or an address. */
  readonly endpoint: string;
  /** Of what is collected without an agent: where the program is that asks. */
  readonly through: string | null;
  readonly expected: readonly VersionBound[];
  readonly versioned: readonly VersionedMetric[];
  readonly source: SourceSpan | null;
}

/** What a Prometheus says of one target. */
export interface SeenTarget {
  readonly job: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly scrapeUrl: string;
  readonly health: 'up' | 'down' | 'unknown';
  readonly lastError: string;
  /** Null: never. */
  readonly lastScrape: string | null;
  /** What it says of versions, by metric: a page may have `node_exporter_build_info` and `go_build_info`. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The declared and the seen side by side. */
export interface AgentRow extends Omit<DeclaredAgent, 'expected'> {
  readonly isDeclared: boolean;
  readonly state: AgentState;
  readonly version: string | null;
  /** Versions that the class was written for: `>=1.3`; empty when it does not say. */
  readonly expected: string;
  /** Metrics that signals read and that this version does not have. */
  readonly missingMetrics: readonly string[];
  readonly lastError: string;
  readonly lastScrape: string | null;
}
