import {
  type Alert,
  type BilingualText,
  type ObjectClass,
  type PanelDeclaration,
  type PanelStep,
  type PanelWord,
  readingsOf,
  type Signal,
} from '../../model/index.ts';
import { signalSeries } from '../signal-series.ts';

/** One signal over time, with the thresholds of its alerts. */
export function signalPanel(
  objectClass: ObjectClass,
  key: string,
  alerts: readonly Alert[],
  matchers: string,
): PanelDeclaration {
  const signal = signalOf(objectClass, key);
  return {
    id: key,
    title: signal.title,
    description: describe(objectClass, signal, alerts),
    show: signal.unit === 'boolean' ? { kind: 'states' } : { kind: 'trend' },
    queries: [{ expr: `${signalSeries(objectClass.id, key)}{${matchers}}`, legend: legendOf(signal) }],
    unit: signal.unit,
    whenEmpty: { en: 'Nothing measures this here', zh: '此处无该项采集数据' },
    steps: alertSteps(signal, alerts),
    ...(signal.unit === 'boolean' ? { words: wordsOf(signal, alerts) } : {}),
    ...(signal.unit === 'ratio' ? { minimum: 0, maximum: 1 } : {}),
    ...(signal.unit === 'count' || signal.unit === 'per-second' ? { minimum: 0 } : {}),
  };
}

/** The items nearest to a limit. A share of what is free is shown from the least up, one of what is used from the most. */
export function nearestToLimit(
  objectClass: ObjectClass,
  key: string,
  alerts: readonly Alert[],
  matchers = '',
): PanelDeclaration {
  const signal = signalOf(objectClass, key);
  const series = `${signalSeries(objectClass.id, key)}${matchers === '' ? '' : `{${matchers}}`}`;
  const isLow = signal.direction === 'low-is-bad';
  return {
    id: `limit-${objectClass.id}-${key}`,
    title: signal.title,
    description: describe(objectClass, signal, alerts),
    show: { kind: 'bars' },
    queries: [
      {
        expr: isLow ? `sort(bottomk(6, ${series}))` : `sort_desc(topk(6, ${series}))`,
        legend: legendOf(signal),
        instant: true,
      },
    ],
    unit: signal.unit,
    steps: alertSteps(signal, alerts),
    ...(signal.unit === 'ratio' ? { minimum: 0, maximum: 1 } : { minimum: 0 }),
  };
}

const inDays = 30;

/** Where the signal is going: the line through what was, in a month. */
export function forecast(objectClass: ObjectClass, key: string, alerts: readonly Alert[]): PanelDeclaration {
  const signal = signalOf(objectClass, key);
  const isLow = signal.direction === 'low-is-bad';
  const series = signalSeries(objectClass.id, key);
  // A line through an hour says nothing about a month, so what is younger than a day is left out.
  const future = `(predict_linear(${series}[7d], ${inDays * 86_400}) and ${series} offset 1d)`;
  const held = signal.unit === 'ratio' ? `clamp(${future}, 0, 1)` : `clamp_min(${future}, 0)`;
  return {
    ...nearestToLimit(objectClass, key, alerts),
    id: `forecast-${objectClass.id}-${key}`,
    title: {
      en: `${signal.title.en}, in ${inDays} days`,
      zh: `${signal.title.zh}(${inDays} 天后预测)`,
    },
    description: {
      en: `A straight line through the last 7 days, ${inDays} days on. A forecast of a young series says little.`,
      zh: `按最近 7 天的线性趋势外推 ${inDays} 天;数据较短时仅供参考。`,
    },
    whenEmpty: { en: 'Needs a day of measurements', zh: '需要至少一天的采集数据' },
    queries: [
      {
        expr: isLow ? `sort(bottomk(6, ${held}))` : `sort_desc(topk(6, ${held}))`,
        legend: legendOf(signal),
        instant: true,
      },
    ],
  };
}

export function signalOf(objectClass: ObjectClass, key: string): Signal {
  const signal = objectClass.signals[key];
  if (signal === undefined)
    throw new Error(`Bug: the signal ${key} of a dashboard of ${objectClass.id} was not checked.`);
  return signal;
}

function legendOf({ partLabels = [] }: Signal): string {
  return ['{{item}}', ...partLabels.map((label) => `{{${label}}}`)].join(' ');
}

function describe(objectClass: ObjectClass, signal: Signal, alerts: readonly Alert[]): BilingualText {
  const sources = Object.keys(readingsOf(signal)).join(', ');
  const names = alerts.map(({ name }) => name).join(', ');
  return {
    en: `Class ${objectClass.id}, read by ${sources}.${names === '' ? '' : ` Alerts: ${names}.`}`,
    zh: `配置项类 ${objectClass.id},采集来源 ${sources}。${names === '' ? '' : `相关告警:${names}。`}`,
  };
}

/** Grafana colours from the lowest step up, so what is bad when low starts with the colour of the worst. */
function alertSteps(signal: Signal, alerts: readonly Alert[]): readonly PanelStep[] {
  if (signal.unit === 'boolean') {
    const [atZero, atOne] = isBadAtOne(signal, alerts) ? (['green', 'red'] as const) : (['red', 'green'] as const);
    return [
      { from: null, colour: atZero },
      { from: 1, colour: atOne },
    ];
  }
  const bounds = alerts.flatMap((alert) =>
    'equals' in alert.when
      ? []
      : [
          {
            colour: severityColours[alert.severity],
            from: 'above' in alert.when ? alert.when.above : alert.when.below,
          },
        ],
  );
  const rising = bounds.sort((left, right) => left.from - right.from);
  if (signal.direction !== 'low-is-bad') return [{ from: null, colour: 'green' }, ...rising];
  // Each colour holds below its bound, so it starts where the bound before it ends.
  const starts = [null, ...rising.map(({ from }) => from)];
  const colours = [...rising.map(({ colour }) => colour), 'green' as const];
  return colours.map((colour, index) => ({ colour, from: starts[index] ?? null }));
}

const severityColours = { critical: 'red', warning: 'orange', info: 'blue' } as const;

function wordsOf(signal: Signal, alerts: readonly Alert[]): readonly PanelWord[] {
  const told = alerts.find(({ when }) => 'equals' in when);
  const bad = told?.severity === undefined ? 'red' : severityColours[told.severity];
  const badIsOne = isBadAtOne(signal, alerts);
  return [
    { value: 0, text: { en: 'no', zh: '否' }, colour: badIsOne ? 'green' : bad },
    { value: 1, text: { en: 'yes', zh: '是' }, colour: badIsOne ? bad : 'green' },
  ];
}

/** What is told of is bad; where nobody is told, the direction of the signal says which is. */
function isBadAtOne({ direction }: Signal, alerts: readonly Alert[]): boolean {
  const told = alerts.find(({ when }) => 'equals' in when);
  return told !== undefined && 'equals' in told.when ? told.when.equals === 1 : direction === 'high-is-bad';
}
