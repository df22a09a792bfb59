import {
  type ApplyPhase,
  applyPhaseOf,
  applyPhases,
  groupOf,
  identityOf,
  isLabelValue,
  kindDefined,
  type ObjectIdentity,
  withOwner,
} from '../languages/kubernetes/index.ts';
import { type Address, addressFields, digestOf, type JsonObject, type Resource } from '../model/index.ts';

/** Completes the objects of clusters: each says whose it is, and waits for what it needs. All else stays as it is. */
export function completeClusterObjects(resources: readonly Resource[], organisation: string): readonly Resource[] {
  const owner = isLabelValue(organisation)
    ? organisation
    : digestOf(organisation).replace(/^sha256:(.{16}).*$/, 'id-$1');
  return withApplyOrder(resources.map((resource) => withOwnerLabels(resource, owner)));
}

/** Part of what is declared, so that a label which somebody takes off is drift, and an adopted object gets one. */
function withOwnerLabels(resource: Resource, organisation: string): Resource {
  if (resource.type !== 'kubernetes-object') return resource;
  return {
    ...resource,
    spec: withOwner(resource.spec, addressFields(resource.address).stack, organisation) as JsonObject,
  };
}

/**
 * Lets the objects of each stack's cluster wait for what they need of each other: all that is in a namespace for the
 * namespace, a custom resource for its definition, a workload for the policies and the configuration beside it. The
 * reverse holds when they are taken away, also when nobody declares them any more: the state keeps what waited for what.
 */
function withApplyOrder(resources: readonly Resource[]): readonly Resource[] {
  const objects = resources.filter(({ type }) => type === 'kubernetes-object').map(describe);
  const byStack = Map.groupBy(objects, ({ resource }) => addressFields(resource.address).stack);
  const waits = new Map([...byStack.values()].flatMap((ofStack) => waitsAmong(ofStack)));
  return resources.map((resource) => {
    const before = waits.get(resource.address) ?? [];
    return before.length === 0
      ? resource
      : { ...resource, dependsOn: [...new Set([...resource.dependsOn, ...before])] };
  });
}

interface ClusterObject {
  readonly resource: Resource;
  readonly identity: ObjectIdentity;
  readonly phase: ApplyPhase['name'];
}

function describe(resource: Resource): ClusterObject {
  const phase = applyPhases[applyPhaseOf(resource.spec)]?.name ?? 'custom';
  return { resource, identity: identityOf(resource.spec), phase };
}

/** Which phases wait for which, beside each other in a namespace; what is in none is beside everything. */
const phaseWaits: Readonly<Partial<Record<ApplyPhase['name'], readonly ApplyPhase['name'][]>>> = {
  workloads: ['policies', 'config'],
  webhooks: ['workloads'],
};

function waitsAmong(objects: readonly ClusterObject[]): readonly (readonly [Address, readonly Address[]])[] {
  const namespaces = new Map(
    objects.filter(({ phase }) => phase === 'namespaces').map((one) => [one.identity.name, one.resource.address]),
  );
  const definitions = new Map(
    objects.flatMap(({ resource }) => {
      const defined = kindDefined(resource.spec);
      return defined === null ? [] : [[`${defined.group} ${defined.kind}`, resource.address] as const];
    }),
  );
  const byPhase = Map.groupBy(objects, ({ phase }) => phase);
  return objects.map(({ resource, identity, phase }) => {
    const { namespace, apiVersion, kind } = identity;
    const namespaceOf = namespace === null ? undefined : namespaces.get(namespace);
    const definition = definitions.get(`${groupOf(apiVersion)} ${kind}`);
    const beside = (phaseWaits[phase] ?? [])
      .flatMap((earlier) => byPhase.get(earlier) ?? [])
      .filter((other) => isBeside(identity, other.identity))
      .map((other) => other.resource.address);
    const all = [namespaceOf, definition, ...beside].filter((address) => address !== undefined);
    return [resource.address, all] as const;
  });
}

function isBeside(one: ObjectIdentity, other: ObjectIdentity): boolean {
  return one.namespace === null || other.namespace === null || one.namespace === other.namespace;
}
