import { counted } from '../../diagnostics/index.ts';
import type { BilingualText, ConfigurationItem, JsonObject, PanelDeclaration, Resource } from '../../model/index.ts';
import { dashboardUid } from '../dashboard-uid.ts';
import { makeResource, operatedStep } from '../make-resource.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { signalSeries } from '../signal-series.ts';
import { chunks } from './chunks.ts';
import { alertsOn } from './class-dashboard.ts';
import { printDashboard, rowPanel } from './print-dashboard.ts';
import { type PanelLink, printPanel } from './print-panel.ts';
import { forecast, nearestToLimit } from './signal-panel.ts';
import { standardPanels } from './standard-panels.ts';

interface OverviewRow {
  readonly key: string;
  readonly title: BilingualText;
  readonly height: number;
  readonly panels: readonly OverviewPanel[];
}

/** Widths of a row add up to 24. */
interface OverviewPanel {
  readonly panel: PanelDeclaration;
  readonly width: number;
  readonly leadsToItem?: boolean;
}

/** What whoever comes on duty looks at first: what is wrong now, what soon will be, and how it went. */
export function compileOverview(operated: OperatedStack, seesObjectives: boolean): readonly Resource[] {
  const { stack } = operated;
  const items = seenItems(operated);
  if (items.length === 0) return [];
  const rows = [
    now(seesObjectives),
    states(operated, items),
    alerts,
    ...capacity(operated, items),
    keyFigures(operated, items, seesObjectives),
  ];
  const panels = rows.flatMap((row, index) => {
    const y = rows.slice(0, index).reduce((sum, { height }) => sum + height + 1, 0);
    return printRow(operated, row, y, items);
  });
  const document = printDashboard(operated, {
    uid: dashboardUid(stack.name, 'overview'),
    title: { en: `Overview of ${stack.name}`, zh: `${siteTitle(operated).zh}总览` },
    description: 'Derived by opsctl from what the control point operates; changes made here are drift.',
    tags: ['overview'],
    variables: [],
    marks: 'severity="critical"',
    panels,
    from: 'now-24h',
  });
  return [
    makeResource(operated, {
      type: 'grafana-dashboard',
      name: 'overview',
      target: 'grafana',
      spec: { folder: stack.name, dashboard: document },
      items: operated.monitored,
      clauses: ['S0:7.1.1.1.g', 'S1:7.4.4.1.c'],
      derivation: [operatedStep(operated, `or sees ${counted(items.length, 'item')}`)],
    }),
  ];
}

/** What the control point measures, and what reaches it from below. */
export function seenItems({ monitored, below }: OperatedStack): readonly ConfigurationItem[] {
  return [...monitored, ...below];
}

function siteTitle({ organisation, stack }: OperatedStack): BilingualText {
  return organisation.sites.find(({ id }) => id === stack.site)?.title ?? { en: stack.site, zh: stack.site };
}

function printRow(
  operated: OperatedStack,
  row: OverviewRow,
  y: number,
  items: readonly ConfigurationItem[],
): readonly JsonObject[] {
  const sum = (before: number) => row.panels.slice(0, before).reduce((total, { width }) => total + width, 0);
  const panels = row.panels.map(({ panel, width, leadsToItem }, index) =>
    printPanel(panel, {
      place: { x: sum(index), y: y + 1, w: width, h: row.height },
      ...(leadsToItem === true ? { dataLinks: [itemLink(operated)] } : {}),
      ...(panel.id === 'item-map' ? { names: itemNames(items) } : {}),
      ...(panel.id === 'site-map' ? { names: siteNames(operated) } : {}),
    }),
  );
  return [rowPanel(row.title, row.key, y), ...panels];
}

/** To the dashboard of the item's class; the uid of a class with a very long name is another, and Grafana says so. */
export function itemLink({ stack }: OperatedStack): PanelLink {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana fills it in.
  const fields = '${__field.labels.class}?var-item=${__field.labels.item}&${__url_time_range}';
  return { title: 'Open · 打开', url: `/d/opsctl-${stack.name}-${fields}` };
}

export function itemNames(items: readonly ConfigurationItem[]): ReadonlyMap<string, BilingualText> {
  // As many as one can still read; beyond that the ids do.
  return items.length > 60 ? new Map() : new Map(items.map(({ id, title }) => [id, { en: title.zh, zh: title.zh }]));
}

export function siteNames({ organisation }: OperatedStack): ReadonlyMap<string, BilingualText> {
  return new Map(organisation.sites.map(({ id, title }) => [id, { en: title.zh, zh: title.zh }]));
}

