import {
  type BilingualText,
  type ConfigurationItem,
  findRelationType,
  isSelected,
  type JsonObject,
  type PanelDeclaration,
  type Resource,
  type Slo,
} from '../../model/index.ts';
import { dashboardUid } from '../dashboard-uid.ts';
import { makeResource } from '../make-resource.ts';
import { type OperatedStack, runbookUrl } from '../operated-stack.ts';
import { chunks } from './chunks.ts';
import { alertsOn } from './class-dashboard.ts';
import { objectivePanels } from './objectives.ts';
import { itemLink, itemNames, seenItems } from './overview.ts';
import { linkTo, printDashboard, rowPanel } from './print-dashboard.ts';
import { type PanelLink, type PanelPlace, printPanel } from './print-panel.ts';
import { signalPanel } from './signal-panel.ts';
import { standardPanels } from './standard-panels.ts';

/** A service: the items that people use, the objectives that are held for them, and all that they need. */
interface Service {
  readonly id: string;
  readonly title: BilingualText;
  readonly slos: readonly Slo[];
  readonly items: readonly ConfigurationItem[];
  /** What it cannot do without, at all depths, by id. */
  readonly needs: readonly ConfigurationItem[];
}

/** A dashboard for each service that has an objective here: is it good, how much may still fail, what does it stand on. */
export function compileServices(operated: OperatedStack): readonly Resource[] {
  return servicesOf(operated).map((service) => compileService(operated, service));
}

function servicesOf(operated: OperatedStack): readonly Service[] {
  const seen = seenItems(operated);
  const upheld = operated.stack.objectives.map(({ slo }) => ({
    slo,
    items: seen.filter((item) => isSelected(slo.service, item)),
  }));
  const sameItems = Map.groupBy(upheld, ({ items }) => items.map(({ id }) => id).join(' '));
  return [...sameItems.values()].flatMap((objectives) => {
    const [first] = objectives;
    if (first === undefined || first.items.length === 0) return [];
    const [only] = first.items;
    const isOne = first.items.length === 1 && only !== undefined;
    return [
      {
        id: isOne ? only.id : first.slo.id,
        title: isOne ? only.title : first.slo.title,
        slos: objectives.map(({ slo }) => slo),
        items: first.items,
        needs: neededBy(first.items, operated),
      },
    ];
  });
}

/** Along the relations by which a failure travels. */
function neededBy(items: readonly ConfigurationItem[], { allItems }: OperatedStack): readonly ConfigurationItem[] {
  const found = new Map<string, ConfigurationItem>();
  const open = [...items];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    for (const { to } of item.relations.filter(carriesFailure)) {
      const needed = allItems.get(to);
      if (needed === undefined || found.has(to) || items.includes(needed)) continue;
      found.set(to, needed);
      open.push(needed);
    }
  }
  return [...found.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
}

function carriesFailure({ type }: ConfigurationItem['relations'][number]): boolean {
  return findRelationType(type)?.type.impact !== 'none';
}

function compileService(operated: OperatedStack, service: Service): Resource {
  const { stack } = operated;
  const document = printDashboard(operated, {
    uid: dashboardUid(stack.name, `service-${service.id}`),
    title: { en: `Service: ${service.title.en}`, zh: `服务:${service.title.zh}` },
    description: 'Derived by opsctl from its objectives and the relations of its items; changes made here are drift.',
    tags: ['service'],
    variables: [],
    marks: amongItems([...service.items, ...service.needs]),
    links: [
      linkTo(dashboardUid(stack.name, 'overview'), { en: 'Overview', zh: '总览' }),
      linkTo(dashboardUid(stack.name, 'objectives'), { en: 'Objectives', zh: '服务级别目标' }),
    ],
    panels: layOut(operated, service),
    from: 'now-24h',
  });
  return makeResource(operated, {
    type: 'grafana-dashboard',
    name: `service-${service.id}`,
    target: 'grafana',
    spec: { folder: stack.name, dashboard: document },
    items: service.items,
    clauses: ['S0:7.1.1.1.g'],
    derivation: [
      ...service.slos.map((slo) => ({
        kind: 'declaration' as const,
        subject: slo.id,
        text: `${slo.id} is an objective of it.`,
        source: slo.source,
      })),
      ...service.needs.map(({ id, source }) => ({
        kind: 'relation' as const,
        subject: id,
        text: `It needs ${id}.`,
        source,
      })),
    ],
  });
}

