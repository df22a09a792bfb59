import type { JsonObject, Resource } from '../../model/index.ts';
import { dashboardUid } from '../dashboard-uid.ts';
import { makeResource } from '../make-resource.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { itemLink, itemNames } from './overview.ts';
import { linkTo, printDashboard, rowPanel } from './print-dashboard.ts';
import { printPanel } from './print-panel.ts';
import { amongItems, type Service, servicesOf } from './service.ts';
import { rowsOf } from './service-rows.ts';

/** A dashboard for each service that has an objective here: is it good, how much may still fail, what does it stand on. */
export function compileServices(operated: OperatedStack): readonly Resource[] {
  return servicesOf(operated).map((service) => compileService(operated, service));
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
