import {
  asFields,
  type FieldSettings,
  type JsonFields,
  listOf,
  type ReadPanel,
  textOf,
} from '../languages/grafana/index.ts';
import type { PanelDrawing } from './draw-panel.ts';
import type { FiringAlert, NamedSeries } from './panel-data.ts';
import { seriesOf } from './series-of.ts';
import { rectangle, text, widthOf } from './svg.ts';
import { colourOf } from './theme.ts';
import { fieldOf, reduceSeries, showValue } from './values.ts';

type Row = Readonly<Record<string, string | number | null>>;

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

const rowHeight = 24;

/** Labels and values as columns, after the transformations of the panel. */
export function drawTable(drawing: PanelDrawing): string {
  const { panel } = drawing;
  const table = panel.transformations.reduce(transform, tableOf(drawing));
  return drawRows(drawing, sorted(table, panel), (column, row) => cellOf(panel, column, row));
}

interface ShownCell {
  readonly text: string;
  readonly colour: string | null;
}

function cellOf(panel: ReadPanel, column: string, row: Row): ShownCell {
  const value = row[column];
  const field = fieldOf(panel, column, '', {});
  if (typeof value === 'string') return { text: wordOf(value, field), colour: severityColour(value) };
  if (value === null || value === undefined) return { text: '', colour: null };
  const shown = showValue(value, field);
  const isColoured = /color/.test(textOf(asFields(field.custom.cellOptions).type) + textOf(field.custom.displayMode));
  return { text: shown.text, colour: isColoured ? shown.colour : null };
}

function wordOf(value: string, field: FieldSettings): string {
  return field.mappings.find(({ matches }) => matches(null, value))?.text || value;
}

function severityColour(value: string): string | null {
  if (value === 'critical') return colourOf('red');
  return value === 'warning' ? colourOf('orange') : null;
}

function tableOf(drawing: PanelDrawing): Table {
  const series = seriesOf(drawing);
  const refIds = new Set(series.map(({ refId }) => refId));
  const valueName = ({ refId }: NamedSeries) => (refIds.size > 1 ? `Value #${refId}` : 'Value');
  const merged = new Map<string, Record<string, string | number | null>>();
  const isMerged = drawing.panel.transformations.some(({ id }) => id === 'merge');
  for (const [index, one] of series.entries()) {
    const { __name__: _, ...labels } = one.labels;
    const key = isMerged ? JSON.stringify(labels) : String(index);
    const row = merged.get(key) ?? { ...labels };
    row[valueName(one)] = reduceSeries(one, 'lastNotNull');
    merged.set(key, row);
  }
  const labels = [...new Set(series.flatMap((one) => Object.keys(one.labels)))].filter((label) => label !== '__name__');
  return { columns: [...labels, ...new Set(series.map(valueName))], rows: [...merged.values()] };
}

function transform(
  { columns, rows }: Table,
  { id, options }: { readonly id: string; readonly options: JsonFields },
): Table {
  switch (id) {
    case 'organize':
      return organise({ columns, rows }, options);
    case 'filterFieldsByName': {
      const names = listOf(asFields(options.include).names).map(textOf);
      return names.length === 0
        ? { columns, rows }
        : { columns: columns.filter((column) => names.includes(column)), rows };
    }
    default:
      return { columns, rows };
  }
}

function organise({ columns, rows }: Table, options: JsonFields): Table {
  const [excluded, indexes, titles] = [options.excludeByName, options.indexByName, options.renameByName].map(asFields);
  const rank = (column: string) => Number(indexes?.[column] ?? 1000) || 0;
  const kept = columns.filter((column) => excluded?.[column] !== true);
  const ordered = kept.toSorted((left, right) => rank(left) - rank(right));
  const titleOf = (column: string) => textOf(titles?.[column]) || column;
  return {
    columns: ordered.map(titleOf),
    rows: rows.map((row) => Object.fromEntries(ordered.map((column) => [titleOf(column), row[column] ?? null]))),
  };
}

