import type { JsonFields, ReadDashboard, ReadPanel, ReadTarget, ReadVariable } from './dashboard.ts';
import { asFields, listOf, numberOf, textOf } from './json-fields.ts';
import { readField, readOverrides } from './read-field.ts';

/** Reads the JSON of a dashboard, as it is exported, provisioned or given by the API; null where it is none. */
export function readDashboard(value: unknown): ReadDashboard | null {
  const outer = asFields(value);
  const wrapped = asFields(outer.dashboard ?? (outer.kind === 'Dashboard' ? outer.spec : undefined));
  const fields = Array.isArray(wrapped.panels) || Array.isArray(wrapped.rows) ? wrapped : outer;
  if (!Array.isArray(fields.panels) && !Array.isArray(fields.rows)) return null;
  const elements = asFields(outer.__elements ?? fields.__elements);
  const tags = listOf(fields.tags).map(textOf);
  return {
    title: textOf(fields.title),
    uid: textOf(fields.uid),
    description: textOf(fields.description),
    from: textOf(asFields(fields.time).from) || 'now-6h',
    variables: listOf(asFields(fields.templating).list).map((variable) => readVariable(asFields(variable))),
    panels: [...panelsIn(fields, elements), ...panelsOfRows(fields, elements)],
    isKiosk: tags.includes('screen'),
  };
}

/** A panel that lies in a library stands in an export beside the dashboard, by its uid. */
function panelsIn(holder: JsonFields, elements: JsonFields): readonly ReadPanel[] {
  return listOf(holder.panels).map((given) => {
    const panel = asFields(given);
    const library = asFields(panel.libraryPanel);
    const model = asFields(asFields(elements[textOf(library.uid)]).model);
    const whole = Object.keys(model).length === 0 ? panel : { ...model, gridPos: panel.gridPos, id: panel.id };
    return readPanel(whole, panel, panelsIn(panel, elements));
  });
}

/** Before Grafana 5 panels stood in rows, 12 columns wide. */
function panelsOfRows(fields: JsonFields, elements: JsonFields): readonly ReadPanel[] {
  let y = 0;
  return listOf(fields.rows).flatMap((given) => {
    const row = asFields(given);
    // As a number or as `250px`.
    const pixels = Number.parseFloat(textOf(row.height));
    const height = Math.max(3, Math.round((Number.isFinite(pixels) ? pixels : 250) / 38));
    let x = 0;
    const panels = listOf(row.panels).map((one) => {
      const panel = asFields(one);
      const w = Math.min(24, Math.max(2, (numberOf(panel.span) ?? 12) * 2));
      if (x + w > 24) {
        x = 0;
        y += height;
      }
      const placed = { ...panel, gridPos: { x, y, w, h: height } };
      x += w;
      return placed;
    });
    y += height;
    return panelsIn({ panels }, elements);
  });
}

const newerNames: Readonly<Record<string, string>> = {
  graph: 'timeseries',
  singlestat: 'stat',
  'grafana-singlestat-panel': 'stat',
  'table-old': 'table',
  'grafana-piechart-panel': 'piechart',
  'heatmap-new': 'heatmap',
};

function readPanel(panel: JsonFields, own: JsonFields, inside: readonly ReadPanel[]): ReadPanel {
  const type = textOf(panel.type) || (own.libraryPanel === undefined ? '' : 'library panel');
  const grid = asFields(own.gridPos ?? panel.gridPos);
  const place = {
    x: within(grid.x, 0, 23, 0),
    y: Math.max(0, numberOf(grid.y) ?? 0),
    w: within(grid.w, 1, 24, 12),
    h: within(grid.h, 1, 200, 8),
  };
  const config = asFields(panel.fieldConfig);
  return {
    id: numberOf(panel.id),
    type: newerNames[type] ?? type,
    title: textOf(panel.title) || textOf(asFields(own.libraryPanel).name),
    description: textOf(panel.description),
    place: { ...place, w: Math.min(place.w, 24 - place.x) },
    targets: listOf(panel.targets).map((target, index) => readTarget(asFields(target), panel, index)),
    repeat: textOf(panel.repeat),
    repeatsDown: panel.repeatDirection === 'v',
    field: readField(asFields(config.defaults), panel),
    overrides: readOverrides(config.overrides),
    options: { ...textOptions(panel), ...asFields(panel.options) },
    transformations: listOf(panel.transformations)
      .map(asFields)
      .filter(({ disabled }) => disabled !== true)
      .map(({ id, options }) => ({ id: textOf(id), options: asFields(options) })),
    isTransparent: panel.transparent === true,
    inside,
  };
}

/** Text panels once had their text beside the options. */
function textOptions({ content, mode }: JsonFields): JsonFields {
  return typeof content === 'string' ? { content, mode: textOf(mode) || 'markdown' } : {};
}

function within(value: unknown, least: number, most: number, otherwise: number): number {
  const number = numberOf(value) ?? otherwise;
  return Math.min(most, Math.max(least, Math.round(number)));
}

const otherLanguages =
  /loki|elastic|influx|sql|tempo|jaeger|cloudwatch|graphite|azure|stackdriver|zabbix|testdata|clickhouse|pyroscope|parca|expr/i;

function readTarget(target: JsonFields, panel: JsonFields, index: number): ReadTarget {
  const source = asFields(target.datasource ?? panel.datasource);
  const kind = `${textOf(source.type)} ${textOf(source.uid)} ${textOf(target.datasource ?? panel.datasource)}`;
  const expression = textOf(target.expr);
  const found = otherLanguages.exec(kind)?.[0];
  return {
    refId: textOf(target.refId) || String.fromCharCode(65 + (index % 26)),
    expression,
    legend: textOf(target.legendFormat),
    isInstant: target.instant === true && target.range !== true,
    isHidden: target.hide === true,
    isTable: target.format === 'table',
    otherLanguage: found ?? (expression === '' ? 'another language' : ''),
  };
}

function readVariable(variable: JsonFields): ReadVariable {
  const { query } = variable;
  const asked = typeof query === 'string' ? query : textOf(asFields(query).query);
  const current = asFields(variable.current).value;
  return {
    name: textOf(variable.name),
    label: textOf(variable.label),
    type: textOf(variable.type),
    query: asked || textOf(variable.definition),
    regex: textOf(variable.regex),
    current: (Array.isArray(current) ? current : [current ?? '']).map(textOf).filter((text) => text !== ''),
    isMulti: variable.multi === true,
    includesAll: variable.includeAll === true,
    allValue: textOf(variable.allValue),
    isHidden: variable.hide === 2,
  };
}
