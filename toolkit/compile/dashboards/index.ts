import type { Alert, ClassDashboard, DashboardRow, JsonObject, JsonValue, Resource } from '../../model/index.ts';
import { makeResource, operatedStep } from '../make-resource.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { signalSeries } from '../signal-series.ts';
import { panelHeight, panelWidth, signalPanel } from './panel.ts';

/** Dashboards of every class that this control point sees, and the provisioning that makes Grafana load them. */
export function compileDashboards(operated: OperatedStack): readonly Resource[] {
  if (!operated.stack.targets.includes('grafana')) return [];
  const dashboards = operated.catalogue.dashboards
    .filter(({ class: { id } }) => isSeen(operated, id))
    .map((dashboard) => compileDashboard(operated, dashboard));
  return [...dashboards, datasource(operated), dashboardProvider(operated)];
}

/** A tier above sees the recorded signals of the tiers below, so its dashboards show their classes too. */
function isSeen({ monitored, children, allItems }: OperatedStack, classId: string): boolean {
  if (children.length === 0) return monitored.some((item) => item.class === classId);
  return [...allItems.values()].some((item) => item.class === classId);
}

function compileDashboard(operated: OperatedStack, dashboard: ClassDashboard): Resource {
  const { stack } = operated;
  const classId = dashboard.class.id;
  const panels = layOut(operated, dashboard);
  const document: JsonObject = {
    uid: dashboardUid(stack.name, classId),
    title: `${dashboard.title.en} · ${dashboard.title.zh}`,
    description: `Derived by opsctl from the class ${classId}; changes made here are drift.`,
    tags: ['opsctl', stack.tier, classId],
    editable: false,
    graphTooltip: 1,
    schemaVersion: 39,
    time: { from: 'now-6h', to: 'now' },
    refresh: '1m',
    timezone: '',
    templating: { list: variables(classId) },
    annotations: { list: [] },
    links: [],
    panels: panels.map(({ panel }) => panel),
  };
  return makeResource(operated, {
    type: 'grafana-dashboard',
    name: classId,
    target: 'grafana',
    spec: { folder: stack.name, dashboard: document },
    items: operated.monitored.filter((item) => item.class === classId),
    clauses: ['S0:7.1.1.1.g'],
    derivation: [
      operatedStep(operated, `items of class ${classId}`),
      {
        kind: 'class-rule',
        subject: classId,
        text: `The class has a dashboard with ${panels.length} panels.`,
        source: dashboard.source,
      },
    ],
    parts: panels.flatMap(({ signal }, index) =>
      signal === null
        ? []
        : [
            {
              name: signal,
              pointer: `/dashboard/panels/${index}`,
              derivation: [
                {
                  kind: 'class-rule',
                  subject: `${classId}.${signal}`,
                  text: `Shows the signal ${signal}.`,
                  source: dashboard.source,
                } as const,
              ],
            },
          ],
    ),
  });
}

function dashboardUid(stack: string, classId: string): string {
  return `opsctl-${stack}-${classId}`.slice(0, 40);
}

interface PlacedPanel {
  readonly panel: JsonObject;
  readonly signal: string | null;
}

/** Rows one under the other, two panels side by side; ids count up, so an unchanged dashboard keeps its bytes. */
function layOut(operated: OperatedStack, dashboard: ClassDashboard): readonly PlacedPanel[] {
  const placed: PlacedPanel[] = [];
  let y = 0;
  for (const row of dashboard.rows) {
    placed.push({ panel: rowPanel(row, placed.length + 1, y), signal: null });
    y += 1;
    for (const [index, signal] of row.signals.entries()) {
      const place = { id: placed.length + 1, x: (index % 2) * panelWidth, y: y + Math.floor(index / 2) * panelHeight };
      placed.push({ panel: panelOf(operated, dashboard, signal, place), signal });
    }
    y += Math.ceil(row.signals.length / 2) * panelHeight;
  }
  return placed;
}

function rowPanel(row: DashboardRow, id: number, y: number): JsonObject {
  return {
    id,
    type: 'row',
    title: `${row.title.en} · ${row.title.zh}`,
    collapsed: false,
    gridPos: { x: 0, y, w: 24, h: 1 },
    panels: [],
  };
}

function panelOf(
  operated: OperatedStack,
  dashboard: ClassDashboard,
  key: string,
  place: { readonly id: number; readonly x: number; readonly y: number },
): JsonObject {
  const signal = dashboard.class.signals[key];
  if (signal === undefined)
    throw new Error(`Bug: the signal ${key} of a dashboard of ${dashboard.class.id} was not checked.`);
  const packs = operated.catalogue.alerts.filter((pack) => pack.class.id === dashboard.class.id);
  const alerts: readonly Alert[] = packs
    .flatMap((pack) => Object.values(pack.alerts))
    .filter((alert) => alert.signal === key);
  return signalPanel(dashboard.class, signal, signalSeries(dashboard.class.id, key), alerts, place);
}

function variables(classId: string): JsonValue {
  const up = signalSeries(classId, 'up');
  const query = (name: string, label: string, expression: string): JsonObject => ({
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
  });
  return [
    { name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus', refresh: 1 },
    query('site', 'Site · 站点', `label_values(${up}, site)`),
    query('item', 'Item · 配置项', `label_values(${up}{site=~"$site"}, item)`),
  ];
}

function datasource(operated: OperatedStack): Resource {
  const { stack, surroundings } = operated;
  const url = `http://${surroundings.targetEndpoint(stack.name, 'prometheus')}`;
  return provisioning(operated, 'datasources', {
    apiVersion: 1,
    datasources: [
      {
        name: `Prometheus ${stack.name}`,
        uid: `opsctl-${stack.name}`,
        type: 'prometheus',
        access: 'proxy',
        url,
        isDefault: true,
        editable: false,
      },
    ],
  });
}

function dashboardProvider(operated: OperatedStack): Resource {
  const path = `${operated.surroundings.targetDirectory(operated.stack.name, 'grafana')}/dashboards`;
  return provisioning(operated, 'dashboards', {
    apiVersion: 1,
    providers: [
      {
        name: 'opsctl',
        type: 'file',
        disableDeletion: false,
        allowUiUpdates: false,
        updateIntervalSeconds: 30,
        options: { path, foldersFromFilesStructure: true },
      },
    ],
  });
}

function provisioning(operated: OperatedStack, kind: 'datasources' | 'dashboards', document: JsonObject): Resource {
  return makeResource(operated, {
    type: 'grafana-provisioning',
    name: kind,
    target: 'grafana',
    spec: { kind, name: 'opsctl', document },
    items: operated.monitored,
    derivation: [operatedStep(operated, `a Grafana that reads its ${kind} from files`)],
  });
}
