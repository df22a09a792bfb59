import * as pulumi from '@pulumi/pulumi';
import { isJsonObject, type JsonObject, type JsonValue, type Resource } from '../../model/index.ts';
import type { DeclaredObject } from './object-properties.ts';
import { registerPrepared } from './register-objects.ts';

/** What a component registers, and where each of it goes. */
export interface DerivedObjects {
  /** Name of the stack that the addresses are in; the component's own. */
  readonly stack: string;
  readonly resources: readonly Resource[];
  bindingOf(target: string): DeclaredObject['binding'];
}

/** A component whose children are objects that our compilers have derived. */
export abstract class DerivedComponent extends pulumi.ComponentResource {
  /** Addresses of all that was derived. */
  readonly addresses: pulumi.Output<readonly string[]>;
  /** Names of its alerts. */
  readonly alerts: pulumi.Output<readonly string[]>;
  /** Ids of its dashboards in Grafana. */
  readonly dashboards: pulumi.Output<readonly string[]>;

  constructor(
    token: string,
    name: string,
    inputs: JsonObject,
    { stack, resources, bindingOf }: DerivedObjects,
    options: pulumi.ComponentResourceOptions,
  ) {
    super(token, name, { ...inputs } as Record<string, unknown>, options);
    const environment = pulumi.getStack();
    const objects = resources.map((resource) => ({ ...resource, environment, binding: bindingOf(resource.target) }));
    registerPrepared({ environment, stack, parent: this, objects });
    this.addresses = pulumi.output(resources.map(({ address }): string => address));
    this.alerts = pulumi.output([...new Set(resources.flatMap(alertsIn))]);
    this.dashboards = pulumi.output(resources.flatMap(dashboardsIn));
    this.registerOutputs({ addresses: this.addresses, alerts: this.alerts, dashboards: this.dashboards });
  }
}

function alertsIn({ spec }: Resource): readonly string[] {
  const group = spec['group'];
  const rules = isJsonObject(group) ? group['rules'] : undefined;
  return textsAt(rules, 'alert');
}

function dashboardsIn({ type, spec }: Resource): readonly string[] {
  return type === 'grafana-dashboard' ? textsAt([spec['dashboard'] ?? spec], 'uid') : [];
}

function textsAt(list: JsonValue | undefined, field: string): readonly string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: JsonValue) => {
    const value = isJsonObject(entry) ? entry[field] : undefined;
    return typeof value === 'string' ? [value] : [];
  });
}
