import { type DisplayedScreen, type JsonObject, type Resource, screenColumns } from '../../model/index.ts';
import { dashboardUid, panelId } from '../dashboard-uid.ts';
import { makeResource } from '../make-resource.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { itemLink, itemNames, seenItems, siteNames } from './overview.ts';
import { printDashboard } from './print-dashboard.ts';
import { printPanel } from './print-panel.ts';

/** The big screens of a control point. */
export function compileScreens(operated: OperatedStack): readonly Resource[] {
  return operated.stack.screens.map((displayed) => compileScreen(operated, displayed));
}

const bannerHeight = 2;

function compileScreen(operated: OperatedStack, { screen, source }: DisplayedScreen): Resource {
  const { stack } = operated;
  const tiles = screen.tiles.map(({ panel, x, y, width, height }) =>
    printPanel(panel, {
      place: { x, y: y + bannerHeight, w: width, h: height },
      names: new Map([...itemNames(seenItems(operated)), ...siteNames(operated)]),
      dataLinks: panel.id === 'item-map' ? [itemLink(operated)] : [],
    }),
  );
  const document = printDashboard(operated, {
    uid: dashboardUid(stack.name, `screen-${screen.id}`),
    title: screen.title,
    description:
      'Derived by opsctl from a screen; changes made here are drift. Add ?kiosk&autofitpanels to its address for the wall.',
    tags: ['screen'],
    variables: [],
    marks: null,
    panels: [banner(operated, screen.title), ...tiles],
    from: `now-${screen.range ?? '24h'}`,
    refresh: screen.refresh ?? '30s',
  });
  return makeResource(operated, {
    type: 'grafana-dashboard',
    name: `screen-${screen.id}`,
    target: 'grafana',
    spec: { folder: stack.name, dashboard: document },
    items: operated.monitored,
    clauses: ['S0:7.1.1.1.g/1'],
    derivation: [
      {
        kind: 'declaration',
        subject: screen.id,
        text: `A screen with ${screen.tiles.length} tiles.`,
        source: screen.source,
      },
      { kind: 'declaration', subject: stack.name, text: `The stack ${stack.name} displays it.`, source },
    ],
    parts: screen.tiles.map(({ panel }, index) => ({
      name: panel.id,
      pointer: `/dashboard/panels/${index + 1}`,
      derivation: [
        { kind: 'declaration', subject: panel.id, text: 'A panel that is declared once.', source: panel.source },
      ],
    })),
  });
}

/** What hangs on a wall says what it is in letters that are read from four metres. HTML: Markdown knows no sizes. */
function banner(
  { stack, organisation }: OperatedStack,
  { en, zh }: { readonly en: string; readonly zh: string },
): JsonObject {
  const site = organisation.sites.find(({ id }) => id === stack.site)?.title ?? { en: stack.site, zh: stack.site };
  const large = `<span style="font-size:40px;font-weight:600">${escapeHtml(zh)}</span>`;
  const small = `<span style="font-size:20px;opacity:0.7">${escapeHtml(`${en} · ${site.zh}`)}</span>`;
  return {
    id: panelId('banner'),
    type: 'text',
    title: '',
    transparent: true,
    gridPos: { x: 0, y: 0, w: screenColumns, h: bannerHeight },
    options: {
      mode: 'html',
      content: `<div style="display:flex;align-items:baseline;justify-content:center;gap:24px">${large}${small}</div>`,
    },
  };
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
