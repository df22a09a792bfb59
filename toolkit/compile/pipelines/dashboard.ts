import type { JsonObject, JsonValue, Resource } from '../../model/index.ts';
import { makeResource } from '../make-resource.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { type Collected, collectedBy } from './collected.ts';
import { labelName, type MadeMetric, madeMetrics } from './made-metrics.ts';

/** One dashboard of what the pipelines of a control point count: a row for each, a panel for each metric. */
export function compilePipelineDashboard(operated: OperatedStack): readonly Resource[] {
  const { stack } = operated;
  const counting = collectedBy(operated).filter(({ pipeline }) => madeMetrics(pipeline).length > 0);
  const [first] = counting;
  if (first === undefined || !stack.targets.includes('grafana')) return [];
  return [
    makeResource(operated, {
      type: 'grafana-dashboard',
      name: 'log-pipelines',
      target: 'grafana',
      spec: { folder: stack.name, dashboard: document(stack.name, stack.tier, counting) },
      items: counting.flatMap(({ items }) => items),
      clauses: ['S0:7.1.1.5.c/4'],
      derivation: counting.map(({ pipeline, source }) => {
        return {
          kind: 'declaration',
          subject: pipeline.id,
          text: `Shows what ${pipeline.id} counts.`,
          source,
        } as const;
      }),
    }),
  ];
}

function document(stack: string, tier: string, counting: readonly Collected[]): JsonObject {
  const series = counting.flatMap(({ pipeline }) => madeMetrics(pipeline).map(firstSeries));
  const seen = `{__name__=~"${series.join('|')}"}`;
  return {
    uid: `opsctl-${stack}-log-pipelines`.slice(0, 40),
    title: 'Log pipelines · 日志管道',
    description: 'Derived by opsctl from the pipelines that are collected; changes made here are drift.',
    tags: ['opsctl', tier, 'logs'],
    editable: false,
    graphTooltip: 1,
    schemaVersion: 39,
    time: { from: 'now-6h', to: 'now' },
    refresh: '1m',
    timezone: '',
    templating: {
      list: [
        { name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus', refresh: 1 },
        variable('site', 'Site · 站点', `label_values(${seen}, site)`),
        variable('item', 'Item · 配置项', `label_values({site=~"$site",${seen.slice(1)}, item)`),
      ],
    },
    annotations: { list: [] },
    links: [],
    panels: layOut(counting),
  };
}

function firstSeries({ name, kind }: MadeMetric): string {
  return kind === 'measure' ? `${name}_count` : name;
}

function layOut(counting: readonly Collected[]): JsonObject[] {
  const panels: JsonObject[] = [];
  let y = 0;
  for (const { pipeline } of counting) {
    const { en, zh } = pipeline.title;
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title: `${en} · ${zh}`,
      collapsed: false,
      gridPos: { x: 0, y, w: 24, h: 1 },
      panels: [],
    });
    y += 1;
    const metrics = madeMetrics(pipeline);
    for (const [index, metric] of metrics.entries()) {
      const labels = metric.labels.map((field) => labelName(pipeline, field)).filter((label) => label !== 'sender');
      const gridPos = { x: (index % 2) * 12, y: y + Math.floor(index / 2) * 8, w: 12, h: 8 };
      panels.push(panelOf(metric, labels, { id: panels.length + 1, gridPos }));
    }
    y += Math.ceil(metrics.length / 2) * 8;
  }
  return panels;
}

function panelOf(metric: MadeMetric, labels: readonly string[], place: JsonObject): JsonObject {
  const { expressions, unit } = queriesOf(metric, labels);
  const datasource = { type: 'prometheus', uid: '$datasource' };
  return {
    ...place,
    type: 'timeseries',
    title: metric.help.replace(/\.$/, ''),
    description: metric.name,
    datasource,
    targets: expressions.map(({ expr, legend }, index) => {
      return { refId: String.fromCharCode(65 + index), expr, legendFormat: legend, datasource };
    }),
    fieldConfig: {
      defaults: { unit, min: 0, custom: { drawStyle: 'line', fillOpacity: 10, showPoints: 'never' } },
      overrides: [],
    },
    options: {
      legend: { displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max'] },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  };
}

function queriesOf({ name, kind, labels: _ }: MadeMetric, labels: readonly string[]) {
  const chosen = '{site=~"$site",item=~"$item"}';
  const by = ['item', ...labels];
  const legend = by.map((label) => `{{${label}}}`).join(' ');
  if (kind === 'gauge') return { expressions: [{ expr: `${name}${chosen}`, legend }], unit: 'short' };
  if (kind === 'count') {
    const unit = /_bytes_total$/.test(name) ? 'Bps' : 'cps';
    return {
      expressions: [{ expr: `sum by (${by.join(', ')}) (rate(${name}${chosen}[$__rate_interval]))`, legend }],
      unit,
    };
  }
  const buckets = `sum by (${[...by, 'le'].join(', ')}) (rate(${name}_bucket${chosen}[$__rate_interval]))`;
  const expressions = [0.5, 0.95, 0.99].map((quantile) => {
    return { expr: `histogram_quantile(${quantile}, ${buckets})`, legend: `p${quantile * 100} ${legend}` };
  });
  const units = { seconds: 's', bytes: 'bytes', ratio: 'percentunit' };
  const suffix = /_(seconds|bytes|ratio)$/.exec(name)?.[1] as keyof typeof units | undefined;
  return { expressions, unit: suffix === undefined ? 'short' : units[suffix] };
}

function variable(name: string, label: string, expression: string): JsonObject {
  const query: JsonValue = { query: expression, refId: name };
  return {
    name,
    label,
    type: 'query',
    datasource: { type: 'prometheus', uid: '$datasource' },
    query,
    definition: expression,
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    allValue: '.*',
    current: { text: ['All'], value: ['$__all'] },
  };
}