function amongItems(items: readonly ConfigurationItem[]): string {
  return `item=~"${items.map(({ id }) => id).join('|')}"`;
}

interface ServiceRow {
  readonly key: string;
  readonly title: BilingualText;
  readonly panels: readonly (readonly [PanelDeclaration, Omit<PanelPlace, 'y'>, (readonly PanelLink[])?])[];
}

function layOut(operated: OperatedStack, service: Service): readonly JsonObject[] {
  const names = itemNames([...service.items, ...service.needs]);
  const printed: JsonObject[] = [];
  let y = 0;
  for (const { key, title, panels } of rowsOf(operated, service)) {
    printed.push(rowPanel(title, key, y));
    y += 1;
    for (const [panel, place, links = []] of panels) {
      const isMap = panel.show.kind === 'map';
      printed.push(
        printPanel(panel, {
          place: { ...place, y },
          links,
          ...(isMap ? { names, dataLinks: [itemLink(operated)] } : {}),
        }),
      );
    }
    y += Math.max(...panels.map(([, { h }]) => h));
  }
  return printed;
}

function rowsOf(operated: OperatedStack, service: Service): readonly ServiceRow[] {
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
    panels: panels.map((panel, place) => {
      const w = 24 / panels.length;
      return [panel, { x: place * w, w, h: 8 }] as const;
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
        [relationsOf(operated, service), { x: 10, w: 6, h: 9 }],
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

/** Availability, latency, errors and load, by what the classes of its items measure: whatever has an alert, and times. */
function goldenSignals(operated: OperatedStack, { items }: Service, own: string): readonly PanelDeclaration[] {
  const classes = operated.catalogue.classes.filter(({ id }) => items.some((item) => item.class === id));
  const panels = classes.flatMap((objectClass) =>
    Object.entries(objectClass.signals).flatMap(([key, signal]) => {
      const alerts = alertsOn(operated, objectClass.id, key);
      if (alerts.length === 0 && signal.unit !== 'seconds') return [];
      const panel = signalPanel(objectClass, key, alerts, own);
      return [{ ...panel, id: `${objectClass.id}-${panel.id}` }];
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

/** Titles are data: nothing in them may become a link or a heading. */
function relationsOf({ allItems }: OperatedStack, { items, needs }: Service): PanelDeclaration {
  const lines = [...items, ...needs].flatMap((item) =>
    item.relations.filter(carriesFailure).map(({ type, to }) => {
      const title = findRelationType(type)?.type.title ?? { en: type, zh: type };
      const other = allItems.get(to)?.title ?? { en: to, zh: to };
      return {
        zh: `- ${escapeMarkdown(item.title.zh)} **${title.zh}** ${escapeMarkdown(other.zh)}`,
        en: `- ${escapeMarkdown(item.title.en)} **${title.en}** ${escapeMarkdown(other.en)}`,
      };
    }),
  );
  const none = { en: 'No relation is declared.', zh: '未声明依赖关系。' };
  const text =
    lines.length === 0 ? none : { en: joined(lines.map(({ en }) => en)), zh: joined(lines.map(({ zh }) => zh)) };
  return {
    id: 'relations',
    title: { en: 'Relations', zh: '依赖关系' },
    show: { kind: 'text', markdown: text },
    queries: [],
  };
}

function joined(lines: readonly string[]): string {
  return lines.join('\n');
}

function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|!]/g, (character) => `\\${character}`);
}
