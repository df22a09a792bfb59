import { describe, expect, it } from 'vitest';
import { readDashboard } from '../languages/grafana/index.ts';
import {
  type Asked,
  fillDashboard,
  generatedSource,
  htmlPage,
  loadChartLibrary,
  type MetricsSource,
  renderDashboard,
  type Sample,
  timeRange,
} from './index.ts';

const charts = (await loadChartLibrary())!;
const range = timeRange(Date.UTC(2026, 0, 15, 6), 3_600_000);
const gridPos = { x: 0, y: 0, w: 12, h: 8 };
const hostile = '<script>alert("1")</script>&\u0007';

describe('what is drawn', () => {
  it.each([
    'timeseries',
    'graph',
    'stat',
    'singlestat',
    'gauge',
    'bargauge',
    'piechart',
    'table',
    'state-timeline',
    'heatmap',
    'alertlist',
  ])('a panel of type %s shows its series, and no label of theirs is markup', async (type) => {
    const svg = await draw(
      [{ type, title: hostile, gridPos, targets: [{ expr: 'up' }] }],
      serverOf([series(hostile, 1)]),
    );
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('\u0007');
    expect(svg).toContain('&lt;script&gt;');
    expect(svg).not.toMatch(/No data|not drawn/);
    expect(wellFormed(svg)).toBe(true);
  });

  it('text keeps its words and loses its markup', async () => {
    const content = '# Title\n- **bold** [link](javascript:alert)\n<img src=x onerror=alert(1)> a \\*star\\*';
    const svg = await draw([{ type: 'text', title: '', gridPos, options: { mode: 'markdown', content } }]);
    expect(textsIn(svg)).toEqual(['Test', expect.any(String), 'Title', '• bold link', 'a *star*']);
  });

  it('a row that is closed is drawn open, and what is below it moves down', async () => {
    const inside = { type: 'stat', title: 'inside', gridPos: { ...gridPos, y: 1, h: 4 }, targets: [{ expr: 'up' }] };
    const svg = await draw([
      { type: 'row', title: 'closed', gridPos: { x: 0, y: 0, w: 24, h: 1 }, collapsed: true, panels: [inside] },
      { type: 'row', title: 'next', gridPos: { x: 0, y: 1, w: 24, h: 1 }, panels: [] },
    ]);
    expect(textsIn(svg)).toEqual(expect.arrayContaining(['closed', 'inside', 'next']));
    expect(svg).toContain(`height="${48 + 6 * 38 + 8}"`);
  });

  it('a panel is repeated for each value of its variable', async () => {
    const variable = {
      name: 'host',
      type: 'custom',
      query: 'a,b,c',
      includeAll: true,
      multi: true,
      current: { value: ['$__all'] },
    };
    const panel = {
      type: 'stat',
      title: 'Load of $host',
      gridPos,
      repeat: 'host',
      targets: [{ expr: 'load{host="$host"}' }],
    };
    const asked: string[] = [];
    const svg = await draw([panel], serverOf([series('x', 1)], asked), [variable]);
    expect(textsIn(svg).filter((text) => text.startsWith('Load'))).toEqual(['Load of a', 'Load of b', 'Load of c']);
    expect(asked).toEqual(['load{host="a"}', 'load{host="b"}', 'load{host="c"}']);
  });

  it('what cannot be shown says why where it would be', async () => {
    const failing = serverOf({ ok: false, reason: 'parse error at 1:4' });
    const target = [{ expr: 'up{', refId: 'Q' }];
    const panels = [
      { type: 'timeseries', title: 'Broken', gridPos, targets: target },
      { type: 'flowcharting', title: 'Strange', gridPos: { ...gridPos, x: 12 } },
      {
        type: 'stat',
        title: 'Logs',
        gridPos: { ...gridPos, y: 8 },
        targets: [{ expr: '{a="b"}', datasource: { type: 'loki' } }],
      },
    ];
    const { svg, problems } = await drawAll(panels, failing);
    expect(textsIn(svg)).toEqual(
      expect.arrayContaining(['Q: parse error at 1:4', 'Panels of type flowcharting are not drawn here.']),
    );
    expect(problems).toEqual([
      { panel: 'Broken', kind: 'failed', reason: 'Q: parse error at 1:4' },
      { panel: 'Strange', kind: 'not-drawn', reason: 'its type is flowcharting' },
      { panel: 'Logs', kind: 'failed', reason: 'A: asks loki, and only Prometheus is asked here' },
    ]);
  });

  it('a panel without series says so, in its own words where it has some', async () => {
    const empty = serverOf([]);
    const own = { fieldConfig: { defaults: { noValue: 'no pump here' } } };
    const target = { targets: [{ expr: 'up' }] };
    const { svg, problems } = await drawAll(
      [
        { type: 'timeseries', title: 'One', gridPos, ...target },
        { type: 'timeseries', title: 'Two', gridPos: { ...gridPos, x: 12 }, ...target, ...own },
      ],
      empty,
    );
    expect(textsIn(svg)).toEqual(expect.arrayContaining(['No data · 无数据', 'no pump here']));
    expect(problems.map(({ kind }) => kind)).toEqual(['empty', 'empty']);
  });

  it('a table has the columns, titles and order that its panel asks for', async () => {
    const rows = [
      { labels: { item: 'web-1', site: 'plant', job: 'x' }, points: [[range.toMs, 5]] as const },
      { labels: { item: 'web-2', site: 'plant', job: 'x' }, points: [[range.toMs, 9]] as const },
    ];
    const transformations = [
      { id: 'filterFieldsByName', options: { include: { names: ['item', 'Value'] } } },
      {
        id: 'organize',
        options: { indexByName: { Value: 0, item: 1 }, renameByName: { item: 'Item', Value: 'Load' } },
      },
    ];
    const options = { sortBy: [{ displayName: 'Load', desc: true }] };
    const panel = {
      type: 'table',
      title: '',
      gridPos,
      targets: [{ expr: 'x', format: 'table', instant: true }],
      transformations,
      options,
    };
    const svg = await draw([panel], serverOf(rows));
    expect(textsIn(svg).slice(2)).toEqual(['Load', 'Item', '9', 'web-2', '5', 'web-1']);
  });
});

