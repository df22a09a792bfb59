import { type Diagnostic, Failure } from '../diagnostics/index.ts';
import {
  type AlertingRule,
  alignedGrid,
  type Expansion,
  expandRecorded,
  recordedNames,
  type SampledSeries,
  type TimeGrid,
} from '../history/index.ts';
import { metricOf, printExpression, type Selector, selectorsIn } from '../languages/promql/index.ts';
import { backtestDiagnostics } from './backtest-diagnostics.ts';
import type { HistoryServer } from './backtest-queries.ts';
import { isConstant, type RuleWorld, recordedDefinition } from './backtest-rules.ts';

/** The past of one stack, and what is known of it already. */
export interface StackHistory {
  readonly stack: string;
  readonly server: HistoryServer;
  /** Answers that serve several alerts, by what was asked. */
  readonly known: Map<string, unknown>;
  readonly request: { readonly fromMs: number; readonly toMs: number };
  readonly diagnostics: Diagnostic[];
}

export interface SideTask {
  readonly alert: string;
  readonly rules: readonly AlertingRule[];
  readonly world: RuleWorld;
  /** The rules by which the past may have been recorded, where they are others. */
  readonly other: RuleWorld | null;
  readonly grid: TimeGrid;
}

export interface AskedSide {
  /** For each rule, what its expression gave. */
  readonly series: readonly (readonly SampledSeries[])[];
  /** For each rule, what was asked. */
  readonly expressions: readonly string[];
  readonly expanded: readonly string[];
  readonly scant: readonly ScantInput[];
}

/** A metric that an alert reads, and in which share of the time there are samples of it. */
export interface ScantInput {
  readonly metric: string;
  readonly share: number;
}

/** Asks what the expressions of an alert gave at each evaluation; null where they cannot be evaluated, which is told. */
export async function askSide(history: StackHistory, task: SideTask): Promise<AskedSide | null> {
  const expansions: Expansion[] = [];
  for (const rule of task.rules) expansions.push(await expand(history, task, rule));
  tellKept(history, task.alert, expansions);
  const scant = await findScant(history, expansions);
  try {
    const series: (readonly SampledSeries[])[] = [];
    const expressions = expansions.map(({ expression }) => printExpression(expression));
    for (const expression of expressions) series.push(await history.server.range(expression, task.grid));
    return {
      series,
      expressions,
      scant,
      expanded: [...new Set(expansions.flatMap(({ expanded }) => expanded))].sort(),
    };
  } catch (cause) {
    if (!(cause instanceof Failure) || cause.diagnostic.code !== 'http/bad-status') throw cause;
    const facts = { alert: task.alert, stack: history.stack, reason: cause.diagnostic.detail };
    history.diagnostics.push(backtestDiagnostics.create('not-evaluated', facts, { subject: task.alert }));
    return null;
  }
}

/** A recorded series is taken from the past only where the past recorded it, by the same rule. */
async function expand(history: StackHistory, { world, other, grid }: SideTask, rule: AlertingRule): Promise<Expansion> {
  const names = recordedNames(rule.expression, world.recorded);
  const absent = new Set<string>();
  for (const name of names) {
    const isOther =
      other !== null && recordedDefinition(name, world.recorded) !== recordedDefinition(name, other.recorded);
    if (isOther || isConstant(name, world.recorded) || (await presence(history, name)) < nearlyAll) absent.add(name);
  }
  return expandRecorded(rule.expression, world.recorded, (name) => absent.has(name), grid.stepMs);
}

const nearlyAll = 0.98;
const presencePoints = 200;

/** In which share of the time there are samples of a selector, looked at here and there. */
async function presence(history: StackHistory, selector: string): Promise<number> {
  const key = `presence ${selector}`;
  const known = history.known.get(key);
  if (typeof known === 'number') return known;
  const { fromMs, toMs } = history.request;
  const stepMs = Math.max(1000, Math.ceil((toMs - fromMs) / presencePoints / 1000) * 1000);
  const grid = alignedGrid(fromMs + stepMs, toMs, stepMs);
  const answers = await history.server.range(`count(${selector}) or count(up) * 0`, grid);
  const times = answers.flatMap(({ timesMs, values }) => timesMs.map((_, index) => values[index] ?? 0));
  // What was not scraped at all is a gap of everything, which is told elsewhere.
  const share = times.length === 0 ? 0 : times.filter((count) => count > 0).length / times.length;
  history.known.set(key, share);
  return share;
}

/** Metrics of which there are no samples at all, or in a part of the time only. */
async function findScant(history: StackHistory, expansions: readonly Expansion[]): Promise<readonly ScantInput[]> {
  const inputs = new Set(expansions.flatMap(({ expression }) => selectorsIn(expression)).map(inputOf));
  const scant: ScantInput[] = [];
  for (const metric of [...inputs].filter((input) => input !== null).sort()) {
    const share = await presence(history, metric);
    if (share < nearlyAll) scant.push({ metric, share });
  }
  return scant;
}

function tellKept({ stack, diagnostics }: StackHistory, alert: string, expansions: readonly Expansion[]): void {
  for (const { name, reason } of expansions.flatMap(({ kept }) => kept)) {
    const told = backtestDiagnostics.create(
      'recorded-input',
      { alert, stack, input: name, reason },
      { subject: alert },
    );
    if (!diagnostics.some(({ detail }) => detail === told.detail)) diagnostics.push(told);
  }
}

/** By its metric alone: that no series has some label is what many an alert waits for. Alerts come and go. */
function inputOf(selector: Selector): string | null {
  const metric = metricOf(selector);
  return metric === null || metric.startsWith('ALERTS') || !/^[A-Za-z_:][\w:]*$/.test(metric) ? null : metric;
}
