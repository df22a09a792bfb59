import {
  definePolicy,
  isJsonObject,
  isSelected,
  type JsonObject,
  type JsonValue,
  type PolicyInput,
  type Resource,
} from 'opsctl';

export const isolated = definePolicy({
  id: 'tenancy/isolated',
  level: 'mandatory',
  title: { en: 'Every tenant with workloads must be isolated', zh: '每个有工作负载的租户必须隔离' },
  rationale:
    'In a namespace that others share, a tenant reads their secrets, takes their memory and reaches their databases, by mistake more often than by intent.',
  remedy:
    'Give the tenant namespaces of its own with `.isolate(tenant, { ... })` on the stack, and put its objects there.',
  clauses: ['S0:7.1.1.1.d/2', 'S0:7.1.2.1.d/2', 'S0:7.1.3.1.d/2'],
  check: (input) => [...misplacedObjects(input), ...itemsInShared(input), ...itemsElsewhere(input)],
});

const workloads = ['CronJob', 'DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'StatefulSet'];

/** Workloads that say whose they are, and are not where that tenant is alone. */
function misplacedObjects({ resources, stacks, organisation }: PolicyInput) {
  const tenants = new Set(organisation.tenants.map(({ id }) => id));
  return resources
    .filter(({ type, spec }) => type === 'kubernetes-object' && workloads.includes(String(spec.kind)))
    .flatMap((resource) => {
      const tenant = tenantOf(resource);
      if (tenant === null || !tenants.has(tenant)) return [];
      const stack = stacks.find(({ name }) => resource.address.startsWith(`${name}/`));
      const namespace = textIn(mappingIn(resource.spec.metadata).namespace) ?? 'the namespace of the binding';
      const own = (stack?.isolations ?? []).filter((one) => one.tenant === tenant);
      if (own.some(({ terms }) => terms.namespaces.includes(namespace))) return [];
      const message = `${String(resource.spec.kind)} of the tenant ${tenant} is in ${namespace}, which is not ${tenant}’s alone.`;
      return [{ subject: resource.address, item: null, message, found: namespace }];
    });
}

/** By the labels of the object or of its pods. */
function tenantOf({ spec }: Resource): string | null {
  const template = mappingIn(mappingIn(mappingIn(spec.spec).template).metadata);
  const labels = { ...mappingIn(template.labels), ...mappingIn(mappingIn(spec.metadata).labels) };
  return textIn(labels['opsctl/tenant']) ?? textIn(labels.tenant);
}

/** Items of a tenant that run on a cluster whose control point keeps no place for it. */
function itemsInShared({ items, stacks, operatedBy }: PolicyInput) {
  const clusters = new Set(items.filter(({ class: id }) => id === 'kubernetes-cluster').map(({ id }) => id));
  return items
    .filter(({ stage, tenant }) => stage === 'in-service' && tenant !== null)
    .flatMap(({ id, tenant, relations }) => {
      const cluster = relations.find(({ type, to }) => type === 'runs-on' && clusters.has(to))?.to;
      const stack = stacks.find(({ name }) => name === operatedBy.get(cluster ?? ''));
      const isInReach = stack !== undefined && (stack.home !== undefined || stack.targets.includes('kubernetes'));
      if (cluster === undefined || !isInReach || stack.isolations.some((one) => one.tenant === tenant)) return [];
      const message = `${id} of the tenant ${tenant} runs on ${cluster}, and the stack ${stack.name} does not isolate ${tenant} there.`;
      return [{ subject: id, item: id, message }];
    });
}

/** Items of a tenant whose pods are said to be in a namespace: by where they are reached, or as workloads. */
function itemsElsewhere({ items, stacks, operatedBy }: PolicyInput) {
  return items
    .filter(({ stage, tenant }) => stage === 'in-service' && tenant !== null)
    .flatMap((item) => {
      const stack = stacks.find(({ name }) => name === operatedBy.get(item.id));
      if (stack === undefined || (stack.home === undefined && !stack.targets.includes('kubernetes'))) return [];
      const reached = stack.workloads.filter(({ selection }) => isSelected(selection, item)).map(({ at }) => at);
      const declared = item.class === 'kubernetes-workload' ? textIn(item.attributes.namespace) : null;
      const [namespace] = [
        ...reached.map((at) => ('service' in at ? at.service : at.pods).namespace),
        ...(declared === null ? [] : [declared]),
      ];
      const own = stack.isolations.filter(({ tenant }) => tenant === item.tenant);
      if (namespace === undefined || own.some(({ terms }) => terms.namespaces.includes(namespace))) return [];
      const message = `${item.id} of the tenant ${item.tenant} is in the namespace ${namespace}, which the stack ${stack.name} does not give to ${item.tenant} alone.`;
      return [{ subject: item.id, item: item.id, message, found: namespace }];
    });
}

function mappingIn(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function textIn(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
