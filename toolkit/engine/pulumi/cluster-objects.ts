import * as pulumi from '@pulumi/pulumi';
import { digestSecret, isJsonObject, type JsonObject, type JsonValue, secretReferencesIn } from '../../model/index.ts';
import { resolveSecrets } from '../targets/resolve-secrets.ts';
import { ignoredPaths } from './ignored-paths.ts';
import { type DeclaredObject, propertiesOf } from './object-properties.ts';
import { clusterChildToken, clusterObjectToken } from './urn.ts';

/** How the objects of one target get to their cluster. */
export interface ClusterForm {
  /** A path, the text of a kubeconfig, or null for what the surroundings say. */
  readonly kubeconfig: string | null;
  readonly context: string | null;
  readonly namespace: string | null;
  readonly fieldManager: string;
  print(manifest: JsonObject): JsonObject;
  resolveSecret(reference: string): Promise<string>;
}

/** A manifest as it is sent, and the digests of its secrets once the salt is known. */
export interface PreparedManifest {
  readonly manifest: JsonObject;
  readonly hasSecrets: boolean;
  digests(salt: string): Readonly<Record<string, string>>;
}

/** Of Pulumi: the field manager that its provider is to be, instead of one with a random name. */
const fieldManagerAnnotation = 'pulumi.com/patchFieldManager';
/** Of Pulumi: what hangs on an object goes after it, as our own provider has it, and nobody waits for it. */
const deletion = { 'pulumi.com/deletionPropagationPolicy': 'background' };
/** Of Pulumi: fields that somebody else holds become ours. */
const takeOverAnnotation = 'pulumi.com/patchForce';

export async function prepareManifest(
  spec: JsonObject,
  form: ClusterForm,
  takesOver: boolean,
): Promise<PreparedManifest> {
  const values = new Map<string, string>();
  const { spec: resolved } = await resolveSecrets(spec, '', async (reference) => {
    const value = await form.resolveSecret(reference);
    values.set(reference, value);
    return value;
  });
  const printed = form.print(resolved);
  const metadata = objectAt(printed['metadata']);
  const annotations = {
    ...objectAt(metadata['annotations']),
    ...deletion,
    [fieldManagerAnnotation]: form.fieldManager,
    ...(takesOver && { [takeOverAnnotation]: 'true' }),
  };
  return {
    manifest: { ...printed, metadata: { ...metadata, annotations } },
    hasSecrets: secretReferencesIn(spec).length > 0,
    digests: (salt) =>
      Object.fromEntries([...values].map(([reference, value]) => [reference, digestSecret(salt, value)])),
  };
}

/** One provider of Pulumi for each target, under the target's name. */
export async function clusterProvider(
  name: string,
  form: ClusterForm,
  takesOver: boolean,
  options: pulumi.ResourceOptions,
): Promise<pulumi.ProviderResource> {
  const { Provider } = await import('@pulumi/kubernetes/provider.js');
  const { kubeconfig, context, namespace } = form;
  return new Provider(
    name,
    {
      enableServerSideApply: true,
      // Else a changed text would be another object: deleted, and made again.
      enableConfigMapMutable: true,
      enableSecretMutable: true,
      // An object that is there already is taken over only where that was asked for.
      ...(takesOver && { upsertExistingObjects: true }),
      ...(kubeconfig === null ? {} : { kubeconfig }),
      ...(context === null ? {} : { context }),
      ...(namespace === null ? {} : { namespace }),
    },
    options,
  );
}

export interface ClusterObjectOptions {
  readonly component: pulumi.ComponentResourceOptions;
  readonly provider: pulumi.ProviderResource;
  readonly formerNames: readonly string[];
}

/**
 * An object of a cluster: a component that keeps our record of it, and below it the object itself, which Pulumi's own
 * provider for Kubernetes brings into the cluster by server-side apply.
 */
export class ClusterObject extends pulumi.ComponentResource {
  constructor(
    object: DeclaredObject,
    prepared: PreparedManifest,
    salt: pulumi.Output<string>,
    { component, provider, formerNames }: ClusterObjectOptions,
  ) {
    super(clusterObjectToken, object.address, { ...propertiesOf(object) } as Record<string, unknown>, component);
    const { lifecycle, address } = object;
    const ignored = ignoredPaths(lifecycle.ignore).map((path) =>
      path.slice('spec'.length).replace(/^\["([\w-]+)"\]/, '$1'),
    );
    // One secret field would not do: Pulumi is told that all of such a manifest is one, and encrypts it.
    const manifest: Record<string, unknown> = prepared.hasSecrets
      ? secretFields(prepared.manifest)
      : { ...prepared.manifest };
    new Child(clusterChildToken(prepared.manifest), address, manifest, {
      parent: this,
      provider,
      protect: lifecycle.protect,
      retainOnDelete: lifecycle.retainOnDelete,
      ignoreChanges: ignored,
      aliases: formerNames.map((name) => ({ name })),
    });
    const secrets = prepared.hasSecrets ? salt.apply((known): unknown => prepared.digests(known)) : {};
    this.registerOutputs({ secrets });
  }
}

class Child extends pulumi.CustomResource {}

function secretFields(manifest: JsonObject): Record<string, unknown> {
  const open = ['apiVersion', 'kind', 'metadata'];
  return Object.fromEntries(
    Object.entries(manifest).map(([key, value]) => [key, open.includes(key) ? value : pulumi.secret<unknown>(value)]),
  );
}

function objectAt(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
