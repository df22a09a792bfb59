import type { BilingualText, JsonObject, JsonValue } from '../../model/index.ts';
import { panelId } from '../dashboard-uid.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { inBoth, prometheusSource } from './print-panel.ts';

export interface DashboardSetting {
  readonly uid: string;
  readonly title: BilingualText;
  readonly description: string;
  readonly tags: readonly string[];
  readonly variables: readonly JsonObject[];
  /** Matchers of `signal:alerts_firing` whose alerts are marked in its graphs; null: none are. */
  readonly marks: string | null;
  readonly links?: readonly JsonObject[];
  readonly panels: readonly JsonObject[];
  readonly from?: string;
  readonly refresh?: string;
}

/** A dashboard as Grafana's JSON has it. Nothing in it counts or tells the time, so equal content gives equal bytes. */
export function printDashboard({ stack }: OperatedStack, setting: DashboardSetting): JsonObject {
  return {
    uid: setting.uid,
    title: inBoth(setting.title),
    description: setting.description,
    tags: ['opsctl', stack.name, stack.tier, ...setting.tags],
    editable: false,
    graphTooltip: 1,
    schemaVersion: 39,
    time: { from: setting.from ?? 'now-6h', to: 'now' },
    refresh: setting.refresh ?? '1m',
    timezone: '',
    templating: { list: [datasourceVariable(stack.name), ...setting.variables] },
    annotations: { list: setting.marks === null ? [] : [firingAlerts(setting.marks)] },
    links: [...(setting.links ?? []), siblings(stack.name)],
    panels: setting.panels,
  };
}

/** The data source of the control point itself is what is chosen where nobody has chosen. */
function datasourceVariable(stack: string): JsonObject {
  return {
    name: 'datasource',
    label: 'Prometheus',
    type: 'datasource',
    query: 'prometheus',
    refresh: 1,
    current: { text: `Prometheus ${stack}`, value: `opsctl-${stack}` },
  };
}

/** A variable with all values of a label, all of which are chosen at first. */
export function labelVariable(name: string, title: BilingualText, expression: string): JsonObject {
  return {
    name,
    label: inBoth(title),
    type: 'query',
    datasource: prometheusSource,
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

function firingAlerts(matchers: string): JsonObject {
  return {
    name: 'Alerts · 告警',
    datasource: prometheusSource,
    enable: true,
    iconColor: 'red',
    expr: `signal:alerts_firing{${matchers}}`,
    step: '60s',
    titleFormat: '{{alertname}} ({{severity}})',
    textFormat: '{{item}} @ {{site}}',
  };
}

/** Link to one dashboard, with the time that is looked at. */
export function linkTo(uid: string, title: BilingualText): JsonObject {
  return {
    title: inBoth(title),
    type: 'link',
    url: `/d/${uid}`,
    icon: 'dashboard',
    tooltip: '',
    tags: [],
    asDropdown: false,
    targetBlank: false,
    includeVars: false,
    keepTime: true,
  };
}

function siblings(stack: string): JsonObject {
  return {
    title: `${stack}`,
    type: 'dashboards',
    icon: 'external link',
    tooltip: '',
    tags: ['opsctl', stack],
    asDropdown: true,
    targetBlank: false,
    includeVars: false,
    keepTime: true,
  };
}

export function rowPanel(title: BilingualText, key: string, y: number): JsonValue & JsonObject {
  return {
    id: panelId(`row:${key}`),
    type: 'row',
    title: inBoth(title),
    collapsed: false,
    gridPos: { x: 0, y, w: 24, h: 1 },
    panels: [],
  };
}
