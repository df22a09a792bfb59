import { type Diagnostic, Failure, nearestName, sortDiagnostics } from '../diagnostics/index.ts';
import {
  type AlertingRule,
  alignedGrid,
  compareRecorded,
  type Episode,
  type EpisodeSummary,
  findGaps,
  type Notifications,
  type RecordedComparison,
  replayAlert,
  type Stretch,
  summariseEpisodes,
  totalMs,
} from '../history/index.ts';
import { printDuration } from '../model/index.ts';
import type { Plan } from '../plan/index.ts';
import { backtestDiagnostics } from './backtest-diagnostics.ts';
import { askSide, type ScantInput, type StackHistory } from './backtest-inputs.ts';
import { openHistory } from './backtest-queries.ts';
import { notificationsOf } from './backtest-routing.ts';
import {
  type BothSides,
  definitionOf,
  type RuleWorld,
  readSides,
  readWorld,
  type StackSpecs,
} from './backtest-rules.ts';
import { type VmalertProgram, vmalertReplay } from './backtest-vmalert.ts';
import type { Content, Repository, Wiring } from './contract.ts';
import type { SecretResolver } from './secrets.ts';
import { typesOf } from './validate-resources.ts';

export interface BacktestRequest {
  /** Names; empty: all. */
  readonly alerts: readonly string[];
  readonly stacks: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  /** Null: the interval at which each rule is evaluated, which is exact. */
  readonly stepMs: number | null;
  /** Null: range queries. */
  readonly vmalert: VmalertProgram | null;
  /** A saved plan, whose outcome is compared with what is applied; null: the content. */
  readonly plan: Plan | null;
  readonly secrets: SecretResolver;
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

export interface BacktestReport {
  readonly with: 'range-queries' | 'vmalert';
  readonly fromMs: number;
  readonly toMs: number;
  readonly alerts: readonly AlertBacktest[];
  readonly diagnostics: readonly Diagnostic[];
  /** Null: a name that is none was asked for. */
  readonly unknown: readonly Diagnostic[];
}

/** What one alert of one stack would have done. */
export interface AlertBacktest {
  readonly stack: string;
  readonly alert: string;
  readonly timeZone: string;
  readonly stepMs: number;
  /** Looked at less often than the rule is evaluated: short episodes may be missed, and times are coarse. */
  readonly isCoarse: boolean;
  /** As it is declared, or as the plan would leave it; null where it goes. */
  readonly wanted: BacktestSide | null;
  /** As it was last applied, where that is something else; null where nothing was. */
  readonly applied: BacktestSide | 'same' | null;
  /** What `ALERTS` of the time says; null where the server has none of it. */
  readonly recorded: RecordedComparison | null;
  /** Stretches without any sample. */
  readonly gaps: readonly Stretch[];
}

export interface BacktestSide {
  readonly rules: readonly { readonly expression: string; readonly for: string; readonly severity: string | null }[];
  readonly summary: EpisodeSummary;
  readonly episodes: readonly Episode[];
  /** Null where the stack has no Alertmanager of its own. */
  readonly notifications: Notifications | null;
  /** Recorded series whose rules were asked in their place. */
  readonly expanded: readonly string[];
  /** What it reads and the server has not, or not all of the time: that it did not fire says nothing, or less. */
  readonly scant: readonly ScantInput[];
}

/** Replays alerts over what the Prometheus of each stack has kept. Reads only. */
export async function backtest(
  repository: Repository,
  content: Content,
  wiring: Wiring,
  request: BacktestRequest,
): Promise<BacktestReport> {
  const diagnostics: Diagnostic[] = [];
  const { fromMs, toMs } = request;
  const head = { with: request.vmalert === null ? ('range-queries' as const) : ('vmalert' as const), fromMs, toMs };
  const types = typesOf(wiring);
  const stacks = content.stacks.filter(({ name }) => request.stacks.length === 0 || request.stacks.includes(name));
  const sides = new Map<string, BothSides>();
  for (const { name } of stacks)
    sides.set(name, await readSides(repository, content, { plan: request.plan, types, stack: name }));
  const unknown = strangers(content, request, sides);
  if (unknown.length > 0) return { ...head, alerts: [], diagnostics: [], unknown };
  const alerts: AlertBacktest[] = [];
  for (const { name, site } of stacks) {
    const own = sides.get(name);
    const timeZone = content.organisation.sites.find(({ id }) => id === site)?.timeZone ?? 'UTC';
    if (own !== undefined)
      alerts.push(...(await backtestStack({ repository, stack: name, timeZone, request, diagnostics }, own)));
  }
  return { ...head, alerts, diagnostics: sortDiagnostics(diagnostics), unknown };
}

function strangers(
  content: Content,
  { stacks, alerts }: BacktestRequest,
  sides: ReadonlyMap<string, BothSides>,
): readonly Diagnostic[] {
  const worlds = [...sides.values()].flatMap(({ wanted, applied }) => [
    readWorld(wanted),
    readWorld(applied ?? new Map()),
  ]);
  const known = {
    stack: content.stacks.map(({ name }) => name),
    alert: [...new Set(worlds.flatMap((world) => world.alerts.map(({ name }) => name)))].sort(),
  };
  const unknownOf = (kind: 'stack' | 'alert', names: readonly string[]) =>
    names
      .filter((name) => !known[kind].includes(name))
      .map((name) => {
        const facts = {
          kind,
          name,
          known: kind === 'stack' ? known.stack : [],
          nearest: nearestName(name, known[kind]),
        };
        return backtestDiagnostics.create('unknown-name', facts, { found: name });
      });
  const strangeStacks = unknownOf('stack', stacks);
  return strangeStacks.length > 0 ? strangeStacks : unknownOf('alert', alerts);
}

interface StackRun {
  readonly repository: Repository;
  readonly stack: string;
  readonly timeZone: string;
  readonly request: BacktestRequest;
  readonly diagnostics: Diagnostic[];
}

async function backtestStack(run: StackRun, sides: BothSides): Promise<readonly AlertBacktest[]> {
  const { repository, stack, request, diagnostics } = run;
  const worlds = { wanted: readWorld(sides.wanted), applied: sides.applied === null ? null : readWorld(sides.applied) };
  const names = [...new Set([...worlds.wanted.alerts, ...(worlds.applied?.alerts ?? [])].map(({ name }) => name))];
  const chosen = names.filter((name) => request.alerts.length === 0 || request.alerts.includes(name)).sort();
  if (chosen.length === 0) return [];
  const opened = openHistory(repository, stack, { resolveSecret: request.secrets, signal: request.signal });
  if (opened.server === null) {
    diagnostics.push(backtestDiagnostics.create('no-server', { stack, reason: opened.reason }, { subject: stack }));
    return [];
  }
  const history: StackHistory = { stack, server: opened.server, known: new Map(), request, diagnostics };
  try {
    const results: AlertBacktest[] = [];
    for (const alert of chosen) {
      request.onProgress(`Replaying ${alert} of ${stack}`);
      const one = await backtestAlert(run, history, { alert, sides, worlds });
      if (one !== null) results.push(one);
    }
    diagnostics.push(...tellScant(stack, results));
    return results;
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    if (cause.diagnostic.code === 'backtest/vmalert-failed') {
      diagnostics.push(cause.diagnostic);
      return [];
    }
    const reason = `${cause.diagnostic.summary}: ${cause.diagnostic.detail.replace(/\.$/, '')}`;
    diagnostics.push(backtestDiagnostics.create('no-server', { stack, reason }, { subject: stack }));
    return [];
  }
}

function tellScant(stack: string, results: readonly AlertBacktest[]): readonly Diagnostic[] {
  const scant = results.flatMap(({ alert, wanted, applied }) =>
    [wanted, applied === 'same' ? null : applied].flatMap((side) =>
      (side?.scant ?? []).map((input) => ({ alert, ...input })),
    ),
  );
  const none = scant.filter(({ share }) => share === 0);
  const some = scant.filter(({ share }) => share > 0);
  const namesOf = (inputs: typeof scant) => ({
    stack,
    metrics: [
      ...new Set(
        inputs.map(({ metric, share }) => (share === 0 ? metric : `${metric} (${Math.round(share * 100)} %)`)),
      ),
    ].sort(),
    alerts: [...new Set(inputs.map(({ alert }) => alert))].sort(),
  });
  return [
    ...(none.length === 0 ? [] : [backtestDiagnostics.create('no-samples', namesOf(none), { subject: stack })]),
    ...(some.length === 0 ? [] : [backtestDiagnostics.create('short-history', namesOf(some), { subject: stack })]),
  ];
}

interface AlertTask {
  readonly alert: string;
  readonly sides: BothSides;
  readonly worlds: { readonly wanted: RuleWorld; readonly applied: RuleWorld | null };
}

async function backtestAlert(
  run: StackRun,
  history: StackHistory,
  { alert, sides, worlds }: AlertTask,
): Promise<AlertBacktest | null> {
  const { request, stack, timeZone } = run;
  const rulesOf = (world: RuleWorld | null) => (world?.alerts ?? []).filter(({ name }) => name === alert);
  const [wanted, applied] = [rulesOf(worlds.wanted), rulesOf(worlds.applied)];
  const intervalMs = Math.min(...[...wanted, ...applied].map((rule) => rule.intervalMs));
  const stepMs = request.stepMs ?? intervalMs;
  // Alerts that wait when the look begins need the time before it.
  const waitMs = Math.max(...[...wanted, ...applied].map(({ forMs }) => forMs));
  const grid = alignedGrid(request.fromMs - waitMs, request.toMs, stepMs);
  const gaps = await gapsOf(history, grid);
  const isSame =
    worlds.applied !== null && definitionOf(wanted, worlds.wanted) === definitionOf(applied, worlds.applied);
  const surroundings = await recordedFiring(history, grid, gaps);
  const play = async (rules: readonly AlertingRule[], world: RuleWorld, other: RuleWorld | null, specs: StackSpecs) => {
    if (rules.length === 0) return null;
    const asked = await askSide(history, { alert, rules, world, other, grid });
    if (asked === null) return null;
    const replayed =
      request.vmalert === null
        ? rules.flatMap((rule, index) => replayAlert(rule, asked.series[index] ?? [], grid, gaps))
        : await vmalertReplay(history, request.vmalert, { rules, expressions: asked.expressions, grid, gaps });
    const episodes = replayed.filter(({ endedAtMs }) => endedAtMs === null || endedAtMs > request.fromMs);
    const others = surroundings.filter(({ labels }) => labels.alertname !== alert);
    return {
      rules: rules.map(({ text, forMs, labels }) => ({
        expression: text,
        for: printDuration(forMs),
        severity: labels.severity ?? null,
      })),
      summary: summariseEpisodes(episodes, request.toMs, timeZone),
      episodes,
      notifications: notificationsOf(specs, { stack, episodes, others, untilMs: request.toMs }),
      expanded: asked.expanded,
      scant: asked.scant,
    };
  };
  const now = await play(wanted, worlds.wanted, worlds.applied, sides.wanted);
  const former =
    isSame || worlds.applied === null
      ? null
      : await play(applied, worlds.applied, worlds.wanted, sides.applied ?? new Map());
  if (now === null && former === null) return null;
  const recorded = surroundings.filter(({ labels }) => labels.alertname === alert);
  return {
    ...{ stack, alert, timeZone, stepMs, isCoarse: stepMs > intervalMs },
    wanted: now,
    applied: isSame ? 'same' : former,
    recorded:
      surroundings.length === 0
        ? null
        : compareRecorded((isSame ? now : (former ?? now))?.episodes ?? [], recorded, request.toMs),
    gaps,
  };
}

/** Told once for each stack, also where alerts are looked at on several grids. */
async function gapsOf(
  history: StackHistory,
  grid: { readonly fromMs: number; readonly toMs: number; readonly stepMs: number },
) {
  const key = `gaps ${grid.fromMs} ${grid.stepMs}`;
  const known = history.known.get(key);
  if (known !== undefined) return known as readonly Stretch[];
  const [scraped] = await history.server.range('count(up)', grid);
  // A store that others write into may have no `up`: where the samples end is not to be seen by it then.
  const gaps = scraped === undefined ? [] : findGaps(scraped.timesMs, grid);
  history.known.set(key, gaps);
  const { request } = history;
  const within = gaps
    .filter(({ toMs }) => toMs > request.fromMs)
    .map(({ fromMs, toMs }) => ({ fromMs: Math.max(fromMs, request.fromMs), toMs: Math.min(toMs, request.toMs) }));
  if (within.length > 0 && !history.known.has('gaps told')) {
    history.known.set('gaps told', true);
    const facts = { stack: history.stack, gaps: within.map(printStretch), total: printDuration(totalMs(within)) };
    history.diagnostics.push(backtestDiagnostics.create('gaps', facts, { subject: history.stack }));
  }
  return gaps;
}

function printStretch({ fromMs, toMs }: Stretch): string {
  return `${printMoment(fromMs)} to ${printMoment(toMs)}`;
}

function printMoment(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** What fired then, as the server itself recorded it. */
async function recordedFiring(
  history: StackHistory,
  grid: { readonly fromMs: number; readonly toMs: number; readonly stepMs: number },
  gaps: readonly Stretch[],
): Promise<readonly Episode[]> {
  const key = `recorded ${grid.fromMs} ${grid.stepMs}`;
  const known = history.known.get(key);
  if (known !== undefined) return known as readonly Episode[];
  const series = await history.server.range('ALERTS{alertstate="firing"}', grid);
  const episodes = series.flatMap((one) => {
    const { alertname = '', alertstate: _, ...labels } = one.labels;
    return replayAlert({ name: alertname, forMs: 0, keepFiringMs: 0, labels: {} }, [{ ...one, labels }], grid, gaps);
  });
  const within = episodes.filter(({ endedAtMs }) => endedAtMs === null || endedAtMs > history.request.fromMs);
  history.known.set(key, within);
  return within;
}
