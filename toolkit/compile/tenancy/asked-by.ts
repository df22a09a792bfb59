import { listOf, type Manifest, mappingOf, parseQuantity, textOf } from '../../languages/kubernetes/index.ts';
import type { ContainerSize, KubernetesManifest } from '../../model/index.ts';

export interface DefaultSizes {
  readonly request: Required<ContainerSize>;
  readonly limit: Required<ContainerSize>;
}

/** What an object takes of a quota when it runs as it is written, by the names that quotas have. */
export function askedBy(manifest: KubernetesManifest, defaults: DefaultSizes): Readonly<Record<string, number>> {
  const object = manifest as unknown as Manifest;
  const spec = mappingOf(object.spec);
  switch (manifest.kind) {
    case 'Pod':
      return ofPods(spec, 1, defaults);
    case 'Deployment':
      return { ...ofPods(podSpecOf(spec), countOf(spec.replicas), defaults), 'count/deployments.apps': 1 };
    case 'StatefulSet':
      return { ...ofPods(podSpecOf(spec), countOf(spec.replicas), defaults), 'count/statefulsets.apps': 1 };
    case 'Job':
      return { ...ofPods(podSpecOf(spec), countOf(spec.parallelism), defaults), 'count/jobs.batch': 1 };
    case 'CronJob':
      return { 'count/cronjobs.batch': 1 };
    case 'PersistentVolumeClaim':
      return { persistentvolumeclaims: 1, 'requests.storage': storageOf(spec) };
    case 'ConfigMap':
      return { configmaps: 1 };
    case 'Secret':
      return { secrets: 1 };
    case 'Service':
      return ofService(textOf(spec.type));
    default:
      return {};
  }
}

function podSpecOf(spec: Manifest): Manifest {
  return mappingOf(mappingOf(spec.template).spec);
}

/** One, where it is not said. */
function countOf(written: unknown): number {
  return typeof written === 'number' ? written : 1;
}

function storageOf({ resources }: Manifest): number {
  return parseQuantity(mappingOf(mappingOf(resources).requests).storage) ?? 0;
}

/** A load balancer has node ports as well, unless it is told to have none. */
function ofService(type: string): Readonly<Record<string, number>> {
  return {
    services: 1,
    ...(type === 'LoadBalancer' ? { 'services.loadbalancers': 1, 'services.nodeports': 1 } : {}),
    ...(type === 'NodePort' ? { 'services.nodeports': 1 } : {}),
  };
}

const sizes: readonly (readonly [field: keyof ContainerSize, resource: string])[] = [
  ['cpu', 'cpu'],
  ['memory', 'memory'],
  ['ephemeralStorage', 'ephemeral-storage'],
];

function ofPods(pod: Manifest, count: number, defaults: DefaultSizes): Readonly<Record<string, number>> {
  const containers = listOf(pod.containers).map(mappingOf);
  const entries = sizes.flatMap(([field, resource]) => {
    const limits = containers.map(({ resources }) => sizeIn(resources, 'limits', resource));
    const requests = containers.map(({ resources }) => sizeIn(resources, 'requests', resource));
    const ofLimits = limits.map((size) => size ?? parseQuantity(defaults.limit[field]) ?? 0);
    // A container that has a limit of its own and no request has the limit reserved.
    const ofRequests = requests.map(
      (size, index) => size ?? limits[index] ?? parseQuantity(defaults.request[field]) ?? 0,
    );
    return [
      [`limits.${resource}`, sum(ofLimits) * count] as const,
      [`requests.${resource}`, sum(ofRequests) * count] as const,
    ];
  });
  return { pods: count, ...Object.fromEntries(entries) };
}

function sizeIn(resources: Manifest[string] | undefined, side: 'limits' | 'requests', name: string): number | null {
  return parseQuantity(mappingOf(mappingOf(resources)[side])[name] ?? null);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
