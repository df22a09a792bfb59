import { type Address, addressFields, isJsonObject, type JsonObject, parseAddress } from '../../model/index.ts';

/** Where a Pulumi stack keeps its resources: the first two words of each of its URNs. */
export interface PulumiPlace {
  readonly project: string;
  /** As Pulumi calls it: `production.plant-1`. */
  readonly stack: string;
}

/**
 * Pulumi's name of one of our objects: its type becomes the resource's type, its whole address the resource's name. So
 * an address is found in a URN whatever component the resource has above it.
 *
 * `urn:pulumi:lab.plant-1::opsctl::pulumi-nodejs:dynamic/opsctl:prometheus-rules::plant-1/prometheus-rules/host`
 */
export function urnOf({ project, stack }: PulumiPlace, address: Address): string {
  return `urn:pulumi:${stack}::${project}::${typeToken(addressFields(address).type)}::${address}`;
}

/** The address in a URN; null for a resource that is none of ours. */
export function addressOfUrn(urn: string): Address | null {
  const parts = splitUrn(urn);
  if (parts === null) return null;
  // What befalls the object below a component befalls the address.
  const type = objectTypeOf(urn.includes(`::${clusterObjectToken}$`) ? clusterObjectToken : parts.type);
  const address = parseAddress(parts.name);
  return type === null || address === null || addressFields(address).type !== type ? null : address;
}

/** `prometheus-rules` -> the type that Pulumi knows such a resource by. */
export function typeToken(type: string): string {
  if (type === clusterType) return clusterObjectToken;
  return `${tokenMark}${type}`;
}

/** Objects of a cluster are components: the record is ours, and the object below it is of Pulumi's own provider. */
export const clusterObjectToken = 'opsctl:kubernetes:Object';
const clusterType = 'kubernetes-object';

/**
 * What Pulumi's provider for Kubernetes calls a kind: `kubernetes:core/v1:ConfigMap`. The default account of a namespace is
 * made by the cluster itself, sooner or later: it is patched, whoever was first, where making it would fail.
 */
export function clusterChildToken(manifest: JsonObject): string {
  const { kind, apiVersion, metadata } = manifest;
  const version = String(apiVersion);
  const isMadeByCluster = kind === 'ServiceAccount' && isJsonObject(metadata) && metadata['name'] === 'default';
  const group = version.includes('/') ? version : `core/${version}`;
  return `kubernetes:${group}:${String(kind)}${isMadeByCluster ? 'Patch' : ''}`;
}

/** The object below the component of an address. */
export function clusterChildUrn({ project, stack }: PulumiPlace, address: Address, manifest: JsonObject): string {
  return `urn:pulumi:${stack}::${project}::${clusterObjectToken}$${clusterChildToken(manifest)}::${address}`;
}

/** The provider of a target in a cluster. */
export function clusterProviderUrn({ project, stack }: PulumiPlace, name: string): string {
  return `urn:pulumi:${stack}::${project}::pulumi:providers:kubernetes::${name}`;
}

/** The reverse of `typeToken`; null for a type that is none of ours, and for the record of the stack itself. */
export function objectTypeOf(token: string): string | null {
  if (token === clusterObjectToken) return clusterType;
  if (!token.startsWith(tokenMark)) return null;
  const type = token.slice(tokenMark.length);
  return type === stackType ? null : type;
}

/** The resource that keeps what a state is known by: its lineage, and the salt of its digests. */
export const stackType = '_stack';

export function stackUrn(place: PulumiPlace, stack: string): string {
  return `urn:pulumi:${place.stack}::${place.project}::${typeToken(stackType)}::${stack}`;
}

/** The type of the resource itself, without its parents', and its name, in which anything may stand. */
export function splitUrn(urn: string): { readonly type: string; readonly name: string } | null {
  const [, types, name] = /^urn:pulumi:[^:]+::[^:]+::((?:[^:]|:(?!:))+)::(.+)$/s.exec(urn) ?? [];
  return types === undefined || name === undefined ? null : { type: types.slice(types.lastIndexOf('$') + 1), name };
}

const tokenMark = 'pulumi-nodejs:dynamic/opsctl:';

/** The Pulumi stack of one of our stacks in one environment. Dots are in no name of either. */
export function pulumiStackName({
  environment,
  stack,
}: {
  readonly environment: string;
  readonly stack: string;
}): string {
  return `${environment}.${stack}`;
}

/** The reverse; null for a Pulumi stack that is named otherwise. An organisation of the service may stand before it. */
export function readPulumiStackName(name: string): { readonly environment: string; readonly stack: string } | null {
  const [, environment, stack] = /^(?:.*\/)?([^./]+)\.([^./]+)$/.exec(name) ?? [];
  return environment === undefined || stack === undefined ? null : { environment, stack };
}
