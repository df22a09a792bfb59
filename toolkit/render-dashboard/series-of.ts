import type { PanelDrawing } from './draw-panel.ts';
import type { NamedSeries } from './panel-data.ts';

/** All series of a panel, in the order of its queries. */
export function seriesOf({ data }: Pick<PanelDrawing, 'data'>): readonly NamedSeries[] {
  return data.answers.flatMap((answer) => (answer.state === 'series' ? answer.series : []));
}
