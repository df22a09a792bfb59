import { crc32 } from 'node:zlib';
import {
  type Address,
  type AppliedResource,
  canonicalJson,
  type Digest,
  digestOfText,
  type JsonObject,
  type JsonValue,
} from '../../model/index.ts';
import type { Intent } from '../journal/journal-entry.ts';
import type { PendingChange, StackRecord } from './stack-record.ts';

/**
 * The text of a state file: one JSON document, one resource per line. The first line carries a checksum of itself and
 * the digest of all that follows, so that reading can tell a cut or a changed file before it believes a word of it.
 */
export function printState(record: StackRecord): { readonly content: Buffer; readonly digest: Digest } {
  const body = Buffer.from(printBody(record));
  const digest = digestOfText(body);
  return { content: Buffer.concat([Buffer.from(printHeader(record, digest)), body]), digest };
}

/** The digest that `printState` would give. */
export function digestState(record: StackRecord): Digest {
  return digestOfText(Buffer.from(printBody(record)));
}

/** Text before the version number: every version of the format begins with it. */
export const stateMark = '{"format":"opsctl-state","version":';

// Not in the digest: two numbers that say how far the journal is in, and nothing about the stack.
function printHeader(record: StackRecord, digest: Digest): string {
  const head = `${stateMark}1,"journalSeq":${record.journalSeq},"fence":${record.fence},"body":"${digest}"`;
  return `${head},"sum":"${headerSum(head)}",\n`;
}

export function headerSum(head: string): string {
  return crc32(head).toString(16).padStart(8, '0');
}

function printBody(record: StackRecord): string {
  const { key, lineage, serial, salt } = record;
  const head = canonicalJson({ environment: key.environment, stack: key.stack, lineage, serial, salt });
  const pending = Object.fromEntries(
    [...record.pending].map(([target, changes]) => [target, [...changes.values()].map(printPending)]),
  );
  return [
    `${head.slice(1, -1)},\n`,
    `"identities":${canonicalJson(Object.fromEntries(record.identities))},\n`,
    `"pending":${canonicalJson(pending)},\n`,
    `"uncertain":${canonicalJson([...record.uncertain.values()].map(asJson))},\n`,
    ...printOnlyIfAny(record),
    '"resources":[\n',
    printResources(record.resources),
    '\n]}\n',
  ].join('');
}

/** Not said where there is none, so that a state from before is printed as it was read. */
function printOnlyIfAny({ unhealthy, awaited, policies }: StackRecord): readonly string[] {
  return [
    ...(unhealthy.size === 0 ? [] : [`"unhealthy":${canonicalJson(Object.fromEntries(unhealthy))},\n`]),
    ...(awaited.size === 0 ? [] : [`"awaited":${canonicalJson(Object.fromEntries(awaited))},\n`]),
    ...(policies === null ? [] : [`"policies":${canonicalJson(policies)},\n`]),
  ];
}

function printPending({ intent, former }: PendingChange): JsonObject {
  return { intent: asJson(intent), former: asJson(former) };
}

function printResources(resources: ReadonlyMap<Address, AppliedResource>): string {
  const moot = withoutMootDependencies(resources);
  return [...resources.values()]
    .sort((left, right) => (left.address < right.address ? -1 : 1))
    .map((resource) => printResource(moot(resource)))
    .join(',\n');
}

/**
 * A resource may name a dependency of its own stack that is no longer there (deleted, forgotten, or not made yet because
 * its own change failed). Such an edge says nothing more about order, so it is not written down.
 */
export function withoutMootDependencies(
  resources: ReadonlyMap<Address, AppliedResource>,
): (resource: AppliedResource) => AppliedResource {
  return (resource) => {
    const stack = resource.address.slice(0, resource.address.indexOf('/') + 1);
    const isMoot = (address: Address) => address.startsWith(stack) && !resources.has(address);
    if (!resource.dependsOn.some(isMoot)) return resource;
    return { ...resource, dependsOn: resource.dependsOn.filter((address) => !isMoot(address)) };
  };
}

// Spelled out, in key order: ten times as fast as sorting the keys of a hundred thousand equal shapes.
function printResource(resource: AppliedResource): string {
  const { address, dependsOn, lifecycle, owner, secrets, spec, target, type } = resource;
  const { ignore, protect, retainOnDelete } = lifecycle;
  return [
    `{"address":${JSON.stringify(address)}`,
    `"dependsOn":${JSON.stringify(dependsOn)}`,
    `"lifecycle":{"ignore":${JSON.stringify(ignore)},"protect":${protect},"retainOnDelete":${retainOnDelete}}`,
    `"owner":${JSON.stringify(owner)}`,
    `"secrets":${canonicalJson(secrets)}`,
    `"spec":${canonicalJson(spec)}`,
    `"target":${JSON.stringify(target)}`,
    `"type":${JSON.stringify(type)}}`,
  ].join(',');
}

// Both are plain JSON; interfaces lack the index signature that JsonObject asks for. An undefined field is no field.
function asJson(value: Intent | AppliedResource | null): JsonValue {
  if (value === null) return null;
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as JsonObject;
}
