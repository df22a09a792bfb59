import type {
  BilingualText,
  JsonObject,
  JsonValue,
  PanelDeclaration,
  PanelQuery,
  PanelStep,
  PanelView,
  SignalUnit,
  TableColumn,
} from '../../model/index.ts';
import { panelId } from '../dashboard-uid.ts';

/** Where a panel stands on Grafana's grid of 24 columns. */
export interface PanelPlace {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** What a panel has on one dashboard besides what it is. */
export interface PanelSetting {
  readonly place: PanelPlace;
  /** Of the panel itself: runbooks. */
  readonly links?: readonly PanelLink[];
  /** Of what was clicked on; `${__field.labels.item}` is filled in. */
  readonly dataLinks?: readonly PanelLink[];
  /** Titles of series by their legend. */
  readonly names?: ReadonlyMap<string, BilingualText>;
  /** Lines at the steps. */
  readonly drawsSteps?: boolean;
}

export interface PanelLink {
  readonly title: string;
  readonly url: string;
}

export function inBoth({ en, zh }: BilingualText): string {
  return en === zh ? en : `${en} · ${zh}`;
}

export const prometheusSource: JsonObject = { type: 'prometheus', uid: '$datasource' };

/** A panel as Grafana's JSON has it. */
export function printPanel(panel: PanelDeclaration, setting: PanelSetting): JsonObject {
  const { show } = panel;
  const { place, links = [] } = setting;
  const head = {
    id: panelId(panel.id),
    type: grafanaTypes[show.kind],
    title: inBoth(panel.title),
    ...(panel.description === undefined ? {} : { description: describeInBoth(panel.description) }),
    gridPos: { x: place.x, y: place.y, w: place.w, h: place.h },
    ...(links.length === 0 ? {} : { links: links.map((link) => printLink(link, true)) }),
  };
  if (show.kind === 'text') return { ...head, options: { mode: 'markdown', content: markdownOf(show.markdown) } };
  return {
    ...head,
    datasource: prometheusSource,
    targets: panel.queries.map((query, index) => printTarget(show, query, index)),
    fieldConfig: {
      defaults: { ...defaultsOf(panel, setting), custom: customOf(show, setting) },
      overrides: [...overridesOf(setting), ...severityColours(show)],
    },
    options: optionsOf(show),
    ...(show.kind === 'table' ? { transformations: arrange(show.columns) } : {}),
  };
}

function printLink({ title, url }: PanelLink, targetBlank: boolean): JsonObject {
  return {
    title,
    url,
    type: 'link',
    icon: 'external link',
    tooltip: '',
    tags: [],
    asDropdown: false,
    targetBlank,
    includeVars: false,
    keepTime: false,
  };
}

const grafanaTypes = {
  number: 'stat',
  map: 'stat',
  trend: 'timeseries',
  bars: 'bargauge',
  gauge: 'gauge',
  states: 'state-timeline',
  table: 'table',
  text: 'text',
} as const satisfies Record<PanelView['kind'], string>;

function describeInBoth({ en, zh }: BilingualText): string {
  return en === zh ? en : `${en}\n\n${zh}`;
}

function markdownOf({ en, zh }: BilingualText): string {
  return en === zh ? en : `${zh}\n\n${en}`;
}

const refIds = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function printTarget(show: PanelView, { expr, legend, instant }: PanelQuery, index: number): JsonObject {
  return {
    refId: refIds[index] ?? `Q${index}`,
    expr,
    ...(legend === undefined ? {} : { legendFormat: legend }),
    ...(instant === true ? { instant: true, range: false } : {}),
    ...(show.kind === 'table' ? { format: 'table' } : {}),
    datasource: prometheusSource,
  };
}

function defaultsOf(
  { unit, steps, words, minimum, maximum, whenEmpty }: PanelDeclaration,
  { dataLinks = [] }: PanelSetting,
) {
  return {
    unit: unit === undefined ? 'none' : grafanaUnits[unit],
    ...(minimum === undefined ? {} : { min: minimum }),
    ...(maximum === undefined ? {} : { max: maximum }),
    ...(whenEmpty === undefined ? {} : { noValue: inBoth(whenEmpty) }),
    ...(words === undefined ? {} : { mappings: [printWords(words)] }),
    thresholds: { mode: 'absolute', steps: printSteps(steps ?? [{ from: null, colour: 'green' }]) },
    ...(dataLinks.length === 0 ? {} : { links: dataLinks.map((link) => printLink(link, false)) }),
  };
}

function printSteps(steps: readonly PanelStep[]): JsonValue {
  return steps.map(({ from, colour }) => ({ color: grafanaColours[colour], value: from }));
}

function printWords(words: NonNullable<PanelDeclaration['words']>): JsonObject {
  const options = words.map(({ value, text, colour }, index) => [
    String(value),
    { text: inBoth(text), color: grafanaColours[colour], index },
  ]);
  return { type: 'value', options: Object.fromEntries(options) };
}

const grafanaColours = { green: 'green', orange: 'orange', red: 'red', blue: 'blue', grey: '#6e7681' } as const;

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
  amperes: 'amp',
  volts: 'volt',
  watts: 'watt',
};

