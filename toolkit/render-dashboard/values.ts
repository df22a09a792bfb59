import { type FieldSettings, formatValue, type ReadPanel } from '../languages/grafana/index.ts';
import type { NamedSeries } from './panel-data.ts';
import { colourOf } from './theme.ts';

/** The settings of one field: those of the panel, and what overrides say of this one. */
export function fieldOf(panel: ReadPanel, name: string, refId: string, labels: NamedSeries['labels']): FieldSettings {
  let field = panel.field;
  for (const { matches, change } of panel.overrides) {
    if (!matches(name, refId, labels)) continue;
    field = { ...field, ...change, custom: { ...field.custom, ...change.custom } };
  }
  return field;
}

export interface ShownValue {
  readonly text: string;
  /** Of its mapping, or of its step. */
  readonly colour: string;
}

/** A value as people see it: mapped to a word or written with its unit, in the colour of where it lies. */
export function showValue(value: number | null, field: FieldSettings): ShownValue {
  const mapping = field.mappings.find(({ matches }) => matches(value, value === null ? '' : String(value)));
  const colour = mapping !== undefined && mapping.colour !== '' ? colourOf(mapping.colour) : stepColour(value, field);
  if (mapping !== undefined && mapping.text !== '') return { text: mapping.text, colour };
  if (value === null) return { text: field.noValue || '–', colour };
  return { text: formatValue(value, field.unit, field.decimals), colour };
}

function stepColour(value: number | null, field: FieldSettings): string {
  if (field.fixedColour !== '') return colourOf(field.fixedColour);
  const at = value === null || !field.arePercentages ? value : shareOf(value, field) * 100;
  const step = field.steps.findLast(({ from }) => from === null || (at !== null && at >= from));
  return step === undefined ? colourOf('green') : colourOf(step.colour);
}

/** How far a value is from the least to the most, from 0 to 1. */
export function shareOf(value: number, field: FieldSettings, most = 100): number {
  const least = field.min ?? Math.min(0, value);
  const end = field.max ?? (field.unit === 'percentunit' ? 1 : most);
  return end === least ? 0 : Math.min(1, Math.max(0, (value - least) / (end - least)));
}

/** One number of a series, by one of Grafana's calculations. */
export function reduceSeries({ points }: NamedSeries, calculation: string): number | null {
  const values = points.map(([, value]) => value).filter((value) => !Number.isNaN(value));
  const [first] = values;
  const last = values.at(-1);
  if (first === undefined || last === undefined) return null;
  const sum = () => values.reduce((total, value) => total + value, 0);
  switch (calculation) {
    case 'min':
      return values.reduce((least, value) => Math.min(least, value), first);
    case 'max':
      return values.reduce((most, value) => Math.max(most, value), first);
    case 'mean':
    case 'avg':
      return sum() / values.length;
    case 'sum':
    case 'total':
      return sum();
    case 'count':
      return values.length;
    case 'first':
    case 'firstNotNull':
      return first;
    case 'range':
      return (
        values.reduce((most, value) => Math.max(most, value), first) -
        values.reduce((least, value) => Math.min(least, value), first)
      );
    case 'diff':
    case 'delta':
      return last - first;
    default:
      return last;
  }
}

export const calculationTitles: Readonly<Record<string, string>> = {
  lastNotNull: 'Last',
  last: 'Last',
  max: 'Max',
  min: 'Min',
  mean: 'Mean',
  avg: 'Mean',
  sum: 'Total',
  total: 'Total',
};
