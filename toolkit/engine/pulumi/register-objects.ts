import * as pulumi from '@pulumi/pulumi';
import { type Address, addressFields, secretReferencesIn } from '../../model/index.ts';
import type { ClusterForm, PreparedManifest } from './cluster-objects.ts';
import { ignoredPaths } from './ignored-paths.ts';
import { type DeclaredObject, propertiesOf } from './object-properties.ts';
import { providerText } from './provider-text.ts';
import { stackType, typeToken } from './urn.ts';

/** One object that a program is to have, before the salt of its stack is known. */
export interface ObjectToRegister extends Omit<DeclaredObject, 'salt'> {
  /** Former addresses: a rename that names them changes nothing in the real system. */
  readonly aliases: readonly Address[];
}

export interface Registration {
  readonly environment: string;
  readonly stack: string;
  readonly objects: readonly ObjectToRegister[];
  /** A component above them; none in the project of a repository. */
  readonly parent?: pulumi.Resource;
  /** Asked for the targets of objects of a cluster. */
  readonly clusterOf?: (target: string) => Promise<ClusterForm>;
  /** Objects of a cluster that are there already, and fields of others in them, become ours. */
  readonly adopted?: readonly Address[];
}

/** Says to Pulumi what one stack is to hold: the record of the stack, and a resource for each object. */
export async function registerObjects(registration: Registration): Promise<ReadonlyMap<Address, pulumi.Resource>> {
  return registerPrepared(registration, await prepareCluster(registration));
}

/** The same at once, for a component that has nothing in a cluster. */
export function registerPrepared(
  { environment, stack, objects, parent }: Registration,
  inCluster: Awaited<ReturnType<typeof prepareCluster>> = noCluster,
): ReadonlyMap<Address, pulumi.Resource> {
  const above = parent === undefined ? {} : { parent };
  const record = new StackRecord(stack, { environment, stack }, above);
  const byAddress = new Map(objects.map((object) => [object.address, object]));
  const registered = new Map<Address, pulumi.Resource>();
  const register = (object: ObjectToRegister): pulumi.Resource => {
    const known = registered.get(object.address);
    if (known !== undefined) return known;
    // What an object waits for is registered before it; what is in another stack was put in place before this one.
    const dependsOn = object.dependsOn.flatMap((address) => {
      const needed = byAddress.get(address);
      return needed === undefined ? [] : [register(needed)];
    });
    const options = { ...above, dependsOn };
    const resource = inCluster.has(object.address)
      ? inCluster.register(object, record.salt, options)
      : new ManagedObject(object, record, options);
    registered.set(object.address, resource);
    return resource;
  };
  for (const object of objects) register(object);
  return registered;
}

/** Pulumi's provider for Kubernetes is loaded where there is an object for it, and only there. */
async function prepareCluster({ stack, objects, clusterOf, parent, adopted = [] }: Registration) {
  const own = objects.filter(({ type }) => type === 'kubernetes-object');
  if (own.length === 0 || clusterOf === undefined) return noCluster;
  const { clusterProvider, prepareManifest, ClusterObject } = await import('./cluster-objects.ts');
  const above = parent === undefined ? {} : { parent };
  const forms = new Map<string, ClusterForm>();
  const providers = new Map<string, pulumi.ProviderResource>();
  for (const target of new Set(own.map((object) => object.target))) {
    const form = await clusterOf(target);
    forms.set(target, form);
    providers.set(target, await clusterProvider(`${stack}/${target}`, form, adopted.length > 0, above));
  }
  const prepared = new Map<Address, PreparedManifest>();
  for (const { address, target, spec } of own)
    prepared.set(address, await prepareManifest(spec, found(forms, target), adopted.includes(address)));
  return {
    has: (address: Address) => prepared.has(address),
    register: (object: ObjectToRegister, salt: pulumi.Output<string>, options: pulumi.ComponentResourceOptions) =>
      new ClusterObject({ ...object, salt: null }, found(prepared, object.address), salt, {
        component: { ...options, aliases: object.aliases.map((alias) => ({ name: alias })) },
        provider: found(providers, object.target),
        formerNames: object.aliases,
      }),
  };
}

const noCluster = {
  has: () => false,
  register(): pulumi.Resource {
    throw new Error('Bug: an object without a cluster was registered in one.');
  },
};

function found<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key);
  if (value === undefined) throw new Error(`Bug: ${String(key)} was not prepared.`);
  return value;
}

class StackRecord extends pulumi.CustomResource {
  declare readonly salt: pulumi.Output<string>;

  constructor(name: string, inputs: pulumi.Inputs, options: pulumi.CustomResourceOptions) {
    const properties = { __provider: providerText('stack'), lineage: undefined, salt: undefined, ...inputs };
    super(typeToken(stackType), name, properties, options);
  }
}

class ManagedObject extends pulumi.CustomResource {
  constructor(object: ObjectToRegister, record: StackRecord, options: pulumi.CustomResourceOptions) {
    const { address, type, lifecycle, spec } = object;
    const hasSecrets = secretReferencesIn(spec).length > 0;
    const properties = {
      __provider: providerText('object'),
      ...propertiesOf({ ...object, salt: null }),
      ...(hasSecrets && { salt: record.salt }),
      // Found out by the provider; named here, so that a program can read them.
      secrets: undefined,
      identity: undefined,
    };
    super(typeToken(type), address, properties, {
      ...options,
      protect: lifecycle.protect,
      retainOnDelete: lifecycle.retainOnDelete,
      ignoreChanges: ignoredPaths(lifecycle.ignore),
      aliases: object.aliases.map((alias) => ({ name: alias, type: typeToken(addressFields(alias).type) })),
    });
  }
}
