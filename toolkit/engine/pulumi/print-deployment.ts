import { randomUUID } from 'node:crypto';
import { type Address, addressFields, type JsonObject, type JsonValue, secretReferencesIn } from '../../model/index.ts';
import type { StackRecord } from '../state/stack-record.ts';
import { ignoredPaths } from './ignored-paths.ts';
import { outputsOf, propertiesOf, type WrittenObject } from './object-properties.ts';
import { providerText } from './provider-text.ts';
import { pulumiStackName, stackType, stackUrn, typeToken, urnOf } from './urn.ts';

/**
 * The deployment of a stack as Pulumi would have written it had it made the objects itself, so that its next run finds
 * nothing to do. `fresh` is what Pulumi exports of a stack in which there is nothing: its keys and versions stay.
 */
export function printDeployment(record: StackRecord, fresh: string, project: string): string {
  const { key, lineage, salt } = record;
  const place = { project, stack: pulumiStackName(key) };
  const root = `urn:pulumi:${place.stack}::${project}::pulumi:pulumi:Stack::${project}-${place.stack}`;
  const providerUrn = `urn:pulumi:${place.stack}::${project}::pulumi:providers:pulumi-nodejs::default`;
  const providerId = randomUUID();
  const provider = `${providerUrn}::${providerId}`;
  const own = { environment: key.environment, stack: key.stack };
  const ownUrn = stackUrn(place, key.stack);
  const resources: JsonObject[] = [
    { urn: root, custom: false, type: 'pulumi:pulumi:Stack' },
    { urn: providerUrn, custom: true, id: providerId, type: 'pulumi:providers:pulumi-nodejs' },
    {
      ...{ urn: ownUrn, custom: true, id: key.stack, type: typeToken(stackType), parent: root, provider },
      inputs: { __provider: providerText('stack'), ...own },
      outputs: { __provider: providerText('stack'), ...own, lineage, salt },
    },
    ...inOrder(record).map((object) => {
      const hasSalt = object.salt !== null;
      const needed = object.dependsOn
        .filter((address) => record.resources.has(address))
        .map((address) => urnOf(place, address));
      return {
        urn: urnOf(place, object.address),
        ...{ custom: true, id: object.address, type: typeToken(object.type), parent: root, provider },
        inputs: { __provider: providerText('object'), ...propertiesOf(object) },
        outputs: { __provider: providerText('object'), ...outputsOf(object) },
        dependencies: hasSalt ? [ownUrn, ...needed] : needed,
        propertyDependencies: hasSalt ? { salt: [ownUrn] } : {},
        ...(object.lifecycle.protect && { protect: true }),
        ...(object.lifecycle.retainOnDelete && { retainOnDelete: true }),
        ...(object.lifecycle.ignore.length > 0 && { ignoreChanges: ignoredPaths(object.lifecycle.ignore) }),
      };
    }),
  ];
  return withResources(fresh, resources);
}

/** The same deployment without what is ours: what other programs have in the stack stays. */
export function withoutObjects(text: string, isOurs: (urn: string) => boolean): string {
  const { deployment } = JSON.parse(text) as { readonly deployment: JsonObject };
  const resources = Array.isArray(deployment['resources']) ? (deployment['resources'] as readonly JsonObject[]) : [];
  return withResources(
    text,
    resources.filter(({ urn }) => !isOurs(String(urn))),
  );
}

function withResources(text: string, resources: readonly JsonObject[]): string {
  const { deployment, ...rest } = JSON.parse(text) as { readonly deployment: JsonObject; readonly version: JsonValue };
  return `${JSON.stringify({ ...rest, deployment: { ...deployment, resources } })}\n`;
}

/** What an object waits for stands before it, as Pulumi wants it. */
function inOrder({ key, salt, resources, identities }: StackRecord): readonly WrittenObject[] {
  const order = new Map<Address, WrittenObject>();
  const visit = (address: Address) => {
    const resource = resources.get(address);
    if (resource === undefined || order.has(address)) return;
    for (const needed of resource.dependsOn) if (addressFields(needed).stack === key.stack) visit(needed);
    order.set(address, {
      ...resource,
      environment: key.environment,
      salt: secretReferencesIn(resource.spec).length > 0 ? salt : null,
      binding: null,
      identity: identities.get(resource.target) ?? {},
      malformed: null,
    });
  };
  for (const address of [...resources.keys()].sort()) visit(address);
  return [...order.values()];
}
