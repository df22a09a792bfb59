import { asFields, type FieldSettings, listOf, type ReadPanel, textOf } from '../languages/grafana/index.ts';
import type { PanelDrawing } from './draw-panel.ts';
import type { NamedSeries } from './panel-data.ts';
import { seriesOf } from './series-of.ts';
import { fieldOf, reduceSeries } from './values.ts';

export interface ReducedValue {
  readonly name: string;
  readonly value: number | null;
  readonly field: FieldSettings;
  readonly series: NamedSeries;
}

/** One number for each series, as the options of the panel say. */
export function reduceAll(drawing: Pick<PanelDrawing, 'panel' | 'data'>): readonly ReducedValue[] {
  const { panel } = drawing;
  const calculation = calculationOf(panel);
  return seriesOf(drawing).map((series) => {
    const field = fieldOf(panel, series.name, series.refId, series.labels);
    return { name: field.displayName || series.name, value: reduceSeries(series, calculation), field, series };
  });
}

function calculationOf({ options }: ReadPanel): string {
  return textOf(listOf(asFields(options.reduceOptions).calcs)[0]) || 'lastNotNull';
}
