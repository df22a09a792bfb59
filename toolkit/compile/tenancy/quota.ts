import { parseQuantity } from '../../languages/kubernetes/index.ts';
import type { ContainerSize, JsonObject, QuotaObject, Resource, TenantLimits, TenantQuota } from '../../model/index.ts';
import { usualObjects } from '../../model/isolation-shapes.ts';
import { spaceObject, type TenantSpace } from './space.ts';

/** Names of the counted objects in a quota. */
const counted: Readonly<Record<QuotaObject, string>> = {
  configmaps: 'configmaps',
  cronjobs: 'count/cronjobs.batch',
  deployments: 'count/deployments.apps',
  jobs: 'count/jobs.batch',
  loadBalancers: 'services.loadbalancers',
  nodePorts: 'services.nodeports',
  secrets: 'secrets',
  services: 'services',
  statefulsets: 'count/statefulsets.apps',
  volumeClaims: 'persistentvolumeclaims',
};

const usualPods = 50;
const usualEphemeralStorage = '20Gi';

/**
 * What a namespace may use at most. Requests and limits are the same: with limits above it, the tenants together could
 * ask more of the nodes than there is, and one would starve another.
 */
export function hardLimits({ terms }: TenantSpace['isolation']): Readonly<Record<string, string>> {
  const {
    cpu,
    memory,
    storage = '0',
    ephemeralStorage = usualEphemeralStorage,
    pods = usualPods,
  }: TenantQuota = terms.quota;
  const isClosed = parseQuantity(storage) === 0;
  const objects = { ...usualObjects, ...(isClosed ? { volumeClaims: 0 } : {}), ...terms.quota.objects };
  const counts = Object.entries(counted).map(([name, key]) => [key, String(objects[name as QuotaObject])] as const);
  return {
    'requests.cpu': cpu,
    'limits.cpu': cpu,
    'requests.memory': memory,
    'limits.memory': memory,
    'requests.ephemeral-storage': ephemeralStorage,
    'limits.ephemeral-storage': ephemeralStorage,
    'requests.storage': storage,
    pods: String(pods),
    ...Object.fromEntries(counts),
  };
}

export function compileQuota(space: TenantSpace): Resource {
  const hard = hardLimits(space.isolation);
  return spaceObject(space, {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    name: 'tenant',
    fields: { spec: { hard } },
    serves: 1,
    text: `${space.namespace} uses no more than this, so that nothing is left undone elsewhere for want of it.`,
    parts: Object.entries(hard).map(([name, most]) => ({
      name,
      pointer: `/spec/hard/${name.replaceAll('/', '~1')}`,
      derivation: [
        {
          kind: 'declaration',
          subject: space.tenant.id,
          text: `${name}: ${most} at most in ${space.namespace}.`,
          source: space.isolation.source,
        },
      ],
    })),
  });
}

const usualRequest: Required<ContainerSize> = { cpu: '100m', memory: '128Mi', ephemeralStorage: '100Mi' };
const usualLimit: Required<ContainerSize> = { cpu: '500m', memory: '512Mi', ephemeralStorage: '1Gi' };

/** What a container has that says nothing itself. */
export function containerSizes({ request, limit, max }: TenantLimits = {}) {
  return { request: { ...usualRequest, ...request }, limit: { ...usualLimit, ...limit }, max: max ?? {} };
}

export function compileLimits(space: TenantSpace): Resource {
  const { request, limit, max } = containerSizes(space.isolation.terms.limits);
  const most = printSize(max);
  return spaceObject(space, {
    apiVersion: 'v1',
    kind: 'LimitRange',
    name: 'tenant',
    fields: {
      spec: {
        limits: [
          {
            type: 'Container',
            defaultRequest: printSize(request),
            default: printSize(limit),
            ...(Object.keys(most).length === 0 ? {} : { max: most }),
          },
        ],
      },
    },
    serves: 1,
    text: 'A container that does not say what it needs has this.',
  });
}

function printSize({ cpu, memory, ephemeralStorage }: ContainerSize): JsonObject {
  return {
    ...(cpu === undefined ? {} : { cpu }),
    ...(memory === undefined ? {} : { memory }),
    ...(ephemeralStorage === undefined ? {} : { 'ephemeral-storage': ephemeralStorage }),
  };
}
