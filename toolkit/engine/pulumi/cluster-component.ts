import * as pulumi from '@pulumi/pulumi';
import { type Address, isJsonObject, type JsonObject, type Resource } from '../../model/index.ts';
import { clusterChildToken } from './urn.ts';

/**
 * A component whose children are objects of a cluster that our compilers have derived. They are Pulumi's own Kubernetes
 * resources: the provider is the one that the program gives to the component, and nothing of opsctl runs at their making.
 */
export abstract class ClusterComponent extends pulumi.ComponentResource {
  /** `Namespace mes-prod`, `Role mes-prod/tenant-edit`: all that was derived. */
  readonly objects: pulumi.Output<readonly string[]>;
  /** Names of the namespaces, once they are there. */
  readonly namespaces: pulumi.Output<readonly string[]>;

  constructor(
    token: string,
    name: string,
    inputs: JsonObject,
    resources: readonly Resource[],
    options: pulumi.ComponentResourceOptions,
  ) {
    super(token, name, { ...inputs } as Record<string, unknown>, options);
    const children = registerChildren(this, name, resources);
    const spaces = resources.flatMap(({ address, spec }) =>
      spec['kind'] === 'Namespace' ? (children.get(address) ?? []) : [],
    );
    this.objects = pulumi.output(resources.map(({ spec }) => describe(spec)));
    this.namespaces = pulumi.all(spaces.map(({ id }) => id));
    this.registerOutputs({ objects: this.objects, namespaces: this.namespaces });
  }
}

function registerChildren(
  parent: pulumi.Resource,
  name: string,
  resources: readonly Resource[],
): ReadonlyMap<Address, pulumi.CustomResource> {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const spaces = resources.filter(({ spec }) => spec['kind'] === 'Namespace');
  const registered = new Map<Address, pulumi.CustomResource>();
  const register = (resource: Resource): pulumi.CustomResource => {
    const known = registered.get(resource.address);
    if (known !== undefined) return known;
    const needed = [
      ...resource.dependsOn.flatMap((address) => byAddress.get(address) ?? []),
      ...spaces.filter(({ spec }) => metadataOf(spec)['name'] === metadataOf(resource.spec)['namespace']),
    ];
    const child = new ClusterResource(name, resource, { parent, dependsOn: needed.map(register) });
    registered.set(resource.address, child);
    return child;
  };
  for (const resource of resources) register(resource);
  return registered;
}

class ClusterResource extends pulumi.CustomResource {
  constructor(component: string, { address, spec, lifecycle }: Resource, options: pulumi.CustomResourceOptions) {
    const { protect, retainOnDelete } = lifecycle;
    const own = address.slice(address.lastIndexOf('/') + 1);
    super(clusterChildToken(spec), `${component}/${own}`, { ...spec }, { ...options, protect, retainOnDelete });
  }
}

function describe(spec: JsonObject): string {
  const { name, namespace } = metadataOf(spec);
  return `${String(spec['kind'])} ${namespace === undefined ? '' : `${String(namespace)}/`}${String(name)}`;
}

function metadataOf({ metadata }: JsonObject): JsonObject {
  return isJsonObject(metadata) ? metadata : {};
}
