import { objectName, tenantLabel } from '../../languages/kubernetes/index.ts';
import type {
  Address,
  DerivationStep,
  JsonObject,
  Resource,
  ResourcePart,
  Tenant,
  TenantIsolation,
} from '../../model/index.ts';
import { makeResource } from '../make-resource.ts';
import type { OperatedStack } from '../operated-stack.ts';

/** One namespace of a tenant, and where it was declared. */
export interface TenantSpace {
  readonly operated: OperatedStack;
  readonly isolation: TenantIsolation;
  readonly tenant: Tenant;
  readonly namespace: string;
}

/** The namespaces of a stack; those of tenants that are not declared are left out: the check tells of them. */
export function spacesOf(operated: OperatedStack): readonly TenantSpace[] {
  return operated.stack.isolations.flatMap((isolation) => {
    const tenant = operated.organisation.tenants.find(({ id }) => id === isolation.tenant);
    if (tenant === undefined) return [];
    return isolation.terms.namespaces.map((namespace) => ({ operated, isolation, tenant, namespace }));
  });
}

/** All namespaces that a stack gives to a tenant. */
export function namespacesOf({ stack }: OperatedStack, tenant: string): readonly string[] {
  const own = stack.isolations.filter((isolation) => isolation.tenant === tenant);
  return [...new Set(own.flatMap(({ terms }) => terms.namespaces))].sort();
}

export interface SpaceObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** What the kind has besides. */
  readonly fields: JsonObject;
  /** Which demand of the standard on tenants it serves: 1 their records, 2 their separation, 3 their own scope. */
  readonly serves: 1 | 2 | 3;
  /** What it does, in a sentence. */
  readonly text: string;
  readonly why?: DerivationStep;
  readonly parts?: readonly ResourcePart[];
  readonly dependsOn?: readonly Address[];
}

/** An object of a tenant's space. */
export function spaceObject({ operated, isolation, tenant, namespace }: TenantSpace, object: SpaceObject): Resource {
  const { stack } = operated;
  const { apiVersion, kind, name, annotations, fields, parts, dependsOn, why } = object;
  const spec: JsonObject = {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(kind === 'Namespace' ? {} : { namespace }),
      labels: { [tenantLabel]: tenant.id, ...object.labels },
      ...(annotations === undefined ? {} : { annotations }),
    },
    ...fields,
  };
  const clause = `S0:7.1.${stack.tier.slice(1)}.1.d/${object.serves}`;
  const resource = makeResource(operated, {
    type: 'kubernetes-object',
    name: objectName(spec),
    target: 'kubernetes',
    spec,
    items: [],
    clauses: [clause],
    derivation: [
      {
        kind: 'declaration',
        subject: stack.name,
        text: `The stack ${stack.name} isolates the tenant ${tenant.id} in the namespace ${namespace}.`,
        source: isolation.source,
      },
      { kind: 'organisation', subject: tenant.id, text: `${object.text} ${tenant.owner} speaks for ${tenant.id}.` },
      ...(why === undefined ? [] : [why]),
    ],
    ...(parts === undefined ? {} : { parts }),
    ...(dependsOn === undefined ? {} : { dependsOn }),
  });
  return { ...resource, owner: tenant.owner, tenant: tenant.id, source: isolation.source };
}
