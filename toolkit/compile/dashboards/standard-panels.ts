import { definePanel, type PanelStep } from '../../model/index.ts';

const goodWhenNone: readonly PanelStep[] = [
  { from: null, colour: 'green' },
  { from: 1, colour: 'red' },
];
const warnedWhenAny: readonly PanelStep[] = [
  { from: null, colour: 'green' },
  { from: 1, colour: 'orange' },
];
/** `signal:item_state`, `signal:alerts_firing`: recorded at every control point, and seen by the tiers above. */
const stateWords = [
  { value: 0, text: { en: 'OK', zh: '正常' }, colour: 'green' },
  { value: 1, text: { en: 'Warning', zh: '警告' }, colour: 'orange' },
  { value: 2, text: { en: 'Critical', zh: '严重' }, colour: 'red' },
] as const;
const stateSteps: readonly PanelStep[] = [
  { from: null, colour: 'green' },
  { from: 1, colour: 'orange' },
  { from: 2, colour: 'red' },
];

/** Panels of everything that a control point sees, for its overview and for big screens. */
export const standardPanels = {
  itemsInService: definePanel({
    id: 'items-in-service',
    title: { en: 'Items measured', zh: '在测配置项' },
    description: {
      en: 'Configuration items that are measured here and in the tiers below.',
      zh: '本控制点及下级正在采集的配置项数量。',
    },
    show: { kind: 'number' },
    queries: [{ expr: 'count(signal:item_state)', instant: true }],
    unit: 'count',
    steps: [{ from: null, colour: 'blue' }],
  }),
  itemsCritical: definePanel({
    id: 'items-critical',
    title: { en: 'Items critical', zh: '严重异常配置项' },
    show: { kind: 'number', colour: 'background' },
    queries: [{ expr: 'count(signal:item_state == 2) or vector(0)', instant: true }],
    unit: 'count',
    steps: goodWhenNone,
  }),
  itemsWarning: definePanel({
    id: 'items-warning',
    title: { en: 'Items with warnings', zh: '警告配置项' },
    show: { kind: 'number', colour: 'background' },
    queries: [{ expr: 'count(signal:item_state == 1) or vector(0)', instant: true }],
    unit: 'count',
    steps: warnedWhenAny,
  }),
  alertsCritical: definePanel({
    id: 'alerts-critical',
    title: { en: 'Critical alerts', zh: '严重告警' },
    show: { kind: 'number', colour: 'background' },
    queries: [{ expr: 'sum(signal:alerts_firing{severity="critical"}) or vector(0)', instant: true }],
    unit: 'count',
    steps: goodWhenNone,
  }),
  alertsWarning: definePanel({
    id: 'alerts-warning',
    title: { en: 'Warnings', zh: '警告告警' },
    show: { kind: 'number', colour: 'background' },
    queries: [{ expr: 'sum(signal:alerts_firing{severity="warning"}) or vector(0)', instant: true }],
    unit: 'count',
    steps: warnedWhenAny,
  }),
  lowestBudget: definePanel({
    id: 'lowest-budget',
    title: { en: 'Lowest budget', zh: '最低错误预算' },
    description: {
      en: 'Error budget of all objectives that are seen here: 100 % is untouched, 0 % is spent, less is overspent.',
      zh: '可见服务级别目标中最低的剩余错误预算:100% 为未消耗,0% 为已耗尽,负值为超支。',
    },
    show: { kind: 'number', colour: 'background' },
    queries: [{ expr: 'clamp_min(min(slo:budget_remaining), -1)', instant: true }],
    unit: 'ratio',
    steps: [
      { from: null, colour: 'red' },
      { from: 0.001, colour: 'orange' },
      { from: 0.25, colour: 'green' },
    ],
  }),
  errorBudgets: definePanel({
    id: 'error-budgets',
    title: { en: 'Error budget left', zh: '剩余错误预算' },
    show: { kind: 'bars' },
    queries: [{ expr: 'sort(clamp_min(slo:budget_remaining, -1))', legend: '{{slo}}', instant: true }],
    unit: 'ratio',
    steps: [
      { from: null, colour: 'red' },
      { from: 0.001, colour: 'orange' },
      { from: 0.25, colour: 'green' },
    ],
    minimum: 0,
    maximum: 1,
  }),
  siteMap: definePanel({
    id: 'site-map',
    title: { en: 'Sites', zh: '站点状态' },
    description: {
      en: 'The worst state of any item of the site.',
      zh: '站点内所有配置项的最差状态。',
    },
    show: { kind: 'map' },
    queries: [{ expr: 'sort_desc(max by (site, tier) (signal:item_state))', legend: '{{site}}', instant: true }],
    steps: stateSteps,
    words: stateWords,
  }),
  itemMap: definePanel({
    id: 'item-map',
    title: { en: 'Items', zh: '配置项状态' },
    description: {
      en: 'Red: a critical alert fires for the item. Orange: a warning. The worst come first.',
      zh: '红色:有严重告警;橙色:有警告。最差的排在最前。',
    },
    show: { kind: 'map' },
    queries: [{ expr: 'sort_desc(max by (item, class, site) (signal:item_state))', legend: '{{item}}', instant: true }],
    steps: stateSteps,
    words: stateWords,
  }),
  firingAlerts: definePanel({
    id: 'firing-alerts',
    title: { en: 'Firing alerts', zh: '当前告警' },
    show: {
      kind: 'table',
      columns: [
        { label: 'severity', title: { en: 'Severity', zh: '级别' } },
        { label: 'alertname', title: { en: 'Alert', zh: '告警' } },
        { label: 'item', title: { en: 'Item', zh: '配置项' } },
        { label: 'site', title: { en: 'Site', zh: '站点' } },
        { label: 'team', title: { en: 'Team', zh: '班组' } },
      ],
    },
    // Critical before warning before info: `sort` is by value, which is how many parts of the item are in alarm.
    queries: [
      {
        expr: 'sort_desc(signal:alerts_firing{severity="critical"} * 1000 or signal:alerts_firing{severity="warning"} * 10 or signal:alerts_firing)',
        instant: true,
      },
    ],
  }),
  alertMap: definePanel({
    id: 'alert-map',
    title: { en: 'Worst alerts', zh: '最严重的告警' },
    description: {
      en: 'The eight worst alerts, large enough for a wall.',
      zh: '最严重的八条告警,适合大屏显示。',
    },
    show: { kind: 'map' },
    queries: [
      {
        expr: 'topk(8, max by (alertname, item, class, site) (signal:alerts_firing{severity="critical"}) * 0 + 2 or max by (alertname, item, class, site) (signal:alerts_firing{severity="warning"}) * 0 + 1)',
        legend: '{{alertname}} {{item}}',
        instant: true,
      },
    ],
    whenEmpty: { en: 'No alert fires', zh: '当前无告警' },
    steps: stateSteps,
    words: stateWords,
  }),
  alertsOverTime: definePanel({
    id: 'alerts-over-time',
    title: { en: 'Alerts by severity', zh: '各级别告警数量' },
    show: { kind: 'trend', stacked: true, legend: 'list' },
    queries: [{ expr: 'sum by (severity) (signal:alerts_firing)', legend: '{{severity}}' }],
    whenEmpty: { en: 'No alert fired', zh: '该时段无告警' },
    unit: 'count',
    minimum: 0,
  }),
  noisiestItems: definePanel({
    id: 'noisiest-items',
    title: { en: 'Most time in alarm', zh: '告警时长最多的配置项' },
    description: {
      en: 'Share of the time shown in which an alert of the item fired: what to repair, or to tune, first.',
      zh: '所选时段内该配置项处于告警状态的时间占比:优先维修或调整阈值。',
    },
    show: { kind: 'bars' },
    queries: [
      {
        expr: 'topk(8, avg_over_time((max by (item) (signal:item_state) > bool 0)[$__range:1m]) > 0)',
        legend: '{{item}}',
        instant: true,
      },
    ],
    whenEmpty: { en: 'No alert fired', zh: '该时段无告警' },
    unit: 'ratio',
    minimum: 0,
    maximum: 1,
    steps: [
      { from: null, colour: 'green' },
      { from: 0.02, colour: 'orange' },
      { from: 0.2, colour: 'red' },
    ],
  }),
  stateOverTime: definePanel({
    id: 'state-over-time',
    title: { en: 'Sites over time', zh: '站点状态变化' },
    show: { kind: 'states' },
    queries: [{ expr: 'max by (site) (signal:item_state)', legend: '{{site}}' }],
    steps: stateSteps,
    words: stateWords,
  }),
  targetsUp: definePanel({
    id: 'targets-up',
    title: { en: 'Collection', zh: '采集状态' },
    description: {
      en: 'Share of the targets of each scrape job that answer; a job that begins with "below" is a control point of the tier below.',
      zh: '各采集任务中应答目标的占比;以 below 开头的任务为下级控制点。',
    },
    show: { kind: 'bars' },
    queries: [{ expr: 'sort(avg by (job) (up))', legend: '{{job}}', instant: true }],
    unit: 'ratio',
    minimum: 0,
    maximum: 1,
    steps: [
      { from: null, colour: 'red' },
      { from: 0.5, colour: 'orange' },
      { from: 1, colour: 'green' },
    ],
  }),
} as const;
