import {
  type Alert,
  type JsonObject,
  type JsonValue,
  type ObjectClass,
  readingsOf,
  type Signal,
  type SignalUnit,
} from '../../model/index.ts';

/** Where a panel stands on Grafana's grid of 24 columns. */
export interface PanelPlace {
  readonly id: number;
  readonly x: number;
  readonly y: number;
}

export const panelWidth = 12;
export const panelHeight = 8;

/** One signal over time, with the thresholds of its alerts drawn in. */
export function signalPanel(
  objectClass: ObjectClass,
  signal: Signal,
  series: string,
  alerts: readonly Alert[],
  place: PanelPlace,
): JsonObject {
  const parts = (signal.partLabels ?? []).map((label) => ` {{${label}}}`).join('');
  return {
    id: place.id,
    type: signal.unit === 'boolean' ? 'state-timeline' : 'timeseries',
    title: `${signal.title.en} · ${signal.title.zh}`,
    description: describePanel(objectClass, signal, alerts),
    gridPos: { x: place.x, y: place.y, w: panelWidth, h: panelHeight },
    datasource: { type: 'prometheus', uid: '$datasource' },
    targets: [
      {
        refId: 'A',
        expr: `${series}{site=~"$site",item=~"$item"}`,
        legendFormat: `{{item}}${parts}`,
        datasource: { type: 'prometheus', uid: '$datasource' },
      },
    ],
    fieldConfig: {
      defaults: {
        unit: grafanaUnits[signal.unit],
        ...(signal.unit === 'ratio' ? { min: 0, max: 1 } : {}),
        ...(signal.unit === 'boolean' ? { mappings: upDown } : {}),
        thresholds: { mode: 'absolute', steps: thresholdSteps(signal, alerts) },
        custom: signal.unit === 'boolean' ? {} : { thresholdsStyle: { mode: alerts.length === 0 ? 'off' : 'line' } },
      },
      overrides: [],
    },
    options:
      signal.unit === 'boolean'
        ? { mergeValues: true, showValue: 'never' }
        : { legend: { displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max'] } },
  };
}

function describePanel(objectClass: ObjectClass, signal: Signal, alerts: readonly Alert[]): string {
  const sources = Object.keys(readingsOf(signal));
  const origin = `Class ${objectClass.id}, ${sources.length === 1 ? 'source' : 'sources'} ${sources.join(', ')}.`;
  return alerts.length === 0 ? origin : `${origin} Alerts: ${alerts.map(({ name }) => name).join(', ')}.`;
}

/** Grafana colours from the lowest step up, so what is bad when low starts with the colour of the worst. */
function thresholdSteps(signal: Signal, alerts: readonly Alert[]): JsonValue {
  if (signal.unit === 'boolean')
    return [
      { color: 'red', value: null },
      { color: 'green', value: 1 },
    ];
  const colours = { critical: 'red', warning: 'orange', info: 'blue' } as const;
  const bounds = alerts.flatMap((alert) =>
    'equals' in alert.when
      ? []
      : [{ color: colours[alert.severity], value: 'above' in alert.when ? alert.when.above : alert.when.below }],
  );
  const rising = bounds.sort((left, right) => left.value - right.value);
  if (signal.direction !== 'low-is-bad') return [{ color: 'green', value: null }, ...rising];
  // Each colour holds below its bound, so it starts where the bound before it ends.
  const starts = [null, ...rising.map(({ value }) => value)];
  return [...rising.map(({ color }) => color), 'green'].map((color, index) => ({
    color,
    value: starts[index] ?? null,
  }));
}

const upDown: JsonValue = [
  {
    type: 'value',
    options: {
      '0': { text: 'down · 异常', color: 'red', index: 0 },
      '1': { text: 'up · 正常', color: 'green', index: 1 },
    },
  },
];

const grafanaUnits: Readonly<Record<SignalUnit, string>> = {
  ratio: 'percentunit',
  seconds: 's',
  bytes: 'bytes',
  'bytes-per-second': 'Bps',
  'per-second': 'cps',
  count: 'short',
  boolean: 'none',
  days: 'd',
  celsius: 'celsius',
};