it('values that are made up are the same for the same seed, and others for another', async () => {
  const panels = [{ type: 'timeseries', title: 'CPU', gridPos, targets: [{ expr: 'cpu', legendFormat: '{{item}}' }] }];
  const world = (seed: number) => generatedSource({ seed, labels: { item: ['web-1', 'web-2'] } });
  const first = await draw(panels, world(1));
  expect((await draw(panels, world(1))) === first).toBe(true);
  expect((await draw(panels, world(2))) === first).toBe(false);
});

it('a page needs nothing from anywhere, and says so to the browser', () => {
  const page = htmlPage({ title: hostile, svg: '<svg></svg>', isDark: true });
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).not.toMatch(/<script|https?:/);
});

it('points of time are those that people reckon in', () => {
  expect(timeRange(Date.UTC(2026, 0, 1, 0, 0, 7), 6 * 3_600_000)).toEqual({
    fromMs: Date.UTC(2025, 11, 31, 18),
    toMs: Date.UTC(2026, 0, 1),
    stepMs: 120_000,
  });
});

async function draw(
  panels: readonly object[],
  source: MetricsSource = serverOf([series('web-1', 1)]),
  variables: readonly object[] = [],
) {
  return (await drawAll(panels, source, variables)).svg;
}

async function drawAll(panels: readonly object[], source: MetricsSource, variables: readonly object[] = []) {
  const dashboard = readDashboard({ title: 'Test', uid: 'test', panels, templating: { list: variables } })!;
  const filled = await fillDashboard({ dashboard, source, range, wanted: new Map() });
  const setting = {
    dashboard,
    panels: filled.panels,
    range,
    charts,
    theme: 'dark',
    timeZone: 'Asia/Shanghai',
  } as const;
  return { svg: renderDashboard({ ...setting, origin: source.origin }), problems: filled.problems };
}

function series(item: string, value: number): Sample {
  const points = Array.from({ length: 20 }, (_, index) => [range.fromMs + index * range.stepMs, value] as const);
  return { labels: { __name__: 'up', item, le: '1' }, points };
}

function serverOf(
  answer: readonly Sample[] | Extract<Asked<never>, { ok: false }>,
  asked: string[] = [],
): MetricsSource {
  const ask = async (expression: string): Promise<Asked<readonly Sample[]>> => {
    asked.push(expression);
    return 'ok' in answer ? answer : { ok: true, value: answer };
  };
  return {
    origin: 'test',
    labelValues: async () => ({ ok: true, value: [] }),
    query: ask,
    queryRange: ask,
    alerts: async () => ({
      ok: true,
      value: [{ name: hostile, severity: 'critical', labels: {}, state: 'firing', sinceMs: null, summary: hostile }],
    }),
  };
}

function textsIn(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text = '']) => text);
}

/** Every element that begins also ends, in order: what a parser of XML minds most. */
function wellFormed(svg: string): boolean {
  const open: string[] = [];
  for (const [, close, name = '', self] of svg.matchAll(/<(\/?)([a-zA-Z]+)(?:"[^"]*"|'[^']*'|[^<>"'])*?(\/?)>/g)) {
    if (close === '/') {
      if (open.pop() !== name) return false;
    } else if (self !== '/') open.push(name);
  }
  return open.length === 0;
}
