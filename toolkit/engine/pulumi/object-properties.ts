import {
  type Address,
  type AppliedResource,
  addressFields,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type Lifecycle,
  parseAddress,
  type TargetBinding,
  type TargetIdentity,
} from '../../model/index.ts';
import { decodeSpec, encodeSpec } from './encode-spec.ts';

/** What a resource of Pulumi says of one object: the record that a state keeps, and where its target is bound. */
export interface DeclaredObject {
  readonly environment: string;
  readonly address: Address;
  readonly type: string;
  readonly target: string;
  readonly owner: string;
  readonly spec: JsonObject;
  readonly dependsOn: readonly Address[];
  readonly lifecycle: Lifecycle;
  /** Of the digests of secrets; null where the spec names none. */
  readonly salt: string | null;
  /** Where the target is, for objects of a program that has no repository; else the bindings of the environment say it. */
  readonly binding: Pick<TargetBinding, 'provider' | 'settings'> | null;
}

/** Besides what was declared: what the provider found out when it wrote the object. */
export interface WrittenObject extends DeclaredObject {
  readonly secrets: AppliedResource['secrets'];
  /** Who answered for the target. */
  readonly identity: TargetIdentity;
  /** Why the object could not be read when it was last looked at. */
  readonly malformed: string | null;
}

export function propertiesOf(object: DeclaredObject): JsonObject {
  const { environment, address, target, owner, spec, dependsOn, lifecycle, salt, binding } = object;
  return {
    environment,
    address,
    target,
    owner,
    spec: encodeSpec(spec),
    dependsOn,
    lifecycle: { ...lifecycle },
    ...(salt === null ? {} : { salt }),
    ...(binding === null ? {} : { binding: encodeSpec({ ...binding }) }),
  };
}

export function outputsOf(object: WrittenObject): JsonObject {
  const { secrets, identity, malformed } = object;
  return { ...propertiesOf(object), secrets, identity, ...(malformed === null ? {} : { malformed }) };
}

/** Reads properties that came back from Pulumi; throws on what no program of ours has written. */
export function readObject(properties: JsonObject): WrittenObject {
  const { environment, target, owner, spec, dependsOn, salt, malformed } = properties;
  const address = parseAddress(text(properties, 'address'));
  if (address === null || !isJsonObject(spec)) throw new Error('The properties are not those of an object of opsctl.');
  return {
    environment: String(environment),
    address,
    type: addressFields(address).type,
    target: String(target),
    owner: String(owner),
    spec: decodeSpec(spec),
    dependsOn: listOf(dependsOn).flatMap((name) => parseAddress(name) ?? []),
    lifecycle: lifecycleOf(properties['lifecycle']),
    salt: typeof salt === 'string' ? salt : null,
    binding: bindingOf(properties['binding']),
    secrets: textsOf(properties['secrets']),
    identity: textsOf(properties['identity']),
    malformed: typeof malformed === 'string' ? malformed : null,
  };
}

/** As a state remembers it. */
export function appliedOf({
  address,
  type,
  target,
  spec,
  secrets,
  dependsOn,
  lifecycle,
  owner,
}: WrittenObject): AppliedResource {
  return { address, type, target, spec, secrets, dependsOn, lifecycle, owner };
}

function text(properties: JsonObject, name: string): string {
  const value = properties[name];
  return typeof value === 'string' ? value : '';
}

function lifecycleOf(value: JsonValue | undefined): Lifecycle {
  const { protect, retainOnDelete, ignore } = isJsonObject(value) ? value : {};
  return { protect: protect === true, retainOnDelete: retainOnDelete === true, ignore: listOf(ignore) };
}

function bindingOf(value: JsonValue | undefined): WrittenObject['binding'] {
  if (!isJsonObject(value)) return null;
  const { provider, settings } = decodeSpec(value);
  return { provider: String(provider), settings: isJsonObject(settings) ? settings : {} };
}

function listOf(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

function textsOf(value: JsonValue | undefined): Readonly<Record<string, string>> {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]) => (typeof entry === 'string' ? [[key, entry]] : [])),
  );
}
