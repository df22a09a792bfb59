import type { Diagnostic } from '../diagnostics/index.ts';
import {
  type AlertingRule,
  alignedGrid,
  compareRecorded,
  type Episode,
  findGaps,
  replayAlert,
  type Stretch,
  summariseEpisodes,
  totalMs,
} from '../history/index.ts';
import { printDuration } from '../model/index.ts';
import { backtestDiagnostics } from './backtest-diagnostics.ts';
import { askSide, type StackHistory } from './backtest-inputs.ts';
import type { AlertBacktest, BacktestRequest } from './backtest-report.ts';
import { notificationsOf } from './backtest-routing.ts';
import { type BothSides, definitionOf, type RuleWorld, type StackSpecs } from './backtest-rules.ts';
import { vmalertReplay } from './backtest-vmalert.ts';
import type { Repository } from './contract.ts';

/** Replays one alert of one stack, as it is declared and as it was applied. */
export async function backtestAlert(
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

export interface AlertTask {
  readonly alert: string;
  readonly sides: BothSides;
  readonly worlds: { readonly wanted: RuleWorld; readonly applied: RuleWorld | null };
}

export interface StackRun {
  readonly repository: Repository;
  readonly stack: string;
  readonly timeZone: string;
  readonly request: BacktestRequest;
  readonly diagnostics: Diagnostic[];
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
