import { ClusterComponent } from '../../toolkit/engine/pulumi/cluster-component.ts';
import type { ComponentOptions } from '../../toolkit/engine/pulumi/component-options.ts';
import { compileTenant, type TenantDeclaration } from './compile-tenant.ts';

/** The terms are those of `.isolate(...)` of a stack. */
export interface TenantArgs extends Omit<TenantDeclaration, 'name'> {}

/**
 * A tenant of a cluster: its namespaces, each with a quota, sizes for containers, a network that is closed but for the stated
 * openings, roles for its groups, and the Pod Security Standard, derived by the same compiler that isolates a tenant of a
 * stack. The cluster is that of the Kubernetes provider which the component is given.
 *
 * An opening to another tenant names its namespace, `{ to: { namespace: 'erp-prod' }, reason: '...' }`: the program knows this
 * tenant alone. `from: 'monitoring'` has no meaning here, for the same reason.
 *
 * ```ts
 * const cluster = new kubernetes.Provider('cluster', { kubeconfig });
 * const mes = new Tenant(
 *   'mes',
 *   {
 *     namespaces: ['mes-prod'],
 *     access: { edit: ['mes-developers'], view: ['auditors'] },
 *     quota: { cpu: '8', memory: '16Gi', storage: '200Gi' },
 *     openings: [{ to: 'dns', reason: 'Names of services.' }],
 *   },
 *   { provider: cluster },
 * );
 * export const namespaces = mes.namespaces;
 * ```
 */
export class Tenant extends ClusterComponent {
  constructor(name: string, args: TenantArgs, options: ComponentOptions = {}) {
    const resources = compileTenant({ name, ...args });
    const { namespaces, podSecurity = 'restricted' } = args;
    super('opsctl:index:Tenant', name, { namespaces: [...namespaces], podSecurity }, resources, options);
  }
}
