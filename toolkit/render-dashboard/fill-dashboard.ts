import {
  asFields,
  interpolate,
  listOf,
  type ReadDashboard,
  type ReadPanel,
  type ReadTarget,
  type Scope,
  textOf,
} from '../languages/grafana/index.ts';
import { chooseVariables } from './choose-variables.ts';
import { layOutPanels, type PlacedPanel } from './lay-out.ts';
import type { AnswerHint, MetricsSource } from './metrics-source.ts';
import { nameSeries, type PanelData, type TargetAnswer, type TimeRange } from './panel-data.ts';
import { drawnTypes, type FilledPanel } from './render-dashboard.ts';

export interface FillRequest {
  readonly dashboard: ReadDashboard;
  readonly source: MetricsSource;
  readonly range: TimeRange;
  /** Values that somebody has chosen. */
  readonly wanted: ReadonlyMap<string, readonly string[]>;
}

export interface FilledDashboard {
  readonly panels: readonly FilledPanel[];
  /** What is not there in the picture, and why; a line each. */
  readonly problems: readonly PanelProblem[];
}

export interface PanelProblem {
  readonly panel: string;
  readonly kind: 'failed' | 'empty' | 'not-drawn';
  readonly reason: string;
}

/** More than anybody looks at in one picture. */
const mostPanels = 400;
const mostSeries = 500;
const atOnce = 6;

/** Asks all that a dashboard asks when somebody opens it. */
export async function fillDashboard({ dashboard, source, range, wanted }: FillRequest): Promise<FilledDashboard> {
  const { fromMs, toMs, stepMs } = range;
  const rateIntervalMs = Math.max(stepMs + 15_000, 60_000);
  const bare: Scope = { variables: new Map(), intervalMs: stepMs, rateIntervalMs, fromMs, toMs };
  const scope = await chooseVariables(dashboard.variables, wanted, { source, range, scope: bare });
  const all = layOutPanels(dashboard.panels, scope);
  const placed = all.slice(0, mostPanels);
  const panels: FilledPanel[] = [];
  for (let from = 0; from < placed.length; from += atOnce)
    panels.push(...(await Promise.all(placed.slice(from, from + atOnce).map((one) => fillPanel(one, source, range)))));
  const left = all.length - placed.length;
  const tooMany: readonly PanelProblem[] =
    left === 0
      ? []
      : [{ panel: dashboard.title, kind: 'not-drawn', reason: `${left} panels beyond the first ${mostPanels}` }];
  return { panels, problems: [...panels.flatMap(problemsOf), ...tooMany] };
}

async function fillPanel({ panel, scope }: PlacedPanel, source: MetricsSource, range: TimeRange): Promise<FilledPanel> {
  if (panel.type === 'alertlist') {
    const answer = await source.alerts();
    const failed: readonly TargetAnswer[] = answer.ok
      ? []
      : [{ state: 'failed', refId: 'alerts', reason: answer.reason }];
    return { panel, scope, data: { answers: failed, alerts: answer.ok ? answer.value : [] } };
  }
  const targets = panel.targets.filter(({ isHidden }) => !isHidden);
  const answers = await Promise.all(targets.map((target) => askTarget(panel, target, scope, source, range)));
  return { panel, scope, data: { answers, alerts: [] } };
}

async function askTarget(
  panel: ReadPanel,
  target: ReadTarget,
  scope: Scope,
  source: MetricsSource,
  range: TimeRange,
): Promise<TargetAnswer> {
  const { refId, otherLanguage, legend } = target;
  if (otherLanguage !== '')
    return { state: 'failed', refId, reason: `asks ${otherLanguage}, and only Prometheus is asked here` };
  const expression = interpolate(target.expression, scope);
  const ask = isInstant(panel, target) ? source.query : source.queryRange;
  const answer = await ask(expression, range, hintOf(panel, target, expression));
  if (!answer.ok) return { state: 'failed', refId, reason: answer.reason };
  const named = answer.value.slice(0, mostSeries).map(({ labels, points }) => ({
    refId,
    name: nameSeries(interpolate(legend, scope), labels, expression),
    labels,
    points,
  }));
  return { state: 'series', series: named };
}

/** Tables of labels want the last value; all else may reckon with every point. */
function isInstant(panel: ReadPanel, { isInstant: said, isTable }: ReadTarget): boolean {
  return said || (isTable && panel.type === 'table');
}

function hintOf({ field, transformations }: ReadPanel, { legend }: ReadTarget, expression: string): AnswerHint {
  const inLegend = [...legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label = '']) => label);
  const columns = transformations.flatMap(({ options }) => listOf(asFields(options.include).names).map(textOf));
  const grouped = [...expression.matchAll(/\bby\s*\(([^()]*)\)/g)].flatMap(([, labels = '']) => labels.split(','));
  const isOne = legend !== '' && legend !== '__auto' && inLegend.length === 0;
  const labels = isOne ? columns : [...inLegend, ...columns, ...grouped].map((label) => label.trim());
  return {
    unit: field.unit,
    min: field.min,
    max: field.max,
    steps: field.steps,
    isState: field.mappings.length > 0,
    labels: [...new Set(labels)].filter((label) => label !== '' && label !== 'Value' && label !== 'Time'),
  };
}

function problemsOf({ panel, data }: FilledPanel): readonly PanelProblem[] {
  const name = panel.title;
  if (!drawnTypes.includes(panel.type))
    return [{ panel: name, kind: 'not-drawn', reason: `its type is ${panel.type}` }];
  const failed = data.answers.flatMap((answer) => (answer.state === 'failed' ? [answer] : []));
  if (failed.length > 0)
    return failed.map(({ refId, reason }) => ({ panel: name, kind: 'failed', reason: `${refId}: ${reason}` }));
  return isEmpty(panel, data) ? [{ panel: name, kind: 'empty', reason: 'no series' }] : [];
}

/** A list of alerts or of rows may well be empty. */
function isEmpty({ type, targets }: ReadPanel, { answers }: PanelData): boolean {
  if (type === 'row' || type === 'text' || type === 'alertlist' || type === 'table' || targets.length === 0)
    return false;
  return answers.every((answer) => answer.state === 'series' && answer.series.length === 0);
}
