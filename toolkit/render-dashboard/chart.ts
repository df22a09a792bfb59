import type * as EchartsCore from 'echarts/core';
import { knownToXml } from './svg.ts';

/** What a chart is made of, in the words of the chart library. */
export type ChartOption = EchartsCore.EChartsCoreOption;

/** Draws charts as SVG, without a browser. */
export interface ChartLibrary {
  draw(option: ChartOption, place: ChartPlace): string;
}

export interface ChartPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Loaded by whoever draws, and by nobody else: it is large. Null where it was not installed. */
export async function loadChartLibrary(): Promise<ChartLibrary | null> {
  try {
    const [core, charts, components, renderers] = await Promise.all([
      import('echarts/core'),
      import('echarts/charts'),
      import('echarts/components'),
      import('echarts/renderers'),
    ]);
    core.use([charts.LineChart, charts.BarChart, charts.CustomChart, charts.GaugeChart, charts.PieChart]);
    core.use([components.GridComponent, components.MarkLineComponent, renderers.SVGRenderer]);
    return { draw: (option, place) => draw(core, option, place) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
}

function draw(core: typeof EchartsCore, option: ChartOption, place: ChartPlace): string {
  const [x, y] = [Math.round(place.x * 10) / 10, Math.round(place.y * 10) / 10];
  const width = Math.max(20, Math.round(place.width));
  const height = Math.max(20, Math.round(place.height));
  const chart = core.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: 'sans-serif' }, ...option });
    const whole = chart.renderToSVGString();
    const inside = bare(
      whole.slice(whole.indexOf('>') + 1, whole.lastIndexOf('</svg>')),
      `c${x}-${y}`.replaceAll('.', '_'),
    );
    return `<svg x="${x}" y="${y}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${inside}</svg>`;
  } finally {
    chart.dispose();
  }
}

/**
 * Without a background of its own, without what only a pointer would see, and with ids by its place: the library counts
 * them from chart to chart, so that the same picture would have other bytes the next time.
 */
function bare(inside: string, id: string): string {
  return knownToXml(inside)
    .replace(/^\s*<rect[^>]*fill="none"[^>]*>(?:<\/rect>)?/, '')
    .replaceAll(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replaceAll(/ (?:class="zr\d+-cls-\d+"|pointer-events="visible"|ecmeta_\w+="[^"]*")/g, '')
    .replaceAll(/\bzr\d+-c(\d+)/g, `${id}-$1`)
    .replaceAll('font: normal normal 11px sans-serif', 'font-size:11px')
    .replaceAll('font-family:sans-serif;', '')
    .replaceAll('font-family:sans-serif', '');
}
