import type { BilingualText, PanelDeclaration } from '../../model/index.ts';
import { type OperatedStack, runbookUrl } from '../operated-stack.ts';
import { chunks } from './chunks.ts';
import { alertsOn } from './class-dashboard.ts';
import { objectivePanels } from './objectives.ts';
import type { PanelLink, PanelPlace } from './print-panel.ts';
import { amongItems, type Service } from './service.ts';
import { relationsOf } from './service-needs.ts';
import { signalPanel } from './signal-panel.ts';
import { standardPanels } from './standard-panels.ts';
import { traceLinks } from './trace-links.ts';

/** One line of panels of a service's dashboard. */
export interface ServiceRow {
  readonly key: string;
  readonly title: BilingualText;
  readonly panels: readonly (readonly [PanelDeclaration, Omit<PanelPlace, 'y'>, (readonly PanelLink[])?])[];
}

/** What is asked of a service, from top to bottom: is it good, by which measure, what does it need, what may still fail. */
export function rowsOf(operated: OperatedStack, service: Service): readonly ServiceRow[] {
  const own = amongItems(service.items);
  const all = amongItems([...service.items, ...service.needs]);
  const [budget, burnRate, overTime, errors] = objectivePanels(`slo=~"${service.slos.map(({ id }) => id).join('|')}"`);
  const runbooks = service.slos.map((slo) => ({
    title: `Runbook · 处置手册: ${slo.id}`,
    url: runbookUrl(operated, slo.runbook ?? 'slo/error-budget'),
  }));
  const golden = goldenSignals(operated, service, own);
  const perLine = golden.length <= 4 ? Math.max(1, golden.length) : 3;
  const goldenRows = chunks(golden, perLine).map((panels, index) => ({
    key: `golden-${index}`,
    title: index === 0 ? { en: 'Golden signals', zh: '黄金指标' } : { en: 'More signals', zh: '更多指标' },
    panels: panels.map(({ panel, links }, place) => {
      const w = 24 / panels.length;
      return [panel, { x: place * w, w, h: 8 }, links] as const;
    }),
  }));
  return [
    {
      key: 'now',
      title: { en: 'Now', zh: '当前状态' },
      panels: [
        [
          { ...standardPanels.itemMap, ...statesOf(own, 'service-state', { en: 'Service', zh: '服务' }) },
          { x: 0, w: 6, h: 6 },
        ],
        [budget, { x: 6, w: 9, h: 6 }, runbooks],
        [burnRate, { x: 15, w: 9, h: 6 }, runbooks],
      ],
    },
    ...goldenRows,
    {
      key: 'needs',
      title: { en: 'What it needs', zh: '依赖项' },
      panels: [
        [
          {
            ...standardPanels.itemMap,
            ...statesOf(service.needs.length === 0 ? own : amongItems(service.needs), 'needs-state', {
              en: 'State of what it needs',
              zh: '依赖项状态',
            }),
          },
          { x: 0, w: 10, h: 9 },
        ],
        [relationsOf(operated, [...service.items, ...service.needs]), { x: 10, w: 6, h: 9 }],
        [firingOf(all), { x: 16, w: 8, h: 9 }],
      ],
    },
    {
      key: 'budget',
      title: { en: 'Error budget', zh: '错误预算' },
      panels: [
        [overTime, { x: 0, w: 12, h: 8 }],
        [errors, { x: 12, w: 12, h: 8 }],
      ],
    },
  ];
}

interface Golden {
  readonly panel: PanelDeclaration;
  readonly links: readonly PanelLink[];
}

/** Availability, latency, errors and load, by what the classes of its items measure: whatever has an alert, and times. */
function goldenSignals(operated: OperatedStack, { items }: Service, own: string): readonly Golden[] {
  const classes = operated.catalogue.classes.filter(({ id }) => items.some((item) => item.class === id));
  const panels = classes.flatMap((objectClass) =>
    Object.entries(objectClass.signals).flatMap(([key, signal]) => {
      const alerts = alertsOn(operated, objectClass.id, key);
      if (alerts.length === 0 && signal.unit !== 'seconds') return [];
      const panel = signalPanel(objectClass, key, alerts, own);
      const links = traceLinks(operated, key, signal);
      return [{ panel: { ...panel, id: `${objectClass.id}-${panel.id}` }, links }];
    }),
  );
  return panels.slice(0, 6);
}

function statesOf(matchers: string, id: string, title: BilingualText) {
  const expr = `sort_desc(max by (item, class, site) (signal:item_state{${matchers}}))`;
  return { id, title, queries: [{ expr, legend: '{{item}}', instant: true }] };
}

function firingOf(matchers: string): PanelDeclaration {
  const { firingAlerts } = standardPanels;
  const queries = firingAlerts.queries.map((query) => ({
    ...query,
    expr: query.expr.replaceAll(/signal:alerts_firing(?:\{([^}]*)\})?/g, (_, own?: string) =>
      own === undefined ? `signal:alerts_firing{${matchers}}` : `signal:alerts_firing{${own},${matchers}}`,
    ),
  }));
  return {
    ...firingAlerts,
    queries,
    show: {
      kind: 'table',
      columns: [
        { label: 'severity', title: { en: 'Severity', zh: '级别' } },
        { label: 'alertname', title: { en: 'Alert', zh: '告警' } },
        { label: 'item', title: { en: 'Item', zh: '配置项' } },
      ],
    },
  };
}
