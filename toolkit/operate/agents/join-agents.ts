import type { AgentRow, AgentState, DeclaredAgent, SeenTarget } from './agent.ts';
import type { VersionedMetric } from './describe-collection.ts';
import type { Seen } from './seen-targets.ts';
import { compareVersions, isWithin, printBounds } from './version-range.ts';

/** Sets what one stack declares beside what its Prometheus sees; null: nobody was asked. */
export function joinAgents(
  stack: { readonly name: string; readonly tier: AgentRow['tier']; readonly site: string; readonly team: string },
  declared: readonly DeclaredAgent[],
  seen: Seen | null,
): readonly AgentRow[] {
  if (seen === null || seen.targets === null) {
    return declared.map((agent) => row(agent, { state: 'not-asked', lastError: seen?.reason ?? '' }));
  }
  const byPlace = Map.groupBy(seen.targets, ({ job, labels }) => `${job} ${labels.item ?? ''}`);
  const { targets } = seen;
  const rows = declared.map((agent) =>
    agent.kind === 'collector' && agent.job === null
      ? collectorRow(agent, declared, byPlace, targets)
      : seenRow(agent, byPlace.get(`${agent.job} ${agent.item}`)?.[0]),
  );
  const known = new Set(declared.map(({ job, item }) => `${job} ${item}`));
  const strangers = targets.filter(
    ({ job, labels }) => !isFederation(job) && !known.has(`${job} ${labels.item ?? ''}`),
  );
  return [...rows, ...strangers.map((target) => strangerRow(stack, target))];
}

/** The Prometheus of a stack below is no agent; its objectives and signals come this way. */
function isFederation(job: string): boolean {
  return job.startsWith('below-');
}

function seenRow(agent: DeclaredAgent, target: SeenTarget | undefined): AgentRow {
  if (target === undefined) return row(agent, { state: 'never-seen' });
  const version = ownVersion(agent.program, target.versions);
  const missingMetrics = version === null ? [] : missingIn(version, agent.versioned);
  const { lastError, lastScrape } = target;
  return row(agent, { state: stateOf(agent, target, version), version, missingMetrics, lastError, lastScrape });
}

function stateOf({ expected }: DeclaredAgent, { health }: SeenTarget, version: string | null): AgentState {
  if (health === 'unknown') return 'never-seen';
  if (health === 'down') return 'down';
  return version !== null && isWithin(version, expected) === false ? 'outdated' : 'up';
}

/** A shared exporter answers as long as one question through it does; while all fail, it is what they have in common. */
function collectorRow(
  agent: DeclaredAgent,
  declared: readonly DeclaredAgent[],
  byPlace: ReadonlyMap<string, readonly SeenTarget[]>,
  targets: readonly SeenTarget[],
): AgentRow {
  const asked = declared.filter(({ program, through }) => program === agent.program && through === agent.endpoint);
  const through = asked.flatMap(({ job, item }) => byPlace.get(`${job} ${item}`) ?? []);
  const own = targets.find(({ scrapeUrl }) => isOwnPage(scrapeUrl, agent.endpoint));
  const version = own === undefined ? null : ownVersion(agent.program, own.versions);
  const answers = [...(own === undefined ? [] : [own]), ...through];
  const best = answers.find(({ health }) => health === 'up') ?? answers.find(({ health }) => health === 'down');
  if (best === undefined) return row(agent, { state: 'never-seen' });
  const { lastScrape } = best;
  const lastError = best.health === 'down' ? `nothing that is asked through it answers: ${best.lastError}` : '';
  return row(agent, { state: stateOf(agent, best, version), version, lastError, lastScrape });
}

function isOwnPage(scrapeUrl: string, endpoint: string): boolean {
  const url = URL.parse(scrapeUrl);
  return url !== null && url.host === endpoint && url.pathname === '/metrics';
}

/** Programs call the metric after themselves, in one of a few ways; what others on the page say is about libraries. */
export function ownVersion(program: string, versions: Readonly<Record<string, string>>): string | null {
  const name = program.replaceAll('-', '_');
  const [first = ''] = name.split('_');
  const metrics = Object.keys(versions).filter((metric) => metric !== 'go_build_info');
  const own =
    metrics.find((metric) => metric === `${name}_build_info`) ??
    metrics.find((metric) => metric.startsWith(first)) ??
    (metrics.length === 1 ? metrics[0] : undefined);
  return own === undefined ? null : (versions[own] ?? null);
}

/** Metrics that signals read and that this version has not. */
export function missingIn(version: string, versioned: readonly VersionedMetric[]): readonly string[] {
  if (isWithin(version, []) === null) return [];
  return versioned
    .filter(({ since, until }) => {
      const isTooOld = since !== null && compareVersions(version, since) < 0;
      return isTooOld || (until !== null && compareVersions(version, until) >= 0);
    })
    .map(({ name }) => name);
}

function strangerRow(
  { name, tier, site, team }: Parameters<typeof joinAgents>[0],
  { job, labels, scrapeUrl, versions, lastError, lastScrape }: SeenTarget,
): AgentRow {
  const [program = ''] = Object.keys(versions).filter((metric) => metric !== 'go_build_info');
  return {
    stack: name,
    tier,
    site: labels.site ?? site,
    tenant: labels.tenant ?? '',
    team: labels.team ?? team,
    criticality: 'medium',
    kind: 'exporter',
    program: program.replace(/_build_info$/, ''),
    item: labels.item ?? null,
    class: labels.class ?? null,
    job,
    endpoint: labels.instance ?? scrapeUrl,
    through: null,
    versioned: [],
    source: null,
    isDeclared: false,
    state: 'unexpected',
    version: versions[program] ?? null,
    expected: '',
    missingMetrics: [],
    lastError,
    lastScrape,
  };
}

type Known = Pick<AgentRow, 'state'> &
  Partial<Pick<AgentRow, 'version' | 'missingMetrics' | 'lastError' | 'lastScrape'>>;

function row({ expected, ...agent }: DeclaredAgent, known: Known): AgentRow {
  const unseen = { version: null, missingMetrics: [], lastError: '', lastScrape: null };
  return { ...agent, isDeclared: true, expected: printBounds(expected), ...unseen, ...known };
}
