import { crc32 } from 'node:zlib';
import type { Diagnostic } from '../../diagnostics/index.ts';
import {
  type Address,
  addressFields,
  canonicalJson,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type TargetIdentity,
} from '../../model/index.ts';
import { emptyRecord, type StackRecord } from '../state/stack-record.ts';
import type { StackKey } from '../state/state-backend.ts';
import { appliedOf, readObject, type WrittenObject } from './object-properties.ts';
import { pulumiDiagnostics } from './pulumi-diagnostics.ts';
import { addressOfUrn, pulumiStackName, stackUrn, urnOf } from './urn.ts';

/** What a deployment of Pulumi says of one of our stacks. */
export interface DeployedStack {
  readonly record: StackRecord;
  /** By address: as the resource was declared when it was last written, and what the provider found out. */
  readonly objects: ReadonlyMap<Address, WrittenObject>;
  /** True when the deployment has the record of the stack, so that it need not be made. */
  readonly isBorn: boolean;
}

export type ReadDeployment =
  | { readonly ok: true; readonly stack: DeployedStack }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

interface DeploymentResource {
  readonly urn: string;
  readonly inputs: JsonObject;
  readonly outputs: JsonObject;
  /** Replaced already, and still to be removed. */
  readonly isLeftOver: boolean;
  readonly parent: string;
}

/**
 * Reads the text of `pulumi stack export`. What was last applied is in the inputs of a resource: its outputs are what a
 * refresh has seen since. Resources of other programs in the same stack are left alone.
 */
export function readDeployment(text: string | null, key: StackKey, project: string): ReadDeployment {
  if (text === null) return { ok: true, stack: { record: unborn(key), objects: new Map(), isBorn: false } };
  const deployment = parse(text);
  if (deployment === null)
    return refused(pulumiDiagnostics.create('cannot-read', { ...key, reason: 'it is no deployment.' }));
  const pending = listOf(deployment['pending_operations']).map(describeOperation);
  if (pending.length > 0)
    return refused(
      pulumiDiagnostics.create(
        'pending-operations',
        { ...key, operations: pending, pulumiStack: pulumiStackName(key) },
        about(key),
      ),
    );
  const resources = listOf(deployment['resources']).map(resourceOf);
  const place = { project, stack: pulumiStackName(key) };
  const stranger = resources
    .map(({ urn }) => urn)
    .find((urn) => addressOfUrn(urn) !== null && projectOf(urn) !== project);
  if (stranger !== undefined)
    return refused(
      pulumiDiagnostics.create('other-project', { ...key, expected: project, found: projectOf(stranger) }, about(key)),
    );
  const parents = new Set(resources.map(({ parent }) => parent));
  const own = resources.find(({ urn }) => urn === stackUrn(place, key.stack));
  const objects = new Map(
    resources.flatMap((resource) => {
      const address = addressOfUrn(resource.urn);
      const isOurs = address !== null && resource.urn === urnOf(place, address) && !resource.isLeftOver;
      // The record of an object in a cluster stands before the object is made.
      if (isOurs && addressFields(address).type === 'kubernetes-object' && !parents.has(resource.urn)) return [];
      return isOurs ? [[address, writtenObject(resource)] as const] : [];
    }),
  );
  const other = [...objects.values()].find(
    ({ address, environment }) => !address.startsWith(`${key.stack}/`) || environment !== key.environment,
  );
  if (other !== undefined) {
    const found = `stack ${other.address.split('/')[0]} of ${other.environment}`;
    return refused(pulumiDiagnostics.create('other-stack', { ...key, found }, about(key)));
  }
  return { ok: true, stack: { record: recordOf(key, own, objects), objects, isBorn: own !== undefined } };
}

function recordOf(
  key: StackKey,
  own: DeploymentResource | undefined,
  objects: ReadonlyMap<Address, WrittenObject>,
): StackRecord {
  const { lineage, salt } = own?.outputs ?? {};
  const record = emptyRecord(key, { lineage: String(lineage ?? ''), salt: String(salt ?? '') });
  const identities: [string, TargetIdentity][] = [...objects.values()].map(({ target, identity }) => [
    target,
    identity,
  ]);
  return {
    ...record,
    serial: own === undefined ? 0 : fingerprint(objects),
    resources: new Map([...objects].map(([address, object]) => [address, appliedOf(object)])),
    identities: new Map(identities),
  };
}

/**
 * A deployment has no number that rises with its changes, and its time moves with runs that change nothing. A number that
 * its content gives tells two states apart, which is all that a serial is compared for.
 */
function fingerprint(objects: ReadonlyMap<Address, WrittenObject>): number {
  const resources = [...objects.values()].sort((left, right) => (left.address < right.address ? -1 : 1)).map(appliedOf);
  return 1 + crc32(canonicalJson(resources as unknown as JsonValue));
}

function unborn(key: StackKey): StackRecord {
  return emptyRecord(key, { lineage: '', salt: '' });
}

function writtenObject({ inputs, outputs }: DeploymentResource): WrittenObject {
  const { secrets, identity } = outputs;
  return readObject({ ...inputs, ...(secrets && { secrets }), ...(identity && { identity }) });
}

function parse(text: string): JsonObject | null {
  try {
    const { deployment } = JSON.parse(text) as JsonObject;
    return isJsonObject(deployment) ? deployment : null;
  } catch {
    return null;
  }
}

function listOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function resourceOf({
  urn,
  parent,
  inputs,
  outputs,
  delete: isLeftOver,
  pendingReplacement,
}: JsonObject): DeploymentResource {
  return {
    urn: String(urn),
    parent: String(parent ?? ''),
    inputs: isJsonObject(inputs) ? inputs : {},
    outputs: isJsonObject(outputs) ? outputs : {},
    isLeftOver: isLeftOver === true || pendingReplacement === true,
  };
}

function describeOperation({ type, resource }: JsonObject): string {
  const urn = isJsonObject(resource) ? String(resource['urn']) : '';
  return `${String(type)} ${addressOfUrn(urn) ?? urn}`;
}

function projectOf(urn: string): string {
  return urn.split('::')[1] ?? '';
}

function refused(diagnostic: Diagnostic): ReadDeployment {
  return { ok: false, diagnostics: [diagnostic] };
}

function about({ stack }: StackKey) {
  return { subject: stack };
}