function now(seesObjectives: boolean): OverviewRow {
  const { itemsInService, itemsCritical, itemsWarning, alertsCritical, alertsWarning, lowestBudget } = standardPanels;
  const shown = [itemsInService, itemsCritical, itemsWarning, alertsCritical, alertsWarning];
  const panels = seesObjectives
    ? [...shown, lowestBudget].map((panel) => ({ panel, width: 4 }))
    : shown.map((panel, index) => ({ panel, width: index === 0 ? 4 : 5 }));
  return { key: 'now', title: { en: 'Now', zh: '当前状态' }, height: 4, panels };
}

/** Tiles of a map want room: so many rows of them as there are items to six a row. */
function states(operated: OperatedStack, items: readonly ConfigurationItem[]): OverviewRow {
  const sites = new Set(items.map(({ site }) => site)).size;
  const height = Math.min(16, Math.max(6, Math.ceil(items.length / 6) * 3));
  const itemMap = { panel: standardPanels.itemMap, leadsToItem: true };
  const panels =
    operated.children.length === 0 || sites < 2
      ? [{ ...itemMap, width: 24 }]
      : [
          { panel: standardPanels.siteMap, width: 8 },
          { ...itemMap, width: 16 },
        ];
  return { key: 'items', title: { en: 'Items', zh: '配置项' }, height, panels };
}

const alerts: OverviewRow = {
  key: 'alerts',
  title: { en: 'Alerts', zh: '告警' },
  height: 9,
  panels: [
    { panel: standardPanels.firingAlerts, width: 14, leadsToItem: false },
    { panel: standardPanels.alertsOverTime, width: 10 },
  ],
};

/** One row of what is nearest to its limits now, and one of where that is going. */
function capacity(operated: OperatedStack, items: readonly ConfigurationItem[]): readonly OverviewRow[] {
  const present = new Set(items.map((item) => item.class));
  const dashboards = operated.catalogue.dashboards.filter((dashboard) => present.has(dashboard.class.id));
  const signals = dashboards.flatMap(({ class: objectClass, overview = [] }) =>
    overview.map((key) => ({ objectClass, key })),
  );
  const growing = dashboards.flatMap(({ class: objectClass, forecast: keys = [] }) =>
    keys.map((key) => ({ objectClass, key })),
  );
  if (signals.length === 0 && growing.length === 0) return [];
  const made = (make: typeof nearestToLimit, chosen: typeof signals) =>
    chosen.map(({ objectClass, key }) => make(objectClass, key, alertsOn(operated, objectClass.id, key)));
  const limits = made(nearestToLimit, signals.slice(0, 6));
  const futures = made(forecast, growing.slice(0, 3));
  const title = { en: 'Nearest to a limit', zh: '容量:最接近上限' };
  if (limits.length + futures.length <= 4) return [capacityRow('capacity-0', title, [...limits, ...futures])];
  return [
    ...chunks(limits, 3).map((panels, index) =>
      capacityRow(`capacity-${index}`, index === 0 ? title : { en: 'More limits', zh: '容量(续)' }, panels),
    ),
    ...(futures.length === 0 ? [] : [capacityRow('forecast', { en: 'Forecast', zh: '趋势预测' }, futures)]),
  ];
}

function capacityRow(key: string, title: BilingualText, panels: readonly PanelDeclaration[]): OverviewRow {
  return { key, title, height: 7, panels: panels.map((panel) => ({ panel, width: 24 / panels.length })) };
}

function keyFigures(
  operated: OperatedStack,
  items: readonly ConfigurationItem[],
  seesObjectives: boolean,
): OverviewRow {
  const { errorBudgets, noisiestItems, targetsUp } = standardPanels;
  const panels = [availability(operated, items), noisiestItems, targetsUp, ...(seesObjectives ? [errorBudgets] : [])];
  return {
    key: 'figures',
    title: { en: 'Key figures', zh: '运行指标' },
    height: 9,
    panels: panels.map((panel) => ({ panel, width: 24 / panels.length })),
  };
}

function availability({ catalogue }: OperatedStack, items: readonly ConfigurationItem[]): PanelDeclaration {
  const present = new Set(items.map((item) => item.class));
  const classes = catalogue.classes.filter(({ id, signals }) => present.has(id) && 'up' in signals);
  return {
    id: 'availability',
    title: { en: 'Availability by class', zh: '各类配置项可用率' },
    description: {
      en: 'Share of the time shown in which items of the class answered.',
      zh: '所选时段内该类配置项应答的时间占比。',
    },
    show: { kind: 'bars' },
    queries: classes.map(({ id, title }) => ({
      expr: `avg(avg_over_time(${signalSeries(id, 'up')}[$__range]))`,
      legend: title.zh,
      instant: true,
    })),
    unit: 'ratio',
    minimum: 0,
    maximum: 1,
    steps: [
      { from: null, colour: 'red' },
      { from: 0.99, colour: 'orange' },
      { from: 0.999, colour: 'green' },
    ],
  };
}
