import type { Alert, ClassDashboard, JsonObject, Resource } from '../../model/index.ts';
import { dashboardUid } from '../dashboard-uid.ts';
import { makeResource, operatedStep } from '../make-resource.ts';
import { type OperatedStack, runbookUrl } from '../operated-stack.ts';
import { signalSeries } from '../signal-series.ts';
import { labelVariable, linkTo, printDashboard, rowPanel } from './print-dashboard.ts';
import { type PanelLink, type PanelPlace, printPanel } from './print-panel.ts';
import { signalOf, signalPanel } from './signal-panel.ts';
import { traceLinks } from './trace-links.ts';

/** The dashboard of one class at one control point. */
export function compileClassDashboard(operated: OperatedStack, dashboard: ClassDashboard): Resource {
  const { stack } = operated;
  const classId = dashboard.class.id;
  const panels = layOut(operated, dashboard);
  const up = signalSeries(classId, 'up');
  const document = printDashboard(operated, {
    uid: dashboardUid(stack.name, classId),
    title: dashboard.title,
    description: `Derived by opsctl from the class ${classId}; changes made here are drift.`,
    tags: [classId],
    variables: [
      labelVariable('site', { en: 'Site', zh: '站点' }, `label_values(${up}, site)`),
      labelVariable('item', { en: 'Item', zh: '配置项' }, `label_values(${up}{site=~"$site"}, item)`),
    ],
    marks: `class="${classId}",site=~"$site",item=~"$item"`,
    links: [linkTo(dashboardUid(stack.name, 'overview'), { en: 'Overview', zh: '总览' })],
    panels: panels.map(({ panel }) => panel),
  });
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
    parts: panels.flatMap(({ signal }, index) => {
      if (signal === null) return [];
      const text = `Shows the signal ${signal}.`;
      const step = { kind: 'class-rule', subject: `${classId}.${signal}`, text, source: dashboard.source } as const;
      return [{ name: signal, pointer: `/dashboard/panels/${index}`, derivation: [step] }];
    }),
  });
}

interface PlacedPanel {
  readonly panel: JsonObject;
  readonly signal: string | null;
}

const trendHeight = 8;
const matchers = 'site=~"$site",item=~"$item"';

/** Rows one under the other, their panels side by side: three where that leaves no gap, else two. */
function layOut(operated: OperatedStack, dashboard: ClassDashboard): readonly PlacedPanel[] {
  const placed: PlacedPanel[] = [];
  let y = 0;
  for (const [number, row] of dashboard.rows.entries()) {
    placed.push({ panel: rowPanel(row.title, String(number), y), signal: null });
    y += 1;
    const columns = row.signals.length % 3 === 0 ? 3 : Math.min(2, row.signals.length);
    for (let from = 0; from < row.signals.length; from += columns) {
      const line = row.signals.slice(from, from + columns);
      const h = lineHeight(operated, dashboard, line);
      const w = 24 / line.length;
      for (const [index, signal] of line.entries())
        placed.push({ panel: panelOf(operated, dashboard, signal, { x: index * w, y, w, h }), signal });
      y += h;
    }
    for (const panel of row.panels ?? []) {
      placed.push({ panel: printPanel(panel, { place: { x: 0, y, w: 24, h: trendHeight } }), signal: null });
      y += trendHeight;
    }
  }
  return placed;
}

/** States need a row for each item and no more; what is beside a graph is as high as the graph. */
function lineHeight(
  { monitored, below }: OperatedStack,
  { class: objectClass }: ClassDashboard,
  line: readonly string[],
): number {
  if (line.some((key) => signalOf(objectClass, key).unit !== 'boolean')) return trendHeight;
  const items = [...monitored, ...below].filter((item) => item.class === objectClass.id).length;
  return Math.min(12, Math.max(4, 2 + Math.ceil(items * 0.6)));
}

function panelOf(operated: OperatedStack, dashboard: ClassDashboard, key: string, place: PanelPlace): JsonObject {
  const alerts = alertsOn(operated, dashboard.class.id, key);
  return printPanel(signalPanel(dashboard.class, key, alerts, matchers), {
    place,
    links: [
      ...alerts.map((alert) => runbookLink(operated, alert)),
      ...traceLinks(operated, key, signalOf(dashboard.class, key)),
    ],
    drawsSteps: alerts.length > 0,
  });
}

export function alertsOn({ catalogue }: OperatedStack, classId: string, signal: string): readonly Alert[] {
  return catalogue.alerts
    .filter((pack) => pack.class.id === classId)
    .flatMap((pack) => Object.values(pack.alerts))
    .filter((alert) => alert.signal === signal);
}

function runbookLink(operated: OperatedStack, { name, runbook }: Alert): PanelLink {
  return { title: `Runbook · 处置手册: ${name}`, url: runbookUrl(operated, runbook) };
}