/** By a column, where the panel says so; else in the order of the answer, which the query may have sorted. */
function sorted(table: Table, { options, transformations }: ReadPanel): Table {
  const byTransformation = asFields(listOf(transformations.findLast(({ id }) => id === 'sortBy')?.options.sort)[0]);
  const byOption = asFields(listOf(options.sortBy)[0]);
  const column = textOf(byOption.displayName) || textOf(byTransformation.field);
  const isFalling = byOption.desc === true || byTransformation.desc === true;
  if (!table.columns.includes(column)) return table;
  const rows = table.rows.toSorted((left, right) => compare(left[column], right[column]) * (isFalling ? -1 : 1));
  return { ...table, rows };
}

function compare(left: Row[string] | undefined, right: Row[string] | undefined): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left ?? '') < String(right ?? '') ? -1 : 1;
}

function drawRows(
  { place, theme }: PanelDrawing,
  { columns, rows }: Table,
  show: (column: string, row: Row) => ShownCell,
): string {
  const fitting = Math.max(1, Math.floor(place.height / rowHeight) - 1);
  const shown = rows.length > fitting ? rows.slice(0, fitting - 1) : rows;
  const cells = shown.map((row) => columns.map((column) => show(column, row)));
  const wishes = columns.map(
    (column, index) => Math.max(widthOf(column, 12), ...cells.map((line) => widthOf(line[index]?.text ?? '', 12))) + 18,
  );
  const wished = wishes.reduce((sum, wish) => sum + wish, 0);
  const widths = wishes.map((wish) => (wish / Math.max(1, wished)) * (place.width - 12));
  const left = (index: number) => place.x + 8 + widths.slice(0, index).reduce((sum, width) => sum + width, 0);
  const head = columns.map((column, index) =>
    text(left(index), place.y + 15, column, {
      size: 12,
      fill: theme.palette[2] ?? theme.faint,
      weight: 600,
      width: (widths[index] ?? 0) - 8,
    }),
  );
  const lines = cells.map((line, row) => {
    const y = place.y + rowHeight * (row + 1);
    const stripe =
      row % 2 === 0 ? rectangle(place.x + 4, y, place.width - 8, rowHeight, theme.empty, { 'fill-opacity': 0.5 }) : '';
    const texts = line.map(({ text: content, colour }, index) =>
      text(left(index), y + 16, content, {
        size: 12,
        fill: colour ?? theme.text,
        width: (widths[index] ?? 0) - 8,
        ...(colour === null ? {} : { weight: 600 }),
      }),
    );
    return stripe + texts.join('');
  });
  const hidden = rows.length - shown.length;
  const rest =
    hidden === 0
      ? ''
      : text(place.x + 8, place.y + rowHeight * (shown.length + 1) + 16, `… ${hidden} more rows`, {
          size: 12,
          fill: theme.faint,
        });
  return head.join('') + lines.join('') + rest;
}

const ranks: Readonly<Record<string, number>> = { critical: 0, warning: 1, info: 2 };

/** Alerts as the server has them now, the worst and the newest first. */
export function drawAlertList(drawing: PanelDrawing): string {
  const { data, range } = drawing;
  const alerts = data.alerts.toSorted(
    (left, right) => rankOf(left) - rankOf(right) || (right.sinceMs ?? 0) - (left.sinceMs ?? 0),
  );
  const columns = ['Severity', 'Alert', 'Since', 'Summary'];
  const rows = alerts.map(({ name, severity, sinceMs, summary, state, labels }) => ({
    Severity: severity === '' ? state : severity,
    Alert: name,
    Since: sinceMs === null ? '' : ago(range.toMs - sinceMs),
    Summary:
      summary === ''
        ? Object.entries(labels)
            .map(([label, value]) => `${label}=${value}`)
            .join(' ')
        : summary,
  }));
  return drawRows(drawing, { columns, rows }, (column, row) => {
    const content = String((row as Row)[column] ?? '');
    return { text: content, colour: column === 'Severity' ? severityColour(content) : null };
  });
}

function rankOf({ severity, state }: FiringAlert): number {
  return (state === 'firing' ? 0 : 10) + (ranks[severity] ?? 5);
}

function ago(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 60) return `${minutes}m`;
  return minutes < 2880 ? `${Math.floor(minutes / 60)}h ${minutes % 60}m` : `${Math.floor(minutes / 1440)}d`;
}
