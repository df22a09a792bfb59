import type { JsonObject, JsonValue, Resource } from '../../model/index.ts';
import { makeResource } from '../make-resource.ts';
import type { OperatedStack } from '../operated-stack.ts';

/** One dashboard of all objectives that a control point sees: its own, and those of the stacks below. */
export function compileSloDashboard(operated: OperatedStack, group: readonly OperatedStack[]): readonly Resource[] {
  const { stack } = operated;
  const seen = group.filter((other) => [other.stack, ...other.ancestors].includes(stack));
  const objectives = seen.flatMap((other) => other.stack.objectives);
  const [first] = objectives;
  if (first === undefined || !stack.targets.includes('grafana')) return [];
  return [
    makeResource(operated, {
      type: 'grafana-dashboard',
      name: 'objectives',
      target: 'grafana',
      spec: { folder: stack.name, dashboard: document(stack.name, stack.tier) },
      items: operated.monitored,
      derivation: [
        {
          kind: 'declaration',
          subject: stack.name,
          text: `Shows the ${objectives.length} objectives that ${stack.name} and the stacks below it uphold.`,
          source: first.source,
        },
      ],
    }),
  ];
}

function document(stack: string, tier: string): JsonObject {
  const panels = panelHeads.map((head, index) => panelOf(head, index));
  return {
    uid: `opsctl-${stack}-objectives`.slice(0, 40),
    title: 'Service level objectives · 服务级别目标',
    description: 'Derived by opsctl from the objectives that are upheld; changes made here are drift.',
    tags: ['opsctl', tier, 'slo'],
    editable: false,
    graphTooltip: 1,
    schemaVersion: 39,
    time: { from: 'now-7d', to: 'now' },
    refresh: '1m',
    timezone: '',
    templating: { list: variables },
    annotations: { list: [] },
    links: [],
    panels,
  };
}

interface PanelHead {
  readonly type: 'bargauge' | 'timeseries';
  readonly title: string;
  readonly description: string;
  readonly expr: string;
  readonly legend: string;
  readonly unit: 'percentunit' | 'none';
  readonly steps: JsonValue;
}

const ofBudget: JsonValue = [
  { color: 'red', value: null },
  { color: 'orange', value: 0.001 },
  { color: 'green', value: 0.25 },
];
const ofBurning: JsonValue = [
  { color: 'green', value: null },
  { color: 'orange', value: 1 },
  { color: 'red', value: 6 },
];
const none: JsonValue = [{ color: 'green', value: null }];
const chosen = 'site=~"$site",slo=~"$slo"';

/** Burn rates are reckoned from the ratios, which are what the tiers above are sent. */
const panelHeads: readonly PanelHead[] = [
  {
    type: 'bargauge',
    title: 'Error budget left · 剩余错误预算',
    description: '1 is all of it, 0 is none, less is overspent.',
    expr: `slo:budget_remaining{${chosen}}`,
    legend: '{{slo}}',
    unit: 'percentunit',
    steps: ofBudget,
  },
  {
    type: 'timeseries',
    title: 'Burn rate over 1h · 1 小时消耗速度',
    description: 'How many times faster than allowed: 1 uses the budget up exactly at the end of the period.',
    expr: `slo:error_ratio{${chosen},window="1h"} / on (slo) group_left () (1 - slo:objective{${chosen}})`,
    legend: '{{slo}}',
    unit: 'none',
    steps: ofBurning,
  },
  {
    type: 'timeseries',
    title: 'Budget over time · 预算变化',
    description: 'A step down is an incident; a slope is something that fails all the time.',
    expr: `slo:budget_remaining{${chosen}}`,
    legend: '{{slo}}',
    unit: 'percentunit',
    steps: ofBudget,
  },
  {
    type: 'timeseries',
    title: 'Errors by window · 各窗口错误率',
    description: 'Share of what happened that was bad.',
    expr: `slo:error_ratio{${chosen}}`,
    legend: '{{slo}} {{window}}',
    unit: 'percentunit',
    steps: none,
  },
];

function panelOf({ type, title, description, expr, legend, unit, steps }: PanelHead, index: number): JsonObject {
  return {
    id: index + 1,
    type,
    title,
    description,
    gridPos: { x: (index % 2) * 12, y: Math.floor(index / 2) * 9, w: 12, h: 9 },
    datasource: { type: 'prometheus', uid: '$datasource' },
    targets: [{ refId: 'A', expr, legendFormat: legend, datasource: { type: 'prometheus', uid: '$datasource' } }],
    fieldConfig: {
      defaults: { unit, thresholds: { mode: 'absolute', steps }, custom: {} },
      overrides: [],
    },
    options:
      type === 'bargauge'
        ? {
            orientation: 'horizontal',
            displayMode: 'basic',
            reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
          }
        : { legend: { displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max'] } },
  };
}

const variables: JsonValue = [
  { name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus', refresh: 1 },
  variable('site', 'Site · 站点', 'label_values(slo:objective, site)'),
  variable('slo', 'Objective · 目标', 'label_values(slo:objective{site=~"$site"}, slo)'),
];

function variable(name: string, label: string, expression: string): JsonObject {
  return {
    name,
    label,
    type: 'query',
    datasource: { type: 'prometheus', uid: '$datasource' },
    query: { query: expression, refId: name },
    definition: expression,
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    allValue: '.*',
    current: { text: ['All'], value: ['$__all'] },
  };
}