function customOf(show: PanelView, { drawsSteps = false }: PanelSetting): JsonObject {
  if (show.kind === 'trend') {
    return {
      lineWidth: 1,
      fillOpacity: show.stacked === true ? 40 : 5,
      showPoints: 'never',
      ...(show.stacked === true ? { stacking: { mode: 'normal', group: 'A' } } : {}),
      thresholdsStyle: { mode: drawsSteps ? 'line' : 'off' },
    };
  }
  if (show.kind === 'states') return { fillOpacity: 80, lineWidth: 0 };
  if (show.kind === 'table') return { align: 'auto', cellOptions: { type: 'auto' } };
  return {};
}

/** The names of items are in no label, and people know machines by them. */
function overridesOf({ names = new Map() }: PanelSetting): readonly JsonObject[] {
  return [...names].map(([legend, title]) => ({
    matcher: { id: 'byName', options: legend },
    properties: [{ id: 'displayName', value: inBoth(title) }],
  }));
}

/** The column of severities in the colours that people know them by. */
function severityColours(show: PanelView): readonly JsonObject[] {
  const column = show.kind === 'table' ? show.columns.find(({ label }) => label === 'severity') : undefined;
  if (column === undefined) return [];
  const colours = { critical: 'red', warning: 'orange', info: 'blue' };
  const options = Object.entries(colours).map(([text, color], index) => [text, { text, color, index }]);
  return [
    {
      matcher: { id: 'byName', options: inBoth(column.title) },
      properties: [
        { id: 'mappings', value: [{ type: 'value', options: Object.fromEntries(options) }] },
        { id: 'custom.cellOptions', value: { type: 'color-text' } },
      ],
    },
  ];
}

const lastOfEach: JsonObject = { calcs: ['lastNotNull'], fields: '', values: false };

function optionsOf(show: Exclude<PanelView, { readonly kind: 'text' }>): JsonObject {
  switch (show.kind) {
    case 'number':
      return {
        reduceOptions: lastOfEach,
        colorMode: show.colour === 'background' ? 'background_solid' : 'value',
        graphMode: show.sparkline === true ? 'area' : 'none',
        textMode: 'auto',
        justifyMode: 'center',
        orientation: 'auto',
      };
    case 'map':
      return {
        reduceOptions: lastOfEach,
        colorMode: 'background_solid',
        graphMode: 'none',
        textMode: 'value_and_name',
        justifyMode: 'center',
        orientation: 'auto',
      };
    case 'trend': {
      const calcs = show.legend === 'list' ? [] : ['lastNotNull', 'max'];
      return {
        legend: { displayMode: show.legend ?? 'table', placement: 'bottom', showLegend: true, calcs },
        tooltip: { mode: 'multi', sort: 'desc' },
      };
    }
    case 'bars':
      return { reduceOptions: lastOfEach, orientation: 'horizontal', displayMode: 'basic', showUnfilled: true };
    case 'gauge':
      return { reduceOptions: lastOfEach, showThresholdLabels: false, showThresholdMarkers: true };
    case 'states':
      return { mergeValues: true, showValue: 'never', alignValue: 'left', rowHeight: 0.8 };
    case 'table':
      return { showHeader: true, cellHeight: 'sm' };
    default:
      return show satisfies never;
  }
}

/** Only the columns that were asked for, in that order, under their titles. */
function arrange(columns: readonly TableColumn[]): JsonValue {
  return [
    { id: 'filterFieldsByName', options: { include: { names: columns.map(({ label }) => label) } } },
    {
      id: 'organize',
      options: {
        excludeByName: {},
        indexByName: Object.fromEntries(columns.map(({ label }, index) => [label, index])),
        renameByName: Object.fromEntries(columns.map(({ label, title }) => [label, inBoth(title)])),
      },
    },
  ];
}
