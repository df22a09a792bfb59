import type { ReadPanel } from '../languages/grafana/index.ts';
import type { ChartLibrary, ChartPlace } from './chart.ts';
import type { PanelData, TimeRange } from './panel-data.ts';
import type { Theme } from './theme.ts';

/** Everything that a kind of panel is drawn from: inside its frame, below its title. */
export interface PanelDrawing {
  readonly panel: ReadPanel;
  readonly data: PanelData;
  readonly place: ChartPlace;
  readonly range: TimeRange;
  readonly theme: Theme;
  readonly charts: ChartLibrary;
  readonly timeZone: string;
}

export type DrawPanel = (drawing: PanelDrawing) => string;
