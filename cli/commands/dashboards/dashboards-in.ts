import { addressFields, isJsonObject, type JsonObject, type Resource } from '../../../toolkit/model/index.ts';

export interface CompiledDashboard {
  readonly stack: string;
  /** `host`, `overview`, `screen-floor`. */
  readonly name: string;
  readonly uid: string;
  readonly title: string;
  readonly panels: number;
  /** Where people open it; null where the organisation does not say. */
  readonly url: string | null;
  readonly document: JsonObject;
}

/** What the stacks compile to, by stack and name. */
export function dashboardsIn(resources: readonly Resource[], base: string | undefined): readonly CompiledDashboard[] {
  return resources.flatMap(({ type, address, spec }) => {
    const { dashboard } = spec;
    if (type !== 'grafana-dashboard' || !isJsonObject(dashboard)) return [];
    const { stack, name } = addressFields(address);
    const uid = String(dashboard.uid);
    const panels = Array.isArray(dashboard.panels) ? dashboard.panels : [];
    const kiosk = name.startsWith('screen-') ? '?kiosk&autofitpanels' : '';
    return [
      {
        stack,
        name,
        uid,
        title: String(dashboard.title),
        panels: panels.filter((panel) => isJsonObject(panel) && panel.type !== 'row').length,
        url: base === undefined ? null : `${base.replaceAll('{stack}', stack)}/d/${uid}${kiosk}`,
        document: dashboard,
      },
    ];
  });
}
