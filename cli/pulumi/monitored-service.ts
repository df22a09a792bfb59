import type { ComponentOptions } from '../../toolkit/engine/pulumi/component-options.ts';
import { DerivedComponent } from '../../toolkit/engine/pulumi/derived-component.ts';
import type { JsonObject } from '../../toolkit/model/index.ts';
import { compileService, type ServiceDeclaration } from './compile-service.ts';

/** Where what is derived goes: the settings are those of a binding, as docs/reference/providers.md has them. */
export interface ServiceTargets {
  /** Directory, and where there is one the URL, of the Prometheus that watches the service. */
  readonly prometheus: JsonObject;
  /** Directory of the Grafana that shows it; without it there is no dashboard. */
  readonly grafana?: JsonObject;
}

export interface MonitoredServiceArgs extends Omit<ServiceDeclaration, 'name'> {
  readonly targets: ServiceTargets;
}

/**
 * A service with its scrape targets, alert rules and dashboard, derived from its class by the same compilers that derive
 * a whole plant. The Prometheus has to load `rules/*.yaml` and `targets/*.json` of its directory: its own configuration is
 * not touched.
 *
 * ```ts
 * const orders = new MonitoredService('orders-db', {
 *   class: tcpService,
 *   title: { en: 'Orders database', zh: '订单数据库' },
 *   attributes: { address: 'db-1.example', port: 5432 },
 *   targets: { prometheus: { directory: '/etc/prometheus', url: 'http://localhost:9090' } },
 * });
 * export const alerts = orders.alerts;
 * ```
 */
export class MonitoredService extends DerivedComponent {
  constructor(name: string, args: MonitoredServiceArgs, options: ComponentOptions = {}) {
    const { targets, ...service } = args;
    const bindings: Readonly<Record<string, JsonObject | undefined>> = { ...targets };
    const resources = compileService({ name, ...service }).filter(({ target }) => bindings[target] !== undefined);
    const inputs = { class: args.class.id, title: { ...args.title }, attributes: args.attributes };
    super(
      'opsctl:index:MonitoredService',
      name,
      inputs,
      {
        stack: name,
        resources,
        bindingOf: (target) => ({ provider: target, settings: bindings[target] ?? {} }),
      },
      options,
    );
  }
}
